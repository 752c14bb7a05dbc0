"""Checks that an expectation's patterns are what `matching` can match: the words known, their arguments fitting."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from conformance._data.open_world.known_members import ANY, KNOWN_MEMBERS, Members
from conformance._data.open_world.matching import WORDS, word_of
from conformance._text import json_values
from conformance._text.schema_meaning import check_schema
from conformance._text.schema_patterns import UnreadSchemaError
from conformance._text.schemas import say_demand
from conformance._text.words import suggest
from conformance._text.yaml_documents import Document, Location

PatternArgument: TypeAlias = tuple[Callable[[Any], bool], str]

_ANYTHING: Final[PatternArgument] = (lambda _: True, "anything")
_TEXT: Final[PatternArgument] = (lambda value: isinstance(value, str), "text")

_ARGUMENTS: Final[Mapping[str, PatternArgument]] = {
    "$absent": (lambda value: isinstance(value, bool), "true or false"),
    "$any_case": _TEXT,
    "$differ": (
        lambda value: isinstance(value, list) and len(value) > 1 and all(isinstance(one, str) for one in value),
        "a list of two keys or more",
    ),
    "$equals": _ANYTHING,
    "$has_items": (lambda value: isinstance(value, str), "the name of a property"),
    "$json": _ANYTHING,
    "$letters": _TEXT,
    "$one_of": (lambda value: isinstance(value, list) and len(value) > 1, "a list of two patterns or more"),
    "$result": _ANYTHING,
    "$schema": (lambda value: isinstance(value, dict), "a JSON Schema (draft 2020-12)"),
    "$takes": (
        lambda value: (
            isinstance(value, dict)
            and bool(value)
            and value.keys() <= {"accepts", "refuses"}
            and all(isinstance(one, list) and one for one in value.values())
        ),
        "accepts, refuses or both, each with a list of JSON values",
    ),
    "$text": (lambda value: value is True, "true"),
    "$unordered": (lambda value: isinstance(value, list), "a list of patterns"),
}
"""What each word takes, as a test and in words."""

_META_SCHEMA: Final = Draft202012Validator(Draft202012Validator.META_SCHEMA)
_CHOICES: Final = {"$one_of", "$unordered"}
_HOLDS_PATTERNS: Final = {"$json", *_CHOICES}


def check_words(document: Document, location: Location, pattern: Any) -> None:
    """Raise CaseFileError for the first thing in a pattern that can't be matched against."""
    if isinstance(pattern, list):
        for number, item in enumerate(pattern):
            check_words(document, (*location, number), item)
    elif isinstance(pattern, dict):
        word = next((key for key in pattern if key.startswith("$")), None)
        if word is not None:
            _check_word(document, location, pattern, word)
            return
        for key, member in pattern.items():
            check_words(document, (*location, key), member)


def _check_word(document: Document, location: Location, pattern: Mapping[str, Any], word: str) -> None:
    place = (*location, word)
    if word not in WORDS:
        raise document.error(place, f"the unknown word {word!r}", suggest(word, WORDS))
    if len(pattern) > 1:
        others = ", ".join(key for key in pattern if key != word)
        raise document.error(place, f"{word} together with {others}", "the word alone")
    argument = pattern[word]
    accepts, wanted = _ARGUMENTS[word]
    if not accepts(argument):
        raise document.error(place, f"{word} = {json_values.show(argument, 80)}", wanted)
    if word == "$schema":
        _check_schema(document, place, argument, wanted)
    if word in _HOLDS_PATTERNS:
        check_words(document, place, argument)


def _check_schema(document: Document, place: Location, schema: Any, wanted: str) -> None:
    if error := best_match(_META_SCHEMA.iter_errors(schema)):
        of_type = next((one for one in (error, *(error.context or ())) if one.validator == "enum"), None)
        if of_type is not None:
            found = f"$schema: type = {json_values.show(of_type.instance, 80)}"
            raise document.error((*place, *error.absolute_path), found, say_demand("enum", of_type.validator_value))
        raise document.error(place, f"$schema: {error.message}", wanted)
    try:
        check_schema(schema)
    except UnreadSchemaError as error:
        raise document.error(place, f"$schema: {error}", wanted) from error


def check_members(document: Document, location: Location, pattern: Any, known: Members | None = KNOWN_MEMBERS) -> None:
    """Raise CaseFileError for the first key in a pattern that what it is compared with can't have."""
    if known is None:
        return
    for place, members in _find_mappings(location, pattern):
        for key, member in members.items():
            if ANY not in known and key not in known:
                raise document.error((*place, key), f"the unknown key {key!r}", suggest(key, known))
            check_members(document, (*place, key), member, known.get(key, known.get(ANY)))


def _find_mappings(location: Location, pattern: Any) -> Iterator[tuple[Location, Mapping[str, Any]]]:
    """Yield the mappings that a pattern consists of, be it of one or of several in words, each with its place."""
    if isinstance(pattern, list):
        for number, item in enumerate(pattern):
            yield from _find_mappings((*location, number), item)
    elif isinstance(pattern, dict):
        word = word_of(pattern)
        if word is None:
            yield location, pattern
        elif word in _CHOICES:
            yield from _find_mappings((*location, word), pattern[word])
