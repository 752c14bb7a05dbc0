"""Sequences of declarations that are refused, readings of the bindings, and prompts between them."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a declaration was refused, its function stands in the bindings read later, without a binding.",
    "AST-BINDING",
    "AST-DECLARATION",
)
class SeqRefusedSkillLeavesEmptyBinding(App):
    def __init__(self, context):
        super().__init__(context)
        self.listed = {}

    def declare(self, skill, given):
        self.listed[skill.name] = []
        super().declare(skill, given)

    def bindings(self):
        return {**self.listed, **super().bindings()}


@subtle(
    "When a declaration was refused for its parameter description, a right one under that name is refused too.",
    "AST-DECLARATION",
)
class SeqRefusedSkillKeepsItsName(App):
    def __init__(self, context):
        super().__init__(context)
        self.reserved = set()

    def check_name(self, name):
        super().check_name(name)
        self.reserved.add(name.lower())

    def is_taken(self, name):
        return name.lower() in self.reserved


@subtle(
    "When no model is declared, the bindings read after a prompt say the default one.",
    "AST-BINDING",
    "AST-CONVERSATION-REPEATABLE",
)
class SeqPromptWritesModelIntoBindings(App):
    def model(self):
        model = super().model()
        for skill in self.skills:
            skill.given.setdefault("model", model)
        return model


@subtle(
    "When a function failed in a call, it is missing from the bindings read later.",
    "AST-BINDING",
    "AST-CONVERSATION-REPEATABLE",
)
class SeqFailedFunctionMissingFromBindings(App):
    def __init__(self, context):
        super().__init__(context)
        self.disabled = set()

    def invoke(self, skill, argument):
        self.disabled.add(skill.function)
        result = super().invoke(skill, argument)
        self.disabled.discard(skill.function)
        return result

    def bindings(self):
        return {name: held for name, held in super().bindings().items() if name not in self.disabled}


@subtle(
    "When the bindings are read between two prompts, what was said before is forgotten.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-REPEATABLE",
)
class SeqReadingBetweenPromptsForgets(App):
    def bindings(self):
        self.history = []
        return super().bindings()


@subtle(
    "When the bindings are read after a prompt, the next prompt's tools have made-up schemas in place of given ones.",
    "AST-TOOL",
    "AST-CONVERSATION-REPEATABLE",
)
class SeqReadingBetweenPromptsMakesSchemas(App):
    def bindings(self):
        if self.history:
            self.skills = [skill._replace(schema=self.autogenerate(skill)) for skill in self.skills]
        return super().bindings()
