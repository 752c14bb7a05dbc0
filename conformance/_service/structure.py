"""Checks a body against the tables of its fields."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from conformance._service.departure import Constraint, Departure, place_of, rule_of
from conformance._service.shapes import Record, find_departures
from conformance._service.violation import Area, Violation
from conformance._service.wording import dotted

CODES: Final[Mapping[Constraint, str | None]] = {
    "missing": "missing_required_parameter",
    "missing_older": None,
    "unknown": "unknown_parameter",
    "unknown_in_text": "unknown_parameter",
    "type": "invalid_type",
    "null": "invalid_type",
    "word": "invalid_value",
    "form": "invalid_value",
    "empty_text": "empty_string",
    "long_text": "string_above_max_length",
    "empty_array": "empty_array",
    "long_array": "array_above_max_length",
    "many_entries": "object_above_max_properties",
    "long_key": "property_name_above_max_length",
    "integer_below": "integer_below_min_value",
    "integer_above": "integer_above_max_value",
    "decimal_below": "decimal_below_min_value",
    "decimal_above": "decimal_above_max_value",
}
"""The code of the error for each constraint."""

_DOUBTFUL: Final[frozenset[Constraint]] = frozenset({"null", "unknown_in_text"})

_AREAS: Final[Mapping[str, Area]] = {
    "model": "model",
    "messages": "messages",
    "tools": "tools",
    "tool_choice": "tools",
    "parallel_tool_calls": "tools",
    "functions": "tools",
    "function_call": "tools",
}


def find_structural_violations(table: Record, body: Mapping[str, Any]) -> Iterator[Violation]:
    """Find every place where a body departs from the table of its fields."""
    return map(_violation, find_departures(table, body))


def _violation(departure: Departure) -> Violation:
    place = place_of(departure.path)
    return Violation(
        rule=rule_of(departure.path, departure.constraint),
        area=_AREAS.get(str(departure.path[0]), "body"),
        param=dotted(place) if departure.constraint == "missing_older" else place,
        message=departure.message,
        status=400,
        type="invalid_request_error",
        code=CODES[departure.constraint],
        certain=departure.constraint not in _DOUBTFUL,
    )
