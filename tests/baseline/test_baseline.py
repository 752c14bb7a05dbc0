"""Reading a baseline, what it makes of results, and rewriting it."""

import datetime as dt
import textwrap

import pytest

from conformance._data.case_id import CaseId
from conformance._judging.result import Finding, Result
from conformance.baseline.known_failures import load_baseline
from conformance.baseline.rewriting import rewrite
from conformance.errors import CaseFileError

EDITION = "2024-04-14"
TODAY = dt.date(2026, 11, 22)


def case_id(case, surface):
    return CaseId.of_case(EDITION, "a.yaml", case, surface)


IDS = [case_id(case, surface) for case in ("one-case", "one-more", "other") for surface in ("java", "python")]


def result(case, outcome, surface="python"):
    finding = Finding(
        requirement="AST-A-B", level="must", statement="Yes.", section="Here", what="x", got="1", wanted="2"
    )
    return Result(
        implementation="some",
        id=case_id(case, surface),
        title="A case.",
        requirement="AST-A-B",
        group="a",
        level="must",
        place="cases/a.yaml:1",
        outcome=outcome,
        findings=(finding,) if outcome == "failed" else (),
    )


@pytest.fixture
def load(tmp_path):
    def load(text):
        path = tmp_path / "baseline.yaml"
        path.write_text(textwrap.dedent(text))
        return load_baseline(path, IDS, TODAY)

    return load


def test_an_entry_covers_every_surface_unless_it_names_one(load):
    baseline = load(
        """\
        - {case: one-case, reason: Known for long.}
        - {case: other, surface: java, reason: Known as well., issue: "https://example.com/7"}
        """
    )
    assert baseline.faults == ()
    assert baseline.reason(case_id("one-case", "java")) == "Known for long."
    assert baseline.reason(case_id("one-case", "python")) == "Known for long."
    assert baseline.reason(case_id("other", "java")) == "Known as well. (https://example.com/7)"
    assert baseline.reason(case_id("other", "python")) is None


def test_a_pattern_is_spelt_out(load):
    assert {key.case for key in load("- {case: one-*, reason: Known for long.}").listed} == {"one-case", "one-more"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- {case: gone, reason: Known for long.}", 1, "gone matches no case: delete it"),
        ("- {case: other, reason: Known., expires: 2026-11-22}", 1, "expired on 2026-11-22"),
        (
            "# twice\n- {case: other, reason: Known.}\n- {case: othe*, surface: java, reason: Known.}",
            3,
            "othe* (java) is listed in line 2 already: delete one of them",
        ),
    ],
)
def test_what_is_out_of_date_is_a_fault_with_its_line(load, text, line, said):
    (fault,) = load(text).faults
    assert f"baseline.yaml:{line}: " in fault
    assert said in fault


def test_an_entry_that_expires_tomorrow_counts(load):
    assert load("- {case: other, reason: Known., expires: 2026-11-23}").reason(case_id("other", "java")) == "Known."


def test_an_expired_entry_excuses_nothing(load):
    assert load("- {case: other, reason: Known., expires: 2026-11-21}").reason(case_id("other", "java")) is None


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("- {case: other}", 1, "no 'reason'"),
        ("- {case: other, reason: Known., until: 2027-01-01}", 1, "unknown key 'until'"),
        ("- case: other\n  reason: Known.\n  surface: pyton", 3, "pyton"),
        ("- case: other\n  reason: Known.\n  expires: tomorrow", 3, "tomorrow"),
        ("case: other", 1, "the file"),
        ("- case: [", 2, "node content"),
    ],
)
def test_a_malformed_file_is_an_error_with_its_line(load, text, line, found):
    with pytest.raises(CaseFileError) as caught:
        load(text)
    assert caught.value.line == line
    assert found in str(caught.value)


def test_an_empty_file_lists_nothing(load):
    assert load("# nothing known\n").listed == {}


def test_what_passes_or_does_not_apply_is_stale(load):
    baseline = load("- {case: one-case, surface: python, reason: Known.}\n- {case: othe*, reason: Known.}")
    results = [
        result("one-case", "passed"),
        result("other", "not applicable"),
        result("other", "failed", "java"),
        result("one-more", "passed"),
    ]
    first, second = baseline.stale(results)
    assert first.endswith("baseline.yaml:1: one-case[python] passes: delete it")
    assert second.endswith("baseline.yaml:2: other[python] is not applicable: narrow it")


BEFORE = """\
# What is known to fail.

- case: one-case       # the first
  surface: python
  edition: 2024-04-14
  reason: Known for long.
# about the pattern
- case: one-m*
  reason: >-
    Known,
    in two lines.
  issue: https://example.com/7

- case: gone
  reason: Known for long.
- case: other
  reason: Known for long.
  expires: 2026-01-01
# the end
"""


def test_rewriting_keeps_what_still_fails_to_the_letter(load):
    results = [
        result("one-case", "failed"),
        result("one-more", "failed", "java"),
        result("one-more", "failed", "python"),
        result("other", "failed"),
    ]
    gone = "- case: gone\n  reason: Known for long.\n"
    assert rewrite(BEFORE, load(BEFORE), results) == BEFORE.replace(gone, "")


def test_rewriting_deletes_and_narrows_what_passes_and_keeps_comments(load):
    results = [result("one-case", "passed"), result("one-more", "passed", "java"), result("one-more", "failed")]
    assert rewrite(BEFORE, load(BEFORE), results) == (
        "# What is known to fail.\n"
        "\n"
        "# about the pattern\n"
        "- case: one-more\n"
        "  surface: python\n"
        "  edition: 2024-04-14\n"
        '  reason: "Known, in two lines."\n'
        '  issue: "https://example.com/7"\n'
        "\n"
        "- case: other\n"
        "  reason: Known for long.\n"
        "  expires: 2026-01-01\n"
        "# the end\n"
    )


def test_rewriting_adds_what_fails_and_nothing_that_errored_or_was_not_run(load):
    results = [result("one-case", "failed"), result("one-more", "errored"), result("other", "passed")]
    assert rewrite("", load(""), results) == (
        '- case: one-case\n  surface: python\n  edition: 2024-04-14\n  reason: "AST-A-B: x = 1, but should be 2"\n'
    )


def test_rewriting_leaves_cases_alone_that_were_not_run(load):
    text = "- {case: one-case, reason: Known for long.}\n"
    assert rewrite(text, load(text), [result("other", "passed")]) == text


def test_a_rewritten_baseline_is_read_again_without_faults(load):
    results = [result("one-case", "failed"), result("other", "failed", "java")]
    again = load(rewrite("", load(""), results))
    assert again.faults == ()
    assert set(again.listed) == {case_id("one-case", "python"), case_id("other", "java")}


def test_entries_that_share_a_line_can_not_be_rewritten(load):
    text = "[{case: one-case, reason: Known.}, {case: other, reason: Known.}]\n"
    with pytest.raises(CaseFileError, match="a dash at the start of a line"):
        rewrite(text, load(text), [result("one-case", "passed")])
