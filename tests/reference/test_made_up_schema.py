"""Parameters that are made up from a function's signature."""

from __future__ import annotations

import typing
from typing import Any, Optional

import pytest

from reference_impl.made_up_schema import make_up_schema

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def function_of(annotation):
    """Make a function whose one parameter has the annotation."""

    def skill(it):
        raise NotImplementedError(it)

    if annotation is not None:
        skill.__annotations__ = {"it": annotation}
    return skill


@pytest.mark.parametrize(
    ("annotation", "schema"),
    [
        (None, TEXT),
        (str, TEXT),
        (int, NUMBER),
        (float, {"type": "number"}),
        (bool, {"type": "boolean"}),
        (list, {"type": "array", "items": {}}),
        (typing.List, {"type": "array", "items": {}}),  # noqa: UP006 - the old form is accepted too
        (list[list[int]], {"type": "array", "items": {"type": "array", "items": NUMBER}}),
        (dict, {"type": "object"}),
        (dict[str, int], {"type": "object"}),
        (Optional[int], NUMBER),  # noqa: UP045 - the old form is accepted too
        (str | None, TEXT),
        (int | str, {"anyOf": [NUMBER, TEXT]}),
        ("list[str] | None", {"type": "array", "items": TEXT}),
        (Any, {}),
        (bytes, TEXT),
    ],
)
def test_describes_a_type_as_json_schema(annotation, schema):
    assert make_up_schema(function_of(annotation), "it") == {"type": "object", "properties": {"it": schema}}


@pytest.mark.parametrize("annotation", ["Missing", "int |", "int | 2"])
def test_refuses_an_annotation_that_means_nothing(annotation):
    with pytest.raises(ValueError, match="annotations cannot be evaluated"):
        make_up_schema(function_of(annotation), "it")


@pytest.mark.parametrize(
    ("function", "found"), [(lambda: 0, "none"), (lambda other: other, "other"), (lambda it, b: (it, b), "it, b")]
)
def test_refuses_a_function_of_other_parameters(function, found):
    with pytest.raises(ValueError, match=f"its parameters are {found}"):
        make_up_schema(function, "it")
