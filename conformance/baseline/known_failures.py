"""The baseline: a file of an implementation's known failures, each with its reason."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from conformance._data.case_id import CaseId
from conformance._data.corpus import schema_of
from conformance._judging.result import Result
from conformance._text import schemas, yaml_documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: the failures that it lists, why they are known, and where it stands.

    `case` is an id, or a pattern with `*`; without `surface` or `edition` it is about all of them. From the day
    `expires` on, its failures are no longer known.
    """

    case: str
    surface: str | None
    edition: str | None
    reason: str
    issue: str | None
    expires: dt.date | None
    line: int

    def covers(self, case: CaseId) -> bool:
        """Say whether the entry lists a case."""
        return (
            fnmatchcase(case.case, self.case)
            and self.surface in {None, case.surface}
            and self.edition in {None, case.edition}
        )

    def __str__(self) -> str:
        where = ", ".join(filter(None, (self.surface, self.edition)))
        return f"{self.case} ({where})" if where else self.case


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A baseline, spelt out over the cases of a run."""

    path: Path
    entries: tuple[Entry, ...]
    listed: Mapping[CaseId, Entry]
    expired: tuple[Entry, ...]
    faults: tuple[str, ...]

    @property
    def overdue(self) -> list[str]:
        """Say of each entry that expired that it did: somebody has to decide, a run does not."""
        return [
            f"{self.path}:{entry.line}: {entry} expired on {entry.expires}: fix it, or give it a new date"
            for entry in self.expired
        ]

    def reason(self, case: CaseId) -> str | None:
        """Return why a failure is known, or None if it is not."""
        entry = self.listed.get(case)
        if entry is None:
            return None
        return f"{entry.reason} ({entry.issue})" if entry.issue else entry.reason

    def complaint(self, result: Result) -> str | None:
        """Say that a line is to be deleted or narrowed, if what it lists no longer fails."""
        entry = self.listed.get(result.id)
        if entry is None or result.outcome not in {"passed", "not applicable"}:
            return None
        verb = "passes" if result.outcome == "passed" else "is not applicable"
        advice = "narrow it" if entry.case != result.case or not entry.surface else "delete it"
        return f"{self.path}:{entry.line}: {result.id.name} {verb}: {advice}"


def load_baseline(path: Path, ids: Iterable[CaseId], today: dt.date) -> Baseline:
    """Read a baseline for a run over the cases `ids`; raise CaseFileError for a file that breaks the form.

    What is out of date rather than malformed (an entry that matches no case, a second one for the same case) is listed
    in `faults`, each with its line; what expired, in `expired`.
    """
    document = yaml_documents.read(path)
    entries: tuple[Entry, ...] = ()
    if document.value is not None:
        schemas.check_form(document, schema_of("baseline"))
        entries = tuple(_entry(document, index, record) for index, record in enumerate(document.value))
    known = list(ids)
    listed: dict[CaseId, Entry] = {}
    expired: list[Entry] = []
    faults: list[str] = []
    for entry in entries:
        covered = [one for one in known if entry.covers(one)]
        double = next((listed[one] for one in covered if one in listed), None)
        if double is not None:
            faults.append(f"{path}:{entry.line}: {entry} is listed in line {double.line} already: delete one of them")
        elif not covered:
            faults.append(f"{path}:{entry.line}: {entry} matches no case: delete it")
        elif entry.expires is not None and entry.expires <= today:
            expired.append(entry)
        else:
            listed.update(dict.fromkeys(covered, entry))
    return Baseline(path=path, entries=entries, listed=listed, expired=tuple(expired), faults=tuple(faults))


def _entry(document: yaml_documents.Document, index: int, record: Mapping[str, str]) -> Entry:
    expires = None
    if "expires" in record:
        try:
            expires = dt.date.fromisoformat(record["expires"])
        except ValueError:
            raise document.error((index, "expires"), f"expires = {record['expires']!r}", "a date, YYYY-MM-DD") from None
    return Entry(
        case=record["case"],
        surface=record.get("surface"),
        edition=record.get("edition"),
        reason=record["reason"],
        issue=record.get("issue"),
        expires=expires,
        line=document.line_of((index,)),
    )
