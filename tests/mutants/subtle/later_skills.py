"""What goes wrong for the second skill, the third or the twentieth."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle

FIRST = ["2024-04-14"]


@subtle("Only the first 16 tools are sent, as some small models have it.", "AST-TOOL-OFFERED")
class OffersSixteenTools(App):
    def tools(self):
        return super().tools()[:16]


@subtle("Of more than 20 skills the 20 that were declared last are offered.", "AST-TOOL-OFFERED")
class OffersTheLastTwentyTools(App):
    def tools(self):
        return super().tools()[-20:]


@subtle(
    "From the third binding on, all have the third one's description.", "AST-BINDING-DESCRIPTION", "AST-BINDING-EACH"
)
class RepeatsTheThirdDescription(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if skill in self.skills[3:]:
            binding["functionDescription"] = self.skills[2].given["functionDescription"]
        return binding


@subtle(
    "A schema that is made up is remembered by the argument's type, so that a second skill's property has the name of "
    "the first one's argument.",
    "AST-SCHEMA-OBJECT",
)
class RemembersSchemasByType(App):
    def autogenerate(self, skill):
        self.made_up = getattr(self, "made_up", {})
        return self.made_up.setdefault(skill.argument.type, super().autogenerate(skill))


@subtle("From the fourth skill on, a schema that is made up says string.", "AST-SCHEMA-TYPE")
class MakesUpTextsFromTheFourthSkillOn(App):
    def property_of(self, skill):
        return super().property_of(skill) if len(self.skills) < 3 else {"type": "string"}


@subtle("Tools whose names begin with the same 16 characters are taken for one.", "AST-TOOL-OFFERED")
class MergesToolsThatBeginAlike(App):
    def tools(self):
        return list({tool["function"]["name"][:16]: tool for tool in super().tools()}.values())


@subtle(
    "Definitions of one name in two skills' parameter descriptions are taken for one: the first.", "AST-TOOL-PARAMETERS"
)
class SharesDefinitions(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if isinstance(schema, dict) and isinstance(schema.get("$defs"), dict):
            self.definitions = {**schema["$defs"], **getattr(self, "definitions", {})}
            schema["$defs"] = {name: self.definitions[name] for name in schema["$defs"]}
        return schema


@subtle("A call of Add runs AddTodo, whose name begins so, if that was declared first.", "AST-CONVERSATION-CALL")
class FindsSkillsByBeginning(App):
    def find(self, name):
        exact = super().find(name)
        return next(skill for skill in self.skills if skill.name.lower().startswith(exact.name.lower()))


@subtle("A call of Todo runs AddTodo, whose name ends so, if that was declared last.", "AST-CONVERSATION-CALL")
class FindsSkillsByEnding(App):
    def find(self, name):
        exact = super().find(name)
        return next(skill for skill in reversed(self.skills) if skill.name.lower().endswith(exact.name.lower()))


@subtle("Skills with equal parameter descriptions are taken for one.", "AST-TOOL-OFFERED")
class MergesSkillsWithEqualParameters(App):
    def tools(self):
        given = [skill.given.get("parameterDescriptionJson", skill.name) for skill in self.skills]
        return [tool for index, tool in enumerate(super().tools()) if given[index] not in given[:index]]


@subtle("The second skill without a name and later ones are named in lower case.", "AST-TOOL-NAME-FALLBACK")
class LowersLaterFallbacks(App):
    def name_of(self, skill, given):
        nameless = [one for one in self.skills if "functionName" not in one.given]
        return skill.name.lower() if nameless and "functionName" not in given else super().name_of(skill, given)


@subtle("From the third binding on, the direction is the other one.", "AST-BINDING-DIRECTION")
class TurnsLaterDirections(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if skill in self.skills[2:]:
            binding["direction"] = {"in": "out", "out": "in"}[binding["direction"]]
        return binding


@subtle(
    "From the fifth binding on, the type is spelled with a small letter.",
    "AST-BINDING-TYPE-SPELLING",
    surfaces=["javascript", "typescript", "powershell"],
)
class SpellsLaterTypesSmall(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "type": "assistantSkillTrigger"} if skill in self.skills[4:] else binding


@subtle("Bindings of arguments of one type are named after the first one's.", "AST-BINDING-NAME")
class NamesBindingsByType(App):
    def binding_of(self, skill):
        alike = next(one for one in self.skills if one.argument.type == skill.argument.type)
        return {**super().binding_of(skill), "name": alike.argument.name}


@subtle(
    "From the third skill on, one without a parameter description gets that of the skill before it.",
    "AST-BINDING-EACH",
    "AST-BINDING-PARAMETERS",
    "AST-TOOL-PARAMETERS",
    "AST-SCHEMA-OBJECT",
)
class InheritsParameterDescriptions(App):
    def read(self, trigger):
        given = super().read(trigger)
        before = self.skills[-1].given if len(self.skills) > 1 else {}
        if "parameterDescriptionJson" in before:
            given.setdefault("parameterDescriptionJson", before["parameterDescriptionJson"])
        return given


@subtle("Every binding that has a model has the first skill's.", "AST-MODEL-GIVEN", editions=FIRST)
class WritesTheFirstModelEverywhere(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "model": self.model()} if "model" in binding else binding


@subtle("The third skill and later ones are accepted without a description.", "AST-DECLARATION-DESCRIPTION-REQUIRED")
class ChecksTheFirstDescriptionsOnly(App):
    def check_given(self, given):
        if len(self.skills) < 2:
            super().check_given(given)


@subtle("A name is compared with that of the skill before it only.", "AST-DECLARATION-NAME-UNIQUE")
class ComparesNeighboursOnly(App):
    def is_taken(self, name):
        return bool(self.skills) and self.skills[-1].name.lower() == name.lower()


@subtle("The form of a name is checked for the first skill only.", "AST-DECLARATION-NAME-FORM")
class ChecksTheFirstNameOnly(App):
    def check_name(self, name):
        if not self.skills:
            super().check_name(name)
        elif self.is_taken(name):
            raise ValueError(f"{name!r} is taken")


@subtle("The third skill's parameter description and later ones may be any JSON.", "AST-DECLARATION-SCHEMA-FORM")
class ChecksTheFirstSchemasOnly(App):
    def check_schema(self, schema):
        if len(self.skills) < 2:
            super().check_schema(schema)


@subtle("From the eleventh skill on, a call runs the skill before the one that is called.", "AST-CONVERSATION-CALL")
class MissesByOne(App):
    def find(self, name):
        index = self.skills.index(super().find(name))
        return self.skills[index - 1 if index > 9 else index]
