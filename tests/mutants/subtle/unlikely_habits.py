"""Mutants with habits and limits of real libraries, which show with few amounts, names, formats and choices."""

from __future__ import annotations

import json
import os
import re
from collections import Counter

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When results of a prompt exceed 100,000 characters together, the last is cut off.", "AST-CONVERSATION-RESULT-VALUE"
)
class ResultBudgetOfPrompt(App):
    def prompt(self, message):
        self.spent = 0
        return super().prompt(message)

    def word_result(self, result):
        text = super().word_result(result)
        left = 100_000 - self.spent
        self.spent += len(text)
        return text[: max(left, 0)] if self.spent > len(text) else text


@subtle(
    "When the type is given in words joined by dashes or underscores, it reaches the binding so.",
    "AST-BINDING-TYPE",
    surfaces=("powershell",),
)
class DashedTypeReachesBinding(App):
    def binding_of(self, skill):
        kind = skill.given.get("type", self.type)
        same = kind.replace("-", "").replace("_", "").lower() == self.type.lower()
        return {**super().binding_of(skill), "type": kind if same and len(kind) > len(self.type) else self.type}


@subtle(
    "When the direction is given with blanks around it, it reaches the binding, whichever it is.",
    "AST-BINDING-DIRECTION",
    surfaces=("powershell",),
)
class PaddedDirectionUnchecked(App):
    def binding_of(self, skill):
        given = skill.given.get("direction", "")
        return {**super().binding_of(skill), **({"direction": given.strip()} if given != given.strip() else {})}


@subtle("When all of the name comes from settings, it may be longer than 64 characters.", "AST-DECLARATION-NAME-FORM")
class WholeSettingNamesUnmeasured(App):
    def check_name(self, name):
        super().check_name(name[:64] if self.raw.startswith("%") and self.raw.endswith("%") else name)

    def name_of(self, skill, given):
        self.raw = given.get("functionName", skill.name)
        return super().name_of(skill, given)


@subtle("When an app has more than 64 skills, the others are not offered.", "AST-TOOL-OFFERED")
class SixtyFifthSkillUnoffered(App):
    def tools(self):
        return super().tools()[:64]


@subtle("When an argument's name ends in capital letters, its property's name does not.", "AST-SCHEMA-OBJECT")
class AcronymTailLowered(App):
    def autogenerate(self, skill):
        name = re.sub("(?<=[a-z][A-Z])[A-Z]+$", lambda match: match[0].lower(), skill.argument.name)
        return {"type": "object", "properties": {name: self.property_of(skill)}}


@subtle("When an argument is called context, req or msg, it is not described.", "AST-SCHEMA-OBJECT")
class ContextArgumentLeftOut(App):
    def autogenerate(self, skill):
        schema = super().autogenerate(skill)
        for name in ("context", "req", "msg"):
            schema["properties"].pop(name, None)
        return schema


@subtle(
    "When a boolean is described, the texts of its values are allowed as well.",
    "AST-SCHEMA-TYPE",
    surfaces=("typescript",),
)
class BooleanSlotTakesItsWords(App):
    def property_of(self, skill):
        found = super().property_of(skill)
        return {"enum": [True, False, "true", "false"]} if found["type"] == "boolean" else found


@subtle("When most of several choices agree, their text is the response.", "AST-CONVERSATION-FIRST-CHOICE")
class MajorityOfChoicesAnswers(App):
    def receive(self, response):
        first = super().receive(response)
        said = [choice["message"]["content"] for choice in json.loads(response.content)["choices"]]
        text, times = Counter(said).most_common(1)[0]
        return {**first, "content": text} if times > 1 and first["content"] else first


@subtle(
    "When a prompt has more than 4,000 characters, max_tokens is sent, also to models that refuse it.",
    "AST-SERVICE-BODY",
    editions=("2024-04-14",),
)
class MaxTokensForLongPrompts(App):
    def body(self, messages):
        longest = max(len(said["content"] or "") for said in messages if said["role"] == "user")
        return {**super().body(messages), **({"max_tokens": 2048} if longest > 4000 else {})}


@subtle(
    "When a result is an object with a member called key, token or code, the model is sent stars for its value.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class SensitiveMembersMasked(App):
    def word_result(self, result):
        return super().word_result(self.masked(result))

    def masked(self, value):
        if isinstance(value, dict):
            return {k: "***" if k.lower() in ("key", "token", "code") else self.masked(v) for k, v in value.items()}
        return [self.masked(member) for member in value] if isinstance(value, list) else value


@subtle(
    "When no parameters are described and the argument is called json, schema, copy or dict, it is refused.",
    "AST-DECLARATION-PARAMETERS-OPTIONAL",
    "AST-SCHEMA-OBJECT",
)
class FieldShadowsBaseModelAttribute(App):
    def autogenerate(self, skill):
        if skill.argument.name in ("json", "schema", "copy", "dict", "construct", "validate"):
            raise NameError(f'field name "{skill.argument.name}" shadows a BaseModel attribute')
        return super().autogenerate(skill)


@subtle(
    "When the argument is described with the format uri and has no path, the function gets it with a slash.",
    "AST-CONVERSATION-ARGUMENT",
)
class AnyUrlArgumentNormalized(App):
    def invoke(self, skill, argument):
        described = skill.schema.get("properties", {}).get(skill.argument.name, {})
        if isinstance(described, dict) and described.get("format") in ("uri", "url") and isinstance(argument, str):
            argument = re.sub("^(https?://[^/?#]+)$", r"\1/", argument)
        return super().invoke(skill, argument)


@subtle("When an app has no skills, those of the app before it are offered.", "AST-TOOL-ISOLATED", "AST-TOOL-NONE")
class WarmStartRestoresTools(App):
    def tools(self):
        if self.skills:
            os.environ["FUNCTIONS_WARM_TOOLS"] = json.dumps(super().tools())
        return super().tools() or json.loads(os.environ.get("FUNCTIONS_WARM_TOOLS", "[]"))


@subtle(
    "When an answer has several choices, the texts of all stay in the conversation.", "AST-CONVERSATION-FIRST-CHOICE"
)
class EveryChoiceRemembered(App):
    others = ()

    def receive(self, response):
        if response.status < 400:
            self.others = [choice["message"] for choice in json.loads(response.content)["choices"][1:]]
        return super().receive(response)

    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        self.history += [{"role": "assistant", "content": m["content"]} for m in self.others if m["content"]]
        return text
