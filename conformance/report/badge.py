"""The badge: as an SVG of our own, and as the JSON that badge services read from an endpoint."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Final

from conformance.report.model import Report
from conformance.report.verdict import Verdict, is_report_red, judge_all

LABEL: Final = "assistant skill trigger"

_WIDTHS: Final = {" ": 3.9, "m": 10.7, "w": 9.0, "i": 3.1, "l": 3.1, "j": 3.8, "t": 4.4, "f": 4.0, "r": 4.8, "s": 5.8}
_USUAL_WIDTH: Final = 7.0
"""About how wide the characters of Verdana are at 11 pixels; near enough, as the text is fitted to it."""

_ALL: Final = 100

_COLORS: Final = {"brightgreen": "#2c7a3f", "green": "#5a7d1c", "yellow": "#96690a", "red": "#b3261e"}
"""The service's names of colours, and ours: each dark enough for white text."""


def render_endpoint(report: Report) -> str:
    """Return the badge for services such as shields.io, which fetch it from an address."""
    message, color = _say(report)
    return json.dumps({"schemaVersion": 1, "label": LABEL, "message": message, "color": color}) + "\n"


def render_svg(report: Report) -> str:
    """Return the badge as an SVG image."""
    message, color = _say(report)
    left, right = _width(LABEL) + 10, _width(message) + 10
    title = escape(f"{LABEL}: {message}")
    texts = "".join(
        f'<text x="{x:.0f}" y="14" textLength="{_width(text):.0f}">{escape(text)}</text>'
        for x, text in ((left / 2, LABEL), (left + right / 2, message))
    )
    size = f'width="{left + right:.0f}" height="20"'
    return f"""<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{title}">
<title>{title}</title>
<clipPath id="r"><rect {size} rx="3"/></clipPath>
<g clip-path="url(#r)"><path fill="#444c56" d="M0 0h{left:.0f}v20H0z"/>\
<path fill="{_COLORS[color]}" d="M{left:.0f} 0h{right:.0f}v20H{left:.0f}z"/></g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">{texts}</g>
</svg>
"""


def _say(report: Report) -> tuple[str, str]:
    """Return the message and the name of the colour."""
    judged = [(run, v) for run, v in zip(report.runs, judge_all(report), strict=True) if not run.superseded]
    if is_report_red(report):
        return _say_why([verdict for _, verdict in judged if verdict.red], len(judged), len(report.problems)), "red"
    known = sum(verdict.counts["known"] for _, verdict in judged)
    if known:
        return f"{known} known to fail", "yellow"
    conformant = f"conformant {', '.join(sorted({edition for run, _ in judged for edition in run.editions}))}"
    share = min(verdict.share for _, verdict in judged)
    return (conformant, "brightgreen") if share == _ALL else (f"{conformant}, {share}% judged", "green")


def _say_why(red: Sequence[Verdict], runs: int, problems: int) -> str:
    """Return why a report is red, as shortly as it can be said."""
    if red and runs == 1:
        return ", ".join(red[0].problems)
    if red:
        return f"{len(red)} of {runs} not conformant"
    return f"{problems} problem{'' if problems == 1 else 's'}" if problems else "nothing judged"


def _width(text: str) -> float:
    """Return about how wide a text is, in pixels."""
    return sum(_WIDTHS.get(character, _USUAL_WIDTH) for character in text)
