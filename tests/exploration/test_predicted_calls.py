"""What a tool call is to the app, in each language."""

import json

import pytest

from conformance._data.scenario import Declaration, Episode
from conformance._exploration.languages import is_exact
from conformance._exploration.reading.predicted_calls import are_exact, read_calls, read_skills
from conformance._service import ToolCall
from conformance.contract import SURFACES, Argument

OTHERS = [surface for surface in SURFACES if surface != "powershell"]
ALIKE = ({"id": 7, "ID": 8}, {"a": [{"Straße": 1, "STRASSE": 2}]}, [{"b": 1, "B": None}])
NARROW = {"type": "object", "properties": {"X": {"type": "string", "maxLength": 4}}}
DEMANDING = {"type": "object", "properties": {"X": {"type": "string"}}, "required": ["X", "more"]}
CLOSED = {"type": "object", "properties": {"X": {"type": "string"}}, "additionalProperties": False}


def told_of(arguments, surface, kind="object", schema=None, returns=None):
    trigger = {} if schema is None else {"parameterDescriptionJson": json.dumps(schema)}
    skill = Declaration(function="F", argument=Argument(name="X", type=kind), trigger=trigger, returns=returns)
    call = ToolCall(id="call_1", name="F", arguments=json.dumps(arguments))
    return read_calls([call], read_skills(Episode(skills=(skill,))), surface)[0]


def kind_of(arguments, surface, kind="object", schema=None, returns=None):
    return told_of(arguments, surface, kind, schema, returns).kind


@pytest.mark.parametrize("value", ALIKE, ids=str)
def test_powershell_holds_no_object_with_names_alike_but_for_case(value):
    assert not is_exact(value, "powershell")
    assert all(is_exact(value, surface) for surface in OTHERS)


@pytest.mark.parametrize("value", [ALIKE[0], ALIKE[1]], ids=str)
def test_nothing_is_predicted_of_a_call_that_powershell_cannot_hold(value):
    assert kind_of({"X": value}, "powershell") == "unclear"
    assert {kind_of({"X": value}, surface) for surface in OTHERS} == {"good"}


def test_nor_of_one_with_a_second_argument_alike():
    assert kind_of({"X": {}, "x": 7}, "powershell") == "unclear"
    assert kind_of({"x": 7}, "powershell") == "missing"
    assert {kind_of({"X": {}, "x": 7}, surface) for surface in OTHERS} == {"extra"}


def test_nor_of_one_whose_function_returns_such_an_object():
    assert kind_of({"X": {}}, "powershell", returns={"id": 7, "ID": 8}) == "unclear"
    assert kind_of({"X": {}}, "powershell", returns={"id": 7, "no": 8}) == "good"


@pytest.mark.parametrize(("schema", "kind"), [(None, "extra"), (CLOSED, "unclear"), ({"type": "object"}, "extra")])
def test_further_arguments_are_ignored_unless_the_declaration_forbids_them(schema, kind):
    assert kind_of({"X": "Milk", "more": 7}, "python", "string", schema) == kind
    assert kind_of({"X": "Milk"}, "python", "string", schema) == "good"


@pytest.mark.parametrize(
    ("schema", "arguments", "kind"),
    [
        (NARROW, {"X": "Milk"}, "good"),
        (NARROW, {"X": "Bread"}, "unclear"),
        (DEMANDING, {"X": "Milk"}, "unclear"),
        (DEMANDING, {"X": "Milk", "more": 7}, "extra"),
    ],
)
def test_nothing_is_predicted_of_arguments_that_contradict_their_description(schema, arguments, kind):
    assert kind_of(arguments, "python", "string", schema) == kind


def test_nor_of_an_argument_whose_description_has_another_type_than_the_function():
    schema = {"type": "object", "properties": {"X": {"type": "string"}}}
    assert kind_of({"X": 7}, "python", "integer", schema) == "unclear"


@pytest.mark.parametrize(("surface", "kind"), [("javascript", "unclear"), ("typescript", "unclear"), ("java", "good")])
def test_libraries_of_javascript_may_refuse_a_name_that_changes_an_object(surface, kind):
    assert kind_of({"X": {"__proto__": 1}}, surface) == kind


@pytest.mark.parametrize("surface", SURFACES)
def test_arguments_are_repeated_to_the_digit_where_a_language_has_such_integers(surface):
    assert are_exact(told_of({"X": {"n": 2**53 + 1}}, surface), surface) == (
        surface not in {"javascript", "typescript", "powershell"}
    )


@pytest.mark.parametrize(("surface", "is_kept"), [("python", True), ("javascript", False)])
def test_arguments_of_no_skill_may_be_anything(surface, is_kept):
    (told,) = read_calls([ToolCall(id="call_1", name="Nobody", arguments='{"X": 7, ')], (), surface)
    assert (told.kind, are_exact(told, surface)) == ("unknown", is_kept)
