"""A small edition for the tests of the loader: a handful of requirements, the real spellings."""

import shutil

from conformance._data.corpus import CASES

EDITION = "2024-04-14"

REQUIREMENT = "- {{id: {id}, statement: What an implementation does., section: Example, level: {level}}}\n"
REQUIREMENTS = {
    "AST-ALL-SURFACES": "must",
    "AST-ALL-AGAIN": "must",
    "AST-PYTHON-ONLY": "{must: [python]}",
    "AST-JAVA-ONLY": "{must: [java]}",
    "AST-SERVICE-KEY": "must",
    "AST-SERVICE-URL": "must",
    "AST-SERVICE-MODEL": "must",
    "AST-SERVICE-MESSAGES": "must",
    "AST-SERVICE-TOOLS": "must",
    "AST-SERVICE-BODY": "must",
}

GOOD = """\
- id: good-case
  title: A case that is good in every way.
  covers: [AST-PYTHON-ONLY]
  skills:
    - trigger: {functionDescription: Create a new todo task}
  ask: Buy milk
  model_replies:
    - calls: [{name: AddTodo, arguments: {taskDescription: milk}}]
    - Done.
  expect:
    answer: Done.
"""


def write_edition(root, *files):
    """Write an edition with case files `a.yaml`, `b.yaml` and so on, and return the root."""
    folder = root / EDITION
    folder.mkdir()
    shutil.copy(CASES / EDITION / "surfaces.yaml", folder)
    records = [REQUIREMENT.format(id=name, level=level) for name, level in REQUIREMENTS.items()]
    (root / "requirements.yaml").write_text("".join(records))
    for name, text in zip("abc", files, strict=False):
        (folder / f"{name}.yaml").write_text(text)
    return root
