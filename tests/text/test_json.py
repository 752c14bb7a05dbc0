"""JSON values as JSON sees them."""

import pytest

from conformance._text import json_values


def test_shows_long_values_around_their_first_difference():
    text = "Milk, " * 100
    got, wanted = json_values.show_apart(text + "bread" + text, text + "tea" + text, limit=40)
    assert got == "… lk, Milk, bread" + "Milk, " * 4 + "M … (1205 characters)"
    assert wanted == "… lk, Milk, tea" + "Milk, " * 4 + "Mil … (1203 characters)"


def test_shows_where_a_long_value_ends_early():
    got, wanted = json_values.show_apart("a" * 100, "a" * 100 + "b", limit=40)
    assert (got, wanted) == ('… aaaaaaaaaa" (100 characters)', '… aaaaaaaaaab" (101 characters)')


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        ([True], [1], False),
        ({"a": True}, {"a": 1}, False),
        ({"a": 1, "b": [2]}, {"b": [2.0], "a": 1}, True),
        ({"a": 1}, {"a": 1, "b": None}, False),
        ([1, 2], [2, 1], False),
        ([], {}, False),
        ("1", 1, False),
        (None, False, False),
        (2**53 + 1, 2**53, False),
        (2**53 + 1, float(2**53), False),
        (-53742379449669430, -5.374237944966943e16, True),
        (-53742379449669431, -5.374237944966943e16, False),
        (1, float("inf"), False),
    ],
)
def test_compares_as_json(left, right, equal):
    assert json_values.equal(left, right) is equal
    assert json_values.equal(right, left) is equal


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", "-Infinity", "{'a': 1}", "", "[" * 100_000, "9" * 5000])
def test_refuses_what_is_no_json(text):
    with pytest.raises(ValueError, match=r"\w"):
        json_values.parse(text)


def test_shows_a_value_as_one_line_cut_in_the_middle():
    assert json_values.show({"a": ["ä", None]}) == '{"a": ["ä", null]}'
    assert json_values.show("x" * 98, 100) == '"' + "x" * 98 + '"'
    assert json_values.show("x" * 1000, 20) == '"xxxxxxxxx … xxxxxxxxx" (1000 characters)'


def test_shows_what_is_no_json_too():
    circle = []
    circle.append(circle)
    assert json_values.show(circle) == "[[...]]"
    assert json_values.show({1, 2}) == '"{1, 2}"'
    assert json_values.show({(1, 2): 3}) == "{(1, 2): 3}"
    assert json_values.show("half \ud83d") == '"half \\ud83d"'


class Unshowable:
    def __repr__(self):
        raise RuntimeError("no")


def test_shows_what_cannot_be_shown():
    assert json_values.show([Unshowable()]) == "(a list that cannot be shown: RuntimeError: no)"
