"""Case files of users: their own, and the finds that exploration has saved."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from conformance._data.case import Case
from conformance._data.editions import Edition, edition_of
from conformance._text import yaml_documents
from conformance._text.words import suggest
from conformance._text.yaml_documents import Document
from conformance.contract import EDITIONS
from conformance.errors import CaseFileError, ConformanceError

_ENDINGS = {".yaml", ".yml"}
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


class NoCaseFileError(ConformanceError):
    """A path that is to hold case files holds none."""

    def __init__(self, path: Path, found: str) -> None:
        super().__init__(path, found, "a case file, or a folder that holds case files (*.yaml)")


def find_case_files(paths: Iterable[Path]) -> list[Path]:
    """List the case files that paths name, each once; a folder's are those in it, however deep.

    Raises NoCaseFileError for a path that names none, and ConformanceError for a folder that is named like an edition,
    but after none.
    """
    found = {path.resolve(): path for given in paths for path in _files_in(given)}
    for path in found.values():
        folder = path.parent.name
        if _DATE.fullmatch(folder) and folder not in EDITIONS:
            expected = f"{suggest(folder, EDITIONS)} (a folder with a date as its name is for the cases of one edition)"
            raise ConformanceError(path.parent, f"there is no edition {folder}", expected)
    return list(found.values())


def _files_in(given: Path) -> Sequence[Path]:
    if given.is_file():
        return [given]
    if not given.is_dir():
        raise NoCaseFileError(given, "there is no such file or folder")
    files = sorted(path for path in given.rglob("*") if path.suffix in _ENDINGS and path.is_file())
    if not files:
        raise NoCaseFileError(given, "there is no case file in this folder")
    return files


def load_own_cases(paths: Iterable[Path], edition: Edition) -> Sequence[Case]:
    """Return the cases that files give an edition.

    A file in a folder that is named after an edition is about that edition alone. Any other is about each edition
    that has a requirement which its case covers. No id may be one of the suite's. Raises CaseFileError with all that
    is wrong in all files.
    """
    taken = {case.id.case: f"the suite's {case.place}" for case in edition.cases}
    cases: list[Case] = []
    wrong: list[CaseFileError] = []
    for path in paths:
        folder = path.resolve().parent.name
        if folder not in EDITIONS or folder == edition.date:
            try:
                document = yaml_documents.read(path)
                cases += cases_of_document(document, edition, taken, is_shared=folder not in EDITIONS)
            except CaseFileError as error:
                wrong += [error, *error.further]
                error.further = ()
    if wrong:
        wrong[0].further = tuple(wrong[1:])
        raise wrong[0]
    return cases


def cases_of_document(
    document: Document, edition: Edition, taken: dict[str, str], *, is_shared: bool = False
) -> Iterator[Case]:
    """Yield the cases of one file; `taken` has the place of each id so far. Raises CaseFileError."""
    others = (edition_of(date) for date in EDITIONS if is_shared)
    elsewhere = frozenset(name for other in others for name in other.requirements)
    return edition.maker(root=None, elsewhere=elsewhere).cases_in(document, taken)
