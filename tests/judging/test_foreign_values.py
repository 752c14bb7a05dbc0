"""What an implementation hands over, made into values of the suite's own."""

import pytest

from conformance._judging.foreign_values import as_json


class Unprintable:
    def __repr__(self):
        raise OSError("no text")


def test_takes_json_as_it_is():
    assert as_json({"a": (1, None)}) == {"a": [1, None]}


@pytest.mark.parametrize("argument", [Unprintable(), [Unprintable()], {1, 2}, object()])
def test_takes_anything_else_as_text(argument):
    assert isinstance(as_json(argument), str)


def test_takes_what_is_nested_too_deeply_as_text():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert isinstance(as_json(deep), str)
