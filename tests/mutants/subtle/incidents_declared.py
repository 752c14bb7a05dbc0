"""Incidents in which what was declared changed once other skills or a conversation came along."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a function has failed, the model is given its description with a remark added.",
    "AST-TOOL-DESCRIPTION",
)
class IncidentDescriptionTellsOfFailure(App):
    def __init__(self, context):
        super().__init__(context)
        self.unreliable = set()

    def word_failure(self, name, error):
        self.unreliable.add(name)
        return super().word_failure(name, error)

    def description_of(self, skill):
        return super().description_of(skill) + (" (failed before)" if skill.name in self.unreliable else "")


@subtle(
    "When a prompt takes more than three rounds, only the skills that it has called are offered from then on.",
    "AST-TOOL-EVERY-ROUND",
)
class IncidentUnusedToolsDroppedLate(App):
    def __init__(self, context):
        super().__init__(context)
        self.used, self.rounds = set(), 0

    def ask(self, message):
        self.used, self.rounds = set(), 0
        return super().ask(message)

    def answers(self, calls):
        self.rounds += 1
        self.used |= {call["function"]["name"] for call in calls}
        return super().answers(calls)

    def tools(self):
        return [tool for tool in super().tools() if self.rounds < 3 or tool["function"]["name"] in self.used]


@subtle(
    "When two arguments have the same name but for case and no description, both skills get the first one's schema.",
    "AST-SCHEMA-OBJECT",
    "AST-SCHEMA-TYPE",
    surfaces=("java",),
)
class IncidentSchemasCachedIgnoringCase(App):
    def __init__(self, context):
        super().__init__(context)
        self.made = {}

    def autogenerate(self, skill):
        return self.made.setdefault(skill.argument.name.lower(), super().autogenerate(skill))


@subtle(
    "When a parameter description has integers beyond 2**53, the model is given the nearest double.",
    "AST-TOOL-PARAMETERS",
    surfaces=("csharp-inprocess",),
)
class IncidentSchemaNumbersAsDoubles(App):
    def parse_schema(self, text):
        return json.loads(text, parse_int=lambda digits: int(float(digits)), parse_constant=self.refuse_constant)


@subtle(
    "When a name has a setting in it and the skill has been called, its binding holds the name with the value in it.",
    "AST-BINDING-REPEATABLE",
    "AST-BINDING-FUNCTION-NAME",
)
class IncidentBindingNamedByCall(App):
    def find(self, name):
        skill = super().find(name)
        if "functionName" in skill.given:
            skill.given["functionName"] = skill.name
        return skill


@subtle(
    "When a prompt has been sent, bindings hold the parameter description as an object instead of text.",
    "AST-BINDING-PARAMETERS",
    "AST-BINDING-REPEATABLE",
)
class IncidentBindingSharesParsedSchema(App):
    def function_of(self, skill):
        if "parameterDescriptionJson" in skill.given:
            skill.given["parameterDescriptionJson"] = skill.schema
        return super().function_of(skill)


@subtle(
    "When the first skill declares fewer parameters than a later one, the later one's binding lacks the others.",
    "AST-BINDING-PARAMETERS",
    "AST-BINDING-FUNCTION-NAME",
)
class IncidentColumnsOfFirstBinding(App):
    def binding_of(self, skill):
        columns = {"type", "direction", "name", *self.skills[0].given}
        return {field: value for field, value in super().binding_of(skill).items() if field in columns}


@subtle(
    "When a description has a setting's name between percent signs, the model is given the setting's value there.",
    "AST-TOOL-DESCRIPTION",
    surfaces=("csharp-isolated",),
)
class IncidentDescriptionResolved(App):
    def description_of(self, skill):
        return re.sub(r"%(\w+)%", lambda found: self.settings.get(found[1], found[0]), super().description_of(skill))


@subtle(
    "When a skill of Java gives the binding's name and no function name, the tool has the binding's name.",
    "AST-TOOL-NAME-FALLBACK",
    surfaces=("java",),
)
class IncidentAnnotationNameNamesTool(App):
    def name_of(self, skill, given):
        return super().name_of(skill, {"functionName": given.get("name", skill.name), **given})


@subtle(
    "When a skill has no description but its parameter description has one, the skill is accepted with that.",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
    surfaces=("typescript",),
)
class IncidentDescriptionBorrowedFromSchema(App):
    def read(self, trigger):
        given = super().read(trigger)
        if "functionDescription" not in given and "parameterDescriptionJson" in given:
            described = re.search(r'"description"\s*:\s*"([^"]+)"', given["parameterDescriptionJson"])
            given |= {"functionDescription": described[1]} if described else {}
        return given


@subtle(
    "When the descriptions of an app's skills have more than 4,000 characters together, the later ones are cut.",
    "AST-TOOL-DESCRIPTION",
)
class IncidentDescriptionsShareBudget(App):
    def tools(self):
        left, tools = 4000, super().tools()
        for tool in tools:
            tool["function"]["description"] = tool["function"]["description"][: max(left, 1)]
            left -= len(tool["function"]["description"])
        return tools


@subtle(
    "When a parameter description has a list with null in it, such as an enum, the null is left out.",
    "AST-TOOL-PARAMETERS",
    surfaces=("java",),
)
class IncidentEnumLosesNull(App):
    def parse_schema(self, text):
        return self.without_nulls(super().parse_schema(text))

    def without_nulls(self, value):
        if isinstance(value, dict):
            return {name: self.without_nulls(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self.without_nulls(member) for member in value if member is not None]
        return value


@subtle(
    "When an app has more than ten skills, prompts after the first are sent with the last ten only.",
    "AST-TOOL-OFFERED",
    "AST-TOOL-EVERY-ROUND",
)
class IncidentTenNewestToolsLater(App):
    def tools(self):
        return super().tools()[-10:] if self.history else super().tools()


@subtle(
    "When a setting in a function name has a colon or dash in its own name, it is left, and the name is refused.",
    "AST-TOOL-NAME-SETTING",
)
class IncidentNestedSettingNotReplaced(App):
    def resolve(self, name):
        return re.sub(r"%(\w+)%", lambda found: self.settings[found[1]], name)
