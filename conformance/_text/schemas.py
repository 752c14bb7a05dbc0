"""Checks documents against JSON Schemas, and explains what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from json import loads  # by name: an implementation may patch the module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from conformance._text import json_values
from conformance._text.words import count, suggest

if TYPE_CHECKING:  # a hosted implementation has messages to check, and no YAML
    from conformance._text.yaml_documents import Document


KeywordCheck: TypeAlias = Callable[[Any, Any, Any, Any], Iterator[ValidationError]]

_NOTHING: Final[Mapping[str, Any]] = {"not": {}}


def _placed(check: KeywordCheck) -> KeywordCheck:
    """Let a keyword say where a value is that its schema False refuses, which jsonschema leaves out."""

    def check_placed(validator: Any, schemas: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(schemas, Mapping):
            schemas = {name: _NOTHING if one is False else one for name, one in schemas.items()}
        elif isinstance(schemas, list):
            schemas = [_NOTHING if one is False else one for one in schemas]
        yield from check(validator, schemas, value, schema)

    return check_placed


Validator: Final = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        keyword: _placed(Draft202012Validator.VALIDATORS[keyword])
        for keyword in ("properties", "patternProperties", "prefixItems")
    },
)
"""Checks values against JSON Schemas; its errors say where they are."""

_MISSING: Final = {"required", "dependentRequired", "minProperties"}
"""The keywords by which something is missing in an object."""

_KINDS: Final[Mapping[str, str]] = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}

_LIMITS: Final[Mapping[str, tuple[str, str]]] = {
    "minLength": ("least", "character"),
    "maxLength": ("most", "character"),
    "minItems": ("least", "item"),
    "maxItems": ("most", "item"),
    "minProperties": ("least", "member"),
    "maxProperties": ("most", "member"),
    "minimum": ("least", ""),
    "maximum": ("most", ""),
}
"""Which keywords limit what, and to which side."""


def check_form(document: Document, schema: Path) -> None:
    """Raise CaseFileError for what a schema does not accept in a document."""
    _raise_all(document, load_validator(schema).iter_errors(document.value))


def check_item(document: Document, schema: Path, index: int, item: Any) -> None:
    """Check what the document's item at `index` was expanded to."""
    errors = list(load_validator(schema).iter_errors([item]))
    for error in errors:
        error.path[0] = index
    _raise_all(document, errors)


def _raise_all(document: Document, errors: Iterable[ValidationError]) -> None:
    found = list(errors)
    # Where a key is unknown, what is missing is often what it was to be.
    misspelt = [error.absolute_path for error in found if error.validator == "additionalProperties"]
    told = [error for error in found if error.validator not in _MISSING or error.absolute_path not in misspelt]
    explained = dict.fromkeys(explanation for error in told for explanation in _explain(error))
    if said := sorted((document.error(*one) for one in explained), key=lambda error: error.line):
        said[0].further = tuple(said[1:])
        raise said[0]


@cache
def load_validator(path: Path, definition: str | None = None) -> Draft202012Validator:
    """Load what checks values against a schema, or against one of its definitions.

    A schema may refer to another one beside it by its file's name.
    """
    schema = _read(path)
    if definition is not None:
        schema = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
    registry: Registry[Any] = Registry(
        retrieve=lambda name: DRAFT202012.create_resource(_read(path.with_name(name)))  # type: ignore[call-arg]
    )
    validator: Draft202012Validator = Validator(schema, registry=registry)
    return validator


@cache
def _read(path: Path) -> Any:
    return loads(path.read_text("utf-8"))


def _explain(error: ValidationError) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Say where, what was found and what is expected, for the kinds of errors that people make."""
    location = tuple(error.absolute_path)
    name = next((part for part in reversed(location) if isinstance(part, str)), "the file")
    wanted: Any = error.validator_value
    instance: Any = error.instance
    found = f"{name} = {json_values.show(instance)}"
    match error.validator:
        case "additionalProperties" if isinstance(error.schema, Mapping):
            known = list(error.schema.get("properties", ()))
            for key in instance:
                if key not in known:
                    yield (*location, key), f"the unknown key {key!r}", suggest(key, known)
        case "required":
            missing = [key for key in wanted if key not in instance]
            yield location, f"no {missing[0]!r}", f"the keys {', '.join(wanted)}"
        case "dependentRequired":
            given = ((key, need) for key in wanted if key in instance for need in wanted[key])
            key, need = next((key, need) for key, need in given if need not in instance)
            yield location, f"{key!r} without {need!r}", "both or neither"
        case "enum":
            yield location, found, suggest(str(instance), map(str, wanted))
        case "const":
            yield location, found, json_values.show(wanted)
        case _:
            yield location, f"{name} = {json_values.show(instance, 80)}", say_demand(error.validator, wanted)


def say_demand(keyword: Any, wanted: Any) -> str:
    """Say in plain words what a keyword of a schema demands of a value; the schema False has no keyword."""
    match keyword:
        case None | "not" if not wanted:
            said = "absent"
        case "type":
            said = " or ".join(_KINDS[kind] for kind in ([wanted] if isinstance(wanted, str) else wanted))
        case "enum":
            said = f"one of {', '.join(map(json_values.show, wanted))}"
        case "const":
            said = json_values.show(wanted)
        case "pattern":
            said = f"text of the form {wanted}"
        case "required":
            said = f"an object with {' and '.join(wanted)}"
        case _ if keyword in _LIMITS:
            side, thing = _LIMITS[keyword]
            said = f"at {side} {count(wanted, thing) if thing else wanted}"
        case _:
            said = f"valid against {json_values.show({keyword: wanted}, 120)}"
    return said
