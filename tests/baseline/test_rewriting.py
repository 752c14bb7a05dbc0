"""Rewriting a baseline after a run."""

import json
import textwrap

import pytest
from baseline_samples import case_id, result

from conformance.baseline.rewriting import rewrite

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


def test_rewriting_deletes_what_matches_no_case_even_if_it_expired(load):
    text = "- {case: gone, reason: Known., expires: 2026-01-01}\n- {case: other, reason: Known.}\n"
    assert rewrite(text, load(text), [result("other", "known")]) == "- {case: other, reason: Known.}\n"


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


@pytest.mark.parametrize("name", ["1.5", "true", "null", "2024"])
def test_an_id_that_yaml_would_read_as_something_else_is_quoted(load, name):
    rewritten = rewrite("", load(""), [result(name, "failed")])
    assert [entry.case for entry in load(rewritten).entries] == [name]
