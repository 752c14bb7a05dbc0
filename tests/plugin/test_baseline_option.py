"""`--impl-baseline` and `--impl-update-baseline` in real runs."""

import json
import re

import pytest

CASES = "cases/2024-04-14/direction.yaml"
FAILED, USAGE_ERROR = 1, 4

DIRECTION_IN = """
def bindings(self, original=App.bindings):
    return {name: [{**one, "direction": "in"} for one in found] for name, found in original(self).items()}
App.bindings = bindings
"""
ARGUMENTS = ("--impl=adapter.py", "--impl-level=should", "--impl-baseline=baseline.yaml", CASES)


@pytest.mark.parametrize("processes", [(), ("-n", "1")])
def test_a_baseline_is_written_ratchets_and_complains(run, write_adapter, pytester, processes):
    write_adapter(DIRECTION_IN)
    baseline = pytester.path / "baseline.yaml"

    written = run(*ARGUMENTS, *processes, "--impl-update-baseline")
    assert written.ret == 0, written.out
    assert written.account == "planned 2, executed 2: 2 known"
    assert re.search(r"verdict: adapter passed what was selected \(2 of \d+ cases, 2 known failures\)", written.summary)
    assert f"{baseline}: is now up to date\n" in written.summary
    assert (
        f"{baseline}: was already up to date\n" in run(*ARGUMENTS, *processes, "--impl-update-baseline", "-q").summary
    )
    assert baseline.read_text().count("- case: ") == 2

    known = run(*ARGUMENTS, *processes)
    assert known.ret == 0, known.out
    assert known.account == "planned 2, executed 2: 2 known"

    write_adapter()  # fixed
    stale = run(*ARGUMENTS, *processes)
    assert stale.ret == FAILED
    assert "baseline.yaml:1: direction-in-binding[python] passes: delete it" in stale.out
    told = f"verdict: {baseline}: 2 entries are out of date; apart from that: adapter passed what was selected (2 of "
    assert told in stale.summary
    assert stale.account == "planned 2, executed 2: 2 failed only because of what is said above"

    emptied = run(*ARGUMENTS, *processes, "--impl-update-baseline")
    assert emptied.ret == 0, emptied.out
    assert baseline.read_text() == ""
    assert f"{baseline}: is now up to date\n" in emptied.summary


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_to_a_baseline_stays_one(run, write_adapter, pytester, exists):
    write_adapter(DIRECTION_IN)
    (pytester.path / "real").mkdir()
    real, link = pytester.path / "real" / "known.yaml", pytester.path / "baseline.yaml"
    link.symlink_to(real)
    if exists:
        real.write_text("# Known.\n")
    assert run(*ARGUMENTS, "--impl-update-baseline").ret == 0
    assert link.is_symlink()
    assert real.read_text().count("- case: ") == 2
    assert run(*ARGUMENTS).ret == 0


@pytest.mark.parametrize(
    ("to", "said"), [("gone/known.yaml", "nothing can be written"), ("baseline.yaml", "a link that leads to itself")]
)
def test_a_link_that_leads_nowhere_is_refused(run, write_adapter, pytester, to, said):
    write_adapter()
    (pytester.path / "baseline.yaml").symlink_to(pytester.path / to)
    for update in ((), ("--impl-update-baseline",)):
        result = run(*ARGUMENTS, *update)
        assert result.ret == USAGE_ERROR
        assert "INTERNALERROR" not in result.out + result.err
        assert "--impl-baseline=baseline.yaml: " in result.err
    assert said in result.err


def test_an_entry_that_matches_nothing_turns_the_run_red(run, write_adapter, pytester):
    write_adapter()
    (pytester.path / "baseline.yaml").write_text("\n- {case: gone, reason: Nobody knows.}\n")
    result = run(*ARGUMENTS)
    assert result.ret == FAILED
    assert "baseline.yaml:2: gone matches no case: delete it" in result.out


def test_an_entry_of_another_edition_or_an_unselected_case_is_left_alone(run, write_adapter, pytester):
    write_adapter()
    text = (
        "- {case: result-none, reason: Known for long.}\n- {case: '*', edition: 2025-05-15, reason: Known for long.}\n"
    )
    (pytester.path / "baseline.yaml").write_text(text)
    result = run(*ARGUMENTS)
    assert "listed in line 1 already" in result.out  # the pattern covers the case a second time
    (pytester.path / "baseline.yaml").write_text(text.replace("'*'", "direction-*"))
    assert run(*ARGUMENTS).ret == 0


CHANGES_THE_BASELINE = """
def bindings(self, original=App.bindings):
    with open("baseline.yaml", "a") as file:
        file.write("# fixed soon\\n")
    return original(self)
App.bindings = bindings
"""
DELETES_THE_BASELINE = """
def bindings(self, original=App.bindings):
    import pathlib
    pathlib.Path("baseline.yaml").unlink(missing_ok=True)
    return original(self)
App.bindings = bindings
"""


@pytest.mark.parametrize(
    ("change", "left"),
    [(CHANGES_THE_BASELINE, {"# fixed soon"}), (DELETES_THE_BASELINE, None)],
    ids=["changed", "gone"],
)
def test_a_baseline_that_was_changed_during_the_run_is_left_alone_and_the_reports_are_made(
    run, write_adapter, pytester, change, left
):
    write_adapter(DIRECTION_IN + change)
    result = run(*ARGUMENTS, "--impl-update-baseline", "--impl-report=report.json")
    assert result.ret == FAILED
    assert result.account == "planned 2, executed 2: 2 known"
    (problem,) = json.loads((pytester.path / "report.json").read_text())["problems"]
    assert "baseline.yaml:1: a file that was changed during the run" in problem
    assert "baseline.yaml:1: a file that was changed during the run" in result.summary
    baseline = pytester.path / "baseline.yaml"
    assert (set(baseline.read_text().splitlines()) if baseline.exists() else None) == left


def test_a_baseline_that_cannot_be_written_is_left_alone_and_the_reports_are_made(run, write_adapter, pytester):
    write_adapter(DIRECTION_IN)
    # The new file stands beside the old one at first, with a longer name.
    baseline = pytester.path / f"{'b' * 245}.yaml"
    baseline.write_text("# nothing known\n")
    result = run(*ARGUMENTS, f"--impl-baseline={baseline.name}", "--impl-update-baseline", "--impl-report=report.json")
    assert result.ret == FAILED
    (problem,) = json.loads((pytester.path / "report.json").read_text())["problems"]
    assert "File name too long; expected a place where a file can be written" in problem
    assert baseline.read_text() == "# nothing known\n"


def test_the_line_ends_of_a_baseline_are_kept(run, write_adapter, pytester):
    write_adapter(DIRECTION_IN)
    baseline = pytester.path / "baseline.yaml"
    baseline.write_bytes(b"\xef\xbb\xbf# Known\r\n")
    assert run(*ARGUMENTS, "--impl-update-baseline").ret == 0
    assert baseline.read_bytes().startswith(b"\xef\xbb\xbf# Known\r\n- case: ")
    assert baseline.read_bytes().count(b"\n") == baseline.read_bytes().count(b"\r\n")


def test_an_errored_case_is_never_known(run, write_adapter, pytester):
    write_adapter("def bindings(self): return 5\nApp.bindings = bindings")
    (pytester.path / "baseline.yaml").write_text("- {case: direction-*, reason: Known for long.}\n")
    result = run(*ARGUMENTS)
    assert result.ret == FAILED
    assert result.account == "planned 2, executed 2: 2 errored"
    before = (pytester.path / "baseline.yaml").read_text()
    assert run(*ARGUMENTS, "--impl-update-baseline").ret == FAILED
    assert (pytester.path / "baseline.yaml").read_text() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--impl-baseline=missing.yaml",), "there is no such file"),
        (("--impl-update-baseline",), "no baseline is named"),
        (("--impl-baseline=broken.yaml",), "broken.yaml:1: no 'reason'"),
        (("--impl-baseline=good.yaml", "--impl=reference_impl"), "2 implementations"),
    ],
)
def test_what_can_not_be_used_is_a_usage_error(run, write_adapter, pytester, arguments, said):
    write_adapter()
    (pytester.path / "broken.yaml").write_text("- {case: direction-in-binding}\n")
    (pytester.path / "good.yaml").write_text("- {case: direction-in-binding, reason: Known for long.}\n")
    result = run("--impl=adapter.py", *arguments, CASES)
    assert result.ret == USAGE_ERROR
    assert said in result.err


def test_a_baseline_needs_the_plugin_that_knows_expected_failures(run, write_adapter, pytester):
    write_adapter()
    pytester.path.joinpath("baseline.yaml").touch()
    result = run(*ARGUMENTS, "-p", "no:skipping")
    assert result.ret == USAGE_ERROR
    said = "--impl-baseline=baseline.yaml: without pytest's plugin `skipping`, known failures fail; expected a run"
    assert f"ERROR: {said} without -p no:skipping" in result.err


def test_an_entry_that_expired_is_left_for_somebody_to_decide(run, write_adapter, pytester):
    write_adapter(DIRECTION_IN)
    baseline = pytester.path / "baseline.yaml"
    baseline.write_text("- {case: direction-*, reason: Known for long., expires: 2025-01-01}\n")
    said = f"{baseline}:1: direction-* expired on 2025-01-01: fix it, or give it a new date\n"
    for options in ((), ("--impl-update-baseline",)):
        result = run(*ARGUMENTS, *options)
        assert result.ret == FAILED
        assert said in result.summary
        assert result.account == "planned 2, executed 2: 2 failed"
        assert baseline.read_text() == "- {case: direction-*, reason: Known for long., expires: 2025-01-01}\n"
