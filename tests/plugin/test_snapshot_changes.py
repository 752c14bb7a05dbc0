"""What changed in which tool is named before a snapshot's difference is shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.plugin.complaints import CHANGED, complain_of_snapshot, fold_snapshots
from conformance.plugin.snapshots import _name_changes


def tool(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "parameters": {"type": "object", "required": ["a"]}, **more}}


ADD, GET = tool("AddTodo", description="Add"), tool("GetTodos")


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ([ADD, GET], [ADD, tool("GetTodos", parameters={"type": "object"})], "GetTodos: parameters.required is gone"),
        ([GET], [tool("GetTodos", strict=True)], "GetTodos: strict is new"),
        ([ADD], [tool("AddTodo", description="Add.")], "AddTodo: description has changed"),
        ([ADD], [GET], "AddTodo is gone, GetTodos is new"),
        ([ADD, GET], [GET, ADD], None),
        ([ADD, ADD], [ADD], None),
        ([{}], [ADD], None),
    ],
)
def test_names_what_changed_in_which_tool(before: list[Any], now: list[Any], said: str | None) -> None:
    assert list(_name_changes(json.dumps(before), now)) == ([] if said is None else [said])


def test_names_nothing_where_the_reviewed_text_is_odd() -> None:
    assert not list(_name_changes("[", [ADD]))
    assert not list(_name_changes("5", [ADD]))


def test_tools_that_changed_in_the_same_way_are_shown_once() -> None:
    difference = ["--- reviewed", "+++ now", "@@ -1 +1 @@", "-a", "+b"]
    complaints = [
        complain_of_snapshot(CHANGED, f"x/{name}.json", [f"{name}: description has changed", *difference])
        for name in ("AddTodo", "GetTodos")
    ]
    (told,) = fold_snapshots(dict.fromkeys(complaints, "pytest"))
    assert "x/AddTodo.json and 1 more" in told
