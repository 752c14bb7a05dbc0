"""The overview of published implementations as Markdown."""

from collections.abc import Iterator
from typing import Final

from conformance.report.failure_text import name_editions
from conformance.report.forms.markdown import SYMBOLS, say
from conformance.report.forms.markdown_text import escape, table
from conformance.report.overviews.overview import Demand, Overview, OverviewEntry, Published, Standing

_HEAD: Final = """\
# Verdicts

Made by `python -m conformance verdicts docs/verdicts`; a test keeps it current.

What published implementations of the assistant skill trigger do, judged by this suite: a row for each requirement of
each edition, a column for each implementation. A sign leads to what was found. ✅ all cases pass · ❌ a must is
violated · ⚠️ a should is violated · 💥 an error · ⚪ not applicable: no case of it can be run with what is there ·
empty: it does not concern the language."""


def render(overview: Overview) -> str:
    """Return the overview as Markdown."""
    parts = (_notes, _implementations, _tables, _entries)
    return "\n".join([_HEAD, "", *(line for part in parts for line in part(overview))]) + "\n"


def _notes(overview: Overview) -> Iterator[str]:
    for note in overview.notes:
        yield escape(note)
        yield ""


def _implementations(overview: Overview) -> Iterator[str]:
    rows = [
        [escape(one.name), escape(one.language), escape(one.verdict.words), _how(one)]
        for one in overview.implementations
    ]
    yield from table(["implementation", "language", "verdict", "how it was judged"], [], rows)


def _how(one: Published) -> str:
    said = f"{name_editions(one.run.editions)}, {one.run.when[:10]}, suite {one.run.suite}"
    return escape(f"{said}. {one.how}" if one.how else said)


def _tables(overview: Overview) -> Iterator[str]:
    for edition, demands in overview.editions:
        yield ""
        yield f"## Edition {edition}"
        yield ""
        names = [escape(one.name) for one in overview.implementations]
        yield from table(["requirement", *names], [], [_row(demand) for demand in demands])


def _row(demand: Demand) -> list[str]:
    one = demand.statement
    link = f"[{one.id}](requirements.md#{one.edition}-{one.id.lower()})"
    return [f"{link}: {escape(one.statement)}", *map(_cell, demand.standings)]


def _cell(standing: Standing | None) -> str:
    if standing is None:
        return ""
    sign = SYMBOLS[standing.status]
    if standing.entry is None:
        return sign
    return f"[{sign} {standing.failing} of {standing.cases}](#finding-{standing.entry})"


def _entries(overview: Overview) -> Iterator[str]:
    yield ""
    yield "## What was found"
    for one in overview.implementations:
        yield ""
        yield f"### {escape(one.name)}"
        yield ""
        if not one.entries:
            yield "Nothing."
        for entry in one.entries:
            yield from _entry(entry)


def _entry(entry: OverviewEntry) -> Iterator[str]:
    first, *lines = entry.lines
    yield f'<a id="finding-{entry.number}"></a>'
    yield f"**{SYMBOLS[entry.defect.status]} {escape(first.text)}**"
    yield ""
    yield from (f"- {say(line)}" for line in lines)
    yield ""
