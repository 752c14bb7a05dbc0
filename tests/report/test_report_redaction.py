from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import report_samples as samples

from conformance._data.open_world.matching import Cause
from conformance.report import ENDINGS, redact, render, write
from conformance.report.redaction import REDACTED

SECRET = 'k3y "with" \\ and/ü'


@pytest.mark.parametrize("name", ["AZURE_OPENAI_API_KEY", "GH_TOKEN", "Client_Secret", "DB_PASSWORD", "TOKEN"])
def test_removes_the_values_of_secret_variables(name: str) -> None:
    assert redact("the swordfish swims", {name: "swordfish"}) == f"the {REDACTED} swims"


@pytest.mark.parametrize("name", ["KEYBOARD", "MONKEY", "TOKENIZER", "HOME", "SECRET_SANTA"])
def test_keeps_the_values_of_other_variables(name: str) -> None:
    assert redact("the swordfish swims", {name: "swordfish"}) == "the swordfish swims"


def test_keeps_values_too_short_to_be_secret() -> None:
    assert redact("true is true", {"USE_KEY": "true"}) == "true is true"


@pytest.mark.parametrize("key", ["sk-abcdef1234567890", "sk-proj-Ab_c-123456", "sk-conformance-0f0f0f"])
def test_removes_what_looks_like_a_key(key: str) -> None:
    assert redact(f"Bearer {key}.", {}) == f"Bearer {REDACTED}."


def test_keeps_words_that_end_like_the_beginning_of_a_key() -> None:
    assert redact("ask-the-model, risk-free, task-description", {}) == "ask-the-model, risk-free, task-description"


def test_removes_the_longer_of_two_secrets_whole() -> None:
    assert redact("abcdefgh", {"A_KEY": "abcdef", "B_KEY": "abcdefgh"}) == REDACTED


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        json.dumps({"key": SECRET}),
        json.dumps({"key": SECRET}, ensure_ascii=False),
        json.dumps({"arguments": json.dumps({"key": SECRET})}),
        "https://x.example/?key=k3y%20%22with%22%20%5C%20and%2F%C3%BC",
        "key=k3y+%22with%22+%5C+and%2F%C3%BC",
        repr(SECRET),
    ],
)
def test_removes_a_secret_however_it_is_written(written: str) -> None:
    assert "k3y" not in redact(written, {"A_KEY": SECRET})


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_secret_is_written_in_any_form(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_API_KEY", "swordfish")
    said = "swordfish sk-1234567890abcdef"
    sent = replace(samples.SENT, method=said, url=said, body=said)
    cause = Cause(kind="error", said=said, origin=said)
    finding = samples.finding(what=said, got=said, wanted=said, where=said, cause=cause)
    results = (
        samples.failed(findings=(finding,), requests=(sent,), notes=(said,), place=f"{said}:1"),
        samples.result("b", outcome="errored", reason=said, cause=cause),
    )
    run = samples.run(results, implementation=said, spec=said, version=said, environment={"python": said})
    path = tmp_path / f"report{ending}"
    write(samples.report(run, problems=(said,)), path)
    text = path.read_text("utf-8")
    assert "swordfish" not in text
    assert "sk-123" not in text


def test_redaction_leaves_the_words_of_the_report_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_KEY", "python")
    monkeypatch.setenv("OTHER_KEY", "passed")
    document = json.loads(render(samples.report(), ".json"))
    assert document["runs"][0]["surfaces"] == ["java", "python"]
    assert document["runs"][0]["results"][0]["outcome"] == "passed"
