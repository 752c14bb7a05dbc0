"""The protocol's half in Node, spoken to by hand."""

import json
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "conformance" / "adapters" / "node"

PROGRAM = """
import {{ serve }} from '{folder}/protocol.mjs';
import {{ parse, stringify }} from '{folder}/example/json.mjs';

const call = serve({{
  echo: (params) => params.value,
  nothing() {{}},
  fail() {{ throw new Error('because'); }},
  failOddly() {{ throw 'a text'; }},
  later: () => new Promise((resolve) => setTimeout(() => resolve('late'), 10)),
  print() {{ console.log('not JSON'); process.stdout.write('nor this'); }},
  ask: async (params) => `asked: ${{await call('invoke_skill', params)}}`,
}}, {{ parse, stringify }});
"""


@pytest.fixture
def talk(node):
    """Send requests (method, params), and return the messages that come back."""

    def talk(*requests, answers=(), program=PROGRAM):
        program = program.format(folder=FOLDER.as_posix())
        with subprocess.Popen(  # noqa: S603  # node, with the program above
            [node, "--input-type=module", "-e", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as process:
            for number, (method, params) in enumerate(requests, 1):
                request = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
                process.stdin.write(json.dumps(request, ensure_ascii=False) + "\n")
            process.stdin.flush()
            messages = [json.loads(process.stdout.readline()) for _ in requests]
            for answer in answers:
                process.stdin.write(json.dumps({"jsonrpc": "2.0", **answer}) + "\n")
                process.stdin.flush()
                messages.append(json.loads(process.stdout.readline()))
            process.stdin.close()
            assert process.stdout.read() == ""
            assert process.wait(10) == 0
            talk.printed = process.stderr.read()
        return messages

    return talk


@pytest.mark.parametrize(
    "value",
    [
        "Später: 牛乳 🥛",
        "line\u2028and\u2029paragraph \r\n \u0000",
        [9007199254740993, -12345678901234567890, 9007199254740991, 1.5e300, "9007199254740993"],
        {"": None, "__proto__": {"a": 1}, "id": '12345678901234567890": 12345678901234567890, "'},
        "x" * 1_000_000,
    ],
)
def test_values_pass_unchanged(talk, value):
    assert talk(("echo", {"value": value})) == [{"jsonrpc": "2.0", "id": 1, "result": value}]


def test_a_library_gets_plain_numbers_unless_it_is_given_another_reader(talk):
    plain = PROGRAM.replace("}}, {{ parse, stringify }});", "}});").replace("params.value", "typeof params.value")
    assert talk(("echo", {"value": 2**53 + 1}), program=plain)[0]["result"] == "number"
    assert (
        talk(("echo", {"value": 2**53 + 1}), program=PROGRAM.replace("params.value", "typeof params.value"))[0][
            "result"
        ]
        == "bigint"
    )


def test_no_result_is_null(talk):
    assert talk(("nothing", {})) == [{"jsonrpc": "2.0", "id": 1, "result": None}]


def test_errors_are_answered(talk):
    answers = talk(("fail", {}), ("failOddly", {}), ("unknown", {}), ("toString", {}), ("echo", {"value": 1}))
    assert [answer.get("error", {}).get("message") for answer in answers] == [
        "because",
        "a text",
        "there is no method unknown",
        "there is no method toString",
        None,
    ]
    assert answers[2]["error"]["code"] == -32601


def test_what_is_printed_goes_to_standard_error(talk):
    assert talk(("print", {})) == [{"jsonrpc": "2.0", "id": 1, "result": None}]
    assert talk.printed == "not JSON\nnor this"


def test_answers_when_it_is_ready(talk):
    answers = talk(("later", {}), ("echo", {"value": "at once"}))
    assert [answer["result"] for answer in answers] == ["at once", "late"]


def test_calls_the_suite_and_waits_for_its_answer(talk):
    call, answer = talk(("ask", {"name": "AddTodo"}), answers=[{"id": 1, "result": "done"}])
    assert call == {"jsonrpc": "2.0", "id": 1, "method": "invoke_skill", "params": {"name": "AddTodo"}}
    assert answer == {"jsonrpc": "2.0", "id": 1, "result": "asked: done"}


def test_an_error_of_the_suite_is_thrown(talk):
    _, answer = talk(("ask", {}), answers=[{"id": 1, "error": {"code": 1, "message": "it raised"}}])
    assert answer["error"]["message"] == "it raised"
