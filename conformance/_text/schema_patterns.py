"""The keywords of JSON Schema that search for patterns: in a limited time, which the module `re` does not know."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import regex
from jsonschema import validators
from jsonschema.exceptions import ValidationError

from conformance._text import json_values, limits
from conformance._text.schemas import KeywordCheck, Validator

_NAMED: Final[KeywordCheck] = Validator.VALIDATORS["properties"]
_ADDITIONAL: Final[KeywordCheck] = Validator.VALIDATORS["additionalProperties"]
_UNEVALUATED: Final[KeywordCheck] = Validator.VALIDATORS["unevaluatedProperties"]


class UnreadSchemaError(Exception):
    """It cannot be told what a schema says of a value; the message says why."""


def search(pattern: str, text: str) -> bool:
    """Say whether a pattern is found in a text; raise UnreadSchemaError if it can't be read, or not found in time."""
    try:
        return regex.search(pattern, text, timeout=limits.PATTERN_SECONDS) is not None
    except TimeoutError as error:
        raise _unread(pattern, f"takes more than {limits.PATTERN_SECONDS:g} s to be matched") from error
    except (regex.error, RecursionError) as error:  # patterns that are nested too deeply are read by recursion
        raise _unread(pattern, f"cannot be read ({error})") from error


def _unread(pattern: str, why: str) -> UnreadSchemaError:
    return UnreadSchemaError(f"the pattern {json_values.show(pattern, 80)} {why}")


def _check_pattern(validator: Any, pattern: Any, value: Any, _: Any) -> Iterator[ValidationError]:
    if validator.is_type(value, "string") and not search(pattern, value):
        yield ValidationError(f"does not match {pattern}")


def _check_pattern_properties(validator: Any, patterns: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    if validator.is_type(value, "object"):
        for pattern, described in patterns.items():
            yield from _NAMED(validator, dict.fromkeys(_matching([pattern], value), described), value, schema)


def _check_additional(validator: Any, argument: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    if "patternProperties" in schema and validator.is_type(value, "object"):
        matching = dict.fromkeys(_matching(schema["patternProperties"], value), True)
        schema = {"properties": {**schema.get("properties", {}), **matching}}
    yield from _ADDITIONAL(validator, argument, value, schema)


def _check_unevaluated(validator: Any, argument: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    if "patternProperties" in repr(schema):  # jsonschema would search for these itself, wherever they stand
        raise UnreadSchemaError("unevaluatedProperties is not read beside patternProperties")
    yield from _UNEVALUATED(validator, argument, value, schema)


def _matching(patterns: Iterable[str], names: Iterable[str]) -> list[str]:
    return [name for name in names if any(search(pattern, name) for pattern in patterns)]


PATTERN_KEYWORDS: Final[dict[str, KeywordCheck]] = {
    "pattern": _check_pattern,
    "patternProperties": _check_pattern_properties,
    "additionalProperties": _check_additional,
    "unevaluatedProperties": _check_unevaluated,
}
"""They raise UnreadSchemaError."""

PatternValidator: Final = validators.extend(Validator, PATTERN_KEYWORDS)  # type: ignore[no-untyped-call]
