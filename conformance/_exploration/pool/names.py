"""What tools, functions, arguments, models and deployments may be called."""

from typing import Final

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

MODELS: Final[tuple[str, ...]] = (
    *("gpt-4", "gpt-4o-mini", "gpt-4.1", "gpt-3.5-turbo-16k", "gpt-4-0613", "gpt-5-mini", "gpt-3.5-turbo"),
    *("gpt-4o-mini-2024-07-18", "ft:gpt-3.5-turbo:todos::Ab1", "gpt-4-turbo-preview", "gpt-4-32k", "chatgpt-4o-latest"),
)

DEPLOYMENTS: Final[tuple[str, ...]] = (
    *("gpt-4", "my-chat", "GPT_4o.v2", "gpt-35-turbo", "Chat", "gpt-3.5-turbo", "1234", "my_chat_2024-06"),
    *("gpt-4.1-EU", "gpt-3.5-turbo-16k", "d" * 64),
)
"""Names that Azure gives deployments: of letters, digits, dots, dashes and underscores."""
