"""An edition of the documentation as the suite's data has it: requirements, spellings and cases, each read once."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from conformance._data.case import Case
from conformance._data.case_files.loader import CaseMaker
from conformance._data.corpus import CASES, case_files
from conformance._data.requirements import Requirement, load_requirements
from conformance._data.surfaces import Spelling, load_spellings
from conformance._text import yaml_documents
from conformance._text.words import suggest
from conformance.contract import Surface
from conformance.errors import CaseFileError

SERVICE_REQUIREMENTS: Final[Mapping[str, str]] = {
    "auth": "AST-SERVICE-KEY",
    "url": "AST-SERVICE-URL",
    "model": "AST-SERVICE-MODEL",
    "messages": "AST-SERVICE-MESSAGES",
    "tools": "AST-SERVICE-TOOLS",
    "body": "AST-SERVICE-BODY",
}
"""The requirement that a request breaks when the service refuses it, by the area of the service's rule."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One edition; `service` has the requirement of each area of the scripted service's rules."""

    date: str
    root: Path
    requirements: Mapping[str, Requirement]
    spellings: Mapping[Surface, Spelling]
    service: Mapping[str, Requirement]

    @cached_property
    def cases(self) -> Sequence[Case]:
        """Every case, its own and the shared ones, in the order of files and lines; raises CaseFileError."""
        maker = self.maker(root=self.root)
        first_lines: dict[str, str] = {}
        files = map(yaml_documents.read, case_files(self.root, self.date))
        return tuple(case for file in files for case in maker.cases_in(file, first_lines))

    def maker(self, *, root: Path | None, elsewhere: AbstractSet[str] = frozenset()) -> CaseMaker:
        """Return what makes this edition's cases of records."""
        return CaseMaker(
            root=root,
            edition=self.date,
            requirements=self.requirements,
            spellings=self.spellings,
            service=self.service,
            elsewhere=elsewhere,
        )


def load_edition(root: Path, date: str) -> Edition:
    """Read an edition from a folder such as `cases/`; raise CaseFileError for the first thing that is wrong."""
    requirements = load_requirements(root, date)
    for name in SERVICE_REQUIREMENTS.values():
        if name not in requirements:
            found = f"no requirement {name} in edition {date}"
            raise CaseFileError(root / "requirements.yaml", 1, found, suggest(name, requirements))
    return Edition(
        date=date,
        root=root,
        requirements=requirements,
        spellings=load_spellings(root / date / "surfaces.yaml"),
        service={area: requirements[name] for area, name in SERVICE_REQUIREMENTS.items()},
    )


@cache
def edition_of(date: str) -> Edition:
    """Return an edition of the suite's own data."""
    return load_edition(CASES, date)
