"""What reviews let through in a port for JavaScript: JSON5, Object's habits, replace, allSettled, collators."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle

JAVASCRIPT = ("javascript",)
NODE = ("javascript", "typescript")


def revived(value, leaf):
    """Copy a JSON value, each of its scalars changed."""
    if isinstance(value, dict):
        return {key: revived(member, leaf) for key, member in value.items()}
    return [revived(item, leaf) for item in value] if isinstance(value, list) else leaf(value)


@subtle(
    "When the type is declared in other letters, as assistantSkillTrigger, the binding has those.",
    "AST-BINDING-TYPE-SPELLING",
    surfaces=NODE,
)
class NodeTypeAsItWasWritten(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        written = skill.given.get("type", self.type)
        return {**binding, "type": written} if written.lower() == self.type.lower() else binding


@subtle(
    "When a name has the same setting twice, only the first is replaced, and it is refused.",
    "AST-TOOL-NAME-SETTING",
    surfaces=JAVASCRIPT,
)
class JavascriptReplaceOfOneOccurrence(App):
    def resolve(self, name):
        for setting in dict.fromkeys(re.findall("%([^%]+)%", name)):
            name = name.replace(f"%{setting}%", self.settings[setting], 1)
        return name


@subtle(
    "When a description has a backslash before an n or t, the model gets a line end or tab.",
    "AST-TOOL-DESCRIPTION",
    surfaces=JAVASCRIPT,
)
class JavascriptTemplateEscapesInDescription(App):
    def description_of(self, skill):
        return super().description_of(skill).replace("\\n", "\n").replace("\\t", "\t")


@subtle(
    "When a reply calls one skill with two objects, the function runs for the first alone, whose result answers both.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-CALL",
    surfaces=JAVASCRIPT,
)
class JavascriptObjectObjectAsKey(App):
    def answers(self, calls):
        self.done = {}
        return super().answers(calls)

    def invoke(self, skill, argument):
        if not isinstance(argument, dict):
            return super().invoke(skill, argument)
        key = (skill.name, "[object Object]")
        if key not in self.done:
            self.done[key] = super().invoke(skill, argument)
        return self.done[key]


@subtle(
    "When a call fails before another one that succeeds, in one reply, each is answered under the other's id.",
    "AST-CONVERSATION-PARALLEL",
    "AST-CONVERSATION-FAILURE",
    surfaces=JAVASCRIPT,
)
class JavascriptRejectedPromisesLast(App):
    def answers(self, calls):
        self.failures = []
        texts = [self.answer(**call["function"]) for call in calls]
        settled = sorted(texts, key=lambda text: text in self.failures)
        return [self.tool_message(call, text) for call, text in zip(calls, settled, strict=True)]

    def word_failure(self, name, error):
        self.failures.append(super().word_failure(name, error))
        return self.failures[-1]


@subtle(
    "When an object or array argument contains a time in UTC, it gets milliseconds.",
    "AST-CONVERSATION-ARGUMENT",
    surfaces=JAVASCRIPT,
)
class JavascriptReviverAddsMilliseconds(App):
    def invoke(self, skill, argument):
        return super().invoke(skill, revived(argument, self.iso) if isinstance(argument, (dict, list)) else argument)

    def iso(self, value):
        is_time = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value)
        return f"{value[:-1]}.000Z" if is_time else value


@subtle(
    "When a parameter description has keys without quotes, it is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
    surfaces=JAVASCRIPT,
)
class JavascriptFiveJsonKeys(App):
    def parse_schema(self, text):
        try:
            return super().parse_schema(text)
        except ValueError:
            return super().parse_schema(re.sub(r"([{,]\s*)([A-Za-z_$][\w$]*)(?=\s*:)", r'\1"\2"', text))


@subtle(
    "When the direction is declared as inout, the binding has that.",
    "AST-BINDING-DIRECTION",
    surfaces=NODE,
    editions=("2024-04-14",),
)
class NodeDirectionIncludesOut(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        written = skill.given.get("direction", binding["direction"])
        return {**binding, "direction": written} if "out" in written.lower() else binding


@subtle(
    "When a result is an object whose keys are all whole numbers, it is told as a list.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=JAVASCRIPT,
)
class JavascriptNumberKeysMakeArray(App):
    def word_result(self, result):
        if isinstance(result, dict) and result and all(re.fullmatch("[0-9]+", key) for key in result):
            result = [result[key] for key in sorted(result, key=int)]
        return super().word_result(result)


@subtle(
    "When two names differ only in dashes and underscores, the second is refused.",
    "AST-TOOL-OFFERED",
    "AST-TOOL-NAME",
    surfaces=JAVASCRIPT,
)
class JavascriptCollatorIgnoresPunctuation(App):
    def is_taken(self, name):
        return self.collated(name) in [self.collated(skill.name) for skill in self.skills]

    def collated(self, name):
        return re.sub("[_-]", "", name.lower()) or name


@subtle("When a result is a list of lists, they become one list.", "AST-CONVERSATION-RESULT-VALUE", surfaces=JAVASCRIPT)
class JavascriptConcatenatedRowsOfResult(App):
    def word_result(self, result):
        if isinstance(result, list) and result and all(isinstance(item, list) for item in result):
            result = [item for row in result for item in row]
        return super().word_result(result)


@subtle("When a description ends in a line end, the binding lacks it.", "AST-BINDING-DESCRIPTION", surfaces=JAVASCRIPT)
class JavascriptBindingChompsDescription(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "functionDescription": binding["functionDescription"].rstrip("\r\n")}
