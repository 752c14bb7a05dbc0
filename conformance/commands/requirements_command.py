"""Prints the requirements of each edition, with the cases that check them and the reasons for those none can check."""

import argparse
import sys
from collections.abc import Iterator, Sequence

from conformance._data.coverage import Coverage, cover, find_gaps
from conformance._data.editions import edition_of
from conformance._data.requirements import Level, Requirement
from conformance._text.output import say
from conformance.contract import EDITIONS, SURFACES, Surface
from conformance.report.forms.markdown_text import table

HELP = "print each requirement with the cases that check it, or the reason why none can"

_HEAD = """\
# Requirements

Made by `python -m conformance requirements --format md`; a test keeps it current.

Every normative statement of each edition of the documentation, in our own words. **must**: the documentation says so
for these surfaces. **should**: it follows from what the documentation refers to, from how the shipped extension
behaves, or is good behaviour where the documentation is silent; its source says which. Each is checked by cases, on
every surface that it concerns, or cannot be observed, for the reason given.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--edition", choices=EDITIONS, help="only this edition")
    parser.add_argument("--format", choices=("text", "md"), default="text", help="plain text (default) or Markdown")


def run(options: argparse.Namespace) -> int:
    """Print; return 1 if a requirement is covered by nothing."""
    editions = [options.edition] if options.edition else EDITIONS
    coverage = {edition: cover(edition_of(edition)) for edition in editions}
    lines = to_markdown(coverage) if options.format == "md" else to_text(coverage)
    for line in lines:
        say(line)
    gaps = [gap for edition in editions for gap in find_gaps(coverage[edition])]
    for gap in gaps:
        say(gap, sys.stderr)
    return 1 if gaps else 0


def to_text(coverage: dict[str, list[Coverage]]) -> Iterator[str]:
    """Yield the matrix of requirements and surfaces: the number of cases of each, and their ids below."""
    for edition, requirements in coverage.items():
        yield f"edition {edition}"
        for one in requirements:
            requirement = one.requirement
            yield f"  {requirement.id} ({_levels(requirement)}): {requirement.statement}"
            if excuse := _excuse(requirement):
                yield f"    {excuse[0]}: {excuse[1]}"
                continue
            for cases, surfaces in one.by_cases.items():
                yield f"    {', '.join(surfaces)}: {', '.join(cases) or 'no case'}"


def _excuse(requirement: Requirement) -> tuple[str, str] | None:
    """Return what keeps cases from checking a requirement, in two words and in full; None if cases check it."""
    if requirement.unobservable is not None:
        return "unobservable", requirement.unobservable
    return None if requirement.built_apps is None else ("built apps only", requirement.built_apps)


def to_markdown(coverage: dict[str, list[Coverage]]) -> Iterator[str]:
    """Yield docs/requirements.md."""
    yield from _HEAD.splitlines()
    for edition, requirements in coverage.items():
        yield ""
        yield f"## Edition {edition}"
        yield from _overview(requirements)
        for one in requirements:
            yield ""
            yield f'<a id="{_anchor(one)}"></a>'
            yield ""
            yield f"### {one.requirement.id}"
            yield ""
            yield from _describe(one)


def _overview(requirements: Sequence[Coverage]) -> Iterator[str]:
    """Yield a table: the number of cases by requirement and surface."""
    yield ""
    yield "The number of cases, in bold where the requirement is a must."
    yield ""
    rows = (
        [f"[{one.requirement.id}](#{_anchor(one)})", *(_cell(one, surface) for surface in SURFACES)]
        for one in requirements
    )
    yield from table(["requirement"], SURFACES, rows)


def _anchor(one: Coverage) -> str:
    return f"{one.edition}-{one.requirement.id.lower()}"


def _cell(one: Coverage, surface: Surface) -> str:
    if surface not in one.requirement.levels:
        return ""
    excuse = _excuse(one.requirement)
    cases = excuse[0] if excuse else str(len(one.cases[surface]))
    return f"**{cases}**" if one.requirement.levels[surface] == "must" else cases


def _describe(one: Coverage) -> Iterator[str]:
    requirement = one.requirement
    yield f"{_levels(requirement, '**')}: {requirement.statement} ({requirement.section})"
    yield ""
    remarks = {
        "follows from": requirement.source,
        "interpretation": requirement.interpretation,
        "disagreement": requirement.disagreement,
        "unobservable": requirement.unobservable,
        "built apps only": requirement.built_apps,
    }
    yield from (f"- {name}: {' '.join(text.split())}" for name, text in remarks.items() if text is not None)
    if _excuse(requirement) is None:
        for cases, surfaces in one.by_cases.items():
            yield f"- cases on {_where(surfaces)}: {', '.join(f'`{case}`' for case in cases)}"


def _levels(requirement: Requirement, mark: str = "") -> str:
    """Say at which level a requirement is, and on which surfaces; `mark` surrounds each level."""
    surfaces: dict[Level, list[Surface]] = {}
    for surface, level in requirement.levels.items():
        surfaces.setdefault(level, []).append(surface)
    return "; ".join(f"{mark}{level}{mark} on {_where(surfaces[level])}" for level in sorted(surfaces))


def _where(surfaces: Sequence[Surface]) -> str:
    return "every surface" if len(surfaces) == len(SURFACES) else ", ".join(surfaces)
