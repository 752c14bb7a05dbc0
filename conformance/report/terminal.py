"""The summary of a run, as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from conformance._data.requirements import Requirement
from conformance._judging.result import OUTCOMES, Result
from conformance._targets.target import Target

_MAX_LISTED = 20


def summarise(
    targets: Sequence[Target],
    requirements: Mapping[str, Mapping[str, Requirement]],
    results: Mapping[str, Result],
    planned: AbstractSet[str],
) -> Iterator[str]:
    """Yield the summary: for each implementation and edition a table of requirement groups, then what adds up.

    `requirements` are those of each edition, by edition and id.
    """
    for target in targets:
        for edition in requirements:
            chosen = [r for r in results.values() if (r.implementation, r.edition) == (target.name, edition)]
            if chosen:
                version = f" {target.version}" if target.version else ""
                yield f"{target.name}{version}, edition {edition}"
                yield from _table(chosen)
                yield from _reasons(chosen)
                yield from _disagreements(chosen, requirements[edition])
    yield from _should_findings(results.values())
    yield from _accounts(results, planned)


def _table(results: Sequence[Result]) -> Iterator[str]:
    groups = dict.fromkeys(sorted(result.group for result in results))
    width = max(len("requirements"), *map(len, groups))
    yield f"  {'requirements':{width}}  " + "  ".join(f"{outcome:>{len(outcome)}}" for outcome in OUTCOMES)
    for group in groups:
        counts = Counter(result.outcome for result in results if result.group == group)
        yield f"  {group:{width}}  " + "  ".join(f"{counts[outcome]:>{len(outcome)}}" for outcome in OUTCOMES)


def _reasons(results: Iterable[Result]) -> Iterator[str]:
    reasons = Counter(result.reason for result in results if result.outcome == "not applicable")
    for reason, count in sorted(reasons.items(), key=str):
        yield f"  not applicable: {count} because the implementation {reason}"


def _disagreements(results: Iterable[Result], requirements: Mapping[str, Requirement]) -> Iterator[str]:
    """Say where what failed is what the shipped extension does too."""
    violated = {finding.requirement for result in results for finding in result.findings}
    for name in sorted(violated & requirements.keys()):
        if requirements[name].disagreement is not None:
            yield f"  disagreement: {name}: {requirements[name].disagreement}"


def _should_findings(results: Iterable[Result]) -> Iterator[str]:
    found = [
        (finding, result)
        for result in results
        if result.outcome == "failed" and result.worst == "should"
        for finding in result.findings
    ]
    for finding, result in found[:_MAX_LISTED]:
        yield f"  should: {finding.requirement} {result.case}[{result.surface}] {finding}"
    if len(found) > _MAX_LISTED:
        yield f"  should: and {len(found) - _MAX_LISTED} more"


def _accounts(results: Mapping[str, Result], planned: AbstractSet[str]) -> Iterator[str]:
    counts = Counter(result.outcome for result in results.values())
    executed = len(results) - counts["not applicable"]
    parts = ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES if counts[outcome])
    yield f"planned {len(planned)}, executed {executed}: {parts or 'nothing'}"
    missing = planned - results.keys()
    if missing:
        shown = ", ".join(sorted(missing)[:3])
        yield f"not run: {len(missing)} ({shown}{', …' if len(missing) > 3 else ''})"  # noqa: PLR2004
