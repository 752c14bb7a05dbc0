"""The report as one HTML file that needs nothing else: its parts are in html/, its data is embedded as JSON."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from json import dumps  # by name: an implementation may patch the module
from pathlib import Path
from string import Template
from typing import Any, Final

from conformance.report.document import join_items, join_members
from conformance.report.forms.html_data import describe
from conformance.report.model import Report
from conformance.report.verdict import headline, is_report_red

_PARTS: Final = Path(__file__).parents[1] / "html"
_STYLES: Final = ("page.css", "matrix.css", "panel.css", "print.css")
_SCRIPTS: Final = ("dom.js", "summary.js", "filters.js", "matrix.js", "panel.js", "page.js")

_HARMLESS: Final = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}
"""What could end the element that holds the data, as JSON may also write it."""


def render(report: Report) -> Iterator[str]:
    """Yield the report as a page."""
    style = "".join(map(read_part, _STYLES))
    script = '"use strict";\n' + "".join(map(read_part, _SCRIPTS))
    red = is_report_red(report)
    facts = {
        "policy": allow_only(style=style, script=script),
        "style": style,
        "script": script,
        "headline": escape(headline(report)),
        "icon": f"%3Ccircle cx='8' cy='8' r='8' fill='%23{'b3261e' if red else '1d7a43'}'/%3E",
    }
    before, after = read_part("page.html").split("$data")
    yield Template(before).substitute(facts)
    yield from _data(describe(report))
    yield Template(after).substitute(facts)


def _data(members: Mapping[str, Any]) -> Iterator[str]:
    """Yield an object as JSON, what is iterated over in it item by item."""
    return join_members(
        {
            name: join_items([embed(item)] for item in value) if isinstance(value, Iterator) else [embed(value)]
            for name, value in members.items()
        }
    )


def embed(value: Any) -> str:
    """Return a value as JSON that stays within its script element whatever it holds."""
    return dumps(value, separators=(",", ":")).translate(_HARMLESS)


def allow_only(**sources: str) -> str:
    """Return the content security policy that allows this `style` and `script`, and nothing from anywhere."""
    own = [f"{name}-src {_hash(text)}" for name, text in sources.items()]
    return "; ".join(["default-src 'none'", *own, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def read_part(part: str) -> str:
    """Return the text of a file in html/."""
    return (_PARTS / part).read_text("utf-8")
