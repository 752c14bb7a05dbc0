"""What a law is: a requirement, and what contradicts it in a scenario that was played."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from json import dumps  # by name: an implementation may patch the module
from typing import Any, TypeAlias

from conformance._data.case import Need
from conformance._data.open_world.matching import Mismatch
from conformance._exploration.reading.conversation_trace import Trace
from conformance._text import json_values

LawCheck: TypeAlias = Callable[[Trace], Iterator[Mismatch]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A requirement that holds in every scenario; `check` is silent where the requirement is.

    `requirements` are tried in turn: the first one that the edition has for the surface is the law's. `needs` is what
    the implementation must offer for the law to say anything.
    """

    requirements: tuple[str, ...]
    needs: Need | None
    check: LawCheck

    def speaks(self, trace: Trace) -> bool:
        """Say whether the implementation has what the law needs."""
        return self.needs is None or (self.needs in trace.seen.offered and trace.seen.refusal is None)


def find_contradictions(laws: Iterable[Law], trace: Trace) -> tuple[Mismatch, ...]:
    """Return what contradicts those laws that have something to say."""
    return tuple(one for law in laws if law.speaks(trace) for one in law.check(trace))


class LawGroup:
    """The laws of a topic, in the order in which they are added; all need the same of the implementation."""

    def __init__(self, *, needs: Need | None) -> None:
        self._needs = needs
        self.laws: list[Law] = []

    def law(self, *requirements: str) -> Callable[[LawCheck], LawCheck]:
        """Add the law that a function checks."""

        def add(check: LawCheck) -> LawCheck:
            self.laws.append(Law(requirements=requirements, needs=self._needs, check=check))
            return check

        return add


def differs(what: str, got: Any, wanted: Any, where: str | None = None) -> Mismatch:
    """Word that a JSON value is not the one that it should be."""
    return Mismatch(what, *json_values.show_apart(got, wanted), where)


def spelled(value: Any) -> str:
    """Write a value in JSON, a text without its quotes."""
    text = dumps(value, ensure_ascii=False)
    return text[1:-1] if isinstance(value, str) else text
