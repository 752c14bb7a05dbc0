"""Laws as pytest's items: one for each requirement, surface and block of scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import pytest

from conformance._data.corpus import CASES
from conformance._exploration.explored_case import ExploredCase
from conformance._judging.result import Result
from conformance._targets.target import Target
from conformance.plugin.items import CaseFile, CaseItem
from conformance.plugin.options import EXPLORE, EXPLORE_SEED

if TYPE_CHECKING:
    from conformance.plugin.run import ConformanceRun

FOLDER = "explore"
"""What the node ids of laws begin with, as those of cases do with `cases`."""


class ExploredEdition(CaseFile):
    """An edition's laws."""

    explored: Sequence[tuple[Target, ExploredCase]]

    @classmethod
    def collect_laws(cls, session: pytest.Session, run: ConformanceRun, edition: str) -> Iterator[ExploredEdition]:
        """Make the collector of an edition's laws, if there are any to search."""
        explored = list(run.judge.explored(edition))
        if explored:
            name = f"{FOLDER}/{edition}"
            path = CASES / "requirements.yaml"
            file: ExploredEdition = cls.from_parent(session, path=path, name=name, nodeid=name)
            file.run = run
            file.explored = explored
            yield file

    def collect(self) -> Iterable[pytest.Item]:
        """Return an item for each selected law, those that share what is played side by side."""
        items = (ExploredItem.of(self, target, case) for target, case in self.explored)
        return [item for item in items if self.run.selection.selects(item.nodeid, self.path)]


class ExploredItem(CaseItem):
    """One requirement in one block of scenarios, for one implementation."""

    def judge(self) -> Result:
        """Search the block for what breaks the requirement."""
        assert isinstance(self.case, ExploredCase)  # noqa: S101  # for the type: it is of one
        return self.run.judge.explore(self.case, self.target)

    def rerun_options(self) -> list[str]:
        """Return the options that play the same scenarios again."""
        options = super().rerun_options()
        for option, value in (
            (EXPLORE, self.run.options.explore),
            (EXPLORE_SEED, self.run.options.explore_seed),
        ):
            if str(value) != option.default or self.config.getini(option.ini):
                options.append(f"{option.flag}={value}")
        return options
