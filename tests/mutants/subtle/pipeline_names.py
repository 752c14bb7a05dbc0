"""Slips with the names of skills: settings in them, refused ones, own names of functions."""

from __future__ import annotations

import re
from dataclasses import replace

from mutants.pipeline import Catalogue, Intake, Pipeline
from mutants.subtle.subtle import subtle


@subtle(
    "When a function name holds two settings, only the first is replaced, and the name is refused.",
    "AST-TOOL-NAME-SETTING",
)
class OneSettingInName(Pipeline):
    class IntakeType(Intake):
        def resolved(self, text):
            return re.sub("%([^%]+)%", lambda found: self.settings[found[1]], text, count=1)


@subtle(
    "When a setting's name holds a colon, a dot or a dash, it is not replaced, and the name is refused.",
    "AST-TOOL-NAME-SETTING",
)
class SettingsOfOneWord(Pipeline):
    class IntakeType(Intake):
        def resolved(self, text):
            return re.sub(r"%(\w+)%", lambda found: self.settings[found[1]], text)


@subtle(
    "When two names differ only in a dash and an underscore, the second skill is refused as a duplicate.",
    "AST-TOOL-OFFERED",
    "AST-DECLARATION-NAME-UNIQUE",
    "AST-TOOL-NAME",
)
class DashesLikeUnderscores(Pipeline):
    class CatalogueType(Catalogue):
        def key(self, name):
            return name.lower().replace("-", "_")


@subtle(
    "When a function's own name is longer than 64 characters, the skill is refused although its declared "
    "name is short.",
    "AST-TOOL-NAME",
    "AST-DECLARATION-NAME-FORM",
    "AST-TOOL-OFFERED",
)
class OwnNamesMeasured(Pipeline):
    class IntakeType(Intake):
        def title(self, draft):
            self.check_name(draft.skill.name)
            return super().title(draft)


@subtle(
    "When a skill was refused for its schema, its name stays taken, and the corrected skill is refused.",
    "AST-DECLARATION-NAME-UNIQUE",
    "AST-TOOL-OFFERED",
)
class RefusedNamesStayTaken(Pipeline):
    class IntakeType(Intake):
        def __init__(self, app):
            super().__init__(app)
            self.reserved = set()

        def title(self, draft):
            draft = super().title(draft)
            if draft.name.lower() in self.reserved:
                raise ValueError(f"{draft.name} is taken")
            self.reserved.add(draft.name.lower())
            return draft


@subtle(
    "When a skill was refused because its name is taken, calls of that name run it instead of the first one.",
    "AST-TOOL-OFFERED",
    "AST-DECLARATION-NAME-UNIQUE",
    "AST-CONVERSATION-CALL",
)
class RefusedDuplicatesTakeOver(Pipeline):
    class CatalogueType(Catalogue):
        def add(self, draft):
            count = len(self.entries)
            self.entries[self.key(draft.name)] = draft
            self.memo = None
            if len(self.entries) == count:
                raise ValueError(f"{draft.name} is taken")


@subtle(
    "When the model calls a function's own name although another was declared, the skill runs.",
    "AST-CONVERSATION-UNKNOWN",
)
class OwnNamesAnswer(Pipeline):
    class CatalogueType(Catalogue):
        def find(self, name):
            own = (draft for draft in self.entries.values() if draft.skill.name == name)
            return super().find(name) or next(own, None)


@subtle(
    "When a later function's own name is the declared name of an earlier skill, a call runs the later one.",
    "AST-CONVERSATION-CALL",
    "AST-TOOL-NAME",
)
class OwnNamesIndexedOver(Pipeline):
    class CatalogueType(Catalogue):
        def __init__(self, app):
            super().__init__(app)
            self.functions = {}

        def add(self, draft):
            super().add(draft)
            self.functions |= {self.key(draft.name): draft, self.key(draft.skill.name): draft}

        def find(self, name):
            found = self.functions.get(self.key(name))
            return found if self.key(name) in self.entries else None


@subtle(
    "When a description holds two percent signs, what is between them is taken for a setting, and the "
    "skill is refused.",
    "AST-TOOL-DESCRIPTION",
    "AST-DECLARATION-PARAMETERS",
    "AST-TOOL-OFFERED",
)
class SettingsInDescriptions(Pipeline):
    class IntakeType(Intake):
        def describe(self, draft):
            draft = super().describe(draft)
            text = self.resolved(draft.fields["functionDescription"])
            return replace(draft, fields={**draft.fields, "functionDescription": text})


@subtle(
    "When the declared name holds a setting, the binding contains the name with the setting's value "
    "instead of the declared one.",
    "AST-BINDING-FUNCTION-NAME",
)
class BindingNamesResolved(Pipeline):
    class CatalogueType(Catalogue):
        def binding(self, draft):
            binding = super().binding(draft)
            return binding | ({"functionName": draft.name} if "functionName" in binding else {})


@subtle(
    "When a name comes wholly from a setting, its form is not checked, and one that OpenAI refuses is accepted.",
    "AST-DECLARATION-NAME-FORM",
)
class NamesOfSettingsTrusted(Pipeline):
    class IntakeType(Intake):
        def title(self, draft):
            name = draft.fields.get("functionName", draft.skill.name)
            if re.fullmatch("%[^%]+%", name):
                return replace(draft, name=self.resolved(name))
            return super().title(draft)
