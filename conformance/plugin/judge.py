"""What a run judges by: its implementations, its cases, its baseline, and the level that counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from conformance._data.case import Case
from conformance._data.case_files.own_cases import NoCaseFileError, find_case_files, load_own_cases
from conformance._data.case_id import CaseId
from conformance._data.editions import edition_of
from conformance._data.expectation import LawExpected
from conformance._judging.isolated_player import IsolatedPlayer
from conformance._judging.result import Result
from conformance._judging.session import Session, open_session
from conformance._targets.loading import APP, is_module, load_target, with_unique_names
from conformance._targets.target import Target
from conformance._text.words import make_printable
from conformance.errors import ConformanceError
from conformance.plugin.baselining import BaselineInUse
from conformance.plugin.chosen_options import Options
from conformance.plugin.options import OWN_CASES
from conformance.report.redaction import redact
from conformance.report.verdict import is_red, status_of

if TYPE_CHECKING:
    from conformance._apps import AppTarget
    from conformance._exploration.explored_case import ExploredCase
    from conformance.plugin.search import Search


class Judge:
    """Runs cases in this process and says how each result counts.

    Raises pytest.UsageError for an implementation, a baseline or a case file that can't be used.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self._resources = ExitStack()
        self.targets: list[Target] = []
        self._own: dict[str, tuple[Case, ...]] = {}
        self._isolated: dict[str, IsolatedPlayer] = {}
        try:
            with usage_errors():
                for spec in options.implementations:
                    target = self._load(spec)
                    self._resources.callback(target.close)
                    self.targets.append(target)
                self.targets = with_unique_names(self.targets)
                self._check_apps()
                self.own_files = self._find_own_files()
                for edition in options.editions:
                    self._own_cases(edition)  # reads them, so that what is wrong is said before anything runs
                self.baseline = BaselineInUse(options, self.targets, self._ids)
        except BaseException:
            self.close()
            raise

    def _load(self, spec: str) -> Target:
        transport, seconds = self.options.transport, self.options.seconds
        if self.options.isolate and is_module(spec):
            player = self._isolated[spec] = IsolatedPlayer(spec, transport=transport, seconds=seconds)
            return player.load()
        if not spec.startswith(APP):
            return load_target(spec, transport=transport, seconds=seconds)
        from conformance._apps import load_app_target  # noqa: PLC0415  # for those who judge an app

        return load_app_target(spec)

    def _check_apps(self) -> None:
        """Create one app of each implementation, to see that it can be judged at all."""
        if self.players:
            with self._open_session() as session:
                for target in self.players:
                    session.check_app(target)

    def runs_here(self, target: Target) -> bool:
        """Say whether an implementation runs in this process, and can do harm to it."""
        return is_module(target.spec) and target.spec not in self._isolated

    @property
    def players(self) -> list[Target]:
        """The implementations that cases are played against: all but apps on disk."""
        return [target for target in self.targets if target.is_played]

    def _open_session(self) -> AbstractContextManager[Session]:
        transports = {target.transport for target in self.targets if target.spec not in self._isolated}
        return open_session(transports, seconds=self.options.seconds, isolated=self._isolated)

    @cached_property
    def _session(self) -> Session:
        return self._resources.enter_context(self._open_session())

    def name_of(self, case: CaseId, target: Target) -> str:
        """Name a case's item; the name says the implementation where there are several."""
        return case.name_among_several(target.name) if len(self.targets) > 1 else case.name

    def node_id_of(self, case: CaseId, target: Target) -> str:
        """Return the node id of a case's item."""
        return f"{case.file}::{self.name_of(case, target)}"

    def close(self) -> None:
        """End what the run made."""
        self._resources.close()

    def cases(self, edition: str) -> Sequence[Case]:
        """Return an edition's cases: the suite's, and those of the user's files."""
        return (*edition_of(edition).cases, *self._own_cases(edition))

    def _find_own_files(self) -> Sequence[Path]:
        try:
            return find_case_files(self.options.own_cases)
        except NoCaseFileError as error:
            raise pytest.UsageError(f"{OWN_CASES.flag}={error}") from error

    def _own_cases(self, edition: str) -> Sequence[Case]:
        if edition not in self._own:
            cases = load_own_cases(self.own_files, edition_of(edition)) if self.own_files else ()
            self._own[edition] = tuple(map(self._with_needs, cases))
        return self._own[edition]

    @staticmethod
    def _with_needs(case: Case) -> Case:
        if isinstance(case.expectation, LawExpected):
            from conformance._exploration.law_case import with_needs  # noqa: PLC0415  # for those who use laws

            return with_needs(case)
        return case

    def judge(self, case: Case, target: Target) -> Result:
        """Run a case, and weigh its result."""
        if isinstance(case.expectation, LawExpected):
            from conformance._exploration.law_case import check_by_law  # noqa: PLC0415  # for those who use laws

            return self.baseline.weigh(self._session.run(case, target, check_by_law))
        return self.baseline.weigh(self._session.run(case, target))

    @cached_property
    def search(self) -> Search:
        """What searches for what breaks a law."""
        from conformance.plugin.search import Search  # noqa: PLC0415  # for those who explore

        return Search(self.options, self._session.play)

    def explored(self, edition: str) -> list[tuple[Target, ExploredCase]]:
        """Return an edition's laws for each implementation; none if nothing is explored."""
        if not self.options.explore:
            return []
        return [(target, case) for target in self.players for case in self.search.cases(target, edition)]

    def explore(self, case: ExploredCase, target: Target) -> Result:
        """Search for what breaks a law, and weigh the result."""
        with usage_errors():
            is_known = self.baseline.knows(case.id)
            return self.baseline.weigh(self.search.result(case, target, is_known=is_known))

    def judge_built_app(self, target: Target, edition: str) -> list[Result]:
        """Return what was found in an app on disk, by one edition."""
        return cast("AppTarget", target).judge(edition)

    def is_red(self, result: Result) -> bool:
        """Say whether a result fails its test: an error, or a violation of the level that counts."""
        return is_red(status_of(result), self.options.level)

    def _ids(self, target: Target, edition: str) -> Iterator[CaseId]:
        if not target.is_played:
            yield from (result.id for result in self.judge_built_app(target, edition))
        else:
            yield from (case.id for case in self.cases(edition) if case.surface in target.surfaces)
            yield from self._ids_of_laws(target, edition)

    def _ids_of_laws(self, target: Target, edition: str) -> Iterator[CaseId]:
        """Yield what a law is known by, whether this run explores or not, and the further blocks if it does."""
        for requirement in edition_of(edition).requirements.values():
            for surface in target.surfaces:
                if surface in requirement.levels:
                    yield CaseId.of_law(edition, requirement.id, surface)
        yield from (law.id for _, law in self.explored(edition) if law.block)


@contextmanager
def usage_errors() -> Iterator[None]:
    """Turn what the suite says about somebody's input into pytest's usage error; what it quotes is indented."""
    try:
        yield
    except ConformanceError as error:
        raise pytest.UsageError(make_printable(redact(str(error))).replace("\n", "\n  ")) from error
