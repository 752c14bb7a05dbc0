"""What a model gets wrong about calls, and what functions, arguments, models and deployments may be called."""

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

TOOL_NAMES: Final[tuple[str, ...]] = (
    *("AddTodo", "AddTodos", "todo_", "get_todos", "count-todos", "count_todos", "T", "list2", "2024-12_31"),
    *("Find_Todo-By_Id", "Find_Todo-By_Id-And_Owner", "find_todos_by_owner_and_title", "find_todos_by_owner_and_date"),
    *("X" * 64, "X" * 63 + "Y", "SHOUT", "a1-b2_c3", "todo__done", "-dash", "_private", "2nd", "get", "default"),
    "return",
)
"""Names that OpenAI takes for a tool, no two alike ignoring case."""

FUNCTIONS: Final[tuple[str, ...]] = (
    *("addtodos", "GetTodosFunction", "CountTodosAsync", "find_todo_by_id", "removeTodo", "removeTodos", "TODO2"),
    *("List-Todos", "DoneTrigger", "Get__Todos--All_"),
    "The_own_name_of_a_function_that_is_as_long_as_a_name_can_be_here",
)
"""Functions' own names, of which no two are alike ignoring case, nor like another one's name for the model."""

ARGUMENT_NAMES: Final[tuple[str, ...]] = (
    *("taskDescription", "todo", "items", "type", "X", "name", "properties", "description", "required", "value2"),
    *("URL", "argument", "result", "issue", "isDone", "userId", "count", "dueDate", "input", "data", "title", "format"),
    "theTitleOfTheTodoThatIsToBeAddedToTheListOfItsOwner",
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

MODELS: Final[tuple[str, ...]] = (
    *("gpt-4", "gpt-4o-mini", "gpt-4.1", "gpt-3.5-turbo-16k", "gpt-4-0613", "gpt-5-mini", "gpt-3.5-turbo"),
    *("gpt-4o-mini-2024-07-18", "ft:gpt-3.5-turbo:todos::Ab1", "gpt-4-turbo-preview", "gpt-4-32k", "chatgpt-4o-latest"),
)

DEPLOYMENTS: Final[tuple[str, ...]] = (
    *("gpt-4", "my-chat", "GPT_4o.v2", "gpt-35-turbo", "Chat", "gpt-3.5-turbo", "1234", "my_chat_2024-06"),
    *("gpt-4.1-EU", "gpt-3.5-turbo-16k", "d" * 64),
)
"""Names that Azure gives deployments: of letters, digits, dots, dashes and underscores."""
