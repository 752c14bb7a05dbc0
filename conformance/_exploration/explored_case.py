"""A law as a case: what identifies its result, and how a find becomes one."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from conformance._data.case_id import CaseId
from conformance._data.requirements import Requirement
from conformance._exploration.explorer import BlockResult, Find
from conformance._exploration.laws import Law
from conformance._judging.observation import Observation
from conformance._judging.result import Finding, Outcome, Result
from conformance._judging.result_notes import find_cause, notes
from conformance._judging.session import as_sent
from conformance._targets.target import Target
from conformance._text import limits
from conformance.contract import Surface

UNREACHED: Final = "was not led by any scenario on this surface to what the law is about"
"""Why a law is not applicable, as what the implementation did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExploredCase:
    """One requirement's laws, searched for what breaks them in one block of scenarios; `laws` has those of all."""

    edition: str
    surface: Surface
    requirement: Requirement
    laws: Mapping[str, tuple[Law, ...]]
    block: int

    @property
    def id(self) -> CaseId:
        """What identifies it: the requirement, and the number of the block if there are several."""
        name = f"{self.requirement.id}-{self.block + 1}" if self.block else self.requirement.id
        return CaseId.of_law(self.edition, name, self.surface)

    @property
    def path(self) -> Path:
        """The file of the requirement."""
        return self.requirement.path

    @property
    def line(self) -> int:
        """The line of the requirement."""
        return self.requirement.line

    def passed(self, target: Target, finds: BlockResult, seconds: float) -> Result:
        """Make the result of a search that found nothing; if nothing could be played, that is an error."""
        if finds.crash is not None and not finds.played:
            return self.lost(target, finds.crash, was_run=finds.was_played)
        needs = {law.needs for law in self.laws[self.requirement.id] if law.needs is not None}
        if needs and not needs & finds.offered:
            return self._result(target, "not applicable", seconds, reason=f"offers no {' or '.join(sorted(needs))}")
        if self.requirement.id not in finds.judged:
            return self._result(target, "not applicable", seconds, reason=UNREACHED)
        return self._result(target, "passed", seconds)

    def failed(self, target: Target, find: Find, seconds: float, example: str) -> Result:
        """Make the result of a find; `example` is its scenario, written as a case."""
        seen = find.seen
        outcome: Outcome = "failed" if seen.crash is None else "errored"
        shown = find.contradictions[: limits.SHOWN_FINDINGS]
        findings = tuple(Finding.of(self.requirement, self.surface, mismatch) for mismatch in shown)
        return self._result(
            target,
            outcome,
            seconds,
            reason=seen.crash,
            findings=findings,
            seen=seen,
            notes=(example, *notes(seen, outcome, findings)),
        )

    def lost(self, target: Target, reason: str, *, was_run: bool = True) -> Result:
        """Make the result of a search that came to none."""
        return self._result(target, "errored", 0.0, reason=reason, was_run=was_run)

    def _result(  # noqa: PLR0913  # the parts of a result, each by its name
        self,
        target: Target,
        outcome: Outcome,
        seconds: float,
        *,
        reason: str | None = None,
        findings: tuple[Finding, ...] = (),
        seen: Observation | None = None,
        notes: tuple[str, ...] = (),
        was_run: bool = True,
    ) -> Result:
        return Result(
            implementation=target.name,
            id=self.id,
            title=self.requirement.statement,
            requirement=self.requirement.id,
            group=self.requirement.group,
            level=self.requirement.levels[self.surface],
            place=f"cases/{self.path.name}:{self.line}",
            outcome=outcome,
            reason=reason,
            findings=findings,
            notes=notes,
            cause=find_cause(seen, findings) if seen is not None else None,
            requests=tuple(map(as_sent, seen.exchanges)) if seen is not None else (),
            seconds=seconds,
            was_run=was_run,
        )
