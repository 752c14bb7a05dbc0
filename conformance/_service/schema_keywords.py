"""The keywords of JSON Schema, draft 2020-12: which values they take, and where schemas stand in those.

Our own copy of what the metaschema says, because validating against the metaschema itself takes a hundred
times as long; the tests hold the two against each other.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from conformance._service.json_kinds import KINDS, is_integer, is_number, is_of_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """The values that a keyword takes, and the schemas inside such a value, each under its name."""

    wanted: str
    accepts: Callable[[Any], bool]
    subschemas: Callable[[Any], Iterable[tuple[str, Any]]] | None = None


def _is_unique_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value) and len({*value}) == len(value)


def _is_type(value: Any) -> bool:
    if isinstance(value, str):
        return value in KINDS
    return _is_unique_strings(value) and bool(value) and all(name in KINDS for name in value)


def _matches(pattern: str) -> Callable[[Any], bool]:
    fits = re.compile(pattern).search
    return lambda value: isinstance(value, str) and fits(value) is not None


_is_map: Final = is_of_kind("object")

_ANY = Keyword(wanted="a JSON Schema", accepts=lambda _: True, subschemas=lambda value: [("", value)])
_MANY = Keyword(
    wanted="an array of at least one JSON Schema",
    accepts=lambda value: isinstance(value, list) and bool(value),
    subschemas=lambda value: ((f"[{index}]", schema) for index, schema in enumerate(value)),
)
_MAP = Keyword(
    wanted="an object of JSON Schemas",
    accepts=_is_map,
    subschemas=lambda value: ((f".{name}", schema) for name, schema in value.items()),
)
_DEPENDENCIES = Keyword(
    wanted="an object of JSON Schemas or lists of names",
    accepts=lambda value: _is_map(value) and all(_is_unique_strings(v) for v in value.values() if isinstance(v, list)),
    subschemas=lambda value: ((f".{name}", v) for name, v in value.items() if not isinstance(v, list)),
)
_TEXT = Keyword(wanted="a string", accepts=is_of_kind("string"))
_FLAG = Keyword(wanted="true or false", accepts=is_of_kind("boolean"))
_LIST = Keyword(wanted="an array", accepts=is_of_kind("array"))
_NUMBER = Keyword(wanted="a number", accepts=is_number)
_COUNT = Keyword(wanted="a whole number from 0", accepts=lambda v: is_integer(v) and v >= 0)
_POSITIVE = Keyword(wanted="a number above 0", accepts=lambda v: is_number(v) and v > 0)
_NAMES = Keyword(wanted="an array of different strings", accepts=_is_unique_strings)
_NAMES_MAP = Keyword(
    wanted="an object of arrays of different strings",
    accepts=lambda value: _is_map(value) and all(map(_is_unique_strings, value.values())),
)
_FLAG_MAP = Keyword(
    wanted="an object of true or false",
    accepts=lambda value: _is_map(value) and all(isinstance(v, bool) for v in value.values()),
)
_TYPE = Keyword(wanted=f"one of {', '.join(KINDS)}, or a list of such", accepts=_is_type)
_ANCHOR = Keyword(wanted="an anchor's name", accepts=_matches(r"^[A-Za-z_][-A-Za-z0-9._]*$"))
_ID = Keyword(wanted="a URI without a fragment", accepts=_matches(r"^[^#]*#?$"))

KEYWORDS: Final[Mapping[str, Keyword]] = {
    name: keyword
    for names, keyword in (
        ("items contains additionalProperties propertyNames if then else not contentSchema", _ANY),
        ("unevaluatedItems unevaluatedProperties", _ANY),
        ("allOf anyOf oneOf prefixItems", _MANY),
        ("properties patternProperties $defs definitions dependentSchemas", _MAP),
        ("dependencies", _DEPENDENCIES),
        ("type", _TYPE),
        ("required", _NAMES),
        ("dependentRequired", _NAMES_MAP),
        ("enum examples", _LIST),
        ("minimum maximum exclusiveMinimum exclusiveMaximum", _NUMBER),
        ("multipleOf", _POSITIVE),
        ("minLength maxLength minItems maxItems minContains maxContains minProperties maxProperties", _COUNT),
        ("uniqueItems deprecated readOnly writeOnly", _FLAG),
        ("pattern title description $comment format contentEncoding contentMediaType", _TEXT),
        ("$ref $dynamicRef $recursiveRef $schema", _TEXT),
        ("$anchor $dynamicAnchor $recursiveAnchor", _ANCHOR),
        ("$id", _ID),
        ("$vocabulary", _FLAG_MAP),
    )
    for name in names.split()
}
