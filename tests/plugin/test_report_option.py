"""`--impl-report` in real runs, what becomes of shards, and annotations."""

import json
import re
import subprocess
import sys

import pytest

WRONG = """
def bindings(self, original=App.bindings):
    return {name: [{**one, "direction": "in"} for one in found] for name, found in original(self).items()}
App.bindings = bindings
"""
FAILED, USAGE_ERROR = 1, 4
BINDINGS = "cases/2024-04-14/binding.yaml"


def command(pytester, *arguments):
    """Run `python -m conformance`, and return its status and output."""
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "conformance", *arguments],
        cwd=pytester.path,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def results_of(path):
    """Return the outcome of each case in a JSON report."""
    (run,) = json.loads(path.read_text("utf-8"))["runs"]
    return {(result["edition"], result["case"], result["surface"]): result["outcome"] for result in run["results"]}


@pytest.mark.parametrize("processes", [(), ("-n", "2")])
def test_every_form_is_written(run, write_adapter, pytester, processes):
    write_adapter(WRONG)
    forms = ("json", "md", "html", "badge.json")
    options = [f"--impl-report=report.{form}" for form in forms]
    result = run("--impl=adapter.py", "--impl-level=should", *options, *processes, "cases/2024-04-14/direction.yaml")
    assert result.ret == FAILED
    for form in forms:
        assert (pytester.path / f"report.{form}").stat().st_size > 100, form
    assert set(results_of(pytester.path / "report.json").values()) == {"failed"}


@pytest.mark.parametrize("path", ["report.docx", "missing/report.json"])
def test_a_report_that_can_not_be_written_is_a_usage_error_before_any_case(run, write_adapter, path):
    write_adapter()
    result = run("--impl=adapter.py", f"--impl-report={path}")
    assert result.ret == USAGE_ERROR
    assert path.rpartition("/")[2].partition(".")[2] in result.err or "missing" in result.err
    assert "planned" not in result.out


@pytest.mark.parametrize(
    ("option", "found"),
    {
        "--impl-baseline=known.json": "the baseline of this run",
        "--impl-baseline=link.json": "the baseline of this run",
        "--impl-report=./known.json": "another report of this run",
    }.items(),
)
def test_a_report_is_not_written_over_another_file_of_the_run(run, write_adapter, pytester, option, found):
    write_adapter()
    known = pytester.path / "known.json"
    pytester.path.joinpath("link.json").symlink_to(known)
    known.write_text("[]")
    result = run("--impl=adapter.py", option, "--impl-report=known.json", "cases/2024-04-14/direction.yaml")
    assert result.ret == USAGE_ERROR
    assert f"known.json: {found}; expected another file for the report" in result.err
    assert known.read_text() == "[]"


def test_shards_add_up_to_the_whole(run, write_adapter, pytester):
    write_adapter(WRONG)
    own = ("--impl=adapter.py", BINDINGS)
    run(*own, "--impl-report=whole.json")
    run(*own, "-k", "twice or each", "--impl-report=shard-1.json")
    run(*own, "-k", "not (twice or each)", "-n", "2", "--impl-report=shard-2.json")
    badge = ("--badge", "shards.badge.json")
    status, output = command(pytester, "report", "shard-1.json", "shard-2.json", "--json", "merged.json")
    assert status == 0, output
    badges = []
    for name in ("shard-1", "merged", "whole"):
        command(pytester, "report", f"{name}.json", *badge)
        badges.append(json.loads((pytester.path / badge[1]).read_text("utf-8")))
    assert re.fullmatch(r"passed 2 of \d+ cases", badges[0]["message"])
    assert badges[0]["color"] == "yellow"
    assert badges[1] == badges[2]
    whole, merged = results_of(pytester.path / "whole.json"), results_of(pytester.path / "merged.json")
    assert merged == whole
    assert 0 < len(results_of(pytester.path / "shard-1.json")) < len(whole)
    footers = [
        json.loads((pytester.path / name).read_text("utf-8"))["footer"] for name in ("whole.json", "merged.json")
    ]
    assert footers[0] == footers[1]


def test_a_stale_baseline_is_in_the_report(run, write_adapter, pytester):
    write_adapter()
    (pytester.path / "baseline.yaml").write_text("- {case: gone, reason: Known for long.}\n")
    result = run("--impl=adapter.py", "--impl-baseline=baseline.yaml", "--impl-report=report.md", BINDINGS)
    assert result.ret == FAILED
    assert "matches no case" in (pytester.path / "report.md").read_text("utf-8")


def test_annotations_name_the_adapter_and_the_finding(run, write_adapter, pytester):
    write_adapter(WRONG)
    run("--impl=adapter.py", "--impl-report=report.json", "cases/2024-04-14/direction.yaml")
    status, output = command(pytester, "annotate", "report.json")
    assert status == 0
    first = output.splitlines()[0]
    assert first.startswith(
        "::warning file=adapter.py,line=1,"
        "title=AST-BINDING-DIRECTION (should)%3A The binding's direction is out.::Source: "
    )
    assert "%0A2 cases show it. The simplest:%0Acases/2024-04-14/direction.yaml:" in first


def test_a_damaged_report_is_said_to_be_so(pytester):
    (pytester.path / "report.json").write_text('{"schema_version": 1, "runs": [')
    for arguments in (("annotate", "report.json"), ("report", "report.json")):
        status, output = command(pytester, *arguments)
        assert status == 2
        assert "report.json" in output
        assert "Traceback" not in output
