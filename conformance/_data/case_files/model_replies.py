"""Makes the replies of a script of what a data file says."""

from collections.abc import Iterator, Mapping
from itertools import count
from json import dumps  # by name: an implementation may patch the module
from typing import Any, Final

from conformance._service import Fault, Reply, ToolCall
from conformance._text.yaml_documents import Document, Location

_EXPECTED: Final = "a text, calls, a refusal or a status"


def read_replies(document: Document, location: Location, records: Any) -> Iterator[Reply | Fault]:
    """Make the scripted replies; tool calls without an id are numbered through the whole script."""
    numbers = count(1)
    for position, record in enumerate(records):
        place = (*location, position)
        if isinstance(record, Mapping) and ("status" in record or "lasts" in record):
            yield _fault(document, place, record)
        else:
            yield _reply(document, place, record, numbers)


def _reply(document: Document, location: Location, record: Any, numbers: Iterator[int]) -> Reply:
    if isinstance(record, str):
        return Reply(text=record)
    calls = tuple(_call(call, next(numbers)) for call in record.get("calls", ()))
    further = tuple(
        _choice(document, (*location, "further_choices", position), choice, numbers)
        for position, choice in enumerate(record.get("further_choices", ()))
    )
    try:
        return Reply(
            text=record.get("text"),
            calls=calls,
            refusal=record.get("refusal"),
            finish_reason=record.get("finish_reason"),
            further_choices=further,
        )
    except ValueError as error:
        raise document.error(location, str(error), _EXPECTED) from error


def _choice(document: Document, location: Location, record: Any, numbers: Iterator[int]) -> Reply:
    for key in ("status", "lasts", "further_choices"):
        if isinstance(record, Mapping) and key in record:
            raise document.error((*location, key), f"{key} in a further choice", "a text, calls or a refusal")
    return _reply(document, location, record, numbers)


def _call(record: Mapping[str, Any], number: int) -> ToolCall:
    arguments = record["arguments"]
    text = arguments if isinstance(arguments, str) else dumps(arguments, ensure_ascii=False)
    return ToolCall(id=record.get("id", f"call_{number}"), name=record["name"], arguments=text)


def _fault(document: Document, location: Location, record: Mapping[str, Any]) -> Fault:
    if "status" not in record:
        raise document.error(location, "lasts, but no status", _EXPECTED)
    said = ", ".join(key for key in record if key not in {"status", "lasts"})
    if said:
        raise document.error(location, f"status together with {said}", _EXPECTED)
    return Fault(status=record["status"], lasts=record.get("lasts", "once"))
