"""Each slip in a case file is answered with file, line, what was found and what is expected."""

import random

import pytest
from core_edition import EDITION, GOOD, write_edition

from conformance._data.editions import load_edition
from conformance.errors import CaseFileError


def cases_in(root, date=EDITION):
    return load_edition(root, date).cases


def load(root, *files):
    return cases_in(write_edition(root, *files))


def record(*lines, covers="AST-PYTHON-ONLY", case_id="a-case"):
    """Write a record; its `lines` begin at line 4 of the file."""
    head = [f"- id: {case_id}", "  title: A title that says something.", f"  covers: [{covers}]"]
    return "\n".join([*head, *(f"  {line}" for line in lines), ""])


SKILL = "skills: [{trigger: {functionDescription: Add}}]"
ACCEPTED = "expect: {accepted: true}"
ASK = ("ask: Hello", "model_replies: [Hi.]")

SLIPS = {
    # The form of the file and of its records.
    "an empty file": ("", 1, "the file = null", "array"),
    "a mapping": ("id: a\n", 1, 'the file = {"id": "a"}', "array"),
    "an empty list": ("[]\n", 1, "the file: [] should be non-empty", "minItems 1"),
    "a record that is text": ("- one\n", 1, 'the file = "one"', "object"),
    "no id": ("- title: A title that says something.\n  covers: [AST-A]\n", 1, "no 'id'", "the keys id, title, covers"),
    "no covers": ("- id: a\n  title: A title that says something.\n", 1, "no 'covers'", "the keys id, title, covers"),
    "an id with capitals": (record(SKILL, ACCEPTED, case_id="A-Case"), 1, 'id = "A-Case"', "text of the form"),
    "an id that is a number": (record(SKILL, ACCEPTED, case_id="12"), 1, "id = 12", "string"),
    "a short title": ("- id: a\n  title: Short\n  covers: [AST-A]\n", 2, "title: 'Short' is too short", "minLength 10"),
    # Unknown keys, at each level; the nearest known one is named.
    "a misspelt key": (record(SKILL, "expects: {accepted: true}"), 5, "the unknown key 'expects'", "'expect'?"),
    "a foreign key": (record(SKILL, ACCEPTED, "zzz: 1"), 6, "the unknown key 'zzz'", "one of id, title, covers"),
    "a misspelt key of a skill": (
        record("skills:", "  - trigger: {functionDescription: Add}", "    return: 1", ACCEPTED),
        6,
        "the unknown key 'return'",
        "'returns'?",
    ),
    "a misspelt parameter": (
        record("skills:", "  - trigger:", "      functionDescripton: Add", ACCEPTED),
        6,
        "the unknown key 'functionDescripton'",
        "'functionDescription'?",
    ),
    "a misspelt key of a reply": (
        record(SKILL, "ask: Hello", "model_replies:", "  - txt: Hi", "expect: {answer: Hi}"),
        7,
        "the unknown key 'txt'",
        "'text'?",
    ),
    "a misspelt key of a call": (
        record(
            SKILL,
            "ask: Hello",
            "model_replies:",
            "  - calls:",
            "      - {name: A, argument: {}}",
            "expect: {answer: Hi}",
        ),
        8,
        "the unknown key 'argument'",
        "'arguments'?",
    ),
    "a misspelt key of the app before": (
        record("before:", "  skils: []", SKILL, ACCEPTED),
        5,
        "the unknown key 'skils'",
        "'skills'?",
    ),
    "a misspelt expectation": (
        record(SKILL, *ASK, "expect:", "  anser: Hi."),
        8,
        "the unknown key 'anser'",
        "'answer'?",
    ),
    # Wrong types and words.
    "a wrong type": (record("skills: {trigger: {}}", ACCEPTED), 4, 'skills = {"trigger": {}}', "array"),
    "a wrong constant": (record(SKILL, "expect: {accepted: yes}"), 5, 'accepted = "yes"', "true"),
    "a misspelt provider": (record(SKILL, "provider: azur", ACCEPTED), 5, 'provider = "azur"', "'azure'?"),
    "a misspelt surface": (record("surfaces: [pyton]", SKILL, ACCEPTED), 4, 'surfaces = "pyton"', "'python'?"),
    "a status that is no error": (
        record(SKILL, "ask: Hello", "model_replies: [{status: 200}]", "expect: {error: true}"),
        6,
        "status: 200 is less than the minimum of 400",
        "minimum 400",
    ),
    "an unknown argument type": (
        record("skills:", "  - argument: {task: text}", "    trigger: {functionDescription: Add}", ACCEPTED),
        5,
        "the type 'text'",
        "one of string, integer, number, boolean, array, object",
    ),
    "a misspelt argument type": (
        record("skills:", "  - argument: {task: strng}", "    trigger: {functionDescription: Add}", ACCEPTED),
        5,
        "the type 'strng'",
        "'string'?",
    ),
    "an argument name that is no identifier": (
        record("skills:", "  - argument: {a b: string}", "    trigger: {functionDescription: Add}", ACCEPTED),
        5,
        "the argument 'a b'",
        "an identifier",
    ),
    # Requirements and surfaces.
    "an unknown requirement": (
        record(SKILL, ACCEPTED, covers="AST-PYTHON-ONYL"),
        3,
        "the requirement AST-PYTHON-ONYL",
        "'AST-PYTHON-ONLY'?",
    ),
    "two requirements on one surface": (
        record(SKILL, ACCEPTED, covers="AST-PYTHON-ONLY, AST-ALL-SURFACES"),
        3,
        "AST-ALL-SURFACES beside AST-PYTHON-ONLY on python",
        "one requirement a surface",
    ),
    "a surface that no requirement concerns": (
        record("surfaces:", "  - python", "  - java", SKILL, ACCEPTED),
        6,
        "java",
        "a surface that a covered requirement concerns",
    ),
    "a parameter that the surface does not document": (
        record(
            "surfaces: [powershell]",
            "skills:",
            "  - trigger:",
            "      functionDescription: Add",
            "      model: gpt-4",
            ACCEPTED,
            covers="AST-ALL-SURFACES",
        ),
        8,
        "model, which powershell does not document",
        "surfaces that do",
    ),
    # Matrices.
    "a matrix of one row": (
        record("matrix: [{a: 1}]", ACCEPTED, case_id="a-${a}"),
        4,
        "matrix: [{'a': 1}] is too short",
        "minItems 2",
    ),
    "a column that nothing uses": (
        record("matrix:", "  - {a: 1}", "  - {a: 2, b: 3}", SKILL, ACCEPTED, case_id="a-${a}"),
        6,
        "the column 'b', which nothing uses",
        "${b} somewhere",
    ),
    "a value that a row lacks": (
        record("matrix:", "  - {a: x}", "  - {c: y}", SKILL, ACCEPTED, case_id="a-${a}"),
        6,
        "no value for ${a}",
        "one in every row",
    ),
    "a placeholder without a matrix": (
        record(SKILL, "why: Because of ${reason}.", ACCEPTED),
        1,
        "no value for ${reason}",
        "a matrix with it",
    ),
    "an id that every row shares": (
        record("matrix: [{d: One}, {d: Two}]", "skills: [{trigger: {functionDescription: '${d}'}}]", ACCEPTED),
        1,
        "the id a-case for every row",
        "${…} in the id of a matrix",
    ),
    "a value that makes a bad id": (
        record("matrix: [{d: one}, {d: 'not [good]'}]", SKILL, ACCEPTED, case_id="a-${d}"),
        1,
        "the id 'a-not [good]'",
        "words joined by dashes",
    ),
    "a value that makes an id of another type": (
        record("matrix: [{n: 1}, {n: 2}]", SKILL, ACCEPTED, case_id='"${n}"'),
        1,
        "the id 1",
        "words joined by dashes",
    ),
    "a value of a wrong type": (
        record(
            "matrix:",
            "  - {n: x, m: [1]}",
            "  - {n: y, m: z}",
            SKILL,
            "ask: '${m}'",
            "model_replies: [Hi.]",
            "expect: {answer: Hi.}",
            case_id="a-${n}",
        ),
        8,
        "ask: [1] is too short",
        "minItems 2",
    ),
    "two keys that become one": (
        record(
            "matrix: [{a: x, b: x}, {a: x, b: y}]",
            "skills: []",
            *ASK,
            "expect: {request: {'${a}': 1, '${b}': 2}}",
            case_id="a-${a}-${b}",
        ),
        8,
        "the key 'x' a second time",
        "each key once",
    ),
    "a text that is repeated too often": (
        record("matrix:", "  - {a: x}", "  - {a: {$repeat: [ab, 1000000000]}}", SKILL, ACCEPTED, case_id="a-${a}"),
        6,
        '$repeat: ["ab", 1000000000]',
        "[text, times], ",
    ),
    "a repetition of nothing": (
        record("matrix:", "  - {a: x}", "  - {a: {$repeat: []}}", SKILL, ACCEPTED, case_id="a-${a}"),
        6,
        "$repeat: []",
        "[text, times], ",
    ),
    "a repetition outside a matrix": (
        record("skills: [{trigger: {functionDescription: {$repeat: [ab, 3]}}}]", ACCEPTED),
        1,
        "$repeat where the case is written",
        "$repeat as a value",
    ),
    # Ids.
    "an id twice": (
        record(SKILL, ACCEPTED) + record(SKILL, ACCEPTED),
        6,
        "the id a-case, which",
        "each id once",
    ),
    "an id twice by a matrix": (
        record("matrix: [{a: x}, {a: x}]", SKILL, ACCEPTED, case_id="a-${a}"),
        1,
        "the id a-x, which",
        "each id once",
    ),
    # Expectations.
    "no expectation": (record(SKILL), 1, "a case that expects nothing", "expect, or refused and control"),
    "an empty expectation": (record(SKILL, "expect: {}"), 5, "expect: {} should be non-empty", "minProperties 1"),
    "an expectation of two things": (
        record(SKILL, *ASK, "expect: {answer: Hi., binding: {type: x}}"),
        7,
        "an expectation of the bindings and the conversation",
        "one of them: two cases",
    ),
    "an expectation of a conversation without one": (
        record(SKILL, "expect: {answer: Hi.}"),
        5,
        "an expectation of a conversation",
        "ask and model_replies",
    ),
    "a conversation that nothing reads": (
        record(SKILL, *ASK, ACCEPTED),
        5,
        "a conversation that the expectation does not read",
        "one of request, requests, invocations, answer, answers, error",
    ),
    "model replies without ask": (
        record(SKILL, "model_replies: [Hi.]", ACCEPTED),
        1,
        "'model_replies' without 'ask'",
        "both or neither",
    ),
    "ask without model replies": (
        record(SKILL, "ask: Hi", ACCEPTED),
        1,
        "'ask' without 'model_replies'",
        "both or neither",
    ),
    "a refusal without its control": (
        record("refused: {trigger: {}}"),
        1,
        "'refused' without 'control'",
        "both or neither",
    ),
    "a refusal with an expectation": (
        record("refused: {trigger: {}}", "control: {trigger: {functionDescription: Add}}", ACCEPTED),
        6,
        "an expectation beside a refusal",
        "one or the other",
    ),
    "a refusal with a conversation": (
        record("refused: {trigger: {}}", "control: {trigger: {functionDescription: Add}}", *ASK),
        6,
        "a conversation beside a refusal",
        "one or the other",
    ),
    "a binding of no skill": (
        record("skills: []", "expect: {binding: {type: x}}"),
        5,
        "the binding of 0 skills",
        "one skill; bindings for several",
    ),
    "a binding of two skills": (
        record("skills:", "  - {trigger: {}}", "  - {trigger: {}}", "expect: {binding: {type: x}}"),
        7,
        "the binding of 2 skills",
        "one skill; bindings for several",
    ),
    "an acceptance of nothing": (record(ACCEPTED), 4, "an acceptance of 0 skills", "one skill or more"),
    # Replies.
    "a reply that says nothing": (
        record(SKILL, "ask: Hello", "model_replies:", "  - {always: true}", "expect: {error: true}"),
        7,
        "always, but no status",
        "a text, calls, a refusal or a status",
    ),
    "a fault that says something": (
        record(SKILL, "ask: Hello", "model_replies:", "  - {status: 500, text: Hi}", "expect: {error: true}"),
        7,
        "status beside text",
        "a text, calls, a refusal or a status",
    ),
    # Patterns.
    "a misspelt word": (
        record(SKILL, "expect:", "  binding:", "    model: {$absnet: true}"),
        7,
        "the unknown word '$absnet'",
        "'$absent'?",
    ),
    "an unknown word": (
        record(SKILL, "expect: {binding: {model: {$xyz: true}}}"),
        5,
        "the unknown word '$xyz'",
        "one of $absent, $any_case",
    ),
    "a word beside something else": (
        record(SKILL, "expect: {binding: {model: {$absent: true, x: 1}}}"),
        5,
        "$absent beside x",
        "a word alone",
    ),
    "an absence that is not told": (
        record(SKILL, "expect: {binding: {model: {$absent: no}}}"),
        5,
        '$absent = "no"',
        "true or false",
    ),
    "a choice that is no list": (
        record(SKILL, "expect: {binding: {model: {$one_of: gpt-4}}}"),
        5,
        '$one_of = "gpt-4"',
        "a list of two patterns or more",
    ),
    "a choice of one": (
        record(SKILL, "expect: {binding: {model: {$one_of: [gpt-4]}}}"),
        5,
        '$one_of = ["gpt-4"]',
        "a list of two patterns or more",
    ),
    "a misspelt word within a word": (
        record(SKILL, "expect: {binding: {model: {$one_of: [x, {$txt: true}]}}}"),
        5,
        "the unknown word '$txt'",
        "'$text'?",
    ),
    "a list of any order that is no list": (
        record(SKILL, *ASK, "expect: {invocations: {$unordered: {}}}"),
        7,
        "$unordered = {}",
        "a list of patterns",
    ),
    "a case that is no text": (
        record(SKILL, "expect: {binding: {type: {$any_case: 5}}}"),
        5,
        "$any_case = 5",
        "text",
    ),
    "letters that are no text": (
        record(SKILL, "expect: {construct: {$letters: [a]}}"),
        5,
        '$letters = ["a"]',
        "text",
    ),
    "text that is not wanted": (
        record(SKILL, *ASK, "expect: {answer: {$text: false}}"),
        7,
        "$text = false",
        "true",
    ),
    "a schema that is none": (
        record(SKILL, *ASK, "expect: {answer: {$schema: {type: texts}}}"),
        7,
        "$schema: 'texts' is not valid under any of the given schemas",
        "a JSON Schema (draft 2020-12)",
    ),
}


@pytest.mark.parametrize(("text", "line", "found", "expected"), SLIPS.values(), ids=SLIPS)
def test_says_what_is_wrong_with_a_case_file(tmp_path, text, line, found, expected):
    with pytest.raises(CaseFileError) as caught:
        load(tmp_path, text)
    error = caught.value
    assert error.path == tmp_path / EDITION / "a.yaml"
    assert error.line == line
    assert error.found.startswith(found)
    assert error.expected.startswith(expected)


def test_refuses_an_id_that_another_file_has(tmp_path):
    with pytest.raises(CaseFileError) as caught:
        load(tmp_path, GOOD, "# moved down\n\n" + GOOD)
    error = caught.value
    assert (error.path.name, error.line, error.expected) == ("b.yaml", 3, "each id once")
    assert error.found == f"the id good-case, which {tmp_path / EDITION / 'a.yaml'}:1 has"


def test_refuses_an_id_that_a_shared_file_has(tmp_path):
    root = write_edition(tmp_path, GOOD)
    (root / "shared").mkdir()
    (root / "shared" / "z.yaml").write_text(GOOD)
    with pytest.raises(CaseFileError, match="the id good-case"):
        cases_in(root)


def test_names_the_first_of_several_slips(tmp_path):
    slips = record("skills: 5", "expect: {accepted: 1}", covers="5")
    with pytest.raises(CaseFileError) as caught:
        load(tmp_path, slips)
    assert caught.value.line == 3


def test_says_that_an_edition_is_missing(tmp_path):
    with pytest.raises(CaseFileError, match=r"surfaces\.yaml:1: cannot be read"):
        cases_in(write_edition(tmp_path), "1999-01-01")


@pytest.mark.parametrize(
    ("old", "new", "found", "expected"),
    [
        (
            "AST-SERVICE-URL",
            "AST-SERVICE-URI",
            f"no requirement AST-SERVICE-URL in edition {EDITION}",
            "'AST-SERVICE-URI'?",
        ),
        ("AST-ALL-AGAIN", "AST-ALL-SURFACES", "the id AST-ALL-SURFACES a second time", "each id once"),
        ("level: must", "level: may", 'level = "may"', "one of must, should"),
        ("level: must", "level: should", f"a should without a source in edition {EDITION}", "both or neither"),
        ("level: must", "level: must, source: Here.", f"a source without a should in edition {EDITION}", "both or"),
        (", level: must", "", f"no 'level' in edition {EDITION}", "must, should, or the surfaces of each"),
        ("must: [python]", "may: [python]", "the unknown key 'may'", "one of must, should"),
        ("[python]", "[pithon]", 'must = "pithon"', "'python'?"),
        ("[python]", "[python], should: [python]", "python at both levels", "each surface once"),
        ("level: must", "only: 2024-04-15, level: must", "the edition 2024-04-15", f"one of {EDITION}"),
        ("level: must", "editions: {2024-04-15: {level: must}}", "the edition 2024-04-15", f"one of {EDITION}"),
        ("level: must", "only: 2024-04-14, editions: {2024-04-14: {level: must}}", "editions beside only", "one or"),
        ("section:", "sektion:", "the unknown key 'sektion'", "'section'?"),
    ],
)
def test_says_what_is_wrong_with_requirements(tmp_path, old, new, found, expected):
    path = write_edition(tmp_path, GOOD) / "requirements.yaml"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(CaseFileError) as caught:
        cases_in(tmp_path)
    assert caught.value.path == path
    assert caught.value.found.startswith(found)
    assert caught.value.expected.startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "found", "expected"),
    [
        (
            "functionName: FunctionName",
            "functoinName: FunctionName",
            "the unknown parameter 'functoinName'",
            "'functionName'?",
        ),
        ("functionName: FunctionName", "functionName: Model", "the spelling 'Model' a second time", "each once"),
        ("prefilled: [name]", "prefilled: [direction]", "direction, which java does not document", "one of name"),
        ("direction: out", "direction: up", 'direction = "up"', "one of in, out"),
        ("  python:", "  phyton:", "the unknown key 'phyton'", "'python'?"),
    ],
)
def test_says_what_is_wrong_with_surfaces(tmp_path, old, new, found, expected):
    path = write_edition(tmp_path, GOOD) / EDITION / "surfaces.yaml"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(CaseFileError) as caught:
        cases_in(tmp_path)
    assert caught.value.path == path
    assert caught.value.found.startswith(found)
    assert caught.value.expected.startswith(expected)


FUZZED = GOOD + record(
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
    "model_replies: [{calls: [{name: AddTodo, arguments: '{}'}]}, {text: Hi.}, {status: 429, always: true}]",
    "expect: {requests: [{model: {$one_of: ['${model}', '${n}']}}, {results: {$unordered: [{$result: 1}]}}]}",
    case_id="fuzzed-${model}",
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
            cases_in(tmp_path)
        except CaseFileError as error:
            # YAML ends a line at \x85 too, as str.splitlines does.
            place = error.path, 1 <= error.line <= len(text.splitlines()) + 1
            assert place == (path, True)
