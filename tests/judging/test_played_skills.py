"""The functions that an implementation is given raise errors of any kind, as real ones do."""

import pytest

from conformance._data.scenario import Declaration
from conformance._exploration.pool.calls import FAILURE_TEXTS
from conformance._judging.played_skills import PlayedSkills
from conformance._service import Script, Service
from conformance.contract import Argument


@pytest.fixture
def handler_of():
    service = Service(Script(provider="openai", key="sk-test", endpoint="https://api.openai.com"))

    def handler_of(kind, **what_it_does):
        argument = Argument(name="given", type=kind)
        declaration = Declaration(function="AddTodo", argument=argument, trigger={}, **what_it_does)
        return PlayedSkills(service, []).skill(declaration).handler

    return handler_of


def test_functions_raise_errors_of_many_kinds(handler_of):
    kinds = set()
    for text in FAILURE_TEXTS:
        with pytest.raises(Exception) as raised:  # noqa: PT011  # which one, is what the test is about
            handler_of("string", raises=text)("Milk")
        assert raised.value.args[-1] == text
        kinds.add(raised.type.__name__)
    assert kinds == {
        *("RuntimeError", "ValueError", "KeyError", "TypeError", "AttributeError", "TimeoutError", "PermissionError"),
        "TodoStoreError",
    }
