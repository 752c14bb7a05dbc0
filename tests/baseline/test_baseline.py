"""Reading a baseline, and what it makes of results."""

import pytest
from baseline_samples import case_id, result

from conformance.errors import CaseFileError


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


def test_an_entry_that_expired_is_overdue(load):
    loaded = load("# old\n- {case: other, reason: Known., expires: 2026-11-22}")
    (said,) = loaded.overdue
    assert said.endswith("baseline.yaml:2: other expired on 2026-11-22: fix it, or give it a new date")
    assert loaded.faults == ()


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
    first, second, *others = map(baseline.complaint, results)
    assert others == [None, None]
    assert first.endswith("baseline.yaml:1: one-case[python] passes: delete it")
    assert second.endswith("baseline.yaml:2: other[python] is not applicable: narrow it")
