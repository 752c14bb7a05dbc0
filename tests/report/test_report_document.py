from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import report_samples as samples
from jsonschema import Draft202012Validator

from conformance.report import ReportError, read, write
from conformance.report.document import SCHEMA_FILE
from conformance.report.forms.html_data import describe
from conformance.report.forms.terminal import count_planned
from conformance.report.forms.writing import render


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "report.json"


def written(path: Path) -> dict[str, Any]:
    write(samples.with_everything(), path)
    return json.loads(path.read_text("utf-8"))


def refusal(path: Path) -> ReportError:
    with pytest.raises(ReportError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ")
    return caught.value


@pytest.mark.parametrize("report", [samples.with_everything(), samples.hostile()], ids=["everything", "hostile"])
def test_reads_what_it_wrote(path: Path, report: Any) -> None:
    write(report, path)
    assert read(path) == report


@pytest.mark.parametrize("report", [samples.with_everything(), samples.hostile()], ids=["everything", "hostile"])
def test_writes_what_the_published_schema_says(path: Path, report: Any) -> None:
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    write(report, path)
    Draft202012Validator(schema).validate(json.loads(path.read_text("utf-8")))


def test_counts_in_the_footer(path: Path) -> None:
    assert written(path)["footer"] == {
        "planned": 25,
        "executed": 23,
        "not_run": 1,
        "outcomes": {"passed": 19, "failed": 2, "known": 1, "not applicable": 1, "errored": 1},
    }


def test_counts_what_was_given_up_as_the_verdict_does(path: Path) -> None:
    hung = samples.result("hung", outcome="errored", reason="no answer within 1 s, in ask")
    report = samples.report(samples.run((hung, samples.given_up("left"), samples.given_up("last"))))
    write(report, path)
    assert json.loads(path.read_text("utf-8"))["footer"] == {
        "planned": 3,
        "executed": 1,
        "not_run": 2,
        "outcomes": {"passed": 0, "failed": 0, "known": 0, "not applicable": 0, "errored": 1},
    }
    assert count_planned(read(path)) == "planned 3, executed 1: 1 errored"
    (run,) = describe(report)["runs"]
    assert (run["not_run"], run["counts"]["errored"]) == (
        ["2024-04-14/last[python]", "2024-04-14/left[python]"],
        1,
    )
    assert "2024-04-14/left&#91;python&#93;</code> (library 1.0)" in render(report, ".md")


def test_has_a_line_for_each_result(path: Path) -> None:
    written(path)
    lines = path.read_text("utf-8").splitlines()
    assert sum('"outcome": ' in line for line in lines) == 24


def test_refuses_a_report_cut_off_anywhere(path: Path) -> None:
    written(path)
    text = path.read_text("utf-8").rstrip()
    for end in range(0, len(text), 97):
        path.write_text(text[:end], "utf-8")
        error = refusal(path)
        assert "cut off" in error.found or "empty" in error.found


def test_refuses_a_report_with_a_result_taken_out(path: Path) -> None:
    document = written(path)
    del document["runs"][0]["results"][0]
    path.write_text(json.dumps(document), "utf-8")
    assert str(refusal(path)) == f"{path}: a footer with planned = 25; expected 24, as counted"


def test_refuses_another_version_before_anything_else(path: Path) -> None:
    path.write_text('{"schema_version": 2, "whatever": []}', "utf-8")
    assert str(refusal(path)) == f"{path}: schema_version 2; expected 1"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "an empty file"),
        ("# Markdown", "invalid JSON at line 1 (Expecting value)"),
        ("[]", "JSON without schema_version ([])"),
        ('{"a": 1}', 'JSON without schema_version ({"a": 1})'),
        ('{"schema_version": 1}', "the report: 'requirements' is a required property"),
        ('{"schema_version": NaN}', "NaN is not JSON"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_refuses_what_is_no_report(path: Path, text: str, found: str) -> None:
    path.write_text(text, "utf-8")
    assert refusal(path).found == found


def test_says_where_the_form_is_broken(path: Path) -> None:
    document = written(path)
    document["runs"][0]["results"][3]["outcome"] = "great"
    path.write_text(json.dumps(document), "utf-8")
    assert refusal(path).found.startswith("runs[0].results[3].outcome: 'great' is not one of")


def test_refuses_a_missing_file_and_one_that_is_no_text(path: Path) -> None:
    assert refusal(path).found == "No such file or directory"
    path.write_bytes(b"\xff\xfe\x00")
    assert refusal(path).found.startswith("bytes that are not UTF-8")


def test_reads_past_members_that_a_later_suite_added(path: Path) -> None:
    document = written(path)
    document["later"] = 1
    document["requirements"][0]["later"] = 1
    document["runs"][0]["later"] = 1
    for result in document["runs"][0]["results"]:
        result["later"] = 1
        for part in [*result["findings"], *result["requests"]]:
            part["later"] = 1
    path.write_text(json.dumps(document), "utf-8")
    assert read(path) == samples.with_everything()


def test_reads_a_report_from_before_findings_had_causes(path: Path) -> None:
    document = written(path)
    for result in document["runs"][0]["results"]:
        del result["cause"]
        for finding in result["findings"]:
            del finding["cause"], finding["surplus"]
    path.write_text(json.dumps(document), "utf-8")
    assert read(path) == samples.with_everything()
