"""The JSON report: written, and read again. Its schema is report.schema.json, next to this file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from json import JSONDecodeError, dumps  # by name: an implementation may patch the module
from pathlib import Path
from typing import Any, Final

from jsonschema.exceptions import best_match

from conformance._data.case_id import CaseId
from conformance._judging.result import Result, known
from conformance._text import json_values
from conformance._text.schemas import load_validator
from conformance.report.model import Report, Run, Statement
from conformance.report.report_error import ReportError
from conformance.report.verdict import count_cases

SCHEMA_VERSION: Final = 1
SCHEMA_FILE: Final = Path(__file__).with_name("report.schema.json")


def render(report: Report) -> Iterator[str]:
    """Yield a report as JSON, one requirement and one result a line."""
    members = {
        "schema_version": [_line(SCHEMA_VERSION)],
        "requirements": _lines(map(asdict, report.requirements)),
        "runs": join_items(map(_run_pieces, report.runs)),
        "problems": _lines(report.problems),
        "footer": [_line(count_cases(report)._asdict())],
    }
    yield from join_members(members, "\n")
    yield "\n"


def _run_pieces(run: Run) -> Iterator[str]:
    short = (field.name for field in fields(run) if field.name not in {"results", "without_result"})
    members: dict[str, Iterable[str]] = {name: [_line(getattr(run, name))] for name in short}
    members["not_run"] = _lines(map(_id_to_json, run.without_result))
    members["results"] = _lines(map(_result_to_json, run.results))
    return join_members(members, "\n  ")


def join_members(members: Mapping[str, Iterable[str]], indent: str = "") -> Iterator[str]:
    """Yield a JSON object whose members' values are given piece by piece; `indent` comes before each member."""
    for number, (name, pieces) in enumerate(members.items()):
        yield f'{"," if number else "{"}{indent}"{name}": '
        yield from pieces
    yield "}"


def _lines(values: Iterable[Any]) -> Iterator[str]:
    return join_items(["\n    ", _line(value)] for value in values)


def join_items(items: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a JSON list whose items are given piece by piece."""
    yield "["
    for number, pieces in enumerate(items):
        yield "," if number else ""
        yield from pieces
    yield "]"


def _line(value: Any) -> str:
    return dumps(dict(value) if isinstance(value, Mapping) else value, ensure_ascii=False)


def _result_to_json(result: Result) -> dict[str, Any]:
    value = result.to_json()
    del value["implementation"], value["id"]  # the run says the one, and the other is written in full
    return {**_id_to_json(result.id), **value}


def _id_to_json(case: CaseId) -> dict[str, Any]:
    return {"edition": case.edition, "surface": case.surface, "case": case.case, "node_id": case.node_id}


def _read_id(value: Mapping[str, Any]) -> CaseId:
    return CaseId.parse(value["node_id"])[0]


def read(path: Path) -> Report:
    """Read a JSON report; raise ReportError for a file that is missing, cut off, or no report of this version."""
    value = _load(path)
    if not isinstance(value, dict) or "schema_version" not in value:
        raise ReportError(path, f"JSON without schema_version ({json_values.show(value, 60)})", "a conformance report")
    version = value["schema_version"]
    if version != SCHEMA_VERSION:
        raise ReportError(path, f"schema_version {json_values.show(version, 60)}", f"{SCHEMA_VERSION}")
    error = best_match(load_validator(SCHEMA_FILE).iter_errors(value))
    if error is not None:
        place = error.json_path.removeprefix("$").lstrip(".") or "the report"
        raise ReportError(path, f"{place}: {error.message[:300]}", "what report.schema.json says")
    report = Report(
        requirements=tuple(map(_read_statement, value["requirements"])),
        runs=tuple(map(_read_run, value["runs"])),
        problems=tuple(value["problems"]),
    )
    for name, counted in count_cases(report)._asdict().items():
        if value["footer"][name] != counted:
            stated = json_values.show(value["footer"][name])
            raise ReportError(path, f"a footer with {name} = {stated}", f"{json_values.show(counted)}, as counted")
    return report


def _load(path: Path) -> Any:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ReportError(path, error.strerror or str(error), "a JSON report") from error
    except UnicodeDecodeError as error:
        raise ReportError(path, f"bytes that are not UTF-8 ({error.reason})", "a JSON report") from error
    if not text.strip():
        raise ReportError(path, "an empty file", "a JSON report")
    try:
        return json_values.parse(text)
    except JSONDecodeError as error:
        unfinished = not text.rstrip().endswith("}") or error.pos >= len(text.rstrip())
        if text.lstrip().startswith("{") and unfinished:
            raise ReportError(
                path, f"a file that is cut off at line {error.lineno}", "a complete JSON report"
            ) from error
        raise ReportError(path, f"invalid JSON at line {error.lineno} ({error.msg})", "a JSON report") from error
    except ValueError as error:
        raise ReportError(path, str(error), "a JSON report") from error


def _read_run(value: Mapping[str, Any]) -> Run:
    members = {
        **known(Run, value),
        "surfaces": tuple(value["surfaces"]),
        "options": tuple(value.get("options", ())),
        "editions": tuple(value["editions"]),
        "without_result": tuple(map(_read_id, value["not_run"])),
        "results": tuple(_read_result(value["implementation"], item) for item in value["results"]),
    }
    return Run(**members)


def _read_result(implementation: str, value: Mapping[str, Any]) -> Result:
    return Result.from_json({**value, "implementation": implementation, "id": asdict(_read_id(value))})


def _read_statement(value: Mapping[str, Any]) -> Statement:
    return Statement(**known(Statement, value))
