"""Implementations side by side: what each cell says and where it leads, in both forms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import report_samples as samples

from conformance.__main__ import main
from conformance.errors import ConformanceError
from conformance.report import Report, read, write
from conformance.report.overviews import overview_markdown, overview_page
from conformance.report.overviews.overview import Overview, load_overview
from conformance.report.trimming import trim

ROOT = Path(__file__).parents[2]

COLUMNS = """
notes: [A third is missing.]
implementations:
  - {name: Good, language: Python, report: good.json}
  - {name: "Bad <b>", language: Python, report: bad.json, how: By hand.}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write two reports: one in which all passes, one with a violation, a warning and what is not applicable."""
    folder = tmp_path / "verdicts"
    folder.mkdir()
    bad = (
        samples.failed(),
        samples.result("another"),
        samples.failed("key", samples.KEY, findings=(samples.finding(samples.KEY, what="the key"),)),
        samples.result("tool-name", samples.TOOL, outcome="not applicable", reason="offers no ask"),
    )
    write(samples.report(), folder / "good.json")
    write(samples.report(samples.run(bad, implementation="bad")), folder / "bad.json")
    (folder / "columns.yaml").write_text(COLUMNS)
    return folder


def standings(overview: Overview, name: str) -> list[tuple[str, int, int, int | None] | None]:
    (demand,) = (demand for demand in overview.demands if demand.statement.id == name)
    return [one and (one.status, one.failing, one.cases, one.entry) for one in demand.standings]


def test_says_how_each_implementation_stands_to_each_requirement(folder: Path) -> None:
    overview = load_overview(folder)
    assert standings(overview, "AST-MODEL-DEFAULT") == [("passed", 0, 2, None), ("must failed", 1, 2, 1)]
    assert standings(overview, "AST-SERVICE-KEY") == [("passed", 0, 2, None), ("should failed", 1, 1, 2)]
    assert standings(overview, "AST-TOOL-NAME") == [("passed", 0, 2, None), ("not applicable", 0, 0, None)]
    assert standings(overview, "AST-TOOL-INNER") == [None, None]


def test_an_error_leads_to_its_cause(folder: Path) -> None:
    crashed = samples.run((samples.result(outcome="errored", reason="ask raised TypeError: no"),))
    write(samples.report(crashed), folder / "bad.json")
    assert standings(load_overview(folder), "AST-MODEL-DEFAULT")[1] == ("errored", 1, 1, 1)


def test_each_sign_leads_to_what_was_found(folder: Path) -> None:
    overview = load_overview(folder)
    markdown, page = overview_markdown.render(overview), overview_page.render(overview)
    for text, link, anchor in (
        (markdown, r"\]\(#(finding-\d+)\)", r'<a id="(finding-\d+)">'),
        (page, r'<a href="#(finding-\d+)"', r'id="(finding-\d+)"'),
    ):
        assert re.findall(link, text) == re.findall(anchor, text) == ["finding-1", "finding-2"]
        assert "Case default-model holds." in text
        assert "A third is missing." in text


def test_what_concerns_nobody_has_no_row(folder: Path) -> None:
    assert "AST-TOOL-INNER" not in overview_markdown.render(load_overview(folder))


def test_a_page_needs_nothing_and_no_text_has_a_meaning_in_it(folder: Path) -> None:
    write(samples.hostile(), folder / "bad.json")
    page = overview_page.render(load_overview(folder))
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "default-src 'none'; style-src 'sha256-" in page


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ("[]", "notes and implementations"),
        ("{notes: [], implementations: [{name: x}]}", "name, language and report"),
        ("{notes: [], implementations: [{name: x, language: y, report: none.json}]}", "No such file"),
        (
            "{notes: [], implementations: [{name: x, language: y, report: two.json}]}",
            "2 runs; expected a report of one",
        ),
    ],
)
def test_says_what_it_cannot_show(folder: Path, columns: str, found: str) -> None:
    write(samples.report(samples.run(), samples.run(implementation="other")), folder / "two.json")
    (folder / "columns.yaml").write_text(columns)
    with pytest.raises(ConformanceError, match=found):
        load_overview(folder)


def test_the_command_writes_both_pages_beside_the_folder(folder: Path) -> None:
    assert main(["verdicts", str(folder)]) == 0
    overview = load_overview(folder)
    assert (folder.parent / "verdicts.md").read_text("utf-8") == overview_markdown.render(overview)
    assert (folder.parent / "verdicts.html").read_text("utf-8") == overview_page.render(overview)


def test_the_pages_of_the_docs_are_what_their_reports_make() -> None:
    overview = load_overview(ROOT / "docs" / "verdicts")
    assert (ROOT / "docs" / "verdicts.md").read_text("utf-8") == overview_markdown.render(overview)
    assert (ROOT / "docs" / "verdicts.html").read_text("utf-8") == overview_page.render(overview)


def test_trims_what_nobody_looks_up() -> None:
    report = samples.report(samples.run((samples.result(requests=(samples.SENT,), notes=("x",)), samples.failed("b"))))
    passed, failed = sorted(trim(report).runs[0].results, key=lambda result: result.outcome != "passed")
    assert (passed.requests, passed.notes, passed.seconds) == ((), (), 0.0)
    assert failed.requests == (samples.SENT,)


def test_the_report_command_trims(tmp_path: Path) -> None:
    report: Report = samples.report(samples.run((samples.result(requests=(samples.SENT,)),)))
    write(report, tmp_path / "long.json")
    main(["report", str(tmp_path / "long.json"), "--trim", "--json", str(tmp_path / "short.json")])
    assert read(tmp_path / "short.json") == trim(report)
