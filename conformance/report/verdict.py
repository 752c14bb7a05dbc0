"""What a run's results add up to: red or not, in numbers and in words.

pytest's exit status follows it (`plugin/run.py`). A report's `problems` turn a run red too: a baseline entry that is
out of date, a tool schema that was not reviewed, a report that can't be written.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from conformance._data.requirements import Level
from conformance._judging.result import OUTCOMES, Finding, Outcome, Result
from conformance._text.words import count
from conformance.report.model import Report, Run, Statement

Status: TypeAlias = Literal["errored", "must failed", "should failed", "known", "passed", "not applicable"]

STATUSES: Final[tuple[Status, ...]] = get_args(Status)
"""What a report says of a result, the most serious first: its outcome, and for a failure the violated level."""

_ADVICE: Final = re.compile(r" \(--[^()]*\)$")
"""The option that a problem may end with."""


def status_of(result: Result) -> Status:
    """Return the status of a result; a failure without a finding counts as one of a must."""
    if result.outcome == "failed":
        return "should failed" if result.worst == "should" else "must failed"
    return result.outcome


def attribute(result: Result) -> Iterator[tuple[str, Status, Finding | None]]:
    """Yield the requirements that a result shows violated, each with what was found, if anything was."""
    if result.outcome == "errored":
        yield result.requirement, "errored", None
    elif result.outcome in {"failed", "known"}:
        for finding in result.findings:
            failed: Status = "must failed" if finding.level == "must" else "should failed"
            yield finding.requirement, "known" if result.outcome == "known" else failed, finding
        if not result.findings:
            yield result.requirement, status_of(result), None


def statuses_of(result: Result) -> Mapping[str, Status]:
    """Return what a result says of its own requirement, and of those that it shows violated."""
    statuses = {result.requirement: [status_of(result)]}
    for requirement, status, _ in attribute(result):
        statuses.setdefault(requirement, []).append(status)
    return {requirement: gravest(seen) for requirement, seen in statuses.items()}


def is_red(status: Status, level: Level) -> bool:
    """Say whether a status turns a run red whose lowest level that counts is `level`."""
    return status in {"errored", "must failed"} or (status == "should failed" and level == "should")


def gravity(status: Status) -> int:
    """Return the rank of a status; 0 is the most serious."""
    return STATUSES.index(status)


def gravest(statuses: Iterable[Status]) -> Status:
    """Return the most serious of several statuses."""
    return min(statuses, key=gravity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A run's verdict.

    `problems` say what turned it red, `remarks` what else to know when it is not. `is_open`: red only for what was
    not run. `selected` is there if not all cases were, and says how many. `observable` counts the requirements that
    concern the implementation, each on each surface, and `judged` those of which a case was executed.
    """

    red: bool
    is_open: bool
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    counts: Mapping[Status, int]
    not_run: int
    judged: int
    observable: int
    selected: str | None = None

    @property
    def words(self) -> str:
        """The verdict in a few words."""
        if self.red:
            return ", ".join(self.problems)
        if self.selected is not None:
            return f"passed what was selected ({', '.join((self.selected, *self.remarks))}); not judged as a whole"
        return ", ".join(("conformant", *self.remarks))

    @property
    def predicate(self) -> str:
        """The verdict as what a sentence says of the implementation."""
        if self.is_open:
            return f"was not judged{' to the end' if self.judged else ''}: {self.words}"
        if self.red:
            return f"is not conformant: {self.words}"
        return self.words if self.selected else f"is {self.words}"

    @property
    def share(self) -> int:
        """The percentage of the requirements that was judged: 100 only if all were, 0 only if none was."""
        return _percent(self.judged, self.observable)


class Tally(NamedTuple):
    """How many cases were planned, executed and not run, and with what outcomes those were run that were."""

    planned: int
    executed: int
    not_run: int
    outcomes: Mapping[Outcome, int]


def count_cases(report: Report) -> Tally:
    """Count the cases of all runs of a report; what is not applicable was run, and not executed."""
    counts = Counter(result.outcome for run in report.runs for result in run.results if result.was_run)
    not_run = sum(len(run.not_run) for run in report.runs)
    return Tally(
        planned=counts.total() + not_run,
        executed=counts.total() - counts["not applicable"],
        not_run=not_run,
        outcomes={outcome: counts[outcome] for outcome in OUTCOMES},
    )


def verdict_of(run: Run, requirements: Iterable[Statement]) -> Verdict:
    """Judge a run by its results, and by the planned cases that have none."""
    counts = Counter(status_of(result) for result in run.results if result.was_run)
    not_run = len(run.not_run)
    reds = [status for status in STATUSES if counts[status] and is_red(status, run.level)]
    problems = [_say_red(status, counts[status]) for status in reds]
    if not_run:
        problems.append(f"{not_run} not run")
    if counts.total() == counts["not applicable"]:
        problems.append("nothing executed")
    requirements = tuple(requirements)
    judged, observable = _judged(run, requirements, run.surfaces)
    remarks = []
    if counts["should failed"] and "should failed" not in reds:
        remarks.append(count(counts["should failed"], "warning"))
    if counts["known"]:
        remarks.append(count(counts["known"], "known failure"))
    selected = f"{len(run.results) + len(run.without_result)} of {count(run.offered or 0, 'case')}"
    if judged < observable and not run.is_part:
        remarks += _say_share(run, requirements)
    return Verdict(
        red=bool(problems),
        is_open=bool(problems) and not reds,
        problems=tuple(problems),
        remarks=tuple(remarks),
        counts={status: counts[status] for status in STATUSES},
        not_run=not_run,
        judged=judged,
        observable=observable,
        selected=selected if run.is_part else None,
    )


def _say_red(status: Status, number: int) -> str:
    if status == "errored":
        return f"{number} errored"
    return f"{count(number, 'case')} violate{'s' if number == 1 else ''} a {status.removesuffix(' failed')}"


def _say_share(run: Run, requirements: Iterable[Statement]) -> Iterator[str]:
    """Say on how many surfaces anything was judged, if not on all, and how much there."""
    surfaces = {result.surface for result in run.results if result.outcome != "not applicable"}
    there = ""
    if len(surfaces) < len(run.surfaces):
        yield f"judged on {len(surfaces)} of {len(run.surfaces)} surfaces"
        there = " there"
    judged, observable = _judged(run, requirements, surfaces)
    if judged < observable:
        yield f"{_percent(judged, observable)}% of the requirements judged{there}"


def _judged(run: Run, requirements: Iterable[Statement], surfaces: Collection[str]) -> tuple[int, int]:
    """Count the requirements that were judged on some surfaces, and those that can be, each on each surface."""
    counting = (result for result in run.results if result.was_run and result.outcome != "not applicable")
    executed = {(result.edition, result.requirement, result.surface) for result in counting}
    concerned = {
        key
        for statement in requirements
        if statement.edition in run.editions and statement.unobservable is None
        for surface in statement.levels
        if surface in surfaces
        # What only a built app shows concerns nothing that is played.
        if (key := (statement.edition, statement.id, surface)) in executed or statement.built_apps is None
    }
    return len(concerned & executed), len(concerned)


def _percent(part: int, whole: int) -> int:
    return max(100 * part // whole, min(part, 1)) if whole else 0


def verdicts_of(report: Report) -> tuple[Verdict, ...]:
    """Judge every run of a report, in its order."""
    return tuple(verdict_of(run, report.requirements) for run in report.runs)


def is_report_red(report: Report) -> bool:
    """Say whether anything in a report is red, ignoring runs that later ones supersede."""
    return bool(report.problems) or not report.runs or any(verdict.red for _, verdict in current_verdicts(report))


def current_verdicts(report: Report) -> Iterator[tuple[Run, Verdict]]:
    """Judge every run that no later one supersedes."""
    return ((run, v) for run, v in zip(report.runs, verdicts_of(report), strict=True) if not run.superseded)


def sentences(report: Report) -> Iterator[str]:
    """Yield the verdict on each run in a sentence, ignoring runs that later ones supersede."""
    for run, verdict in current_verdicts(report):
        yield f"{run.name} {verdict.predicate}"


def headline(report: Report) -> str:
    """Sum up a report in one sentence, which begins with what turned it red."""
    current = list(current_verdicts(report))
    if not current:
        return "Nothing was judged"
    said = _say_of_all(current) if len(current) > 1 else next(sentences(report))
    if len(report.problems) > 1:
        problems = [f"{len(report.problems)} problems outside the results"]
    else:
        problems = [_ADVICE.sub("", problem.partition("\n")[0]) for problem in report.problems]
    if problems and not any(verdict.red for _, verdict in current):
        return f"{problems[0]}; apart from that: {said}"
    return "; ".join([said, *problems])


def _say_of_all(current: Sequence[tuple[Run, Verdict]]) -> str:
    """Sum up several runs."""
    cut_short = sum(verdict.is_open for _, verdict in current)
    bad = sum(verdict.red for _, verdict in current) - cut_short
    counts = ((bad, "is", "are", "not conformant"), (cut_short, "was", "were", "not judged to the end"))
    red = [f"{n} of {len(current)} runs {one if n == 1 else many} {what}" for n, one, many, what in counts if n]
    if red:
        return ", ".join(red)
    if any(verdict.selected for _, verdict in current):
        return f"Nothing failed in {len(current)} runs, of which not all judged an implementation as a whole"
    return f"All {len(current)} runs are conformant"
