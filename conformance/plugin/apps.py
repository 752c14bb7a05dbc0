"""What an app on disk declares, as pytest's items: each result by which it was judged is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance._apps.app_case import AppCase
from conformance._data.editions import edition_of
from conformance._data.requirements import Requirement
from conformance._judging.result import Result
from conformance._targets.target import Target
from conformance.contract import Surface
from conformance.plugin.items import CaseFile, CaseItem

if TYPE_CHECKING:
    from conformance.plugin.run import ConformanceRun


class AppFile(CaseFile):
    """A file of an app that declares skills; its node id has the edition's folder, as a case file's does."""

    found: Sequence[tuple[AppCase, Result]]
    target: Target

    @classmethod
    def collect_app(
        cls, session: pytest.Session, run: ConformanceRun, target: Target, edition: str
    ) -> Iterator[AppFile]:
        """Make the collectors of an app's files for one edition."""
        requirements = edition_of(edition).requirements
        by_file: dict[Path, list[tuple[AppCase, Result]]] = {}
        for result in run.judge.declared(target, edition):
            case = _show(result, target.surfaces[0], requirements)
            by_file.setdefault(case.path, []).append((case, result))
        for path, found in by_file.items():
            name = f"cases/{edition}/{path.as_posix()}"
            file: AppFile = cls.from_parent(session, path=Path.cwd() / path, name=name, nodeid=name)
            file.run = run
            file.found = found
            file.target = target
            yield file

    def collect(self) -> Iterable[pytest.Item]:
        """Return an item for each selected result."""
        items = (AppItem.of_result(self, case, result) for case, result in self.found)
        return [item for item in items if self.run.selection.selects(item.nodeid, self.path)]


class AppItem(CaseItem):
    """One requirement for one skill of an app, which was judged when the app was read."""

    found: Result

    @classmethod
    def of_result(cls, parent: AppFile, case: AppCase, result: Result) -> CaseItem:
        """Make the item of a result."""
        item = cls.of(parent, parent.target, case)
        assert isinstance(item, AppItem)  # noqa: S101  # for the type: it is of this class
        item.found = result
        return item

    def judge(self) -> Result:
        """Return the result; a failure that the baseline lists is known."""
        return self.run.judge.weigh(self.found)


def _show(result: Result, surface: Surface, requirements: Mapping[str, Requirement]) -> AppCase:
    file, _, line = result.place.rpartition(":")
    return AppCase(
        id=result.case,
        edition=result.edition,
        surface=surface,
        requirement=requirements[result.requirement],
        path=Path(file),
        line=int(line),
    )
