"""The judge of parameter schemas, held against the metaschema and jsonschema's own verdict."""

import copy
import random

import pytest
from jsonschema import Draft202012Validator
from jsonschema_specifications import REGISTRY as SPECIFICATIONS

from conformance._service.schema_keywords import KEYWORDS
from conformance._service.tool_schema import find_schema_faults

METASCHEMA = Draft202012Validator(Draft202012Validator.META_SCHEMA, format_checker=None)

RICH = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://example.com/todo",
    "$anchor": "todo",
    "$comment": "c",
    "type": "object",
    "title": "t",
    "description": "d",
    "properties": {
        "type": {"type": "string", "enum": ["a", None], "default": None, "pattern": "^a+$", "format": "date"},
        "items": {"type": ["array", "null"], "items": {"$ref": "#/$defs/Node"}, "minItems": 0, "uniqueItems": True},
        "properties": {"type": "integer", "minimum": -1, "exclusiveMaximum": 1e9, "multipleOf": 0.5},
        "choice": {"anyOf": [{"const": 1}, {"not": {}}], "oneOf": [True], "allOf": [{"minLength": 2.0}]},
        "tuple": {"type": "array", "prefixItems": [{"type": "number"}], "items": False, "contains": {}},
        "free": {"type": "object", "additionalProperties": {"type": "array", "items": {}}, "minProperties": 1},
        "named": {"propertyNames": {"pattern": "x"}, "patternProperties": {"^x": {}}, "unevaluatedProperties": False},
        "if": {"if": {"type": "string"}, "then": {"maxLength": 3}, "else": True, "readOnly": True, "examples": [1]},
        "deps": {
            "dependentRequired": {"a": ["b"]},
            "dependentSchemas": {"a": {}},
            "dependencies": {"a": ["b"], "c": {}},
        },
    },
    "required": ["type"],
    "additionalProperties": False,
    "$defs": {"Node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}},
    "definitions": {"old": {"type": "boolean", "deprecated": False}},
    "x-unknown": {"type": "nonsense", "items": 5},
    "nullable": "unknown keywords may hold anything",
}

WRONG_VALUES = (
    None,
    True,
    -1,
    0,
    1.5,
    "",
    "string",
    "a#b",
    "1a",
    [],
    ["a", "a"],
    ["a", 1],
    [{}],
    {},
    {"a": 1},
    {"a": []},
)


def verdict(schema):
    """Say whether the walk finds that a schema is not a JSON Schema."""
    return any(kind == "schema" for kind, _ in find_schema_faults(schema))


def metaschema_verdict(schema):
    return not METASCHEMA.is_valid(schema)


def test_takes_a_rich_schema_whole():
    assert METASCHEMA.is_valid(RICH)
    assert find_schema_faults(RICH) == []


@pytest.mark.parametrize("keyword", sorted(KEYWORDS))
def test_judges_each_keyword_as_the_metaschema_does(keyword):
    for value in WRONG_VALUES:
        schema = {"type": "object", "properties": {"a": {keyword: value}}}
        assert verdict(schema) == metaschema_verdict(schema), value


def test_knows_every_keyword_of_the_metaschema():
    metaschema = Draft202012Validator.META_SCHEMA
    known = set(metaschema["properties"])
    for vocabulary in metaschema["allOf"]:
        known |= set(
            SPECIFICATIONS.contents(f"https://json-schema.org/draft/2020-12/{vocabulary['$ref']}")["properties"]
        )
    takes_anything = {"const", "default"}
    assert known - takes_anything == set(KEYWORDS)


def containers(schema):
    """List every object and list in a schema, so that a mutation can hit any place."""
    yield schema
    for member in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(member, dict | list):
            yield from containers(member)


@pytest.mark.parametrize("seed", range(300))
def test_judges_a_mutated_schema_as_the_metaschema_does(seed):
    chance = random.Random(seed)  # noqa: S311  (to be repeatable, not secret)
    schema = copy.deepcopy(RICH)
    for _ in range(chance.randint(1, 3)):
        place = chance.choice(list(containers(schema)))
        value = copy.deepcopy(chance.choice(WRONG_VALUES))
        if isinstance(place, dict):
            place[chance.choice([*place, *KEYWORDS])] = value
        elif place:
            place[chance.randrange(len(place))] = value
    assert verdict(schema) == metaschema_verdict(schema)


@pytest.mark.parametrize("pattern", [r"^\p{L}$", "(?<year>\\d{4})", "[", r"^(?!a)\w+$", "ä"])
def test_does_not_judge_regular_expressions(pattern):
    assert not verdict({"type": "object", "properties": {"a": {"pattern": pattern}}})
    assert not verdict({"type": "object", "properties": {}, "patternProperties": {pattern: {}}})


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf", "allOf", "enum", "not"])
def test_finds_a_choice_at_the_root_and_nowhere_else(keyword):
    value = {"not": {}, "enum": [{}]}.get(keyword, [{}])
    assert [kind for kind, _ in find_schema_faults({"type": "object", "properties": {}, keyword: value})] == ["choice"]
    assert find_schema_faults({"type": "object", "properties": {"a": {keyword: value}}}) == []


ARRAY = {"type": "array"}


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"properties": {"a": ARRAY}}, "properties.a"),
        ({"properties": {"a": {"type": ["string", "array"]}}}, "properties.a"),
        ({"properties": {"a": {"type": "array", "items": ARRAY}}}, "properties.a.items"),
        ({"properties": {"a": {"anyOf": [{}, ARRAY]}}}, "properties.a.anyOf[1]"),
        ({"properties": {"items": ARRAY}}, "properties.items"),
        ({"properties": {}, "$defs": {"A": ARRAY}}, "$defs.A"),
        ({"properties": {}, "additionalProperties": ARRAY}, "additionalProperties"),
        ({"properties": {}, "patternProperties": {"^a": ARRAY}}, "patternProperties.^a"),
        ({"properties": {}, "dependencies": {"a": ARRAY}}, "dependencies.a"),
        ({"properties": {}, "if": ARRAY}, "if"),
    ],
)
def test_finds_an_array_without_items_wherever_a_schema_stands(schema, place):
    assert find_schema_faults({"type": "object", **schema}) == [
        ("items", f"array schema at {place} has no items, but should have them")
    ]


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"type": {"const": "array"}}},
        {
            "properties": {
                "a": {"enum": [{"type": "array"}], "default": {"type": "array"}, "examples": [{"type": "array"}]}
            }
        },
        {"properties": {"a": {"const": {"type": "array"}}}},
        {"properties": {"a": {"type": "array", "items": True}}},
        {"properties": {"a": True, "b": False}},
        {"properties": {"a": {"x-array": {"type": "array"}}}},
        {"properties": {}, "dependentRequired": {"type": ["array"]}},
    ],
)
def test_is_not_confused_by_what_only_looks_like_an_array_schema(schema):
    assert find_schema_faults({"type": "object", **schema}) == []


@pytest.mark.parametrize("required", [None, "a", [[]], [{}], ["b", 5]])
def test_judges_strictness_whatever_required_is(required):
    schema = {"type": "object", "properties": {"a": {}}, "additionalProperties": False, "required": required}
    assert "optional" in {kind for kind, _ in find_schema_faults(schema, strict=True)}


def test_judges_strictness_of_nested_objects():
    inner = {"type": ["object", "null"], "properties": {"b": {"type": "string"}}, "required": []}
    schema = {"type": "object", "properties": {"a": inner}, "required": ["a"], "additionalProperties": False}
    assert find_schema_faults(schema) == []
    assert [kind for kind, _ in find_schema_faults(schema, strict=True)] == ["open", "optional"]


def test_walks_a_schema_of_any_depth():
    schema = {"type": "array"}
    for _ in range(5_000):
        schema = {"type": "object", "properties": {"a": schema}}
    assert [kind for kind, _ in find_schema_faults(schema)] == ["items"]
