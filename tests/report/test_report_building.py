from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import report_samples as samples

from conformance._data.case_id import CaseId
from conformance._targets.target import Target
from conformance.report import Report, build_report


def target(name: str = "library", **more: object) -> Target:
    values = {
        "name": name,
        "spec": f"{name}.adapter",
        "version": "1.0",
        "surfaces": ("python", "csharp-isolated"),
        "editions": (samples.OLD, samples.NEW),
        "create_app": lambda context: context,
    }
    return Target(**{**values, **more})


def build(*targets: Target, results: dict | None = None, planned: tuple[str, ...] = (), **more: object) -> Report:
    results = results or {}
    return build_report(
        targets or (target(),),
        **{
            "editions": (samples.OLD,),
            "level": "must",
            "results": results,
            "planned": {*planned, *results},
            **more,
        },
    )


def test_quotes_every_requirement_of_the_editions() -> None:
    report = build(editions=(samples.OLD, samples.NEW))
    assert {statement.edition for statement in report.requirements} == {samples.OLD, samples.NEW}
    default = next(s for s in report.requirements if s.id == "AST-MODEL-DEFAULT")
    assert default.levels == dict.fromkeys(("csharp-isolated", "csharp-inprocess", "java", "python"), "must")
    assert set(default.levels.values()) == {"must"}


def test_says_when_in_utc() -> None:
    now = datetime.strptime(build().runs[0].when, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - now) < timedelta(minutes=5)


def test_says_what_it_was_run_with() -> None:
    environment = build().runs[0].environment
    assert set(environment) == {"python", "platform", "openai", "pytest"}
    assert environment["pytest"] == pytest.__version__


def test_gives_each_implementation_its_results() -> None:
    ours, theirs = samples.result(implementation="ours"), samples.result(implementation="theirs")
    report = build(target("ours"), target("theirs"), results={"a": ours, "b": theirs})
    assert [run.results for run in report.runs] == [(ours,), (theirs,)]


def test_lists_what_was_planned_and_left_no_result() -> None:
    done, left = (f"cases/{samples.OLD}/model.yaml::{case}" for case in ("done[python]", "left[csharp-isolated]"))
    report = build(results={done: samples.result("done")}, planned=(done, left))
    assert report.runs[0].without_result == (CaseId.of_case(samples.OLD, "model.yaml", "left", "csharp-isolated"),)


def test_gives_what_was_not_run_to_its_implementation() -> None:
    planned = (
        f"cases/{samples.OLD}/model.yaml::left[csharp-isolated-ours]",
        f"cases/{samples.OLD}/model.yaml::left[python-the-other]",
    )
    report = build(target("ours"), target("the-other"), planned=planned)
    assert [[key.surface for key in run.not_run] for run in report.runs] == [["csharp-isolated"], ["python"]]


def test_judges_by_the_editions_that_an_implementation_has() -> None:
    report = build(target(editions=(samples.NEW,)), editions=(samples.OLD, samples.NEW))
    assert report.runs[0].editions == (samples.NEW,)


def test_orders_results_however_they_arrived() -> None:
    first, second = samples.result("a"), samples.result("b")
    forwards = build(results={"1": first, "2": second}).runs[0].results
    backwards = build(results={"2": second, "1": first}).runs[0].results
    assert forwards == backwards == (first, second)


def test_refuses_a_plan_of_something_else() -> None:
    with pytest.raises(ValueError, match="is not the node id of a case"):
        build(planned=("tests/test_x.py::test_y",))


def test_labels_a_run_by_its_name_and_version() -> None:
    report = samples.report(samples.run(), samples.run(implementation="other", version=None))
    assert report.labels == ("library 1.0", "other")


def test_labels_tell_runs_of_one_version_apart_by_what_differs() -> None:
    run = samples.run()
    newer = replace(run, environment={**run.environment, "openai": "2.1.0"})
    assert samples.report(run, newer).labels == ("library 1.0, openai 3.54.0", "library 1.0, openai 2.1.0")
    later = replace(run, when="2025-11-23T08:00:00Z")
    assert samples.report(run, later).labels == (
        "library 1.0, 2025-11-22T08:00:00Z",
        "library 1.0, 2025-11-23T08:00:00Z",
    )


def test_labels_number_runs_that_nothing_tells_apart() -> None:
    assert samples.report(samples.run(), samples.run()).labels == ("library 1.0 (1)", "library 1.0 (2)")
