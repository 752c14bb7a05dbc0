"""A small edition: cases that pass, one that fails, and one in which implementations misbehave."""

import shutil

from conformance._data.corpus import CASES
from conformance._data.editions import load_edition

EDITION = "2024-04-14"

REQUIREMENTS = """
- {id: AST-SMALL, level: must, statement: An implementation answers what it is asked., section: Example}
- {id: AST-SERVICE-KEY, level: must, statement: The key is sent., section: Example}
- {id: AST-SERVICE-URL, level: must, statement: The service's URL is used., section: Example}
- {id: AST-SERVICE-MODEL, level: must, statement: The model exists., section: Example}
- {id: AST-SERVICE-MESSAGES, level: must, statement: The messages are well-formed., section: Example}
- {id: AST-SERVICE-TOOLS, level: must, statement: The tools are well-formed., section: Example}
- {id: AST-SERVICE-BODY, level: must, statement: The body is well-formed., section: Example}
"""

CONVERSATION = """
- id: {id}
  title: An implementation that is asked does what it is told.
  covers: [AST-SMALL]
  surfaces: [python]
  skills:
    - trigger: {{functionDescription: Create a new todo task}}
      returns: added
  ask: {message}
  model_replies:
    - calls: [{{name: AddTodo, arguments: {{taskDescription: milk}}}}]
    - Done.
  expect:
    invocations: [{{skill: AddTodo, argument: milk}}]
    requests: [{{}}, {{results: {{call_1: {{$json: added}}}}}}]
    answer: {reply}
"""

REFUSAL = """
- id: declaration
  title: An implementation refuses a declaration without description.
  covers: [AST-SMALL]
  surfaces: [python]
  refused: {function: Misbehave, trigger: {functionName: AddTodo}}
  control: {trigger: {functionDescription: Create a new todo task}}
"""

CASE_FILE = "".join(
    (
        CONVERSATION.format(id="before", message="Buy milk", reply="Done."),
        CONVERSATION.format(id="misbehaving", message="Misbehave", reply="Done."),
        CONVERSATION.format(id="wrong-reply", message="Buy milk", reply="Nothing of the kind."),
        CONVERSATION.format(id="after", message="Buy milk", reply="Done."),
    )
)


def load_cases(folder):
    """Write the edition into a folder, and load its cases."""
    edition = folder / EDITION
    edition.mkdir()
    shutil.copy(CASES / EDITION / "surfaces.yaml", edition)
    (folder / "requirements.yaml").write_text(REQUIREMENTS)
    (edition / "small.yaml").write_text(CASE_FILE + REFUSAL)
    cases = load_edition(folder, EDITION).cases
    return [case for case in cases if case.id.case != "declaration"], [
        case for case in cases if case.id.case == "declaration"
    ]
