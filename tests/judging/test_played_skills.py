"""The functions that an implementation is given do what real ones may: change their argument, raise any error."""

import pytest

from conformance._data.scenario import Declaration
from conformance._exploration.pool.calls import FAILURE_TEXTS
from conformance._judging.played_skills import PlayedSkills
from conformance._service import Script, Service
from conformance.contract import Argument


@pytest.fixture
def invocations():
    return []


@pytest.fixture
def handler_of(invocations):
    service = Service(Script(provider="openai", key="sk-test", endpoint="https://api.openai.com"))

    def handler_of(kind, **what_it_does):
        argument = Argument(name="given", type=kind)
        declaration = Declaration(function="AddTodo", argument=argument, trigger={}, **what_it_does)
        return PlayedSkills(service, invocations).skill(declaration).handler

    return handler_of


@pytest.mark.parametrize(("kind", "value"), [("array", ["Milk"]), ("object", {"item": "Milk"})])
def test_a_function_changes_its_argument_and_nothing_else(handler_of, invocations, kind, value):
    given = value.copy()
    returned = handler_of(kind, echoes=True)(given)
    assert given != value
    assert returned == invocations[0].argument == value


def test_an_argument_that_does_not_let_itself_be_changed_stays_as_it_is(handler_of, invocations):
    class Frozen(list):
        def append(self, _):
            raise TypeError("frozen")

    assert handler_of("array", echoes=True)(Frozen(["Milk"])) == ["Milk"] == invocations[0].argument


def test_functions_raise_errors_of_many_kinds(handler_of):
    kinds = set()
    for text in FAILURE_TEXTS:
        with pytest.raises(Exception) as raised:  # noqa: PT011  # which one, is what the test is about
            handler_of("string", raises=text)("Milk")
        assert raised.value.args == (text,)
        kinds.add(raised.type.__name__)
    assert kinds == {
        *("RuntimeError", "ValueError", "KeyError", "TypeError", "AttributeError", "TimeoutError", "PermissionError"),
        "TodoStoreError",
    }
