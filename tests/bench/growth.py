"""Generated corpora: case files with as many cases as are asked for, which any implementation passes."""

from __future__ import annotations

import json
from pathlib import Path

SURFACES = 7
RECORDS_IN_FILE = 1_000


def write_cases(folder: Path, number: int) -> None:
    """Write case files that make about `number` cases, an equal number for each surface."""
    folder.mkdir()
    records = range(number // SURFACES)
    for first in records[::RECORDS_IN_FILE]:
        text = json.dumps(list(map(record, records[first : first + RECORDS_IN_FILE])), indent=1)
        (folder / f"generated_{first:06}.yaml").write_text(text, "utf-8")


def record(number: int) -> dict[str, object]:
    """Return a case of a whole conversation, no two alike."""
    return {
        "id": f"generated-{number}",
        "title": f"Call {number} runs the function, and its result reaches the model.",
        "covers": ["AST-CONVERSATION-CALL"],
        "skills": [{"function": "AddTodo", "returns": f"added as number {number}"}],
        "ask": f"Remind me of errand {number}",
        "model_replies": [
            {"calls": [{"name": "AddTodo", "arguments": {"taskDescription": f"Errand {number}"}}]},
            f"I will remind you of errand {number}.",
        ],
        "expect": {"invocations": [{"skill": "AddTodo", "argument": f"Errand {number}"}]},
    }
