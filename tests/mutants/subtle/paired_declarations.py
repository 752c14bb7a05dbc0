"""Declarations that are accepted or refused wrongly only where two ordinary things come together."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("A name that is taken is accepted if it comes from a setting.", "AST-DECLARATION-NAME-UNIQUE")
class SettingTwinAdmitted(App):
    def declare(self, skill, given):
        self.resolved = "%" in given.get("functionName", "")
        super().declare(skill, given)

    def is_taken(self, name):
        return not self.resolved and super().is_taken(name)


@subtle(
    "A name that is taken is accepted if it is the function's own, none being given.", "AST-DECLARATION-NAME-UNIQUE"
)
class FallbackTwinAdmitted(App):
    def declare(self, skill, given):
        self.own = "functionName" not in given
        super().declare(skill, given)

    def is_taken(self, name):
        return not self.own and super().is_taken(name)


@subtle("The form of a name that comes from a setting is not checked.", "AST-DECLARATION-NAME-FORM")
class SettingValueUnvetted(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        self.trusted = name if "%" in given.get("functionName", "") else None
        return name

    def check_name(self, name):
        if name != self.trusted or self.is_taken(name):
            super().check_name(name)


@subtle(
    "A declaration without a description is accepted if its schema is declared.", "AST-DECLARATION-DESCRIPTION-REQUIRED"
)
class SchemaExcusesSilence(App):
    def check_given(self, given):
        if "parameterDescriptionJson" not in given:
            super().check_given(given)
        given.setdefault("functionDescription", given.get("functionName", "A function."))


@subtle("A second skill without a name is refused, as if both had the same.", "AST-DECLARATION-NAME-OPTIONAL")
class NamelessPairRefused(App):
    def declare(self, skill, given):
        if "functionName" not in given and any("functionName" not in known.given for known in self.skills):
            raise ValueError("'' is taken")
        super().declare(skill, given)


@subtle(
    "A later skill's name is refused if it begins with the whole name of an earlier skill.",
    "AST-DECLARATION-PARAMETERS",
    "AST-DECLARATION-NAME-OPTIONAL",
)
class LongerCousinRefused(App):
    def is_taken(self, name):
        return any(name.lower().startswith(skill.name.lower()) for skill in self.skills)


@subtle("On Azure, a declared schema is not checked to be that of an object.", "AST-DECLARATION-SCHEMA-FORM")
class AzureSchemaUnvetted(App):
    def check_schema(self, schema):
        if not self.on_azure:
            super().check_schema(schema)
