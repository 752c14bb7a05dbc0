"""Writes a report in the form that a file's ending asks for."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from conformance._text.files import write_atomically
from conformance.report.model import Report
from conformance.report.redaction import redact_report
from conformance.report.report_error import ReportError

_FORMS: Final = {
    ".badge.json": "conformance.report.forms.badge:render_badge",
    ".json": "conformance.report.document:render",
    ".md": "conformance.report.forms.markdown:render",
    ".html": "conformance.report.forms.html_page:render",
}
"""What renders each form, as a text or in pieces, by the file's ending; loaded only when it is needed."""

ENDINGS: Final = tuple(_FORMS)


def check_path(path: Path) -> str:
    """Return the path's ending; raise ReportError for an unknown one, and for a folder that does not exist."""
    ending = _ending(path)
    if path.is_dir():
        raise ReportError(path, "a folder", "a file")
    if not path.parent.is_dir():
        raise ReportError(path, f"no folder {path.parent}", "a folder that exists")
    return ending


def write(report: Report, path: Path) -> None:
    """Write a report, all of it or nothing; no secret of the caller's environment is in it."""
    ending = check_path(path)
    try:
        write_atomically(path, _pieces(report, ending))
    except OSError as error:
        raise ReportError(path, error.strerror or str(error), "a place where a file can be written") from error


def render(report: Report, ending: str) -> str:
    """Return a report in the form of one of `ENDINGS`; no secret of the caller's environment is in it."""
    return "".join(_pieces(report, ending))


def _pieces(report: Report, ending: str) -> Iterator[str]:
    """Yield a report piece by piece: as one text, that of a large run would not fit into memory."""
    module, _, function = _FORMS[ending].partition(":")
    rendered: str | Iterable[str] = getattr(import_module(module), function)(redact_report(report))
    for piece in [rendered] if isinstance(rendered, str) else rendered:
        # Half a surrogate pair has no UTF-8; escaped it is still right in JSON, and readable elsewhere.
        yield piece.encode("utf-8", "backslashreplace").decode("utf-8")


def _ending(path: Path) -> str:
    for ending in _FORMS:
        if path.name.lower() == ending:
            raise ReportError(path, "a name that is an ending only", f"a name before it, as in report{ending}")
        if path.name.lower().endswith(ending):
            return ending
    raise ReportError(path, f"the ending {path.suffix!r}", f"one of {', '.join(ENDINGS)}")
