"""A case: what is declared, asked and replied, and what must be seen, for one surface of one edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from conformance._data.requirements import Requirement
from conformance._service import Fault, Reply
from conformance.contract import Argument, Surface

Provider: TypeAlias = Literal["openai", "azure"]
View: TypeAlias = Literal["accepted", "binding", "construct", "ask"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A skill to declare, with the parameters spelled for the surface, and what its function does.

    The function raises RuntimeError(`raises`) if that is given, returns its argument if it `echoes`, and
    returns `returns` otherwise.
    """

    function: str
    argument: Argument
    trigger: Mapping[str, Any]
    returns: Any = None
    echoes: bool = False
    raises: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """The life of one app: what is declared in it, what the user posts, and what the service replies."""

    skills: tuple[Declaration, ...] = ()
    ask: tuple[str, ...] = ()
    replies: tuple[Reply | Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing to check, ready to run.

    `root` is the folder of the data, `path` and `line` the record's place in it.
    `service` has the requirement of each area of the service's rules. `view` is what the expectation reads, and
    `needs` what the implementation must offer for that; `refused` and `accepted` are a declaration that must be
    refused and its control.
    """

    id: str
    title: str
    why: str | None
    edition: str
    surface: Surface
    requirement: Requirement
    service: Mapping[str, Requirement]
    root: Path
    path: Path
    line: int
    provider: Provider
    models: frozenset[str] | None
    settings: Mapping[str, str]
    before: Episode | None
    episode: Episode
    refused: Declaration | None
    accepted: Declaration | None
    expect: Mapping[str, Any]
    view: View
    needs: Literal["bindings", "ask", "construct"] | None

    @property
    def name(self) -> str:
        """The case as a test's name has it: `default-model[python]`."""
        return f"{self.id}[{self.surface}]"
