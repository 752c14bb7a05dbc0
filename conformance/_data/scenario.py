"""A scenario: what is declared, asked and replied, for one surface of one edition, whatever comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from conformance._data.surfaces import parameter_of
from conformance._service import Fault, Provider, Reply
from conformance._text.placeholders import fill_in
from conformance.contract import Argument, Surface

Failing: TypeAlias = Literal["every", "first", "later"]
"""On which of its runs a function fails: each, the first, or each but the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A skill to declare, with the parameters spelled for the surface, and what its function does.

    The function raises an error with the text `raises` if that is given (on which of its runs, `raises_on` says),
    returns its argument if it `echoes`, and returns `returns` otherwise.
    """

    function: str
    argument: Argument
    trigger: Mapping[str, Any]
    returns: Any = None
    echoes: bool = False
    raises: str | None = None
    raises_on: Failing = "every"

    @property
    def given(self) -> dict[str, Any]:
        """What is declared and is not null, by the names of function.json."""
        named = ((parameter_of(key), value) for key, value in self.trigger.items())
        return {name: value for name, value in named if name is not None and value is not None}

    def tool_name(self, settings: Mapping[str, str]) -> str:
        """Return the name of its tool: the one that is given, or the function's; an unknown setting stays as it is."""
        name = str(self.given.get("functionName") or self.function)
        return fill_in(name, lambda setting: settings.get(setting, f"%{setting}%"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """The life of one app: what is declared in it, what the user posts, and what the model replies.

    `settings` are the app's, beside those that lead to the model service.
    """

    skills: tuple[Declaration, ...] = ()
    prompts: tuple[str, ...] = ()
    model_replies: tuple[Reply | Fault, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_faults(self) -> bool:
        """Say whether the service fails in it."""
        return any(isinstance(reply, Fault) for reply in self.model_replies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """The life of an app, and perhaps that of one before it.

    Each of `refused` is to be refused if it is declared after the skills, one after another, in an app of their own.
    `models` are the models that exist (on Azure OpenAI the deployments); None means any name of a published family of
    chat models, and every deployment.
    """

    edition: str
    surface: Surface
    provider: Provider = "openai"
    models: frozenset[str] | None = None
    before: Episode | None = None
    episode: Episode
    refused: tuple[Declaration, ...] = ()

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """The lives of its apps, in their order."""
        return (self.episode,) if self.before is None else (self.before, self.episode)

    @property
    def model_replies(self) -> tuple[Reply | Fault, ...]:
        """What the model replies to its apps, in their order."""
        return tuple(reply for episode in self.episodes for reply in episode.model_replies)
