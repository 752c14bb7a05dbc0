"""Which failures are one defect: those of one cause or at one place are told together, the most serious first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from conformance._data.open_world.matching import Cause
from conformance._data.requirements import Level
from conformance._judging.result import Finding, Result
from conformance.report.likeness import (
    Signature,
    cause_in,
    heading_of,
    is_beside_the_point,
    is_refused_declaration,
    names_cause,
    places_of,
    refusal_in,
    say_alike,
    signature_of,
)
from conformance.report.model import Report, Run, Statement
from conformance.report.verdict import Status, attribute, gravity, is_red


@dataclass(frozen=True, slots=True, kw_only=True)
class Violated:
    """A requirement that is violated, in the words of the first edition in which it is.

    `finding` is the one in the simplest case; a failure may come without one.
    """

    requirement: str
    level: Level
    statement: str
    section: str
    editions: tuple[str, ...]
    finding: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """One defect: what it violates, and the cases that show it, the simplest first.

    It is reported under the first of the `violations`; an error has none, since it may hide anything. `error` is the
    one from which the violation of several requirements follows: it is reported under that. `runs` are the indexes of
    the runs that have it; `results` are those of the first.
    """

    runs: tuple[int, ...]
    status: Status
    red: bool
    violations: tuple[Violated, ...]
    results: tuple[Result, ...]
    error: str | None = None

    @property
    def simplest(self) -> Result:
        """The case to look at first."""
        return self.results[0]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the simplest case, in the order of `sort`."""
        return self.sort(self.simplest.findings)

    def sort(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Put a refusal by the service first, then what is of the first violation."""
        name = self.violations[0].requirement if self.violations else ""
        refusal = refusal_in(findings)
        return tuple(sorted(findings, key=lambda one: (one is not refusal, one.requirement != name)))


def is_warning(defect: Defect) -> bool:
    """Say whether a defect is to be shown although it turns nothing red."""
    return defect.status == "should failed" and not defect.red


def find_defects(report: Report) -> tuple[Defect, ...]:
    """Return what is broken in the runs that count, the most serious first; what is known comes last."""
    found = [
        defect for index, run in enumerate(report.runs) if not run.superseded for defect in _defects(report, index, run)
    ]
    return tuple(sorted(_side_by_side(found), key=_rank))


_OF_ALL: Final = ("-EXAMPLE", "-HISTORY", "-REPEATABLE", "-RETRY-SAME")
"""How requirements end that are about a conversation as a whole, in which whatever is wrong shows."""


_OF_SKILLS: Final = frozenset({"AST-SERVICE-TOOLS", "AST-SERVICE-MESSAGES"})
"""By which the service refuses what an app made of its skills and their calls."""


def _is_consequence(violation: Violated) -> bool:
    """Say whether a violation shows what is wrong, not that it comes from an app before."""
    finding = violation.finding
    shows_leak = finding is not None and (finding.surplus or is_refused_declaration(finding))
    return not (names_cause(violation.requirement) and shows_leak)


def _rank(defect: Defect) -> tuple[object, ...]:
    """Return what to sort by: causes come before what follows from them, what only exploration found after the rest."""
    follows = all(map(_is_consequence, defect.violations[:1]))
    is_law = defect.simplest.id.is_law
    return gravity(defect.status), not defect.simplest.was_run, follows, is_law, -len(defect.results)


def _defects(report: Report, index: int, run: Run) -> Iterator[Defect]:
    yield from _errors(index, [result for result in run.results if result.outcome == "errored"])
    passed = Counter(result.requirement for result in run.results if result.outcome == "passed")
    for outcome in ("failed", "known"):
        results = [result for result in run.results if result.outcome == outcome]
        for same in _by_cause(results):
            groups = _by_requirement(report, same, passed, apart=run.is_built_app)
            for head, followers in _fold(groups):
                yield _defect(index, run, head, followers)


def _by_cause(results: Iterable[Result]) -> Iterator[list[Result]]:
    """Yield the results in which one error or refusal keeps several requirements from being met, then all others."""
    alike: dict[Cause | None, list[Result]] = {}
    for result in results:
        alike.setdefault(cause_in(result), []).append(result)
    others = []
    for cause, same in alike.items():
        is_shared = cause is not None and cause.kind != "silence" and len({result.requirement for result in same}) > 1
        if is_shared:
            yield same
        else:
            others += same
    yield others


def _errors(index: int, results: Iterable[Result]) -> Iterator[Defect]:
    """Yield each cause of an error once."""
    by_cause: dict[Cause | str, list[Result]] = {}
    for result in results:
        by_cause.setdefault(cause_in(result) or say_alike(result.reason or ""), []).append(result)
    for same in by_cause.values():
        simplest = tuple(sorted(same, key=_effort))
        yield Defect(runs=(index,), status="errored", red=True, violations=(), results=simplest)


@dataclass(slots=True, kw_only=True)
class _Group:
    """The results that speak against one requirement, and what they say against it.

    The most serious come first, and of these the simplest. `places` are where something is wrong; None is for what is
    nowhere in particular. It is `incidental` if it tends to show what others are about.
    """

    violation: Violated
    status: Status
    results: list[Result]
    signatures: set[Signature]
    places: set[str | None]
    incidental: bool = False

    @property
    def causes(self) -> set[Cause]:
        """The refusals and errors from which all that was found follows; none if something does not."""
        causes = [cause_in(result) for result in self.results]
        known = {cause for cause in causes if cause is not None}
        return known if None not in causes else set()


def _by_requirement(
    report: Report, results: Iterable[Result], passed: Mapping[str, int], *, apart: bool
) -> list[_Group]:
    """Group results by the requirements that they violate: musts first, then those with the most cases.

    Before that come those of which no more cases `passed` than failed: what is broken fails nearly all of its own
    cases, and some of those of a requirement that others are about, as all do that are about everything.
    `apart` says that results of one requirement are different defects if they differ in what was found: each skill of
    a built app is its author's own, while a case declares what it likes.
    """
    told: dict[tuple[str, str], list[tuple[Result, Status, Finding | None]]] = {}
    for result in results:
        for requirement, status, finding in attribute(result):
            found = str(finding) if apart else ""
            told.setdefault((requirement, found), []).append((result, status, finding))
    order = {statement.id: number for number, statement in enumerate(reversed(report.requirements))}
    groups = [_group(report, requirement, entries) for (requirement, _), entries in told.items()]
    for group in groups:
        requirement = group.violation.requirement
        group.incidental = (
            requirement.endswith(_OF_ALL)
            or passed[requirement] > len(group.results)
            or is_beside_the_point(requirement, group.places)
        )
    return sorted(
        groups,
        key=lambda group: (
            group.violation.level,  # "must" sorts before "should"
            group.results[0].id.is_law,
            group.incidental,
            -len(group.results),
            -order.get(group.violation.requirement, 0),
        ),
    )


def _group(report: Report, requirement: str, entries: list[tuple[Result, Status, Finding | None]]) -> _Group:
    ranked = sorted(entries, key=lambda one: (gravity(one[1]), one[0].requirement != requirement, *_effort(one[0])))
    results = list({result.id: result for result, _, _ in ranked}.values())
    shown = next((finding for finding in results[0].findings if finding.requirement == requirement), None)
    return _Group(
        violation=_violation(report, requirement, results, shown),
        status=ranked[0][1],
        results=results,
        signatures={signature_of(finding) for _, _, finding in entries if finding is not None},
        places=places_of(requirement, results),
    )


def _violation(report: Report, requirement: str, results: list[Result], shown: Finding | None) -> Violated:
    editions = tuple(sorted({result.edition for result in results}))
    statements = [statement for statement in report.requirements if statement.id == requirement]
    words: Statement | Finding | None = next((one for one in statements if one.edition in editions), shown)
    if shown is not None and shown.statement not in {one.statement for one in statements}:
        words = shown  # a built app refuses nothing, so it is told what is wrong with a declaration
    levels = {f.level for result in results for f in result.findings if f.requirement == requirement}
    levels |= {result.level for result in results if not result.findings}
    return Violated(
        requirement=requirement,
        level="must" if "must" in levels else "should",
        statement=words.statement if words else results[0].title,
        section=words.section if words else "",
        editions=editions,
        finding=shown,
    )


def _fold(groups: Iterable[_Group]) -> list[tuple[_Group, list[_Group]]]:
    """Put each group below the first one about the same defect, if there is one."""
    told: list[tuple[_Group, list[_Group]]] = []
    for group in groups:
        followers = next((followers for head, followers in told if _is_told_by(group, head)), None)
        if followers is None:
            told.append((group, []))
        else:
            followers.append(group)
    return told


def _is_told_by(group: _Group, head: _Group) -> bool:
    """Say whether a reader of one group knows of the other: the same words or place, or what follows in its cases."""
    if group.signatures == head.signatures != set():
        return True
    if group.places and None not in group.places and group.places <= head.places:
        return True
    if group.causes & head.causes or any(isinstance(one, Cause) for one in group.signatures & head.signatures):
        return True
    covered = {result.id for result in group.results} <= {result.id for result in head.results}
    return group.violation.level == "should" and (covered or group.signatures <= head.signatures)


def _defect(index: int, run: Run, head: _Group, followers: list[_Group]) -> Defect:
    results = {result.id: result for group in (head, *followers) for result in group.results}
    specific = _specific(head, followers)
    apt = specific or _most_apt(head, followers)
    violations = (apt.violation, *(group.violation for group in (head, *followers) if group is not apt))
    refused = set() if specific else {_refused_by(result) for result in results.values()}
    is_of_one_error = refused == {None} and len(set(map(cause_in, results.values()))) == 1 < len(violations)
    return Defect(
        runs=(index,),
        status=head.status,
        red=is_red(head.status, run.level),
        violations=tuple(sorted(violations, key=lambda one: {one.requirement} != refused)),
        results=tuple(results.values()),
        error=heading_of(head.results[0]) if is_of_one_error else None,
    )


def _most_apt(head: _Group, followers: Sequence[_Group]) -> _Group:
    """Return the group whose requirement is about what is wrong: where something leaks, the one that says so.

    Instead of a must that tends to show what others are about it is a should of which more cases fail.
    """
    for group in followers:
        finding = group.violation.finding
        if names_cause(group.violation.requirement) and finding is not None and finding.surplus:
            return group
    most = max(followers, key=lambda group: len(group.results), default=head)
    return most if head.incidental and len(most.results) > len(head.results) else head


def _specific(head: _Group, followers: Sequence[_Group]) -> _Group | None:
    """Return the group of the one requirement that all cases are about where the service refused what skills led to."""
    groups = (head, *followers)
    results = [result for group in groups for result in group.results]
    subjects = {result.requirement for result in results if not result.id.is_law}
    if len(subjects) != 1 or not {_refused_by(result) for result in results} <= _OF_SKILLS:
        return None
    return next((group for group in groups if group.violation.requirement in subjects), None)


def _refused_by(result: Result) -> str | None:
    """Return the requirement by which the service refused a request, if it refused one."""
    refusal = refusal_in(result.findings)
    return refusal.requirement if refusal is not None else None


def _effort(result: Result) -> tuple[object, ...]:
    """Return what to sort by so that the case that is read fastest comes first."""
    file, _, line = result.place.rpartition(":")
    return (
        result.id.is_law,
        len(result.findings),
        len(result.requests),
        sum(len(sent.body) for sent in result.requests),
        result.why is not None,  # a peculiar case
        file,
        int(line) if line.isdigit() else 0,
        result.id,
    )


def _side_by_side(defects: Iterable[Defect]) -> Iterator[Defect]:
    """Tell once what several runs have in common: the same violations, or the same error, in the same words."""
    alike: dict[object, list[Defect]] = {}
    for defect in defects:
        alike.setdefault(_identity(defect), []).append(defect)
    for same in alike.values():
        yield replace(same[0], runs=tuple(run for one in same for run in one.runs), red=any(one.red for one in same))


def _identity(defect: Defect) -> object:
    said = frozenset(signature_of(finding) for result in defect.results for finding in result.findings)
    reason = say_alike(defect.simplest.reason or "") if defect.status == "errored" else ""
    return (defect.status, tuple(violation.requirement for violation in defect.violations), said, reason)
