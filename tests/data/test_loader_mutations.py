"""Whatever becomes of a case file, the answer is its cases or an error that has a place in it."""

import random

import pytest
from core_edition import EDITION, GOOD, write_edition

from conformance._data.editions import load_edition
from conformance.errors import CaseFileError

RECORD = [
    "matrix: [{model: gpt-4, n: 1}, {model: gpt-5, n: 2}]",
    "before:",
    "  skills: [{trigger: {functionDescription: Add}}]",
    "  ask: [Hello, Again]",
    "  model_replies: [Hi., {status: 500}]",
    "skills:",
    "  - function: AddTodo",
    "    argument: {taskDescription: string}",
    "    trigger: {functionDescription: Add, model: '${model}', parameterDescriptionJson: {type: object}}",
    "    returns: {a: [1, 2.5, null]}",
    "ask: Hello",
    "model_replies: [{calls: [{name: AddTodo, arguments: '{}'}]}, {text: Hi.}, {status: 429, lasts: always}]",
    "expect: {requests: [{model: {$one_of: ['${model}', '${n}']}}, {results: {$unordered: [{$result: 1}]}}]}",
]
FUZZED = GOOD + "\n".join(
    [
        "- id: fuzzed-${model}",
        "  title: A title that says something.",
        "  covers: [AST-PYTHON-ONLY]",
        *(f"  {line}" for line in RECORD),
        "",
    ]
)

SCRAPS = [
    "",
    " ",
    "\n",
    "  ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "null",
    "true",
    "-1",
    "1e9",
    "id",
    "calls",
    "text",
]
SCRAPS += ["${n}", "${zzz}", "$absent", "&a ", "*a", "!!int ", "# ", "\t", "\ufffd", "%", "?", "\x85", "…"]


@pytest.mark.parametrize("seed", range(40))
def test_answers_any_mutation_with_cases_or_an_error_of_the_file(tmp_path, seed):
    source = random.Random(seed)  # noqa: S311  # tests need chance that repeats
    path = write_edition(tmp_path) / EDITION / "a.yaml"
    for _ in range(5):
        text = FUZZED
        for _ in range(source.randint(1, 4)):
            start = source.randrange(len(text))
            text = text[:start] + source.choice(SCRAPS) + text[start + source.choice([0, 0, 1, 5, 20]) :]
        path.write_text(text)
        try:
            load_edition(tmp_path, EDITION).cases  # noqa: B018  # they are read here
        except CaseFileError as error:
            # YAML ends a line at \x85 too, as str.splitlines does.
            place = error.path, 1 <= error.line <= len(text.splitlines()) + 1
            assert place == (path, True)
