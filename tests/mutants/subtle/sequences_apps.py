"""Sequences of apps: what a first one leaves to a second."""

from __future__ import annotations

from typing import ClassVar

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a function and its argument have the names of an earlier app's but another type, its schema is the old one.",
    "AST-CONVERSATION-ISOLATED",
    "AST-TOOL",
)
class SeqSchemaCachedByNames(App):
    schemas: ClassVar[dict] = {}

    def autogenerate(self, skill):
        return self.schemas.setdefault((skill.name, skill.argument.name), super().autogenerate(skill))


@subtle(
    "When two apps declare the same model, the first on OpenAI and the second on Azure or the reverse, the second's "
    "requests go to the first's service.",
    "AST-CONVERSATION-ISOLATED",
    "AST-MODEL",
    editions=("2024-04-14",),
)
class SeqUrlCachedByModel(App):
    urls: ClassVar[dict] = {}

    def url(self, model):
        url = super().url(model)
        return url if model == self.default_model else self.urls.setdefault(model, url)


@subtle(
    "When a request of an app failed and nothing was sent after it, the next app's first request goes to that URL.",
    "AST-CONVERSATION-ISOLATED",
    "AST-MODEL",
    editions=("2024-04-14",),
)
class SeqUrlOfFailedRequestTriedNext(App):
    failed: ClassVar[list] = []

    def url(self, model):
        self.last_url = self.failed.pop() if self.failed else super().url(model)
        return self.last_url

    def fail(self, response):
        self.failed.append(self.last_url)
        return super().fail(response)


@subtle(
    "When an app's last prompt ended in an error, the next app's conversation begins with that prompt.",
    "AST-CONVERSATION-ISOLATED",
    "AST-CONVERSATION-HISTORY",
)
class SeqUnfinishedPromptTakenOver(App):
    unfinished: ClassVar[list] = []

    def __init__(self, context):
        super().__init__(context)
        self.history += self.unfinished
        self.unfinished.clear()

    def ask(self, message):
        self.unfinished[:] = [self.prompt(message)]
        text = super().ask(message)
        self.unfinished.clear()
        return text


@subtle(
    "When two apps are there at once, the second to declare a name is refused it.",
    "AST-CONVERSATION-ISOLATED",
    "AST-DECLARATION",
)
class SeqNamesOfAppAlongside(App):
    names: ClassVar[set] = set()

    def __init__(self, context):
        super().__init__(context)
        self.names.clear()

    def declare(self, skill, given):
        super().declare(skill, given)
        self.names.add(self.skills[-1].name.lower())

    def is_taken(self, name):
        return super().is_taken(name) or name.lower() in self.names


@subtle(
    "When a function fails and an earlier app had one of that name, the earlier app's is run and its result told.",
    "AST-CONVERSATION-ISOLATED",
    "AST-CONVERSATION-FAILURE",
)
class SeqFallsBackToEarlierApp(App):
    handlers: ClassVar[dict] = {}

    def declare(self, skill, given):
        super().declare(skill, given)
        self.handlers.setdefault(skill.name, skill.handler)

    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except Exception:
            if self.handlers[skill.function] is skill.handler:
                raise
            return self.handlers[skill.function](argument)


@subtle(
    "When an app fills a setting into a name as an earlier app did, it gets the value that the setting had there.",
    "AST-CONVERSATION-ISOLATED",
    "AST-TOOL",
)
class SeqSettingRememberedByName(App):
    resolved: ClassVar[dict] = {}

    def resolve(self, name):
        return self.resolved.setdefault(name, super().resolve(name))
