from __future__ import annotations

from dataclasses import replace

import report_samples as samples

from conformance.report.grid import Cell, Column, Matrix, lay_out


def cell(matrix: Matrix, requirement: str, run: int, surface: str, edition: str = samples.OLD) -> Cell | None:
    (row,) = [row for row in matrix.rows if row.id == requirement]
    return row.cells[matrix.columns.index(Column(run=run, edition=edition, surface=surface))]


def test_has_a_column_for_each_run_edition_and_surface() -> None:
    columns = lay_out(samples.with_everything()).columns
    assert [(column.run, column.edition, column.surface) for column in columns] == [
        (0, samples.OLD, "java"),
        (0, samples.OLD, "python"),
        (1, samples.OLD, "java"),
        (1, samples.OLD, "python"),
        (2, samples.OLD, "java"),
        (2, samples.OLD, "python"),
        (2, samples.NEW, "java"),
        (2, samples.NEW, "python"),
    ]


def test_has_a_row_for_each_requirement_that_can_be_observed_by_group() -> None:
    extra = samples.statement("AST-MODEL-GIVEN")
    rows = lay_out(samples.report(requirements=(*samples.REQUIREMENTS, extra))).rows
    assert [row.id for row in rows] == ["AST-MODEL-DEFAULT", "AST-MODEL-GIVEN", "AST-TOOL-NAME", "AST-SERVICE-KEY"]


def test_has_the_words_of_each_edition() -> None:
    newer = replace(samples.MODEL, edition=samples.NEW, levels={"python": "should"})
    (row,) = lay_out(samples.report(requirements=(samples.MODEL, newer))).rows
    assert {edition: words.levels["python"] for edition, words in row.words.items()} == {
        samples.OLD: "must",
        samples.NEW: "should",
    }


def test_the_gravest_result_speaks_for_a_cell_and_comes_first() -> None:
    results = (samples.result("fine"), samples.failed("broken"), samples.result("also-fine"))
    found = cell(lay_out(samples.report(samples.run(results))), "AST-MODEL-DEFAULT", 0, "python")
    assert found.status == "must failed"
    assert [result.case for result in found.results] == ["broken", "also-fine", "fine"]


def test_a_finding_stands_in_the_row_of_its_own_requirement_too() -> None:
    broken = samples.failed(findings=(samples.finding(samples.KEY),))
    matrix = lay_out(samples.report(samples.run((broken,))))
    assert cell(matrix, "AST-SERVICE-KEY", 0, "python").status == "should failed"
    assert cell(matrix, "AST-MODEL-DEFAULT", 0, "python").status == "should failed"


def test_a_cell_that_the_requirement_does_not_concern_is_none() -> None:
    narrow = replace(samples.MODEL, levels={"java": "must"})
    matrix = lay_out(samples.report(samples.run(()), requirements=(narrow,)))
    assert cell(matrix, "AST-MODEL-DEFAULT", 0, "python") is None
    assert cell(matrix, "AST-MODEL-DEFAULT", 0, "java") == Cell(status=None, results=())
