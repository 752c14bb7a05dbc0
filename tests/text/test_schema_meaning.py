"""What a JSON Schema means, however it is spelled, and whatever is wrong with it."""

import pytest

from conformance._text.schema_meaning import accepts, find_property

UNICODE = r"^[\p{L}\p{M}\s\S]*$"


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": UNICODE},
        {"patternProperties": {UNICODE: False}},
        {"patternProperties": {UNICODE: {}}, "additionalProperties": False},
        {"patternProperties": {UNICODE: {}}, "unevaluatedProperties": False},
    ],
)
@pytest.mark.parametrize("value", ["Milk", {"Milk": 1}])
def test_a_pattern_that_python_cannot_read_takes_anything(schema, value):
    assert accepts(schema, value)


@pytest.mark.parametrize(
    ("schema", "value", "accepted"),
    [
        ({"pattern": "^a"}, "ab", True),
        ({"pattern": "^a"}, "ba", False),
        ({"patternProperties": {"^a": {"type": "string"}}}, {"ab": 1}, False),
        ({"properties": {"a": {"pattern": UNICODE, "maxLength": 1}}}, {"a": "ab"}, False),
    ],
)
def test_other_patterns_say_what_they_take(schema, value, accepted):
    assert accepts(schema, value) is accepted


@pytest.mark.parametrize(
    "schema", [{"multipleOf": 0}, {"$ref": "#"}, {"type": "strin"}, {"minimum": "a"}, {"$ref": "#/a"}]
)
def test_what_is_not_a_schema_is_refused(schema):
    with pytest.raises(ValueError, match="not a JSON Schema"):
        accepts(schema, 3)


@pytest.mark.parametrize(
    "described", [{"anyOf": 5}, {"$ref": "#/properties/a/type/x", "type": "string"}, {"$ref": "nowhere"}, 7]
)
def test_a_property_that_cannot_be_followed_is_what_stands_there(described):
    found = find_property({"type": "object", "properties": {"a": described}}, "a")
    assert found == ([described] if isinstance(described, dict) else [])
