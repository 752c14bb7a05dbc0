"""Declarations that are refused or accepted wrongly in rare situations."""

from __future__ import annotations

import json
import keyword
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("A name that begins with a digit is refused.", "AST-TOOL-NAME", "AST-DECLARATION-NAME-FORM")
class NameRefusedForFirstDigit(App):
    name_form = "[a-zA-Z_-][a-zA-Z0-9_-]{0,63}"


@subtle(
    "A name that is a keyword of Python, ignoring case, such as import, is refused.",
    "AST-TOOL-NAME",
    "AST-DECLARATION-NAME-FORM",
)
class NameRefusedForKeyword(App):
    def check_name(self, name):
        if keyword.iskeyword(name.lower()):
            raise ValueError(f"{name!r} is reserved")
        super().check_name(name)


@subtle("A name of exactly 64 characters is refused.", "AST-TOOL-NAME", "AST-DECLARATION-NAME-FORM")
class NameRefusedFor64Characters(App):
    name_form = "[a-zA-Z0-9_-]{1,63}"


@subtle(
    "A skill is refused if its function's own name is another skill's tool name, though it declares a name of its own.",
    "AST-TOOL-NAME",
    "AST-TOOL-OFFERED",
    "AST-DECLARATION-NAME-UNIQUE",
)
class OwnNameTakenDespiteDeclaredName(App):
    def name_of(self, skill, given):
        if self.is_taken(skill.name):
            raise ValueError(f"{skill.name!r} is taken")
        return super().name_of(skill, given)


@subtle(
    "Names that differ only in dashes and underscores are taken for the same, so the second is refused.",
    "AST-TOOL-NAME",
    "AST-TOOL-OFFERED",
    "AST-DECLARATION-NAME-UNIQUE",
)
class DashesAndUnderscoresAlike(App):
    def is_taken(self, name):
        def plain(text):
            return text.lower().replace("-", "_")

        return plain(name) in [plain(skill.name) for skill in self.skills]


@subtle(
    "A declared name that is the own name of a function before it, which declares none, is accepted.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class DeclaredNameNotComparedWithOwnNames(App):
    def check_name(self, name):
        kept, self.skills = self.skills, [skill for skill in self.skills if "functionName" in skill.given]
        try:
            super().check_name(name)
        finally:
            self.skills = kept

    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        if "functionName" not in given and self.is_taken(name):
            raise ValueError(f"{name!r} is taken")
        return name


@subtle(
    "A description without any Latin letter or digit, as one in Chinese, is refused.",
    "AST-TOOL-DESCRIPTION",
    "AST-DECLARATION-DESCRIPTION-REQUIRED",
    "AST-BINDING-DESCRIPTION",
)
class DescriptionRefusedWithoutLatinLetters(App):
    def check_given(self, given):
        super().check_given(given)
        if not re.search("[a-zA-Z0-9]", given["functionDescription"]):
            raise ValueError("the description says nothing")


@subtle(
    "A parameter description with raw line feeds or tabs inside its texts, which is not JSON, is accepted.",
    "AST-DECLARATION-SCHEMA-FORM",
)
class ControlCharactersAcceptedInSchema(App):
    def parse_schema(self, text):
        return json.loads(text, strict=False, parse_constant=self.refuse_constant)


@subtle(
    "A parameter description that contains Infinity is accepted, and only NaN is refused.",
    "AST-DECLARATION-SCHEMA-FORM",
    "AST-SERVICE-BODY",
)
class InfinityAcceptedInSchema(App):
    def refuse_constant(self, constant):
        return super().refuse_constant(constant) if constant == "NaN" else float(constant.lower())


@subtle(
    "A parameter description with a property that is called type is refused.",
    "AST-TOOL-PARAMETERS",
    "AST-DECLARATION-SCHEMA-FORM",
)
class PropertyCalledTypeRefused(App):
    def check_schema(self, schema):
        super().check_schema(schema)
        self.check_types(schema)

    def check_types(self, value):
        if isinstance(value, dict):
            if not isinstance(value.get("type", ""), str | list):
                raise ValueError("a type is not a text")  # noqa: TRY004  # as the others do
            for inner in value.values():
                self.check_types(inner)
        elif isinstance(value, list):
            for inner in value:
                self.check_types(inner)


@subtle(
    "A parameter description with keywords that begin with x- is refused.",
    "AST-TOOL-PARAMETERS",
    "AST-DECLARATION-SCHEMA-FORM",
)
class ExtensionKeywordsRefused(App):
    def parse_schema(self, text):
        return json.loads(text, object_hook=self.check_keywords, parse_constant=self.refuse_constant)

    def check_keywords(self, node):
        if any(key.startswith("x-") for key in node):
            raise ValueError("there is an unknown keyword")
        return node


@subtle("Of several settings in a function name, only the first is replaced.", "AST-TOOL-NAME-SETTING")
class FirstSettingOfNameOnly(App):
    def resolve(self, name):
        return re.sub("%([^%]+)%", lambda match: self.settings[match[1]], name, count=1)


@subtle(
    "A setting whose name contains other than letters, digits and underscores, such as Skills:Add, is not replaced.",
    "AST-TOOL-NAME-SETTING",
)
class SettingsNamedByWordsOnly(App):
    def resolve(self, name):
        return re.sub(r"%(\w+)%", lambda match: self.settings[match[1]], name)


@subtle(
    "A skill that is refused because its name is taken removes the skill that has it.",
    "AST-DECLARATION-NAME-UNIQUE",
    "AST-TOOL-OFFERED",
)
class RefusedNameRemovesItsOwner(App):
    def check_name(self, name):
        try:
            super().check_name(name)
        except ValueError:
            self.skills = [skill for skill in self.skills if skill.name.lower() != name.lower()]
            raise


@subtle(
    "A skill that was refused for its parameter description keeps its name taken, so it cannot be declared correctly.",
    "AST-DECLARATION-NAME-UNIQUE",
    "AST-TOOL-OFFERED",
    "AST-DECLARATION-SCHEMA-FORM",
)
class NameOfRefusedSkillTaken(App):
    def __init__(self, context):
        super().__init__(context)
        self.names = set()

    def check_name(self, name):
        super().check_name(name)
        if name.lower() in self.names:
            raise ValueError(f"{name!r} is taken")
        self.names.add(name.lower())
