"""The messages: how they are read and written, and that the schema, the code and docs/protocol.md agree."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from conformance import contract
from conformance._data.script_file import load_script
from conformance._targets import protocol
from conformance._targets.protocol import BrokenMessageError, Failure, RpcRequest, Success

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "protocol.md").read_text("utf-8")
SCHEMA = json.loads(protocol.SCHEMA.read_text("utf-8"))
BLOCKS = re.findall(r"```jsonl\n(.*?)```", PAGE, re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines()]

METHODS = {"initialize", "create_app", "add_skill", "bindings", "ask", "close_app", "invoke_skill"}

MESSAGES = [
    RpcRequest(id=1, method="ask", params={"app": None, "message": "Grüße \ud800 \u2028"}),
    Success(id="a", result=[1.5, True, None, 2**70]),
    Failure(id=None, code=-32700, message="what?"),
]


@pytest.mark.parametrize("message", MESSAGES)
def test_reads_what_it_writes(message):
    line = protocol.encode(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert line.isascii()
    assert protocol.decode(line) == message


@pytest.mark.parametrize("result", [float("nan"), float("inf"), object(), b"bytes"])
def test_writes_nothing_that_is_not_json(result):
    with pytest.raises((ValueError, TypeError)):
        protocol.encode(Success(id=1, result=result))


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"hello", "a line that is not JSON: 'hello'; expected one JSON-RPC message a line"),
        (b"", "a line that is not JSON: ''; expected one JSON-RPC message a line"),
        (b"[" * 100_000 + b"]" * 100_000, "a line that cannot be read (nested too deeply): '[[["),
        (b"9" * 100_000, "a line that cannot be read (an integer of more digits than Python reads): '999"),
        (b'{"jsonrpc": "2.0", "id": 1, "result": NaN}', "a line that cannot be read (NaN is not JSON)"),
        (b"\xff\xfe", r"a line with bytes that are not UTF-8: '\\xff\\xfe'; expected UTF-8 text"),
        (b'[{"jsonrpc": "2.0", "id": 1, "result": 1}]', "JSON that is not a message"),
        (
            b"12",
            "JSON that is not a message: '12'; expected an object with method and params, with result, or with error",
        ),
        (b'{"jsonrpc": "2.0", "id": 1}', "JSON that is not a message"),
        (b'{"id": 1, "result": 1}', 'the response = {"id": 1, "result": 1}; expected the member \'jsonrpc\' in it'),
        (b'{"jsonrpc": "1.0", "id": 1, "result": 1}', 'the response.jsonrpc = "1.0"; expected "2.0"'),
        (b'{"jsonrpc": "2.0", "id": null, "result": 1}', "the response.id = null; expected an integer or a string"),
        (b'{"jsonrpc": "2.0", "id": true, "result": 1}', "the response.id = true; expected an integer or a string"),
        (b'{"jsonrpc": "2.0", "id": 1, "error": "no"}', 'the response.error = "no"; expected an object'),
        (
            b'{"jsonrpc": "2.0", "id": 1, "error": {"code": 1}}',
            'the response.error = {"code": 1}; expected the member \'mess',
        ),
        (
            b'{"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": "no"}, "result": null}',
            "the response.result = null; expected absent",
        ),
        (b'{"jsonrpc": "2.0", "method": "log", "params": {}}', "the request = {"),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "x", "params": [1]}', "the request.params = [1]; expected an object"),
    ],
)
def test_a_broken_line_is_a_clear_error(line, error):
    with pytest.raises(BrokenMessageError) as caught:
        protocol.decode(line)
    assert str(caught.value).startswith(error)


@pytest.mark.parametrize(
    ("method", "result", "error"),
    [
        ("ask", {"reply": None}, "the result of ask.reply = null; expected a string"),
        ("ask", "Done.", 'the result of ask = "Done."; expected an object'),
        ("bindings", {"AddTodo": [1]}, "the result of bindings.AddTodo[0] = 1; expected an object"),
        ("bindings", None, "the result of bindings = null; expected an object"),
        ("create_app", {}, "the result of create_app = {}; expected the member 'app' in it"),
        ("create_app", {"app": 1, "construct": 2}, "the result of create_app.construct = 2; expected a string"),
        (
            "initialize",
            {"name": "x", "version": "1", "surfaces": ["cobol"], "capabilities": ["ask"]},
            'the result of initialize.surfaces[0] = "cobol"; expected one of "csharp-isolated",',
        ),
        (
            "initialize",
            {"name": "../../x", "version": "1", "surfaces": ["java"], "capabilities": ["ask"]},
            'the result of initialize.name = "../../x"; expected text of the form ^',
        ),
    ],
)
def test_a_result_of_another_shape_is_a_clear_error(method, result, error):
    with pytest.raises(BrokenMessageError) as caught:
        protocol.check_result(method, result)
    assert str(caught.value).startswith(error)


@pytest.mark.parametrize("method", ["add_skill", "close_app"])
@pytest.mark.parametrize("result", [None, 1, "ok", [], {}])
def test_some_results_may_be_anything(method, result):
    protocol.check_result(method, result)


def test_the_schema_is_a_schema_and_knows_the_contracts_words():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    definitions = SCHEMA["$defs"]
    assert tuple(definitions["surface"]["enum"]) == contract.SURFACES
    assert tuple(definitions["edition"]["enum"]) == contract.EDITIONS
    argument = definitions["skill"]["properties"]["argument"]
    assert tuple(argument["properties"]["type"]["enum"]) == contract.JSON_TYPES
    for method in METHODS:
        assert {f"{method}.params", f"{method}.result"} <= definitions.keys()


def test_the_page_shows_every_method_and_every_kind_of_answer():
    methods = {json.loads(line[2:]).get("method") for line in LINES} - {None}
    assert methods == METHODS
    for surface in contract.SURFACES:
        assert f"`{surface}`" in PAGE


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:70])
def test_every_example_of_the_page_is_a_message(line):
    jsonschema.validate(json.loads(line[2:]), SCHEMA)
    protocol.decode(line[2:].encode())


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block[:70])
def test_every_example_of_the_page_is_a_conversation_in_the_right_order(block):
    """Each request is answered by the other side, with a result that its method may have."""
    waiting = []
    for line in block.splitlines():
        side, message = line[0], protocol.decode(line[2:].encode())
        if isinstance(message, RpcRequest):
            assert side == ("←" if message.method == "invoke_skill" else "→")
            protocol.check_params(message)
            waiting.append((side, message))
        else:
            asked, request = waiting.pop()
            assert (side, message.id) == ("→" if asked == "←" else "←", request.id)
            if isinstance(message, Success):
                protocol.check_result(request.method, message.result)
    assert waiting == []


def test_the_script_of_the_page_is_one(tmp_path):
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "script.yaml"
    path.write_text(text)
    script = load_script(path, lambda _: "http://127.0.0.1:1")
    assert (script.provider, script.key, script.models, script.repeats) == ("openai", "sk-mine", {"gpt-4o"}, False)
    assert len(script.replies) == len(yaml.safe_load(text)["model_replies"])
