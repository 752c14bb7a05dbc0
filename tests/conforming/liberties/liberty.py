"""What a liberty is: something that the documentation leaves open, taken by an implementation of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mutants.base import App
from mutants.variant import Variant, name_after

from conformance._data.case import Case
from conformance._service import Reply
from conformance.contract import EDITIONS, SURFACES, Surface

CONFIGURED: tuple[Surface, ...] = ("powershell", "javascript", "typescript")
"""The surfaces whose tables list the type of the binding."""

ELSEWHERE: tuple[Surface, ...] = tuple(surface for surface in SURFACES if surface not in CONFIGURED)


def needs_of(case: Case) -> set[str]:
    """Return what an implementation must offer for a case; one that streams asks for no further choices."""
    replies = case.scenario.model_replies
    has_choices = any(isinstance(reply, Reply) and reply.further_choices for reply in replies)
    return {*case.needs, "further choices"} if has_choices else {*case.needs}


@dataclass(frozen=True, slots=True, kw_only=True)
class Liberty(Variant):
    """An app that does something differently; `why` says what, and why it may."""

    surfaces: Sequence[Surface] = SURFACES
    editions: Sequence[str] = EDITIONS
    leaves_out: frozenset[str] = frozenset()


def liberty(why: str, **options) -> Callable[[type[App]], Liberty]:
    """Make a liberty of an app that overrides the step in which it is free; it is named after the class."""

    def make(app: type[App]) -> Liberty:
        return Liberty(name=name_after(app), why=why, app=app, **options)

    return make


def variation(name: str, why: str, *, of: type[App] = App, members: Mapping[str, object], **options) -> Liberty:
    """Make a liberty of a few members that differ: the form for tables."""
    app = type(name.title().replace("-", ""), (of,), dict(members))
    return Liberty(name=name, why=why, app=app, **options)
