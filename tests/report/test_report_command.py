from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import report_samples as samples

from conformance.__main__ import main
from conformance.report import read, write


@pytest.fixture
def good(tmp_path: Path) -> str:
    write(samples.report(), tmp_path / "good.json")
    return str(tmp_path / "good.json")


@pytest.fixture
def bad(tmp_path: Path) -> str:
    write(samples.report(samples.run((samples.failed(),))), tmp_path / "bad.json")
    return str(tmp_path / "bad.json")


def test_returns_0_for_a_report_that_is_fine(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", good]) == 0
    assert capsys.readouterr().out == "library 1.0 is conformant\n"


def test_returns_1_for_a_red_report(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", bad]) == 1
    assert capsys.readouterr().out == "library 1.0 is not conformant: 1 case violates a must\n"


@pytest.mark.parametrize("form", [(), ("--markdown=-",)])
def test_prints_no_escape_sequence(tmp_path: Path, form: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    odd = samples.run(version="1\x1b[31m")
    write(samples.report(odd, problems=("\x1b[31m",)), tmp_path / "odd.json")
    assert main(["report", str(tmp_path / "odd.json"), *form]) == 1
    said = capsys.readouterr().out
    assert "library 1" in said
    assert "\x1b" not in said


def test_returns_2_for_what_is_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cut.json"
    path.write_text('{"schema_version": 1,')
    assert main(["report", str(path)]) == 2
    assert capsys.readouterr().err == (
        f"python -m conformance report: {path}: a file that is cut off at line 1; expected a complete JSON report\n"
    )


def test_returns_2_for_reports_that_contradict_each_other(
    good: str, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", good, bad]) == 2
    assert "--over-time" in capsys.readouterr().err


def test_compares_over_time(good: str, bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", bad, good, "--over-time"]) == 0
    assert main(["report", good, bad, "--over-time"]) == 1
    capsys.readouterr()


def test_writes_every_form_that_is_asked_for(good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = {
        "--html": "out.html",
        "--markdown": "out.md",
        "--json": "out.json",
        "--badge": "out.badge.json",
    }
    options = [part for option, name in outputs.items() for part in (option, str(tmp_path / name))]
    assert main(["report", good, *options]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"good.json", *outputs.values()}
    assert read(tmp_path / "out.json") == samples.report()
    capsys.readouterr()


def test_writes_markdown_to_standard_output(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", good, "--markdown", "-"]) == 0
    assert capsys.readouterr().out.startswith("# ✅ library 1.0 is conformant\n\n| implementation |")


def test_merges_shards(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = samples.run()
    for number in (0, 1):
        half = replace(whole, results=whole.results[number::2])
        write(samples.report(half), tmp_path / f"{number}.json")
    shards = [str(tmp_path / f"{number}.json") for number in (0, 1)]
    assert main(["report", *shards, "--json", str(tmp_path / "whole.json")]) == 0
    assert read(tmp_path / "whole.json") == samples.report(whole)
    capsys.readouterr()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--html", "out.md"], "the ending '.md' for --html; expected .html"),
        (["--badge", "out.json"], "the ending '.json' for --badge; expected .badge.json"),
        (["--json", "out.badge.json"], "the ending '.badge.json' for --json; expected .json"),
        (["--json", "missing/out.json"], "expected a folder that exists"),
        (["--json", "out.txt"], "the ending '.txt'; expected one of .badge.json, .json, .md, .html"),
    ],
)
def test_refuses_an_output_before_it_reads(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "no-such-report.json", *options]) == 2
    assert message in capsys.readouterr().err
