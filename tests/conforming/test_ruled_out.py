"""An app may rule out in its requests what the model could do, and then need not know what to do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from mutants.base import App
from mutants.finding import EVERYTHING, broken_requirements, laws_of, scenarios
from mutants.mutant import judging
from mutants.variant import Variant

from conformance._data.case import Case
from conformance._data.editions import edition_of
from conformance._service import Reply

EDITION, SURFACE = "2024-04-14", "python"


class FirstCallApp(App):
    """Runs the first call of a reply, and forgets the others."""

    def receive(self, response):
        reply = super().receive(response)
        return {**reply, "tool_calls": reply["tool_calls"][:1]} if reply.get("tool_calls") else reply


class OneCallApp(FirstCallApp):
    def body(self, messages):
        usual = super().body(messages)
        return {**usual, "parallel_tool_calls": False} if "tools" in usual else usual


class RefusingApp(App):
    """Refuses other arguments than the one that it described."""

    def argument_of(self, skill, arguments):
        if skill.schema == self.autogenerate(skill) and not arguments.keys() <= {skill.argument.name}:
            raise TypeError("unexpected argument")
        return super().argument_of(skill, arguments)


class ClosedApp(RefusingApp):
    def autogenerate(self, skill):
        return {**super().autogenerate(skill), "additionalProperties": False}


def has_several(case):
    return any(isinstance(reply, Reply) and len(reply.calls) > 1 for reply in case.scenario.model_replies)


def has_others(case):
    return case.id.case in {"argument-among-others-first", "argument-among-others-last"}


class RuledOut(NamedTuple):
    """An app that rules something out, another that does not, which cases have it, the reason, what is violated."""

    app: type[App]
    other: type[App]
    has_it: Callable[[Case], bool]
    reason: str
    violated: str


RULED_OUT = {
    "several calls": RuledOut(
        OneCallApp,
        FirstCallApp,
        has_several,
        "asks for one call at a time (parallel_tool_calls: false), and the case has several",
        "AST-CONVERSATION-PARALLEL",
    ),
    "other arguments": RuledOut(
        ClosedApp,
        RefusingApp,
        has_others,
        "allows the model no other arguments (additionalProperties: false), and the case has some",
        "AST-CONVERSATION-ARGUMENT-EXTRA",
    ),
}
each = pytest.mark.parametrize("what", RULED_OUT.values(), ids=RULED_OUT.keys())


@pytest.fixture(scope="module")
def session():
    with judging() as session:
        yield session


def target_of(app):
    return Variant(name="one", why="It is tried.", app=app, surfaces=(SURFACE,), editions=(EDITION,)).target


@each
def test_what_it_does_then_is_left_open(what, session):
    cases = [case for case in edition_of(EDITION).cases if case.surface == SURFACE]
    results = [(case, session.run(case, target_of(what.app))) for case in cases]
    assert {result.outcome for _, result in results} == {"passed", "not applicable"}
    excused = [(case, result) for case, result in results if result.outcome == "not applicable"]
    assert all(what.has_it(case) for case, _ in excused)
    assert {result.reason for _, result in excused} == {what.reason}
    assert all(session.run(case, target_of(what.other)).outcome == "failed" for case, _ in excused)


@each
def test_no_law_is_judged_by_it(what, session):
    laws = laws_of(edition_of(EDITION).requirements, SURFACE)

    def broken(one):
        for scenario in scenarios(EDITION, SURFACE):
            seen = session.play(scenario, target_of(one), EVERYTHING)
            yield from (requirement for requirement, _ in broken_requirements(scenario, seen, laws))

    assert set(broken(what.app)) == set()
    assert what.violated in set(broken(what.other))
