"""What goes wrong only for the second, third or later skill of an app."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When two skills have arguments of one name but of different types, both are offered with the type of the first.",
    "AST-SCHEMA-TYPE",
)
class SchemasKeptByArgument(App):
    def autogenerate(self, skill):
        kept = self.__dict__.setdefault("kept", {})
        return kept.setdefault(skill.argument.name, super().autogenerate(skill))


@subtle(
    "When an earlier skill has no function name, the bindings get one another's function names.",
    "AST-BINDING-FUNCTION-NAME",
    "AST-BINDING-EACH",
    surfaces=("typescript",),
)
class FunctionNamesShifted(App):
    def bindings(self):
        found = super().bindings()
        every = [binding for [binding] in found.values()]
        names = [binding.pop("functionName") for binding in every if "functionName" in binding]
        for binding, name in zip(every, names, strict=False):
            binding["functionName"] = name
        return found


@subtle(
    "When a later skill gives a field that the first does not, its binding lacks the field.",
    "AST-BINDING-PARAMETERS",
    "AST-BINDING-FUNCTION-NAME",
    "AST-BINDING-EACH",
    surfaces=("java",),
)
class FieldsOfFirstBinding(App):
    def binding_of(self, skill):
        columns = super().binding_of(self.skills[0])
        return {field: value for field, value in super().binding_of(skill).items() if field in columns}


@subtle(
    "A name that differs from an earlier one in the case of more than its first letter is not refused.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class NamesComparedInCamelCase(App):
    def is_taken(self, name):
        def camel(text):
            return text[:1].lower() + text[1:]

        return camel(name) in [camel(skill.name) for skill in self.skills]


@subtle(
    "When the name in a call begins with that of an earlier skill, the earlier one runs instead of the one called.",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-UNKNOWN",
)
class NameBeginsLikeEarlierOne(App):
    def find(self, name):
        for skill in self.skills:
            if name.lower().startswith(skill.name.lower()):
                return skill
        return super().find(name)


@subtle(
    "When only the last of several skills declares a model, the default is used.",
    "AST-MODEL-GIVEN",
    editions=("2024-04-14",),
)
class ModelOfLastSkillOverlooked(App):
    def model(self):
        looked_at = self.skills[: max(1, len(self.skills) - 1)]
        return next((skill.given["model"] for skill in looked_at if "model" in skill.given), self.default_model)


@subtle(
    "When a skill without a parameter description follows one with it, it is offered with that one's.",
    "AST-SCHEMA-OBJECT",
)
class DescriptionOfParameterKept(App):
    def schema_of(self, skill, given):
        if "parameterDescriptionJson" in given:
            self.schema = super().schema_of(skill, given)
        return getattr(self, "schema", None) or super().schema_of(skill, given)
