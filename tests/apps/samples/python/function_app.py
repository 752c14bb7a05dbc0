"""The documentation's example in Python: a todo assistant's skill, declared by the library's decorator."""

import logging

import azure.functions as func

app = func.FunctionApp()
log = logging.getLogger(__name__)


@app.function_name("AddTodo")
@app.assistant_skill_trigger(arg_name="taskDescription", function_description="Create a new todo task")
def add_todo(taskDescription: str) -> None:  # noqa: N803  # binding names have no underscores
    log.info("A new task: %s", taskDescription)
