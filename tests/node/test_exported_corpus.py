"""The exported corpus, played by a runner in Node that knows nothing of the suite but the export."""

import json
import subprocess
from pathlib import Path

import pytest

from conformance.__main__ import main
from conformance._data.open_world.matching import WORDS

RUNNER = Path(__file__).with_name("corpus_runner.mjs")
PLAYED = ("2024-04-14/python.json", "2025-05-15/powershell.json", "2025-05-15/javascript.json")


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported") / "corpus"
    assert main(["export", str(folder), "--explore", "3"]) == 0
    return folder


@pytest.fixture
def play(node, adapters):
    """Play corpora against the example; return how many cases passed, what failed, and the words that were judged."""

    def play(*paths):
        command = [node, str(RUNNER), str(adapters), *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603  # node
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return play


def without_scenarios(path, folder):
    """Copy a corpus without what was generated, among which are integers that no number of JavaScript can hold."""
    corpus = json.loads(path.read_text("utf-8"))
    copy = folder / "cases.json"
    copy.write_text(json.dumps({**corpus, "explored": []}), "utf-8")
    return copy


def test_the_example_passes_what_is_exported(play, exported, tmp_path):
    python, *others = (exported / name for name in PLAYED)
    paths = [without_scenarios(python, tmp_path), *others]
    said = play(*paths)
    assert said["failed"] == {}
    corpora = [json.loads(path.read_text("utf-8")) for path in paths]
    predictions = sum(len(one["predictions"]) for corpus in corpora for one in corpus["explored"])
    assert said["passed"] == sum(len(corpus["cases"]) for corpus in corpora) + predictions
    assert predictions > 50
    assert said["words"] == sorted(WORDS)


def wrong(expect):
    """Return an expectation that nothing can meet, of the same kind; None where there is none to be had."""
    match expect["kind"]:
        case "refusal":
            return {"kind": "refusal", "refused": expect["control"], "control": expect["control"]}
        case "bindings":
            return {"kind": "bindings", "bindings": {"NoSuchFunction": {}}}
        case "construct":
            return {"kind": "construct", "construct": {"$letters": "nothing"}}
        case "conversation":
            return {**expect, "requests": [{"model": "none"} for _ in range(50)]}
    return None


def test_the_runner_fails_what_should_be_refused_and_is_accepted(play, exported, tmp_path):
    corpus = json.loads((exported / PLAYED[1]).read_text("utf-8"))
    (scenario, *_) = corpus["explored"]
    right = {**scenario["skills"][0], "function": "OneMore"}
    right["trigger"] = {**right["trigger"], "functionName": "one_more"}
    expect = {"kind": "refusal", "refused": right}
    prediction = {"requirement": "AST-DECLARATION-NAME-FORM", "level": "should", "needs": ["ask"], "expect": expect}
    path = tmp_path / "accepted.json"
    explored = [{**scenario, "predictions": [prediction]}]
    path.write_text(json.dumps({**corpus, "cases": [], "explored": explored}), "utf-8")
    assert list(play(path)["failed"].values()) == [["the declaration is not refused"]]


def test_the_runner_fails_what_is_not_so(play, exported, tmp_path):
    corpus = json.loads((exported / PLAYED[0]).read_text("utf-8"))
    some = [one for n, one in enumerate(corpus["cases"]) if n % 5 == 0 or one["expect"]["kind"] == "construct"]
    changed = [(case, wrong(case["expect"])) for case in some]
    cases = [{**case, "expect": expect} for case, expect in changed if expect is not None]
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps({**corpus, "cases": cases, "explored": []}), "utf-8")
    said = play(path)
    assert {case["expect"]["kind"] for case in cases} == {"refusal", "bindings", "construct", "conversation"}
    assert set(said["failed"]) == {f"2024-04-14 python {case['id']}" for case in cases}
    assert said["passed"] == 0
