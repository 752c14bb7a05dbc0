"""What identifies a case: it makes node ids, the keys of reports and baselines, and what a rerun selects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, cast

from conformance.contract import EDITIONS, SURFACES, Surface

CASES_FOLDER: Final = "cases"
"""What the node ids of cases begin with."""

LAWS_FOLDER: Final = "explore"
"""What the node ids of laws begin with."""

_NODE_ID: Final = re.compile(
    rf"(?P<file>(?:{CASES_FOLDER}|{LAWS_FOLDER})/(?P<edition>[^/:]+)(?:/.+?)?)"
    rf"::(?P<case>.+)\[(?P<surface>{'|'.join(SURFACES)})(?:-(?P<implementation>.+))?\]"
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CaseId:
    """One case on one surface in one edition: `2024-04-14/default-model[python]`.

    `file` is what the node id has before `::`, wherever the case file lies: `cases/2024-04-14/model.yaml`.
    """

    edition: str
    case: str
    surface: Surface
    file: str = field(compare=False)

    @classmethod
    def of_case(cls, edition: str, file: str, case: str, surface: Surface) -> CaseId:
        """Identify a case by its file, or a requirement for a built app by the file that declares the skill."""
        return cls(edition=edition, case=case, surface=surface, file=f"{CASES_FOLDER}/{edition}/{file}")

    @classmethod
    def of_law(cls, edition: str, case: str, surface: Surface) -> CaseId:
        """Identify a law that is explored."""
        return cls(edition=edition, case=case, surface=surface, file=f"{LAWS_FOLDER}/{edition}")

    @classmethod
    def parse(cls, node_id: str) -> tuple[CaseId, str | None]:
        """Read a node id, and which of several implementations it is for; raise ValueError for any other text."""
        match = _NODE_ID.fullmatch(node_id)
        if match is None:
            raise ValueError(f"{node_id!r} is not the node id of a case")
        surface = cast("Surface", match["surface"])
        case = cls(edition=match["edition"], case=match["case"], surface=surface, file=match["file"])
        return case, match["implementation"]

    @property
    def name(self) -> str:
        """The case as a test is named: `default-model[python]`."""
        return f"{self.case}[{self.surface}]"

    @property
    def node_id(self) -> str:
        """The case as pytest names it in a run of one implementation, and as it is selected in every run."""
        return f"{self.file}::{self.name}"

    @property
    def is_law(self) -> bool:
        """Whether it is a law that is explored."""
        return self.file.partition("/")[0] == LAWS_FOLDER

    def name_among_several(self, implementation: str) -> str:
        """Return the name that also says which of several implementations the case is run for."""
        return f"{self.case}[{self.surface}-{implementation}]"

    def __str__(self) -> str:
        return f"{self.edition}/{self.name}"


def is_node_id_of_case(node_id: str) -> bool:
    """Say whether a node id is of a case or a law, and not of a test in a folder that is called like theirs."""
    match = _NODE_ID.fullmatch(node_id)
    return match is not None and match["edition"] in EDITIONS


def may_begin_node_id(place: str) -> bool:
    """Say whether the node ids of cases or laws may begin with a text."""
    return place.partition("/")[0] in {CASES_FOLDER, LAWS_FOLDER}
