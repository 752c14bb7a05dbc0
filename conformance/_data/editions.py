"""An edition of the documentation as the suite's data has it: requirements, spellings and cases, each read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from conformance._data.case import Case
from conformance._data.corpus import CASES
from conformance._data.loader import load_cases
from conformance._data.requirements import Requirement, load_requirements
from conformance._data.surfaces import Spelling, load_spellings
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
        return tuple(load_cases(self.root, self.date, self.requirements, self.spellings, self.service))


def load_edition(root: Path, date: str) -> Edition:
    """Read an edition from a folder such as `cases/`; raise CaseFileError for the first thing that is wrong."""
    requirements = load_requirements(root, date)
    return Edition(
        date=date,
        root=root,
        requirements=requirements,
        spellings=load_spellings(root / date / "surfaces.yaml"),
        service={
            area: _service_requirement(root, date, name, requirements) for area, name in SERVICE_REQUIREMENTS.items()
        },
    )


def _service_requirement(root: Path, date: str, name: str, requirements: Mapping[str, Requirement]) -> Requirement:
    if name not in requirements:
        found = f"no requirement {name} in edition {date}"
        raise CaseFileError(root / "requirements.yaml", 1, found, suggest(name, requirements))
    return requirements[name]


@cache
def edition_of(date: str) -> Edition:
    """Return an edition of the suite's own data."""
    return load_edition(CASES, date)
