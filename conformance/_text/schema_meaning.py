"""What a JSON Schema means, however it is spelled: references are resolved before it is looked at."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from jsonschema import validators
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from conformance._text import limits
from conformance._text.schema_patterns import PATTERN_KEYWORDS, PatternValidator, UnreadSchemaError
from conformance._text.schemas import KeywordCheck
from conformance._text.words import cut_text, make_printable


def accepts(schema: Any, value: Any) -> bool:
    """Say whether a value is valid against a schema; raise ValueError for what is not a schema."""
    try:
        return bool(validator_of(schema).is_valid(value))
    except Exception as error:  # a schema may be wrong in any way
        raise ValueError(f"not a JSON Schema that can be applied ({error})") from error


def asking_only_for(schema: Any, names: Collection[str]) -> Any:
    """Return an object schema that requires no other of its own properties than these."""
    if not isinstance(schema, Mapping) or not isinstance(schema.get("required"), list):
        return schema
    own = schema.get("properties")
    others = own.keys() - set(names) if isinstance(own, Mapping) else set()
    return {**schema, "required": [name for name in schema["required"] if name not in others]}


def validator_of(schema: Any) -> Any:
    """Return what checks values against a schema, whose patterns may be any."""
    return _LenientValidator(schema, registry=Registry())


def errors_of(schema: Any, value: Any) -> list[ValidationError]:
    """List what a schema of a case finds wrong with a value; raise UnreadSchemaError where that can't be told."""
    return _apply(PatternValidator(schema, registry=Registry()), value)


def check_schema(schema: Any) -> None:
    """Raise UnreadSchemaError for a part that can't be applied: its reference leads nowhere, its pattern is none."""
    validator = PatternValidator(schema, registry=Registry())
    for part in _parts(schema):
        for value in ("", {"": None}):
            _apply(validator.evolve(schema=part), value)


def _apply(validator: Any, value: Any) -> list[ValidationError]:
    try:
        return list(validator.iter_errors(value))
    except UnreadSchemaError:
        raise
    except Exception as error:  # references may lead anywhere, round in a circle too
        found = cut_text(make_printable(str(error)), limits.SHOWN_VALUE_CHARACTERS)
        raise UnreadSchemaError(f"the schema cannot be applied ({found})") from error


def _parts(schema: Any) -> Iterator[Any]:
    """Yield a schema and those in it, but for those with an id, from which their references lead on."""
    yield schema
    for part in DRAFT202012.subresources_of(schema):
        if DRAFT202012.id_of(part) is None:
            yield from _parts(part)


def _as_far_as_readable(check: KeywordCheck) -> KeywordCheck:
    """Let a keyword take what depends on a pattern that Python cannot read, or not match in time."""

    def check_readable(validator: Any, argument: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        with suppress(UnreadSchemaError):
            yield from check(validator, argument, value, schema)

    return check_readable


_LenientValidator: Final = validators.extend(  # type: ignore[no-untyped-call]
    PatternValidator,
    {keyword: _as_far_as_readable(check) for keyword, check in PATTERN_KEYWORDS.items()},
)


def find_property(schema: Any, name: str) -> list[Any]:
    """Return every schema that describes a property of an object schema, references and combinations resolved."""
    described = (one["properties"].get(name) for one in _alternatives(schema, schema) if _has_properties(one))
    return [part for one in described if one is not None for part in _alternatives(schema, one)]


def lacks_items(schema: Mapping[str, Any]) -> bool:
    """Say whether a resolved schema is one of an array that does not say what its items are."""
    kinds = schema.get("type")
    return (kinds == "array" or (isinstance(kinds, list) and "array" in kinds)) and not (
        schema.keys() & {"items", "prefixItems"}
    )


def _has_properties(schema: Mapping[str, Any]) -> bool:
    return isinstance(schema.get("properties"), dict)


def _alternatives(root: Any, schema: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and those that it refers to or combines."""
    if not isinstance(schema, dict) or depth > 20:  # noqa: PLR2004  # a reference to itself comes to an end
        return
    yield schema
    if isinstance(schema.get("$ref"), str):
        yield from _alternatives(root, _resolve(root, schema["$ref"]), depth + 1)
    for word in ("anyOf", "oneOf", "allOf"):
        parts = schema.get(word)
        for part in parts if isinstance(parts, list) else ():
            yield from _alternatives(root, part, depth + 1)


def _resolve(root: Any, reference: str) -> Any:
    resource = DRAFT202012.create_resource(root)
    try:
        return Registry().with_resource("", resource).resolver().lookup(reference).contents
    except Exception:  # noqa: BLE001  # a reference may lead anywhere, through what is not a schema too
        return None
