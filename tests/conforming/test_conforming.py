"""Implementations that conform, each built differently, pass: no requirement is about what they do differently.

Every module in this folder is such an implementation, and is found by its name. A single freedom that the documentation
leaves goes into a module of `liberties/` instead.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from liberties.liberty import needs_of

from conformance._data.editions import edition_of
from conformance._judging.session import open_session
from conformance._targets.module import load_module
from conformance.contract import EDITIONS

HERE = Path(__file__).parent

NOT_OFFERED = {
    "declares_only": {"ask", "construct"},
    "converses_only": {"bindings", "construct"},
    "streaming_openai": {"further choices"},
}
"""What an implementation leaves out; the others offer everything."""


@pytest.fixture(scope="module")
def session():
    with open_session({"intercepted"}, seconds=10) as session:
        yield session


HELPERS = {"documented"}
"""Modules that the implementations share."""

IMPLEMENTATIONS = sorted({path.stem for path in HERE.glob("*.py") if not path.stem.startswith("test_")} - HELPERS)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", IMPLEMENTATIONS)
def test_conforms_on_every_surface(name, edition, session):
    target = load_module(str(HERE / f"{name}.py"))
    missing = NOT_OFFERED.get(name, set())
    outcomes = Counter()
    for case in edition_of(edition).cases:
        if case.surface not in target.surfaces:
            continue
        result = session.run(case, target)
        expected = "not applicable" if needs_of(case) & missing else "passed"
        assert result.outcome == expected, f"{case.id.name}: {result.reason or '; '.join(map(str, result.findings))}"
        outcomes[result.outcome] += 1
    assert outcomes["passed"] > 100
    assert bool(outcomes["not applicable"]) is bool(missing)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_stream_of_one_choice_leaves_open_what_an_app_does_with_several(edition, session):
    target = load_module(str(HERE / "streaming_openai.py"))
    cases = [case for case in edition_of(edition).cases if case.surface == "python"]
    cases = [case for case in cases if "further choices" in needs_of(case)]
    results = [session.run(case, target) for case in cases]
    assert {result.reason for result in results} == {"streams and asks for one choice, and the case has several"}
