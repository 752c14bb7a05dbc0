"""Reading a baseline, what it makes of results, and rewriting it."""

import datetime as dt
import json
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
        path.write_bytes(textwrap.dedent(text).encode())
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


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        # an indented list, and dashes on lines of their own
        (
            "  - case: one-case\n    reason: Known.\n    # why\n  # next\n  - case: other\n    reason: Known.\n",
            "  # next\n  - case: other\n    reason: Known.\n",
        ),
        (
            "-\n  case: one-case\n  reason: Known.\n-\n  case: other\n  reason: Known.\n",
            "-\n  case: other\n  reason: Known.\n",
        ),
        ("- # why - oh\n  case: one-case\n  reason: Known.\n# next\n", "# next\n"),
        # texts of several lines, one of which is not indented
        ('- case: one-case\n  reason: "Known\n- for\n  long."  # why\n# next\n', "# next\n"),
        ("- {case: one-case,\nreason: Known.}\n# next\n", "# next\n"),
        ("- case: one-case\n  reason: |+\n    Known.\n\n    # no comment\n\n# next\n", "\n# next\n"),
        # the ends of lines, of the file and of the document, and its beginning
        ("# a\r\n- case: one-case\r\n  reason: Known.\r\n# b\r\n", "# a\r\n# b\r\n"),
        ("- {case: other, reason: Known.}\n- {case: one-case, reason: Known.}", "- {case: other, reason: Known.}\n"),
        ("- {case: one-case, reason: Known.}\n- {case: other, reason: Known.}", "- {case: other, reason: Known.}"),
        ("---\n- {case: one-case, reason: Known.}\n...\n", "---\n...\n"),
        # `...` alone is not YAML
        ("# a\n- {case: one-case, reason: Known.}\n# b\n... # c\n", "# a\n# b\n---\n... # c\n"),
        ("\ufeff- {case: one-case, reason: Known.}\r\n...\r\n", "\ufeff---\r\n...\r\n"),
        ("\ufeff- {case: one-case, reason: Known.}\n# b\n", "\ufeff# b\n"),
        (
            "- {case: other, reason: Kno\u2028wn.}\n- {case: one-case, reason: Known.}\n",
            "- {case: other, reason: Kno\u2028wn.}\n",
        ),
        # a list in brackets
        ("[{case: one-case, reason: Known.}, {case: other, reason: Known.}]", "[{case: other, reason: Known.}]"),
        (
            "[ # a\n  {case: one-case,\n  reason: Known.}, # why\n  # next\n  {case: other, reason: Known.}, # b\n]\n",
            "[ # a\n  # next\n  {case: other, reason: Known.}, # b\n]\n",
        ),
        (
            "[{case: one-case, reason: Known.},  # why\n {case: other, reason: Known.}]\n",
            "[\n {case: other, reason: Known.}]\n",
        ),
        ("[\n  {case: one-case, reason: Known.}\n]\n", "[\n]\n"),
        (
            "[\n  {case: other, reason: Known.}, # b\n  {case: one-case, reason: Known.}\n]\n",
            "[\n  {case: other, reason: Known.} # b\n]\n",
        ),
        (
            "[\n  {case: other, reason: Known.},\n  {case: one-case, reason: Known.},\n]\n",
            "[\n  {case: other, reason: Known.},\n]\n",
        ),
    ],
)
def test_rewriting_deletes_an_entry_with_its_own_comments_in_every_style(load, text, rewritten):
    assert rewrite(text, load(text), [result("one-case", "passed"), result("one-case", "passed", "java")]) == rewritten
    assert "one-case" not in str(load(rewritten).listed)


BLOCK = '- case: one-more\n  surface: python\n  edition: 2024-04-14\n  reason: "AST-A-B: x = 1, but should be 2"\n'
FLOW = '{"case": "one-more", "surface": "python", "edition": "2024-04-14", "reason": "AST-A-B: x = 1, but should be 2"}'


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("", BLOCK),
        ("# nothing known", "# nothing known\n" + BLOCK),
        ("# a\r\n", "# a\r\n" + BLOCK.replace("\n", "\r\n")),
        ("- {case: other, reason: Known.}", "- {case: other, reason: Known.}\n" + BLOCK),
        ("---\n- {case: other, reason: Known.}\n...\n", "---\n- {case: other, reason: Known.}\n" + BLOCK + "...\n"),
        (
            "  - {case: other, reason: Known.}\n  # b\n",
            "  - {case: other, reason: Known.}\n  # b\n" + textwrap.indent(BLOCK, "  "),
        ),
        ("[] # none\n", f"[\n  {FLOW}] # none\n"),
        ("[\n]\n", f"[\n  {FLOW}\n]\n"),
        ('[{"case": "other", "reason": "Known."}]\n', f'[{{"case": "other", "reason": "Known."}},\n {FLOW}]\n'),
        (
            "[\n    {case: other, reason: Known.} # b\n]\n",
            f"[\n    {{case: other, reason: Known.}}, # b\n    {FLOW}\n]\n",
        ),
        ("[\n  {case: other, reason: Known.}, # b\n]", f"[\n  {{case: other, reason: Known.}}, # b\n  {FLOW}\n]"),
        (
            "[\n  {case: other, reason: Known.} # b\n  ,\n]",
            f"[\n  {{case: other, reason: Known.}}, # b\n  {FLOW}\n  \n]",
        ),
    ],
)
def test_rewriting_adds_an_entry_in_the_style_of_the_list(load, text, rewritten):
    assert rewrite(text, load(text), [result("one-more", "failed")]) == rewritten
    assert case_id("one-more", "python") in load(rewritten).listed


NARROWED = '  - case: {case}\r\n    surface: java\r\n    edition: 2024-04-14\r\n    reason: "Known."{more}'
BRACED = '{"case": "one-?", "surface": "java", "edition": "2024-04-14", "reason": "Known."}'


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        (
            "  - {case: one-*, reason: Known.} # why\r\n  # b",
            NARROWED.format(case="one-case", more="")
            + "\r\n"
            + NARROWED.format(case="one-more", more=" # why\r\n  # b"),
        ),
        (
            "[{case: one-*, reason: Known.}, {case: other, reason: Known.}]",
            f"[{BRACED.replace('?', 'case')},\n {BRACED.replace('?', 'more')}, {{case: other, reason: Known.}}]",
        ),
        # comments inside the entry
        (
            "  - # a\r\n    case: one-* # b\r\n    # c\r\n    reason: >- # d\r\n      Known. # e\r\n  # f",
            "  # a\r\n  # b\r\n  # c\r\n  # d\r\n"
            + NARROWED.format(case="one-case", more="").replace("Known.", "Known. # e")
            + "\r\n"
            + NARROWED.format(case="one-more", more="\r\n  # f").replace("Known.", "Known. # e"),
        ),
        (
            "[{case: other, reason: Known.}, {case: one-*, # why\n  reason: '# Known.'}]",
            "[{case: other, reason: Known.},\n # why\n "
            + f"{BRACED.replace('?', 'case')},\n {BRACED.replace('?', 'more')}]".replace("Known.", "# Known."),
        ),
    ],
)
def test_rewriting_narrows_an_entry_in_the_style_of_the_list(load, text, rewritten):
    results = [
        result(case, outcome, surface)
        for case in ("one-case", "one-more")
        for outcome, surface in (("passed", "python"), ("failed", "java"))
    ]
    assert rewrite(text, load(text), results) == rewritten
    assert len(load(rewritten).entries) == len(load(text).entries) + 1


def test_of_a_list_in_brackets_the_last_entries_may_be_deleted_and_others_added(load):
    text = "[{case: other, reason: Known.}, {case: one-case, reason: Known.}]"
    results = [result("one-case", "passed"), result("one-case", "passed", "java"), result("one-more", "failed")]
    assert rewrite(text, load(text), results) == f"[{{case: other, reason: Known.}},\n {FLOW} ]"


@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize("passed", [(), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_that_is_json_stays_so(load, indent, passed, more):
    keys = [
        case_id(case, surface) for case, surface in (("one-case", "java"), ("one-case", "python"), ("other", "java"))
    ]
    entries = [{"case": key.case, "surface": key.surface, "reason": "Known, for long."} for key in keys]
    text = json.dumps(entries, indent=indent)
    results = [result(keys[index].case, "passed", keys[index].surface) for index in passed]
    rewritten = json.loads(rewrite(text, load(text), [*results, *[result("one-more", "failed")] * more]))
    kept = [entry for index, entry in enumerate(entries) if index not in passed]
    assert rewritten == kept + [json.loads(FLOW)] * more
