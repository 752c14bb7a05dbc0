"""What a pattern matches, what it does not, and what is said then."""

import pytest

from conformance._data.open_world.matching import ABSENT, WORDS, Mismatch, differences, matches
from conformance._data.open_world.pattern_check import _ARGUMENTS

MATCHING = [
    # Plain values are equal as JSON.
    (1, 1.0),
    (1.5, 1.5),
    (True, True),
    (None, None),
    ("a", "a"),
    (10**30, 10**30),
    # A mapping names what matters; a list is matched whole, element by element.
    ({}, {}),
    ({}, {"a": 1}),
    ({"a": 1}, {"a": 1, "b": 2}),
    ({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}, "d": 3}),
    ([], []),
    ([1, {"a": 1}], [1, {"a": 1, "b": 2}]),
    # $absent
    ({"$absent": True}, ABSENT),
    ({"$absent": False}, None),
    ({"a": {"$absent": True}}, {"b": 1}),
    ({"a": {"$absent": False}}, {"a": None}),
    # $any_case, $letters, $text
    ({"$any_case": "AssistantSkillTrigger"}, "assistantSkillTrigger"),
    ({"$any_case": "straße"}, "STRASSE"),
    ({"$letters": "AssistantSkillTrigger"}, "assistant_skill_trigger"),
    ({"$letters": "AssistantSkillTrigger"}, "assistantSkillTrigger"),
    ({"$text": True}, "x"),
    # $equals closes what is open
    ({"$equals": {"a": {"b": 1.0}}}, {"a": {"b": 1}}),
    ({"$equals": {"a": 1, "b": 2}}, {"b": 2, "a": 1}),
    ({"$equals": {"$absent": True}}, {"$absent": True}),
    # $json
    ({"$json": {"a": 1}}, '{"a": 1, "b": 2}'),
    ({"$json": {"$equals": {"a": 1}}}, ' {"a":1.0} '),
    ({"$json": None}, "null"),
    # $one_of
    ({"$one_of": ["a", {"$absent": True}]}, "a"),
    ({"$one_of": ["a", {"$absent": True}]}, ABSENT),
    ({"$one_of": [{"a": 1}, {"a": 2}]}, {"a": 2, "b": 3}),
    # $result: raw text, JSON text, quoted JSON text, a member of an object
    ({"$result": "added"}, "added"),
    ({"$result": "added"}, '"added"'),
    ({"$result": "added"}, '{"result": "added"}'),
    ({"$result": 5}, "5"),
    ({"$result": 5}, '{"result": 5.0}'),
    ({"$result": "5"}, "5"),
    ({"$result": {"a": [1, None]}}, '{"a": [1, null]}'),
    ({"$result": {"a": 1}}, '{"output": {"a": 1}, "status": "ok"}'),
    ({"$result": None}, "null"),
    # $schema
    ({"$schema": {"type": "object", "required": ["a"]}}, {"a": 1}),
    ({"$schema": {"$defs": {"t": {"type": "integer"}}, "$ref": "#/$defs/t"}}, 5),
    # $unordered
    ({"$unordered": [1, 2]}, [2, 1]),
    ({"$unordered": []}, []),
    ({"$unordered": [{"a": 1}, {"b": 2}]}, [{"b": 2, "c": 3}, {"a": 1}]),
    # A pattern that fits much must not take the only item that another fits.
    ({"$unordered": [{}, {"a": 1}]}, [{"a": 1}, {"b": 2}]),
    ({"$unordered": [{"$one_of": [1, 2]}, {"$one_of": [2, 3]}, 2]}, [2, 1, 3]),
    # What only looks like a word is a member.
    ({"$ref": "x"}, {"$ref": "x"}),
    ({"$absent": True, "a": 1}, {"$absent": True, "a": 1}),
]


@pytest.mark.parametrize(("pattern", "value"), MATCHING)
def test_matches(pattern, value):
    assert list(differences(pattern, value, "it")) == []
    assert matches(pattern, value)


DIFFERING = [
    (1, 2, "it = 2, but 1"),
    (1, True, "it = true, but 1"),
    (True, 1, "it = 1, but true"),
    (0, False, "it = false, but 0"),
    (1, "1", 'it = "1", but 1'),
    (None, ABSENT, "it = absent, but null"),
    ("ä", "a", 'it = "a", but "ä"'),
    ({}, ABSENT, "it = absent, but an object with any members"),
    ({"a": 1, "b": 2}, [], "it = [], but an object with a, b"),
    ({"a": 1}, {}, "it.a = absent, but 1"),
    ({"a": {"b": 1}}, {"a": {"b": 2}}, "it.a.b = 2, but 1"),
    ({"a": {"b": 1}}, {"a": 5}, "it.a = 5, but an object with b"),
    ([1], ABSENT, "it = absent, but a list of 1"),
    ([1], {"0": 1}, 'it = {"0": 1}, but a list of 1'),
    ([1], [1, 2], "length of it = 2, but 1"),
    ([1, 2], [1], "length of it = 1, but 2"),
    ([1, 2], [2], "length of it = 1, but 2; the first difference: it[0] = 2, but should be 1"),
    ([1, {"a": 1}], [1, {"a": 2}], "it[1].a = 2, but 1"),
    ({"$absent": True}, None, "it = null, but absent"),
    ({"$absent": False}, ABSENT, "it = absent, but present"),
    ({"a": {"$absent": True}}, {"a": 1}, "it.a = 1, but absent"),
    ({"$any_case": "out"}, "in", 'it = "in", but "out" (ignoring case)'),
    ({"$any_case": "out"}, ABSENT, 'it = absent, but "out" (ignoring case)'),
    ({"$one_of": [{"$any_case": "in"}, {"$absent": True}]}, "out", 'it = "out", but "in" (ignoring case) or absent'),
    ({"$any_case": "out"}, ["out"], 'it = ["out"], but "out" (ignoring case)'),
    ({"$letters": "aB"}, "a_b_c", 'it = "a_b_c", but "aB" (ignoring case and underscores)'),
    ({"$letters": "aB"}, "a-b", 'it = "a-b", but "aB" (ignoring case and underscores)'),
    ({"$letters": "aB"}, "a.b", 'it = "a.b", but "aB" (ignoring case and underscores)'),
    ({"$letters": "aB"}, "aB2", 'it = "aB2", but "aB" (ignoring case and underscores)'),
    ({"$letters": "aB"}, "a_c", 'it = "a_c", but "aB" (ignoring case and underscores)'),
    ({"$letters": "aB"}, None, 'it = null, but "aB" (ignoring case and underscores)'),
    ({"$text": True}, " \n", 'it = " \\n", but some text'),
    ({"$text": True}, ABSENT, "it = absent, but some text"),
    ({"$text": True}, 5, "it = 5, but some text"),
    ({"$equals": {"a": 1}}, {"a": 1, "b": 2}, "it.b = 2, but absent"),
    ({"$equals": {"a": 1, "b": 2}}, {"a": 1}, "it.b = absent, but 2"),
    ({"$equals": {"a": {"$text": True}}}, {"a": {"$text": 1}}, "it.a.$text = 1, but true"),
    ({"$equals": {"a": 1}}, {"a": True}, "it.a = true, but 1"),
    ({"$equals": [1, 2]}, [2, 1], "it[0] = 2, but 1"),
    ({"$equals": [1, 2]}, [1, 2, 3], "it = [1, 2, 3], but [1, 2]"),
    ({"$equals": {}}, [], "it = [], but {}"),
    ({"$equals": None}, ABSENT, "it = absent, but null"),
    ({"$json": {"a": 1}}, '{"a": 2}', "it (as JSON).a = 2, but 1"),
    ({"$json": {"a": 1}}, {"a": 1}, 'it = {"a": 1}, but JSON text'),
    ({"$json": {"a": 1}}, "{a: 1}", 'it = "{a: 1}", but JSON text'),
    ({"$json": {"$one_of": [1, {}]}}, "NaN", 'it = "NaN", but JSON text'),
    ({"$json": {}}, ABSENT, "it = absent, but JSON text"),
    ({"$one_of": ["a", {"$absent": True}]}, "b", 'it = "b", but "a" or absent'),
    ({"$one_of": ["a", {"$absent": False}]}, ABSENT, 'it = absent, but "a" or present'),
    ({"$one_of": [[1, 2, 3], [1, {"a": 2}]]}, [1, {"a": 3}], "it[1].a = 3, but 2"),
    ({"$one_of": [{"a": 1}, {"a": 1, "b": 2}]}, {"a": 2, "b": 2}, "it.a = 2, but 1"),
    ({"$schema": {"type": "object"}}, ABSENT, 'it = absent, but valid against {"type": "object"}'),
    (
        {"$schema": {"properties": {"a": {"type": "string"}}}},
        {"a": [5]},
        "it.a = [5], but a string",
    ),
    ({"$schema": {"properties": {"a": False}}}, {"a": 5}, "it.a = 5, but absent"),
    ({"$schema": {"patternProperties": {"^a": False}}}, {"b": 1, "ab": 5}, "it.ab = 5, but absent"),
    ({"$schema": {"prefixItems": [{}, False]}}, [1, 2], "it[1] = 2, but absent"),
    ({"$schema": False}, 5, "it = 5, but absent"),
    ({"$unordered": [1]}, "1", 'it = "1", but a list of 1'),
    ({"$unordered": [1]}, ABSENT, "it = absent, but a list of 1"),
    ({"$unordered": [1, 2]}, [1], "it = [1], but a list that holds 2"),
    ({"$unordered": [{"a": 1}, {"a": 2}]}, [{"a": 2}, {"a": 3}], "it[1].a = 3, but 1"),
    ({"$unordered": [1, 2]}, [1, 1], "it = [1, 1], but a list that holds 2"),
    ({"$unordered": [1]}, [1, 2], "length of it = 2, but 1"),
    ({"$unordered": [{"$absent": False}, 2]}, [3], "it = [3], but a list that holds 2"),
]


@pytest.mark.parametrize(("pattern", "value", "said"), DIFFERING)
def test_says_what_differs(pattern, value, said):
    (mismatch, *_) = differences(pattern, value, "it")
    assert f"{mismatch.what} = {mismatch.got}, but {mismatch.wanted}" == said
    assert not matches(pattern, value)


@pytest.mark.parametrize(("value", "is_surplus"), [([0, 0, 1], True), ([0, 1], False), ([1, 0, 0], False), ([], False)])
def test_a_list_that_begins_with_several_others_may_hold_what_was_left(value, is_surplus):
    assert next(differences([1], value, "it")).surplus is is_surplus


def test_texts_that_look_the_same_are_told_with_escapes():
    (one,) = differences("\u00e9", "e\u0301", "description")
    assert str(one) == r'description = "e\u0301", but should be "\xe9"'


def test_names_that_look_the_same_are_told_with_escapes():
    (one,) = differences({"e\u0301": {"$absent": True}}, {"e\u0301": 1}, "properties")
    assert str(one) == r"properties.e\u0301 = 1, but should be absent"


def test_tells_every_difference():
    found = differences({"a": 1, "b": [1, 2]}, {"a": 2, "b": [2, 2, 3]}, "")
    assert [mismatch.what for mismatch in found] == ["a", "length of b", "b[0]"]


def test_knows_what_each_word_takes():
    assert _ARGUMENTS.keys() == WORDS.keys()


def test_says_what_happened_to_several():
    mismatch = Mismatch("the declarations", "refused (ValueError: no)", "accepted")
    assert str(mismatch) == "the declarations were refused (ValueError: no), but should be accepted"
