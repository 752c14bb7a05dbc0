"""State that outlives its app and gets into the next one."""

# ruff: noqa: RUF012  # shared on purpose
from __future__ import annotations

from mutants.base import App
from mutants.mutant import mutant


class SharingApp(App):
    """An app that shares something with those before it that had the same key."""

    def __init__(self, context):
        super().__init__(context)
        key = next(value for name, value in context.environment.items() if name.endswith("_KEY"))
        self.before = self.shared.setdefault(key, [])
        self.inherit()

    def inherit(self):
        pass


@mutant(
    "The bindings of all apps are collected in one list.", fails={"AST-BINDING-ISOLATED": ["bindings-of-this-app-only"]}
)
class CollectsBindings(SharingApp):
    shared = {}

    def bindings(self):
        self.before += [skill for skill in self.skills if skill not in self.before]
        return {skill.function: [self.binding_of(skill)] for skill in self.before} | super().bindings()


@mutant(
    "A function's binding is remembered by the function's name.",
    fails={"AST-BINDING-ISOLATED": ["binding-not-of-app-before"]},
)
class RemembersBindings(SharingApp):
    shared = {}

    def binding_of(self, skill):
        known = [binding for function, binding in self.before if function == skill.function]
        if known:
            return known[0]
        self.before.append((skill.function, super().binding_of(skill)))
        return self.before[-1][1]


@mutant(
    "The skills of all apps are offered.",
    fails={"AST-TOOL-ISOLATED": ["skills-of-this-app-only", "no-skills-of-app-before"]},
)
class OffersTheSkillsOfAllApps(SharingApp):
    shared = {}

    def tools(self):
        own = super().tools()
        names = [tool["function"]["name"] for tool in own]
        self.before += [tool for tool in own if tool not in self.before]
        return own + [tool for tool in self.before if tool["function"]["name"] not in names]


@mutant("A tool is remembered by its name.", fails={"AST-TOOL-ISOLATED": ["skill-not-of-app-before"]})
class RemembersTools(SharingApp):
    shared = {}

    def function_of(self, skill):
        known = [function for function in self.before if function["name"] == skill.name]
        if not known:
            self.before.append(super().function_of(skill))
        return known[0] if known else self.before[-1]


@mutant(
    "All apps have one conversation.",
    fails={
        "AST-CONVERSATION-ISOLATED": ["*"],
        "AST-CONVERSATION-REPEATABLE": ["same-conversation-again"],
    },
)
class SharesTheHistory(SharingApp):
    shared = {}

    def inherit(self):
        self.history = self.before


@mutant(
    "A call runs the function that was first declared under its name.",
    fails={
        "AST-CONVERSATION-ISOLATED": ["calls-of-this-app-only"],
        "AST-CONVERSATION-REPEATABLE": ["same-conversation-again"],
    },
)
class RunsTheFunctionOfBefore(SharingApp):
    shared = {}

    def declare(self, skill, given):
        super().declare(skill, given)
        self.before.append(self.skills[-1])

    def find(self, name):
        super().find(name)
        return next(skill for skill in self.before if skill.name.lower() == name.lower())
