"""What `python -m conformance init java` writes, built by Maven and judged; and the protocol's half in Java."""

import json
import shlex
import subprocess
import sys

import pytest

from conformance.__main__ import main
from conformance.commands.init_command import SCAFFOLDS

IMPLEMENTATION = SCAFFOLDS["java"].implementation

NO_ANSWER = 'throw new UnsupportedOperationException("nothing answers " + params.get("message"));'


@pytest.fixture
def scaffold(pytester):
    assert main(["init", "java", str(pytester.path)]) == 0
    return pytester.path


def test_the_first_run_in_java_is_green(maven, scaffold, pytester):
    maven(scaffold)
    options = (f"--impl={IMPLEMENTATION}", "--impl-edition=all", "--impl-level=should")
    assert pytester.runpytest_subprocess("-p", "no:randomly", "-q", *options).ret == 0
    assert pytester.run(sys.executable, "-m", "conformance", "smoke", IMPLEMENTATION).ret == 0


def test_calls_the_suite_while_it_serves_a_request(maven, scaffold):
    source = scaffold / "src/main/java/adapter/Adapter.java"
    text = source.read_text("utf-8")
    assert NO_ANSWER in text
    answer = 'return Protocol.JSON.createObjectNode().set("reply", invoke("AddTodo", params.get("message")));'
    text = text.replace(NO_ANSWER, f'System.out.println("not JSON"); {answer}')
    text = text.replace("ObjectNode ask(JsonNode params) {", "Object ask(JsonNode params) throws Exception {")
    source.write_text(text, "utf-8")
    maven(scaffold)
    command = shlex.split(IMPLEMENTATION.removeprefix("exec:"))
    value = {"text": "Später\u2028牛乳", "numbers": [9007199254740993, -12345678901234567890, 1.5], "nothing": None}
    with subprocess.Popen(  # noqa: S603  # the adapter
        command, cwd=scaffold, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:

        def send(**message):
            process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        called = send(id=1, method="ask", params={"app": 1, "message": value})
        assert called["method"] == "invoke_skill"
        assert called["params"] == {"app": 1, "name": "AddTodo", "argument": value}
        assert send(id=called["id"], result=value) == {"jsonrpc": "2.0", "id": 1, "result": {"reply": value}}
        called = send(id=2, method="ask", params={"app": 1, "message": "again"})
        failed = send(id=called["id"], error={"code": 1, "message": "it raised"})
        assert failed["error"] == {"code": 1, "message": "IllegalStateException: it raised"}
        assert send(id=3, method="toString", params={})["error"]["code"] == -32601
        process.stdin.close()
        assert process.wait(20) == 0
        assert process.stderr.read() == "not JSON\nnot JSON\n"
