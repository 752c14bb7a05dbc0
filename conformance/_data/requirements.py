"""The normative statements of the documentation, in the suite's own words: `cases/requirements.yaml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from conformance._data.corpus import dates_in, schema_of
from conformance._text import schemas, yaml_documents
from conformance._text.yaml_documents import Document, Location
from conformance.contract import SURFACES, Surface

Level: TypeAlias = Literal["must", "should"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One statement that an implementation is judged by, as one edition has it.

    `levels` has the level on each surface that the statement concerns. `section` is the place in the documentation;
    `source` says what a should follows from; `interpretation` what was decided where the documentation is ambiguous
    or silent; `unobservable` why nothing can see it; `built_apps` why no case can, but a built app shows it;
    `disagreement` where the shipped extension behaves differently.
    """

    id: str
    statement: str
    section: str
    levels: Mapping[Surface, Level]
    source: str | None = None
    interpretation: str | None = None
    unobservable: str | None = None
    built_apps: str | None = None
    disagreement: str | None = None
    path: Path
    line: int

    @property
    def group(self) -> str:
        """The word after `AST-`: what a summary groups by."""
        return self.id.split("-")[1].lower()


def load_requirements(root: Path, edition: str) -> Mapping[str, Requirement]:
    """Read an edition's requirements by id; raise CaseFileError for a file that breaks the form."""
    document = yaml_documents.read(root / "requirements.yaml")
    schemas.check_form(document, schema_of("requirements"))
    editions = dates_in(root)
    seen: set[str] = set()
    result: dict[str, Requirement] = {}
    for index, record in enumerate(document.value):
        if record["id"] in seen:
            raise document.error((index, "id"), f"the id {record['id']} a second time", "each id once")
        seen.add(record["id"])
        _check_editions(document, (index,), record, editions)
        if record.get("only", edition) == edition:
            result[record["id"]] = _read(document, (index,), record, edition)
    return result


def _check_editions(document: Document, location: Location, record: Mapping[str, Any], editions: Sequence[str]) -> None:
    expected = f"one of {', '.join(editions)}"
    if "only" in record and record["only"] not in editions:
        raise document.error((*location, "only"), f"the edition {record['only']}", expected)
    for edition in record.get("editions", ()):
        if edition not in editions:
            raise document.error((*location, "editions", edition), f"the edition {edition}", expected)
        if "only" in record:
            raise document.error((*location, "editions"), "editions together with only", "one or the other")


def _read(document: Document, location: Location, record: Mapping[str, Any], edition: str) -> Requirement:
    """Read a record as one edition has it: what it says of the edition replaces what it says of all."""
    whole = {**record, **record.get("editions", {}).get(edition, {})}
    whole.pop("only", None)
    whole.pop("editions", None)
    if "level" not in whole:
        raise document.error(location, f"no 'level' in edition {edition}", "must, should, or the surfaces of each")
    levels = _levels(document, location, whole.pop("level"))
    if ("should" in levels.values()) is not ("source" in whole):
        found = "a source without a should" if "source" in whole else "a should without a source"
        raise document.error(location, f"{found} in edition {edition}", "both or neither")
    return Requirement(**whole, levels=levels, path=document.path, line=document.line_of(location))


def _levels(document: Document, location: Location, value: Any) -> Mapping[Surface, Level]:
    if isinstance(value, str):
        return dict.fromkeys(SURFACES, value)  # type: ignore[arg-type]  # the schema has checked that it is a level
    levels: dict[Surface, Level] = {}
    for level in get_args(Level):
        for surface in value.get(level, ()):
            if surface in levels:
                raise document.error((*location, "level"), f"{surface} at both levels", "each surface once")
            levels[surface] = level
    return {surface: levels[surface] for surface in SURFACES if surface in levels}
