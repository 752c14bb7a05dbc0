"""The normative statements of an edition, in the suite's own words: `cases/<edition>/requirements.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from conformance._text import schemas, yaml_documents
from conformance.contract import SURFACES, Surface

Level: TypeAlias = Literal["must", "should"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One statement that an implementation is judged by.

    `section` is the place on the page; `source` says what a should follows from; `interpretation` what was
    decided where the page is ambiguous or silent; `unobservable` why no case can see it; `disagreement` where
    the shipped extension does otherwise.
    """

    id: str
    level: Level
    statement: str
    section: str
    surfaces: frozenset[Surface]
    source: str | None
    interpretation: str | None
    unobservable: str | None
    disagreement: str | None
    path: Path
    line: int

    @property
    def group(self) -> str:
        """The word after `AST-`: what a summary groups by."""
        return self.id.split("-")[1].lower()


def load_requirements(path: Path) -> Mapping[str, Requirement]:
    """Read an edition's requirements by id; raise CaseFileError for a file that breaks the form."""
    document = yaml_documents.read(path)
    schemas.check(document, "requirements")
    result: dict[str, Requirement] = {}
    for index, record in enumerate(document.value):
        if record["id"] in result:
            raise document.error((index, "id"), f"the id {record['id']} a second time", "each id once")
        surfaces = record.get("surfaces")
        result[record["id"]] = Requirement(
            id=record["id"],
            level=record["level"],
            statement=record["statement"],
            section=record["section"],
            surfaces=frozenset(surfaces or SURFACES),
            source=record.get("source"),
            interpretation=record.get("interpretation"),
            unobservable=record.get("unobservable"),
            disagreement=record.get("disagreement"),
            path=path,
            line=document.line_of((index,)),
        )
    return result
