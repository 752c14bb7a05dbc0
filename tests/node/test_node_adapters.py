"""The adapters in Node, judged over the protocol."""

import json

import pytest

import conformance.adapters

BASELINE = f"{conformance.adapters.__path__[0]}/baselines/azure-functions-node.yaml"

COMMON = {
    ("type-in-binding-exactly", "AST-BINDING-TYPE-SPELLING"),
    ("description-omitted", "AST-DECLARATION-DESCRIPTION-REQUIRED"),
    ("description-omitted-from-second-skill", "AST-DECLARATION-DESCRIPTION-REQUIRED"),
    ("description-omitted-from-third-skill", "AST-DECLARATION-DESCRIPTION-REQUIRED"),
    ("type-of-another-trigger-refused", "AST-BINDING-TYPE"),
    ("type-with-an-s-too-many-refused", "AST-BINDING-TYPE"),
    ("type-that-goes-on-refused", "AST-BINDING-TYPE"),
    ("type-that-is-a-part-of-it-refused", "AST-BINDING-TYPE"),
    ("type-in-dashed-words-refused", "AST-BINDING-TYPE"),
    ("AST-DECLARATION-DESCRIPTION-REQUIRED", "AST-DECLARATION-DESCRIPTION-REQUIRED"),
    ("AST-BINDING-TYPE-SPELLING", "AST-BINDING-TYPE-SPELLING"),
}
DIRECTION = {
    ("direction-in-binding", "AST-BINDING-DIRECTION"),
    ("direction-in-every-binding", "AST-BINDING-DIRECTION"),
    ("other-direction-refused", "AST-BINDING-DIRECTION"),
    ("inout-direction-refused", "AST-BINDING-DIRECTION"),
    ("spelled-out-direction-refused", "AST-BINDING-DIRECTION"),
    ("between-blanks-direction-refused", "AST-BINDING-DIRECTION"),
    ("properties-defined-in-code", "AST-DECLARATION-PARAMETERS"),
    ("AST-BINDING-DIRECTION", "AST-BINDING-DIRECTION"),
}
KNOWN = {"2024-04-14": COMMON | DIRECTION, "2025-05-15": COMMON}
"""What the package does otherwise: the host's direction, the samples' spelling, any type, no description."""


@pytest.fixture
def judge(pytester, adapters, monkeypatch):
    """Judge an adapter by both editions at level should; return the exit status and the results."""
    monkeypatch.chdir(adapters)

    def judge(adapter, *options):
        report = pytester.path / "report.json"
        run = pytester.runpytest_subprocess(
            *("-p", "no:randomly", "-q", f"--impl=exec:node {adapters}/{adapter}/adapter.mjs"),
            *("--impl-edition=all", "--impl-level=should", f"--impl-report={report}", *options),
            timeout=600,
        )
        (judged,) = json.loads(report.read_text("utf-8"))["runs"]
        return run.ret, judged

    return judge


def test_azure_functions_fails_what_it_is_known_to_fail(judge):
    status, judged = judge("azure-functions", f"--impl-baseline={BASELINE}")
    known = [result for result in judged["results"] if result["outcome"] == "known"]
    for edition, expected in KNOWN.items():
        for surface in ("javascript", "typescript"):
            found = {
                (result["case"], result["requirement"])
                for result in known
                if (result["edition"], result["surface"]) == (edition, surface)
            }
            assert found == expected
    assert {result["outcome"] for result in judged["results"]} == {"passed", "known", "not applicable"}
    assert status == 0


def test_the_example_passes_every_case(judge):
    # Laws are left to the next test: on other surfaces they try integers that no number of JavaScript can hold.
    status, judged = judge("example", "-n2", "--impl-explore=0")
    assert {result["outcome"] for result in judged["results"]} == {"passed"}
    assert len(judged["surfaces"]) == 7
    assert not judged["not_run"]
    assert status == 0


def test_laws_find_nothing_in_the_example(judge):
    status, judged = judge("example", "--impl-surface=javascript", "--impl-surface=typescript", "explore")
    outcomes = {result["outcome"]: result["reason"] for result in judged["results"]}
    assert outcomes == {"passed": None}
    assert status == 0
