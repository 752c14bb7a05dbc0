"""The overview of published implementations as one HTML file without scripts, which needs nothing else."""

from html import escape
from string import Template
from typing import Final

from conformance.report.failure_text import DigestLine
from conformance.report.forms.html_page import allow_only, read_part
from conformance.report.overviews.overview import Demand, Overview, OverviewEntry, Published, Standing

_SIGNS: Final = {
    "errored": ("E", "errored"),
    "must failed": ("✕", "must"),
    "should failed": ("!", "should"),
    "known": ("≈", "known"),
    "passed": ("✓", "passed"),
    "not applicable": ("–", "na"),  # noqa: RUF001  # the sign of the report's page
}
"""The sign of each status, and the class of its cell."""


def render(overview: Overview) -> str:
    """Return the overview as a page."""
    style = read_part("overview.css")
    return Template(read_part("overview.html")).substitute(
        policy=allow_only(style=style),
        style=style,
        notes="".join(f"<p>{escape(note)}</p>" for note in overview.notes),
        implementations="".join(map(_card, overview.implementations)),
        tables="".join(_table(edition, demands, overview) for edition, demands in overview.editions),
        entries="".join(map(_found, overview.implementations)),
    )


def _card(one: Published) -> str:
    editions = ", ".join(one.run.editions)
    how = f"<p>{escape(one.how)}</p>" if one.how else ""
    kind = "red" if one.verdict.red else "green"
    return (
        f'<article class="{kind}"><h2>{escape(one.name)}</h2><p>{escape(one.language)}</p>'
        f"<p><strong>{escape(one.verdict.words)}</strong></p>{how}"
        f'<p class="muted">Editions {editions}, {one.run.when[:10]}, suite {escape(one.run.suite)}</p></article>\n'
    )


def _table(edition: str, demands: list[Demand], overview: Overview) -> str:
    heads = "".join(f'<th scope="col">{escape(one.name)}</th>' for one in overview.implementations)
    rows = "".join(_row(demand, overview) for demand in demands)
    return (
        f'<h2 id="edition-{edition}">Edition {edition}</h2>\n<div class="scroll" tabindex="0" role="region" '
        f'aria-labelledby="edition-{edition}"><table><thead><tr><th scope="col">Requirement</th>{heads}</tr></thead>\n'
        f"<tbody>{rows}</tbody></table></div>\n"
    )


def _row(demand: Demand, overview: Overview) -> str:
    one = demand.statement
    cells = "".join(
        _cell(standing, f"{one.id}, {column.name}")
        for standing, column in zip(demand.standings, overview.implementations, strict=True)
    )
    return f'<tr><th scope="row"><code>{one.id}</code> {escape(one.statement)}</th>{cells}</tr>\n'


def _cell(standing: Standing | None, about: str) -> str:
    if standing is None:
        return "<td></td>"
    sign, kind = _SIGNS[standing.status]
    said = f"{standing.status}, {standing.failing} of {standing.cases} cases" if standing.failing else standing.status
    label = escape(f"{about}: {said}")
    if standing.entry is None:
        return f'<td class="{kind}"><span role="img" aria-label="{label}" title="{label}">{sign}</span></td>'
    text = f"{sign} {standing.failing}/{standing.cases}"
    return (
        f'<td class="{kind}"><a href="#finding-{standing.entry}" aria-label="{label}" title="{label}">{text}</a></td>'
    )


def _found(one: Published) -> str:
    entries = "".join(map(_entry, one.entries))
    return f"<h3>{escape(one.name)}</h3>\n{entries or '<p>Nothing.</p>'}"


def _entry(entry: OverviewEntry) -> str:
    first, *lines = entry.lines
    sign, kind = _SIGNS[entry.defect.status]
    return (
        f'<section class="entry {kind}" id="finding-{entry.number}"><h4><span aria-hidden="true">{sign}</span> '
        f"{escape(first.text)}</h4>{''.join(_say(line) for line in lines)}</section>\n"
    )


def _say(line: DigestLine) -> str:
    text = escape(line.text)
    match line.kind:
        case "finding" | "request" | "rerun":
            return f"<p><code>{text}</code></p>"
        case "body" | "note" | "printed":
            return f"<pre>{text}</pre>"
    return f"<p>{text}</p>"
