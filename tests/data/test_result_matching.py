"""A tool message holds a result if it is there whole and delimited, whatever stands around it."""

import json
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conformance._data.open_world.matching import ABSENT
from conformance._data.open_world.result_matching import holds

SHIPPED = "Function Name: 'AddTodo' and Function Result: '{}'"

HELD = [
    ("added", "added"),
    ("added", '"added"'),
    ("added", "It was added."),
    ("added", SHIPPED.format('"added"')),
    ("added", '{"result": "added"}'),
    ("added", '{"result": {"text": "It was \\"added\\" just now"}}'),
    ("Später: 牛乳 🥛", SHIPPED.format(json.dumps("Später: 牛乳 🥛"))),
    ("a\\b", '"a\\\\b"'),
    ("2024-12-31T10:00:00", "at 2024-12-31T10:00:00, as planned"),
    ('{"id": 7}', '"{\\"id\\": 7}"'),
    ("", ""),
    ("", '""'),
    ("", "It returned nothing to speak of."),
    (7, "7"),
    (7, '"7"'),
    (7, "There are 7."),
    (7, "(7)"),
    (-7, "-7"),
    (1e21, "1e+21"),
    (0.1 + 0.2, "0.30000000000000004"),
    (2**53 + 1, '{"value": 9007199254740993}'),
    (True, "Result: true."),
    ([], "Result: []"),
    (-7, "結果は-7です。"),  # languages that are written without spaces
    (7.5, "结果为7.5。"),
    (True, "結果はtrueです。"),
    ("added", "결과는 added입니다."),
    ("牛乳", "Result牛乳."),
    ({"id": 7, "tags": []}, SHIPPED.format('{"tags":[],"id":7}')),
]

NOT_HELD = [
    ("added", "readded"),
    ("added", "add"),
    ("added", ""),
    ("added", "Added"),
    ("added", '"\\"added\\""'),  # quoted twice
    ("Buy milk", "Buy mil"),
    ("2024-12-31", "2024-12-31T00:00:00"),
    ("2024-12-31T10:00:00", "12/31/2024 10:00:00"),
    ("", "null"),
    ("", "0"),
    ("7", "-7"),
    (7, "77"),
    (7, '"77"'),
    (7, "-7"),
    (7, "7.5"),
    (7, "1.7"),
    (7, "five"),
    (0.1 + 0.2, "0.3"),
    (2**53 + 1, "9007199254740992"),
    (7, "結果は77です。"),
    (7, "結果は-7です。"),
    ("牛乳", "結果は牛乳です。"),
    ("caf", "un café"),
    (True, "1"),
    (True, "True"),
    (False, "0"),
    ({"a": 1}, "{'a': 1}"),
    ({"a": 1}, '{"a": 1, "b": 2}'),
    ({"dueDay": 1}, '{"DueDay": 1}'),
    ([], "[1]"),
    ([1], '{"result": [1, 2]}'),
    ("added", ABSENT),
    ("added", None),
    (None, None),
]

VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(min_size=1),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
WORDS = st.text(string.ascii_lowercase, min_size=1)


@pytest.mark.parametrize(("result", "content"), HELD)
def test_holds(result, content):
    assert holds(content, result)


@pytest.mark.parametrize(("result", "content"), NOT_HELD)
def test_does_not_hold(result, content):
    assert not holds(content, result)


@given(VALUES, st.booleans(), st.sampled_from(["{}", SHIPPED, "Result: {}", '{{"result": {}}}', "{}\n", "[{}, null]"]))
def test_holds_any_value_that_is_written_as_json(result, ascii_only, around):
    assert holds(around.format(json.dumps(result, ensure_ascii=ascii_only)), result)


@given(st.text(min_size=1), st.sampled_from(["{}", "Result: '{}'", "({})"]))
def test_holds_any_text_as_it_is(result, around):
    quoted = result.startswith('"') and result.endswith('"')
    assume(not quoted and "\\" not in result)
    assert holds(around.format(result), result)


@given(WORDS, WORDS, st.booleans())
def test_does_not_hold_a_part_of_a_longer_word(result, more, before):
    longer = more + result if before else result + more
    assume(longer.count(result) == 1)
    assert not holds(f"It was {longer}.".replace("It was", "-"), result)


@given(st.integers(min_value=-(10**20), max_value=10**20), st.integers(min_value=0, max_value=9))
def test_does_not_hold_a_part_of_a_longer_number(result, digit):
    assert not holds(f"Result: {result}{digit}", result)


@given(st.integers(min_value=2**53, max_value=2**64), st.integers(min_value=1, max_value=1024))
def test_does_not_hold_an_integer_that_was_rounded(result, error):
    assert not holds(json.dumps({"value": result + error}), result)


@given(st.text(min_size=2, alphabet=string.ascii_letters + " "))
def test_does_not_hold_what_was_cut_off(result):
    assume(result.strip() == result)
    assert not holds(json.dumps(result[:-1]), result)
