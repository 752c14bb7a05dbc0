"""Reads case files: checks them, expands each matrix, and spells every declaration for every surface."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from conformance import _requirements, _schema, _surfaces, _yaml
from conformance._case import Case, Declaration, Episode, View
from conformance._requirements import Requirement
from conformance._service import Fault, Reply, ToolCall
from conformance._surfaces import Spelling
from conformance._yaml import Document, Location
from conformance.contract import JSON_TYPES, SURFACES, Argument, Surface

DEFAULT_FUNCTION: Final = "AddTodo"
DEFAULT_ARGUMENT: Final = {"taskDescription": "string"}

VIEWS: Final[Mapping[str, View]] = {
    "accepted": "accepted",
    "construct": "construct",
    "binding": "binding",
    "bindings": "binding",
    "bindings_again": "binding",
    "request": "ask",
    "requests": "ask",
    "calls": "ask",
    "reply": "ask",
    "replies": "ask",
    "error": "ask",
}
"""What each key of an expectation reads."""

_NEEDS: Final[Mapping[View, Literal["bindings", "ask", "construct"] | None]] = {
    "accepted": None,
    "construct": "construct",
    "binding": "bindings",
    "ask": "ask",
}
SERVICE_REQUIREMENTS: Final[Mapping[str, str]] = {
    "auth": "AST-SERVICE-KEY",
    "url": "AST-SERVICE-URL",
    "model": "AST-SERVICE-MODEL",
    "messages": "AST-SERVICE-MESSAGES",
    "tools": "AST-SERVICE-TOOLS",
    "body": "AST-SERVICE-BODY",
}
"""The requirement that a request breaks when the service refuses it, by the area of the service's rule."""

_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")


def load_edition(root: Path, edition: str) -> list[Case]:
    """Load every case of an edition, its own and the shared ones, in the order of files and lines.

    `root` is a folder such as `cases/`. Raises CaseFileError for the first thing that is wrong.
    """
    folder = root / edition
    edition_data = _Edition(
        root,
        edition,
        _requirements.load(folder / "requirements.yaml"),
        _surfaces.load(folder / "surfaces.yaml"),
    )
    cases: list[Case] = []
    first_lines: dict[str, str] = {}
    for path in case_files(root, edition):
        document = read_case_file(path)
        for index, record in enumerate(document.value):
            for row in _rows(document, index, record):
                expanded = _fill(record, row)
                case_id = expanded["id"]
                if case_id in first_lines:
                    raise document.error(
                        (index, "id"), f"the id {case_id}, which {first_lines[case_id]} has", "each id once"
                    )
                first_lines[case_id] = f"{path}:{document.line_of((index,))}"
                cases += edition_data.cases(document, index, expanded)
    return cases


def case_files(root: Path, edition: str) -> list[Path]:
    """List the case files of an edition by name: its own and those that every edition shares."""
    own = (path for path in (root / edition).glob("*.yaml") if path.stem not in {"requirements", "surfaces"})
    return sorted([*own, *(root / "shared").glob("*.yaml")], key=lambda path: (path.name, str(path)))


def read_case_file(path: Path) -> Document:
    """Read a case file and check its form; raise CaseFileError."""
    document = _yaml.read(path)
    _schema.check(document, "case")
    return document


def _rows(document: Document, index: int, record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a record's matrix (one empty row without one), each checked to have the same columns."""
    rows: list[dict[str, Any]] = record.get("matrix", [{}])
    used = set(_placeholders({key: value for key, value in record.items() if key != "matrix"}))
    for number, row in enumerate(rows):
        location = (index, "matrix", number)
        for name in sorted(used - row.keys()):
            raise document.error(location, f"no value for ${{{name}}}", "one in every row")
        for name in sorted(row.keys() - used):
            raise document.error(location, f"the column {name!r}, which nothing uses", "${" + name + "} somewhere")
    if "matrix" in record and not _PLACEHOLDER.search(record["id"]):
        raise document.error((index, "id"), f"the id {record['id']} for every row", "${…} in the id of a matrix")
    return rows


def _placeholders(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _PLACEHOLDER.findall(value)
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from _PLACEHOLDER.findall(key)
            yield from _placeholders(member)
    elif isinstance(value, list):
        for item in value:
            yield from _placeholders(item)


def _fill(value: Any, row: Mapping[str, Any]) -> Any:
    """Replace each ${name}: alone it becomes the row's value whatever its type, within a text its text."""
    if not row:
        return value
    if isinstance(value, str):
        whole = _PLACEHOLDER.fullmatch(value)
        if whole:
            return row[whole[1]]
        return _PLACEHOLDER.sub(lambda match: _as_text(row[match[1]]), value)
    if isinstance(value, dict):
        return {_fill(key, row): _fill(member, row) for key, member in value.items() if key != "matrix"}
    if isinstance(value, list):
        return [_fill(item, row) for item in value]
    return value


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class _Edition:
    """Makes cases of records, by the requirements and spellings of one edition."""

    def __init__(
        self,
        root: Path,
        edition: str,
        requirements: Mapping[str, Requirement],
        spellings: Mapping[Surface, Spelling],
    ) -> None:
        self.root = root
        self.edition = edition
        self.requirements = requirements
        self.spellings = spellings
        self.service = {area: requirements[name] for area, name in SERVICE_REQUIREMENTS.items()}

    def cases(self, document: Document, index: int, record: Mapping[str, Any]) -> Iterator[Case]:
        """Yield a record's case for each surface that it concerns, in the order of the contract."""
        covered = self._covered(document, index, record)
        view = self._view(document, index, record)
        for surface in SURFACES:
            if surface not in covered:
                continue
            make = _Declarations(document, self.spellings[surface])
            before = record.get("before")
            yield Case(
                id=record["id"],
                title=record["title"],
                why=record.get("why"),
                edition=self.edition,
                surface=surface,
                requirement=covered[surface],
                service=self.service,
                root=self.root,
                path=document.path,
                line=document.line_of((index,)),
                provider=record.get("provider", "openai"),
                models=frozenset(record["models"]) if "models" in record else None,
                settings=record.get("settings", {}),
                before=make.episode(before, (index, "before")) if before else None,
                episode=make.episode(record, (index,)),
                refused=make.declaration(record["refused"], (index, "refused")) if "refused" in record else None,
                accepted=make.declaration(record["accepted"], (index, "accepted")) if "accepted" in record else None,
                expect=record.get("expect", {}),
                view=view,
                needs=record.get("needs", _NEEDS[view]),
            )

    def _covered(self, document: Document, index: int, record: Mapping[str, Any]) -> Mapping[Surface, Requirement]:
        """Return the one requirement that a record covers on each surface."""
        covered: dict[Surface, Requirement] = {}
        for number, requirement_id in enumerate(record["covers"]):
            location = (index, "covers", number)
            requirement = self.requirements.get(requirement_id)
            if requirement is None:
                raise document.error(
                    location,
                    f"the requirement {requirement_id}",
                    f"one of edition {self.edition}'s requirements",
                )
            for surface in sorted(requirement.surfaces):
                other = covered.setdefault(surface, requirement)
                if other is not requirement:
                    raise document.error(
                        location,
                        f"{requirement_id} beside {other.id} on {surface}",
                        "one requirement a surface",
                    )
        narrowed = record.get("surfaces", list(covered))
        for number, surface in enumerate(narrowed):
            if surface not in covered:
                raise document.error(
                    (index, "surfaces", number), f"{surface}", "a surface that a covered requirement concerns"
                )
        return {surface: covered[surface] for surface in narrowed}

    def _view(self, document: Document, index: int, record: Mapping[str, Any]) -> View:
        """Return the one thing that a record's expectation reads."""
        if "refused" in record:
            if "expect" in record:
                raise document.error((index, "expect"), "an expectation beside a refusal", "one or the other")
            return "accepted"
        if "expect" not in record:
            raise document.error((index,), "a case that expects nothing", "expect, or refused and accepted")
        views = {VIEWS[key] for key in record["expect"]}
        if len(views) > 1:
            raise document.error(
                (index, "expect"),
                f"an expectation of {' and '.join(sorted(views))}",
                "one of them: two cases",
            )
        (view,) = views
        if view == "ask" and "ask" not in record:
            raise document.error((index, "expect"), "an expectation of a conversation", "ask and replies")
        return view


class _Declarations:
    """Makes declarations of records, spelled for one surface."""

    def __init__(self, document: Document, spelling: Spelling) -> None:
        self.document = document
        self.spelling = spelling

    def episode(self, record: Mapping[str, Any], location: Location) -> Episode:
        skills = record.get("skills", ())
        ask = record.get("ask", ())
        return Episode(
            skills=tuple(self.declaration(skill, (*location, "skills", number)) for number, skill in enumerate(skills)),
            ask=(ask,) if isinstance(ask, str) else tuple(ask),
            replies=tuple(_replies(record.get("replies", ()))),
        )

    def declaration(self, record: Mapping[str, Any], location: Location) -> Declaration:
        ((name, kind),) = record.get("argument", DEFAULT_ARGUMENT).items()
        if kind not in JSON_TYPES:
            raise self.document.error((*location, "argument"), f"the type {kind!r}", ", ".join(JSON_TYPES))
        trigger = dict(record["trigger"])
        for key in trigger:
            if key not in self.spelling.parameters:
                raise self.document.error(
                    (*location, "trigger", key),
                    f"{key}, which {self.spelling.surface} does not document",
                    "surfaces that do",
                )
        schema = trigger.get("parameterDescriptionJson")
        if isinstance(schema, dict):
            trigger["parameterDescriptionJson"] = json.dumps(schema, ensure_ascii=False)
        return Declaration(
            function=record.get("function", DEFAULT_FUNCTION),
            argument=Argument(name=name, type=kind),
            trigger=self.spelling.spell(trigger, name),
            returns=record.get("returns"),
            echoes=record.get("echoes", False),
            raises=record.get("raises"),
        )


def _replies(records: Any) -> Iterator[Reply | Fault]:
    """Make the scripted replies; tool calls without an id are numbered through the whole script."""
    number = 0
    for record in records:
        if isinstance(record, str):
            yield Reply(text=record)
        elif "status" in record:
            yield Fault(status=record["status"], always=record.get("always", False))
        else:
            calls = []
            for call in record.get("calls", ()):
                number += 1
                arguments = call["arguments"]
                text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
                calls.append(ToolCall(id=call.get("id", f"call_{number}"), name=call["name"], arguments=text))
            yield Reply(text=record.get("text"), calls=tuple(calls))
