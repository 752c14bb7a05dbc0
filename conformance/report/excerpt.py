"""The part of a request that a finding is about, short enough for a screen."""

import re
from collections.abc import Iterator, Mapping
from json import dumps  # by name: an implementation may patch the module
from typing import Any, Final

from conformance._judging.result import Finding, Result, Sent
from conformance._text import json_values
from conformance._text.words import cut_text

_MAX_VALUE: Final = 240
_MAX_SCALAR: Final = 60
_REQUEST: Final = re.compile(r"request (\d+)")
_PATH: Final = re.compile(r"(?:length of )?(?:body\.)?(\w+)(?:\[(\d+)\]|\.([^.\[]+))?")
_VIEWS: Final = {"results": "messages", "told": "messages"}
"""What findings call a member by another name than the body does."""

_NOT_IN_REQUESTS: Final = re.compile(r"binding|the (control )?declaration|construct")


def request_of(result: Result, findings: tuple[Finding, ...]) -> tuple[int, Sent] | None:
    """Return the number and the request that shows what was found: the one that is named, or else the last."""
    for finding in findings:
        match = _REQUEST.match(finding.where or "")
        if match and int(match[1]) <= len(result.requests):
            return int(match[1]), result.requests[int(match[1]) - 1]
    about_requests = not findings or any(_NOT_IN_REQUESTS.match(finding.what) is None for finding in findings)
    return (len(result.requests), result.requests[-1]) if result.requests and about_requests else None


def shorten(body: str, finding: Finding | None = None) -> str:
    """Return a body as one line in which only the member that a finding is about is shown in full."""
    try:
        value = json_values.parse(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        return cut_text(body, _MAX_VALUE)
    member, detail = _place_of(finding)
    if member not in value:
        member, detail = "messages", None
    return f"{{{', '.join(_members(value, member, detail))}}}"


def _members(value: Mapping[str, Any], member: str, detail: str | None) -> Iterator[str]:
    for name, one in value.items():
        if name == member and isinstance(one, list) and one:
            text = _item(one, detail)
        elif name == member:
            text = json_values.show(one, _MAX_VALUE)
        else:
            text = _folded(one)
        yield f"{dumps(name, ensure_ascii=False)}: {text}"


def _place_of(finding: Finding | None) -> tuple[str, str | None]:
    """Return the member of the body that a finding is about, and which of its items: a number, a name, a call's id."""
    if finding is None:
        return "messages", None
    what = finding.got.partition("(")[2] if finding.what == "the request" else finding.what
    match = _PATH.match(what)
    if match is None:
        return "messages", None
    return _VIEWS.get(match[1], match[1]), match[2] or match[3]


def _item(items: list[Any], detail: str | None) -> str:
    """Show the item that is meant, or else the last one, and how many others there are."""
    index = next((number for number, item in enumerate(items) if _is_meant(number, item, detail)), len(items) - 1)
    before, after = index, len(items) - index - 1
    parts = [f"{before} before not shown"] * bool(before)
    parts += [json_values.show(items[index], _MAX_VALUE)]
    parts += [f"{after} more not shown"] * bool(after)
    return f"[{', '.join(parts)}]"


def _is_meant(number: int, item: Any, detail: str | None) -> bool:
    if detail is None or not isinstance(item, dict):
        return False
    function = item.get("function")
    name = function.get("name") if isinstance(function, dict) else None
    return detail in {str(number), name, item.get("tool_call_id")}


def _folded(value: Any) -> str:
    match value:
        case list() if value:
            return f"[{len(value)} not shown]"
        case dict() if value:
            return "{…}"
    return json_values.show(value, _MAX_SCALAR)
