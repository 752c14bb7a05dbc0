"""What a JSON Schema means, however it is spelled, and whatever is wrong with it."""

import pytest

from conformance._text.schema_meaning import accepts, find_property

UNREADABLE = r"^\u{41}*$"
"""ECMAScript reads it, Python does not."""

ENDLESS = "^(a|a)*$"
LONG = "a" * 60 + "!"


@pytest.mark.parametrize(
    "pattern", [UNREADABLE, ENDLESS, "(" * 9_000 + ")" * 9_000], ids=["unreadable", "endless", "deep"]
)
@pytest.mark.parametrize(
    "make",
    [
        lambda pattern: {"pattern": pattern},
        lambda pattern: {"patternProperties": {pattern: False}},
        lambda pattern: {"patternProperties": {pattern: {}}, "additionalProperties": False},
        lambda pattern: {"patternProperties": {pattern: {}}, "unevaluatedProperties": False},
    ],
    ids=["pattern", "patternProperties", "additionalProperties", "unevaluatedProperties"],
)
@pytest.mark.parametrize("value", [LONG, {LONG: 1}], ids=["text", "object"])
def test_a_pattern_that_cannot_be_matched_takes_anything(make, pattern, value):
    assert accepts(make(pattern), value)


@pytest.mark.parametrize(
    ("schema", "value", "accepted"),
    [
        ({"pattern": "^a"}, "ab", True),
        ({"pattern": "^a"}, "ba", False),
        ({"patternProperties": {"^a": {"type": "string"}}}, {"ab": 1}, False),
        ({"pattern": r"^\p{L}+$"}, "Äpfel", True),
        ({"pattern": r"^\p{L}+$"}, "12", False),
        ({"pattern": "^a"}, 1, True),
        ({"patternProperties": {"^a": False}}, {"ba": 1}, True),
        ({"patternProperties": {"^a": False}}, {"ab": 1}, False),
        ({"patternProperties": {"^a": {}}, "additionalProperties": False}, {"ab": 1}, True),
        ({"patternProperties": {"^a": {}}, "additionalProperties": False}, {"ba": 1}, False),
        ({"patternProperties": {"^a": {}}, "additionalProperties": {"type": "string"}}, {"ba": 1, "ab": 2}, False),
        ({"properties": {"ba": {}}, "additionalProperties": False}, {"ba": 1}, True),
        ({"properties": {"ba": {}}, "unevaluatedProperties": False}, {"ab": 1}, False),
        ({"properties": {"a": {"pattern": UNREADABLE, "maxLength": 1}}}, {"a": "ab"}, False),
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
