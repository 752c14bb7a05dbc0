"""What a model gets wrong about calls, what it gives beside the argument, and how functions fail."""

from collections.abc import Mapping
from typing import Any, Final

MALFORMED: Final[tuple[str, ...]] = (
    '{"{argument}": "Milk"',
    '{"{argument}": "Mi',
    '{"{argument}": tru',
    '{"{argument}": 7, ',
    "Milk",
    '"Milk"',
    '["Milk"]',
    "[{}]",
    '[{"{argument}": "Milk"}]',
    "7",
    "-1.5",
    "true",
    "{",
    "}",
    "<arguments>Milk</arguments>",
    '```json\n{"{argument}": "Milk"}\n```',
    '"{\\"{argument}\\": \\"Milk\\"}"',
    '{"{argument}": "Milk"} is what I need.',
    '{"{argument}": "Milk"};',
    'Arguments: {"{argument}": "Milk"}',
    "{argument}=Milk",
    "AddTodo({argument}='Milk')",
    '<parameter name="{argument}">Milk</parameter>',
)
"""Arguments that are not the text of a JSON object; `{argument}` stands for the argument's name."""

UNKNOWN_TOOLS: Final[tuple[str, ...]] = (
    *("NoSuchTool", "no_such_tool", "functions", "x", "multi_tool_use", "final_answer", "T" * 64),
)

FAILURE_TEXTS: Final[tuple[str, ...]] = (
    *("The store is gone", "", "Milk", "success", "{}", "Timeout after 30 s", "100% full, %s left, {0}"),
    *("429 Too Many Requests", "line 1\nline 2", "🥛" * 400, "Der Käse für Zoë ist aus; 牛乳もない"),
    "<b>gone</b> & \"away\" \\ for 'good'",
)

EXTRA_ARGUMENTS: Final[tuple[Mapping[str, Any], ...]] = (
    {"another": "Milk", "more": {"a": [None, 7]}},
    {"arguments": {"another": "Bread"}},
    {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6},
    {"none": None},
    {"0": True, "": []},
    {"{swapped}": "Bread"},
    {"{argument}s": ["Bread"], "{argument}2": 2, "_{argument}": None, "{argument}_": "Bread"},
    {"{argument}.value": "Bread", "value": "Eggs", "input": 0, "args": {}, "context": False},
)
"""What a call may give beside the argument, which `{argument}` stands for, and `{swapped}` in letters of other case."""
