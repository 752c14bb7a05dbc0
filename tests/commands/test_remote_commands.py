"""The commands serve and smoke."""

# ruff: noqa: S310, S603  # the suite's own commands and server

import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from judging_misbehaviour import MISBEHAVING, REMOTE

from conformance.__main__ import main
from conformance.commands.smoke_command import STEPS

ROOT = Path(__file__).parent.parent.parent
BODY = {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello"}]}


class Server:
    """`python -m conformance serve`, and what it printed."""

    def __init__(self, *arguments):
        command = [sys.executable, "-m", "conformance", "serve", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        self.settings = {}
        for line in self.process.stdout:
            name, equals, value = line.strip().partition("=")
            if not equals:
                break
            self.settings[name] = value

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def post(self, body, path="/chat/completions"):
        """Return the status and the answer."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.settings['OPENAI_API_KEY']}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.settings["OPENAI_BASE_URL"] + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def end(self):
        """Press Ctrl-C, and return the log."""
        self.process.send_signal(signal.SIGINT)
        log, errors = self.process.communicate(timeout=30)
        assert errors == ""
        assert self.process.returncode == 0
        return log


def said(answer):
    status, body = answer
    assert status == 200, body
    return body["choices"][0]["message"]["content"]


def test_serve_repeats_canned_replies_and_logs_what_is_broken():
    with Server("--reply", "one", "--reply", "two") as server:
        assert [said(server.post(BODY)) for _ in range(3)] == ["one", "two", "one"]
        assert server.post({**BODY, "messages": []})[0] == 400
        assert server.post(b"not JSON")[0] == 400
        log = server.end().splitlines()
    assert log[0].startswith("request 1: POST http://127.0.0.1:")
    assert log[0].endswith("/v1/chat/completions -> 200")
    assert json.loads(log[1]) == BODY
    assert any(
        re.fullmatch(r"  refused: messages = \[\].*\(messages empty_array, 400 empty_array\)", line) for line in log
    )
    assert log[-1] == "5 requests"


def test_serve_follows_a_script_to_its_end(tmp_path):
    script = tmp_path / "script.yaml"
    script.write_text(
        "models: [gpt-4o]\nkey: sk-own\nmodel_replies:\n- {calls: [{name: A, arguments: {}}]}\n- {status: 429}\n"
        "- Bye.\n"
    )
    with Server(str(script)) as server:
        assert server.settings["OPENAI_API_KEY"] == "sk-own"
        assert server.post({**BODY, "model": "gpt-nowhere"})[0] == 404
        assert server.post(BODY)[1]["choices"][0]["message"]["tool_calls"][0]["id"] == "call_1"
        assert server.post(BODY)[0] == 429
        assert said(server.post(BODY)) == "Bye."
        assert server.post(BODY)[0] == 400
        assert "  the script has no reply left" in server.end().splitlines()


def test_serve_plays_azure():
    with Server("--provider=azure") as server:
        assert set(server.settings) == {
            "AZURE_OPENAI_ENDPOINT",
            "AZURE_OPENAI_API_KEY",
            "AZURE_OPENAI_KEY",
            "OPENAI_API_VERSION",
        }


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("model_replys: [a]\n", "script.yaml:1: the unknown key 'model_replys'; expected 'model_replies'?"),
        ("model_replies: [{txt: a}]\n", "script.yaml:1: the unknown key 'txt'; expected"),
        ("model_replies: [{status: 200}]\n", "script.yaml:1: "),
        ("provider: mistral\nmodel_replies: [a]\n", 'script.yaml:1: provider = "mistral"; expected'),
    ],
)
def test_serve_refuses_a_script_that_is_none(text, error, tmp_path, capsys):
    script = tmp_path / "script.yaml"
    script.write_text(text)
    assert main(["serve", str(script)]) == 2
    assert error in capsys.readouterr().err


def test_serve_says_that_a_port_is_taken(capsys):
    with Server() as server:
        port = server.settings["OPENAI_BASE_URL"].split(":")[2].removesuffix("/v1")
        assert main(["serve", "--port", port]) == 2
    assert f"--port={port}: Address already in use; expected a free port" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_serve_refuses_what_cannot_be_a_port(port, capsys):
    assert main(["serve", f"--port={port}"]) == 2
    assert f"--port={port}: no such port; expected 0 to 65535" in capsys.readouterr().err


def test_smoke_finds_that_the_reference_works(capsys):
    assert main(["smoke", "reference_impl"]) == 0
    assert capsys.readouterr().out.count(": ok") == len(STEPS)


WRONG = """
surfaces = ["python"]

def create_app(context): return App()

class App:
    def add_skill(self, skill): self.name = skill.name
    def bindings(self): return {self.name: [{"type": "httpTrigger"}]}
"""


def test_smoke_tells_what_does_not_conform_from_what_is_broken(tmp_path, capsys):
    (tmp_path / "wrong.py").write_text(WRONG)
    assert main(["smoke", str(tmp_path / "wrong.py")]) == 1
    said = capsys.readouterr().out
    assert "shows bindings: does not conform:" in said
    assert "the adapter works: the implementation does not conform" in said


HOSTILE = r"""
surfaces = ["python"]
__version__ = "1\x1b[31m"

def create_app(context):
    return App()

class App:
    def bindings(self): return {}
    def add_skill(self, skill): raise type("Odd\x1b[31mError", (Exception,), {})("x\nthe adapter works: \x1b[1mok")
"""


def test_smoke_prints_no_escape_sequence_and_no_forged_line(tmp_path, capsys):
    (tmp_path / "hostile.py").write_text(HOSTILE)
    assert main(["smoke", str(tmp_path / "hostile.py")]) == 1
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert r"starts: hostile 1\x1b[31m offers" in said
    assert "Odd\\x1b[31mError: x\n    the adapter works: \\x1b[1mok" in said


@pytest.mark.parametrize(
    ("implementation", "said"),
    [
        ("nothing_of_that_name", "starts: broken: ModuleNotFoundError"),
        (
            f"{REMOTE} die-at-once",
            "starts: broken: initialize: got no answer: it exited with status 1; standard error ends:",
        ),
        (f"{REMOTE} never-create", "declares: broken: create_app raised RemoteError"),
        (
            f"{REMOTE} exit-at-once java",
            "answers: broken: ask got no answer: it exited with status 3\n    standard error ends: leaving",
        ),
        (f"{MISBEHAVING / 'small_conversation.py'}", "starts: broken: create_app is missing"),
    ],
)
def test_smoke_finds_that_an_adapter_is_broken(implementation, said, capsys):
    assert main(["smoke", implementation]) == 2
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("seconds", ["nan", "inf", "1e10", "-1", "soon"])
def test_smoke_refuses_a_timeout_that_is_not_one(seconds, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["smoke", "reference_impl", f"--timeout={seconds}"])
    assert ended.value.code == 2
    assert f"--timeout: '{seconds}' is not a number of seconds greater than 0 and at most" in capsys.readouterr().err
