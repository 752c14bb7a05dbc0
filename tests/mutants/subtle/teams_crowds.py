"""What goes wrong with several skills: names that are confused, caches keyed too coarsely, limits, readings."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle

DOTNET = ("csharp-isolated", "csharp-inprocess")


@subtle(
    "When two names differ only in a dash or underscore, a call of the second runs the first.",
    "AST-CONVERSATION-CALL",
    surfaces=("powershell", "python"),
)
class DashAndUnderscoreSkillsConfused(App):
    def find(self, name):
        known = super().find(name)
        return next(skill for skill in self.skills if self.plain(skill.name) == self.plain(known.name))

    def plain(self, name):
        return name.lower().replace("-", "_")


@subtle("When an app has more than twenty skills, only twenty are offered.", "AST-TOOL-OFFERED", surfaces=DOTNET)
class TwentySkillsOnOnePage(App):
    def tools(self):
        return super().tools()[:20]


@subtle(
    "When two skills without parameter descriptions call their arguments alike, the second has the first one's type.",
    "AST-SCHEMA-TYPE",
    surfaces=("javascript", "powershell"),
)
class MadeUpSchemaCachedByArgumentName(App):
    def autogenerate(self, skill):
        self.made = getattr(self, "made", {})
        return self.made.setdefault(skill.argument.name, super().autogenerate(skill))


@subtle(
    "When two skills without parameter descriptions have arguments of one type, the second has the first one's name.",
    "AST-SCHEMA-OBJECT",
    surfaces=("java", "typescript"),
)
class MadeUpSchemaCachedByArgumentType(App):
    def autogenerate(self, skill):
        self.made = getattr(self, "made", {})
        return self.made.setdefault(skill.argument.type, super().autogenerate(skill))


@subtle(
    "When a skill is declared after the bindings were read, they lack it.",
    "AST-BINDING-EACH",
    surfaces=("typescript", "python"),
)
class BindingsAsFirstReadWithSkills(App):
    def bindings(self):
        if self.skills and not hasattr(self, "was_read"):
            self.was_read = super().bindings()
        return getattr(self, "was_read", {})


@subtle(
    "When two names have the same first forty characters, a call of the second runs the first.",
    "AST-CONVERSATION-CALL",
    surfaces=("csharp-inprocess", "java"),
)
class DispatchByFortyCharacters(App):
    def find(self, name):
        known = super().find(name)
        return next(skill for skill in self.skills if skill.name.lower()[:40] == known.name.lower()[:40])


@subtle(
    "When two skills call their arguments alike, the second's binding has the first one's parameter description.",
    "AST-BINDING-PARAMETERS",
    "AST-BINDING-EACH",
    surfaces=DOTNET,
)
class DotnetBindingSchemaByArgumentName(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        alike = [known for known in self.skills if known.argument.name == skill.argument.name]
        first = alike[0].given.get("parameterDescriptionJson")
        return {**binding, "parameterDescriptionJson": first} if first else binding


@subtle(
    "When two skills have the same description, only the last is offered.", "AST-TOOL-OFFERED", surfaces=("javascript",)
)
class JavascriptEntriesByDescription(App):
    def tools(self):
        return list({tool["function"]["description"]: tool for tool in super().tools()}.values())
