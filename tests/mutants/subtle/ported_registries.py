"""Slips of a port to a tool registry: plugins, decorators, dependency injection, names from settings."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When two settings give two skills one name, both are accepted.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class UniqueBeforeSettings(App):
    def declare(self, skill, given):
        self.raw = given.get("functionName", skill.name).lower()
        super().declare(skill, given)

    def is_taken(self, _name):
        return self.raw in [skill.given.get("functionName", skill.function).lower() for skill in self.skills]


@subtle(
    "When a skill's name comes from a setting, the model's call of it finds no function.",
    "AST-CONVERSATION-CALL",
    "AST-TOOL-NAME-SETTING",
)
class RegisteredByTheRawName(App):
    def find(self, name):
        registry = {skill.given.get("functionName", skill.function).lower(): skill for skill in self.skills}
        return registry[name.lower()]


@subtle(
    "When a skill's name has a dash, calls of it find no function (what is before the dash is taken for a plugin).",
    "AST-CONVERSATION-CALL",
)
class PluginBeforeTheDash(App):
    def find(self, name):
        return super().find(name.rpartition("-")[2])


@subtle(
    "When a skill's name begins with an underscore, the model is not offered it (private members are no tools).",
    "AST-TOOL-OFFERED",
)
class PrivateMembersNotOffered(App):
    def tools(self):
        return [tool for tool in super().tools() if not tool["function"]["name"].startswith("_")]


class Registry(dict):
    """A mapping whose members can be read as attributes."""

    __getattr__ = dict.__getitem__


@subtle(
    "When a skill is called get, update, copy or pop, calls of it fail (a mapping's own method is found instead).",
    "AST-CONVERSATION-CALL",
)
class RegistryOfAttributes(App):
    def find(self, name):
        return getattr(Registry({skill.name.lower(): skill for skill in self.skills}), name.lower())


@subtle(
    "When two names differ only in dash and underscore, calls of the second run the first (names become identifiers).",
    "AST-CONVERSATION-CALL",
)
class NamesBecomeIdentifiers(App):
    def find(self, name):
        found = [
            skill for skill in self.skills if skill.name.lower().replace("-", "_") == name.lower().replace("-", "_")
        ]
        return found[0]


@subtle(
    "When no function name is declared, the tool's name begins in lower case.",
    "AST-TOOL-NAME-FALLBACK",
    surfaces=("csharp-isolated", "csharp-inprocess"),
)
class CamelCasedOwnNames(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return name if "functionName" in given else name[0].lower() + name[1:]


@subtle(
    "When the declared function name is the function's own name, the binding lacks it.",
    "AST-BINDING-FUNCTION-NAME",
    surfaces=("java",),
)
class DefaultsDroppedFromTheBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {field: value for field, value in binding.items() if field != "functionName" or value != skill.function}


@subtle(
    "When a name has two settings in it, the declaration is refused (a greedy expression takes them for one).",
    "AST-TOOL-NAME-SETTING",
    "AST-TOOL-NAME",
)
class SettingsTakenForOne(App):
    def resolve(self, name):
        before, percent, rest = name.partition("%")
        setting, _, after = rest.rpartition("%")
        return before + self.settings[setting] + after if percent else name
