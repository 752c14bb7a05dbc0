"""Makes the replies of a script of what a data file says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from conformance._service import Fault, Reply, ToolCall
from conformance._text.yaml_documents import Document, Location


def read_replies(document: Document, location: Location, records: Any) -> Iterator[Reply | Fault]:
    """Make the scripted replies; tool calls without an id are numbered through the whole script."""
    number = 0
    for position, record in enumerate(records):
        if isinstance(record, str):
            yield Reply(text=record)
        elif "status" in record or "always" in record:
            yield _fault(document, (*location, position), record)
        else:
            calls = []
            for call in record.get("calls", ()):
                number += 1
                arguments = call["arguments"]
                text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
                calls.append(ToolCall(id=call.get("id", f"call_{number}"), name=call["name"], arguments=text))
            yield Reply(text=record.get("text"), calls=tuple(calls))


def _fault(document: Document, location: Location, record: Mapping[str, Any]) -> Fault:
    expected = "a text, calls or a status"
    if "status" not in record:
        raise document.error(location, "always, but no status", expected)
    said = ", ".join(key for key in ("text", "calls") if key in record)
    if said:
        raise document.error(location, f"status beside {said}", expected)
    return Fault(status=record["status"], always=record.get("always", False))
