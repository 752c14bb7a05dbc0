from __future__ import annotations

import re

import pytest
import report_samples as samples

from conformance._data.case_id import CaseId
from conformance.report import Report, render
from conformance.report.forms.markdown_text import code, escape


def markdown(report: Report) -> str:
    return render(report, ".md")


def section(report: Report, title: str) -> str:
    match = re.search(rf"^## {title}\n\n(.*?)(?=\n\n## |\Z)", markdown(report), re.MULTILINE | re.DOTALL)
    assert match, title
    return match[1].strip()


def test_begins_with_the_verdict() -> None:
    assert markdown(samples.report()).startswith("# ✅ library 1.0 is conformant\n\n| implementation | verdict |")
    red = samples.report(samples.run((samples.failed(),)))
    assert markdown(red).startswith("# ❌ library 1.0 is not conformant: 1 case violates a must\n")


def test_has_a_row_of_counts_for_each_run() -> None:
    rows = markdown(samples.with_everything()).splitlines()[4:7]
    assert rows == [
        "| library 1.0 | 1 errored, 1 case violates a must, 1 not run | 1 | 1 | 1 | 1 | 1 | 1 | 1 |",
        "| library 1.1 | conformant | 0 | 0 | 0 | 0 | 6 | 0 | 0 |",
        "| reference | conformant | 0 | 0 | 0 | 0 | 12 | 0 | 0 |",
    ]


def test_says_what_failed_in_the_words_of_the_terminal() -> None:
    failures = (samples.failed(), samples.failed(surface="java"), samples.failed("third", place="cases/z.yaml:3"))
    assert section(samples.report(samples.run(failures)), "What failed") == (
        "### ❌ AST-MODEL-DEFAULT (must): Without a model, gpt-3.5-turbo is used.\n"
        "\n"
        "- Source: edition 2024-04-14, Decorators\n"
        "- 3 cases show it. The simplest:\n"
        "- cases/2024-04-14/model.yaml:12: Case default-model holds.\n"
        '- <code>request 1: model = "DefaultChatModel", but should be "gpt-3.5-turbo"</code>\n'
        "- <code>request 1: POST https&#58;//api.openai.com/v1/chat/completions -&#62; 200</code>\n"
        '- <code>&#123;"model": "DefaultChatModel", "messages": &#91;1 not shown&#93;&#125;</code>\n'
        "- The other cases: the same on python; third (on python)\n"
        "- Rerun: <pre>pytest --impl=library.adapter --impl-edition=2024-04-14 "
        "'cases/2024-04-14/model.yaml::default-model&#91;java&#93;'</pre>"
    )


def test_keeps_warnings_and_known_failures_apart_from_what_failed() -> None:
    report = samples.with_everything()
    assert "AST-SERVICE-KEY" in section(report, "Warnings")
    known = section(report, "Known failures")
    assert "AST-TOOL-NAME" in known
    assert "Known: see issue 7" in known
    assert "AST-SERVICE-KEY" not in section(report, "What failed")


def test_counts_a_should_among_what_failed_where_the_level_says_so() -> None:
    report = samples.report(samples.run((*samples.GREEN, samples.failed("k", samples.KEY)), level="should"))
    assert "AST-SERVICE-KEY" in section(report, "What failed")


def test_says_why_what_is_not_applicable() -> None:
    absent = tuple(samples.result(case, outcome="not applicable", reason="offers no ask") for case in "ab")
    report = samples.report(samples.run((*samples.GREEN, *absent)))
    assert section(report, "Not applicable") == "- 2 because library 1.0 offers no ask"


def test_lists_what_was_not_run() -> None:
    keys = tuple(CaseId.of_case(samples.OLD, "model.yaml", f"left-{number:02}", "python") for number in range(25))
    listed = section(samples.report(samples.run(without_result=keys)), "Not run").splitlines()
    assert listed[0] == "- <code>2024-04-14/left-00&#91;python&#93;</code> (library 1.0)"
    assert listed[-1] == "- … and 5 more cases"


def test_says_what_changed() -> None:
    changed = section(samples.with_everything(), "What changed")
    assert changed.startswith("### From library 1.0 to library 1.1\n\n0 broken, 4 fixed, 1 changed otherwise, ")
    assert (
        "- ✅ fixed: AST-MODEL-DEFAULT <code>2024-04-14/default-model&#91;python&#93;</code> must failed → passed"
    ) in changed


def test_says_where_the_extension_disagrees_about_what_was_judged() -> None:
    assert section(samples.report(), "Where the shipped extension disagrees") == (
        "- AST-MODEL-DEFAULT (2024-04-14): The library wrote DefaultChatModel."
    )
    unjudged = samples.report(samples.run((samples.result("key", samples.KEY),)))
    assert "disagrees" not in markdown(unjudged)


def test_stays_within_the_megabyte_of_a_summary() -> None:
    requirements = tuple(samples.statement(f"AST-TOOL-{number}") for number in range(200))
    results = tuple(
        samples.failed(
            f"case-{number}-{one.id.lower()}",
            one,
            findings=(samples.finding(one, got=f"{one.id} {number} {'x' * 400}"),),
        )
        for one in requirements
        for number in range(20)
    )
    report = samples.report(samples.run(results), requirements=requirements)
    text = markdown(report)
    assert len(text.encode()) < 1_000_000
    assert "… and 140 more: AST-TOOL-60, AST-TOOL-61, " in text


def test_no_text_of_an_implementation_has_a_meaning() -> None:
    text = markdown(samples.hostile())
    assert "<script" not in text
    assert "<img" not in text
    assert set(re.findall(r"<[^>]*>", text)) == {"<code>", "</code>", "<pre>", "</pre>", "<br>"}
    assert "# heading" not in text
    assert "@someone" not in text
    assert "\u202e" not in text
    assert "\x00" not in text
    for line in text.splitlines():
        if line.startswith("| ") and "---" not in line:
            assert line.count("|") in {8, 10}, line


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a | b", "a &#124; b"),
        ("`x`", "&#96;x&#96;"),
        ("<b>", "&#60;b&#62;"),
        ("&lt;", "&#38;lt;"),
        ("two\nlines", "two⏎lines"),
        ("two\r\nlines", "two⏎lines"),
        ("snake_case", "snake_case"),
        ("_this_", "&#95;this&#95;"),
        ("*this*", "&#42;this&#42;"),
        ("- item", "&#45; item"),
        ("1. item", "&#49;. item"),
        ("https://x.example", "https&#58;//x.example"),
        ("\u202eright", "&#92;u202eright"),
    ],
)
def test_escapes(text: str, escaped: str) -> None:
    assert escape(text) == escaped
    assert code(text) == f"<code>{escaped}</code>"
