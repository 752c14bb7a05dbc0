"""What tools, functions, arguments, models and deployments may be called, and what tools may not."""

from typing import Final

TOOL_NAMES: Final[tuple[str, ...]] = (
    *("AddTodo", "AddTodos", "todo_", "get_todos", "count-todos", "count_todos", "T", "list2", "2024-12_31"),
    *("Find_Todo-By_Id", "Find_Todo-By_Id-And_Owner", "find_todos_by_owner_and_title", "find_todos_by_owner_and_date"),
    *("X" * 64, "X" * 63 + "Y", "SHOUT", "a1-b2_c3", "todo__done", "-dash", "_private", "007", "get", "default"),
    "return",
)
"""Names that OpenAI takes for a tool, no two alike ignoring case."""

SETTING_NAMES: Final = (
    *("%SKILL_NAME%", "get_%SKILL_NAME%", "%todoVerb%-2", "%todoVerb%_%SKILL_NAME%", "list_%Skills:Noun%"),
    *("%todoVerb%%Skills:Noun%", "%todoVerb%_%todoVerb%"),
)
"""Names that settings give, in part or in whole."""

FUNCTIONS: Final[tuple[str, ...]] = (
    *("addtodos", "GetTodosFunction", "CountTodosAsync", "find_todo_by_id", "removeTodo", "removeTodos", "TODO2"),
    *("List-Todos", "DoneTrigger", "Get__Todos--All_"),
    "The_own_name_of_a_function_that_is_as_long_as_a_name_can_be_here",
)
"""Functions' own names, of which no two are alike ignoring case, nor like another one's name for the model."""

ARGUMENT_NAMES: Final[tuple[str, ...]] = (
    *("taskDescription", "todo", "items", "type", "X", "name", "properties", "description", "required", "value2"),
    *("URL", "argument", "result", "issue", "IsDone", "userId", "count", "dueDate", "content", "data", "title"),
    "format",
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

WRONG_NAMES: Final[tuple[str, ...]] = (
    *("Add Todo", " AddTodo", "AddTodo ", "Add  Todo", "AddTodo\n", "\nAddTodo", "Add\tTodo", "Add\u00a0Todo"),
    *("Todo.Add", ".AddTodo", "AddTodo.", "Add..Todo", "Todo:Add", "Todo/Add", "Todo\\Add", "Todo::Add"),
    *("AddTodo()", "Add[Todo]", "Add<Todo>", "AddTodo!", "AddTodo?", "#AddTodo", "@AddTodo", "Add+Todo", "Add&Todo"),
    *("Add,Todo", "Add;Todo", "Add'Todo", 'Add"Todo', "Add|Todo", "Add=Todo", "Add~Todo", "Add*Todo", "$AddTodo"),
    *("Größe", "AddTodo٣", "\uff21dd", "AddTodo²", "AddTodó", "Add\u2013Todo", "Add\u200bTodo", "Li\u017ftTodos"),
    *("\u212aeepTodo", "添加", "Добавить", "Add🥛", "Todo\u0131", "Add\nTodo"),
    *("X" * 65, "X" * 66, "get_todos_" * 8, "Y" * 128, "a-" * 33, "get_todos-" * 8, "1" * 65, "_" * 65),
)
"""Names that are declared for a tool. None is blank, or has a sign with which settings or expressions are written."""

WRONG_SETTING_NAMES: Final[tuple[str, ...]] = (
    *("%SKILL_NAME% ", "%todoVerb%.%Skills:Noun%", "%todoVerb% %Skills:Noun%", "%SKILL_NAME%/2", "ä%SKILL_NAME%"),
    "list_" + "%SKILL_NAME%_" * 8,
)
"""Names that are wrong with settings in place, as well as without."""

WRONG_OWN_NAMES: Final[tuple[str, ...]] = (
    "The_own_name_of_a_function_that_is_longer_by_one_than_a_name_is_2",
    "AddATodoTaskToTheListOfThoseThatAreStillToBeDoneBeforeTheEndOfTheDayThatIsNamedInIt",
    "F" * 100,
    "find-todos-by-the-name-of-their-owner-and-by-the-day-that-they-are-due-on",
    "GrößeDerListe",
)
"""Functions' own names that are too long for a tool, or have other letters."""
