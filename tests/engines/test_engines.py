"""Conversation engines that nobody here wrote: what each does otherwise is known, and said why, in its baseline."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from required import skip_or_fail

from conformance.contract import EDITIONS

HERE = Path(__file__).parent

ENGINES = {"openai_agents": "agents", "langchain": "langchain_openai", "pydantic_ai": "pydantic_ai"}
"""Each engine with the package that its adapter imports."""


@pytest.fixture(params=ENGINES)
def engine(request):
    """Return the name of an engine that is installed; CONFORMANCE_REQUIRE_ENGINES=1 says that all must be."""
    package = ENGINES[request.param]
    if find_spec(package) is None:
        skip_or_fail(f"{package} is not installed", "ENGINES")
    return request.param


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_engine_passes_all_but_what_its_baseline_explains(engine, edition, pytester):
    baseline = HERE / f"{engine}.yaml"
    run = pytester.runpytest_subprocess(
        *("-p", "no:randomly", "-q", f"--impl={HERE}/{engine}_adapter.py", f"--impl-edition={edition}"),
        *("--impl-level=should", "--impl-report=report.json"),
        *([f"--impl-baseline={baseline}"] if baseline.exists() else []),
        timeout=300,
    )
    (judged,) = json.loads((pytester.path / "report.json").read_text("utf-8"))["runs"]
    outcomes = {result["outcome"] for result in judged["results"]}
    assert run.ret == 0
    assert outcomes == {"passed", "not applicable"} | ({"known"} if baseline.exists() else set())
    assert {result["reason"] for result in judged["results"] if result["outcome"] == "not applicable"} <= {
        "offers no bindings",
        "offers no construct",
        "allows the model no other arguments (additionalProperties: false), and the case has some",
    }
    assert len([result for result in judged["results"] if result["outcome"] == "passed"]) > 150
