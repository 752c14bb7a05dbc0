"""A Python adapter in a process of its own is judged as it is in process."""

import subprocess
import sys
from pathlib import Path

import pytest
from judging_misbehaviour import MISBEHAVING, judge, judging, nothing_left, outcomes

from conformance._data.editions import edition_of
from conformance._targets import protocol
from conformance._targets.protocol import RpcRequest, Success

HOST = f"exec:{sys.executable} -m conformance host"
ROOT = Path(__file__).parent.parent.parent
SOME = 5
"""Of so many cases one is hosted: most are the same on several surfaces, of which there are seven."""


@pytest.fixture(autouse=True)
def _modules(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", f"{MISBEHAVING}:{ROOT}")


def test_hosted_verdicts_are_those_in_process():
    cases = edition_of("2024-04-14").cases[::SOME]
    with judging(f"{HOST} reference_impl") as run_hosted, judging("reference_impl") as run:
        for case in cases:
            hosted, own = run_hosted(case), run(case)
            assert (hosted.outcome, hosted.findings) == (own.outcome, own.findings), case.id.name
            assert [sent.status for sent in hosted.requests] == [sent.status for sent in own.requests], case.id.name


# What ends a process, or an uninterruptible hang, that a case in process can't survive.
@pytest.mark.parametrize(
    ("habit", "reason"),
    [
        ("exit_at_once", "ask got no answer: it exited with status 3"),
        ("segfault", "ask got no answer: it was killed by SIGSEGV"),
        ("be_killed", "ask got no answer: it was killed by SIGKILL"),
        ("exit_politely", "ask got no answer: it exited with status 3"),
        ("press_ctrl_c", "ask got no answer: it "),
        ("raise_base_error", "ask got no answer: it exited with status 1"),
        ("recurse", "ask got no answer: it exited with status 1"),
        ("hang_in_sleep", "no answer within 1 s, in ask"),
        ("hang_deafly", "no answer within 1 s, in ask"),
    ],
)
def test_what_it_does_is_an_error_of_its_case(habit, reason, cases):
    with nothing_left():
        results = judge(f"{HOST} local_misbehaviour:does_{habit}", cases, seconds=1.0 if "hang" in habit else 10.0)
    assert outcomes(results) == ["passed", "errored", "failed", "passed"]
    assert results[1].reason.startswith(reason)


@pytest.mark.parametrize(
    "habit",
    [
        "change_folder",
        "change_environment",
        "replace_environment",
        "patch_json",
        "patch_time",
        "patch_builtins",
        "lose_standard_output",
        "leave_threads",
        "flood",
        "install_handler",
    ],
)
def test_what_it_changes_is_nobodys_error(habit, cases):
    with nothing_left():
        results = judge(f"{HOST} local_misbehaviour:does_{habit}", cases)
    assert outcomes(results) == ["passed", "passed", "failed", "passed"]


def test_connections_to_the_outside_are_blocked_and_said(cases, capfd):
    results = judge(f"{HOST} local_misbehaviour:does_connect_outside", cases[:2])
    assert outcomes(results) == ["passed", "failed"]
    assert "a connection to 192.0.2.1:80 was blocked" in capfd.readouterr().err


ADAPTER = """
import sys
print("printed at import")
surfaces = ["python"]

def create_app(context):
    print("printed in create_app", input if False else sys.stdin.read())
    return App()

class App:
    def add_skill(self, skill): self.skill = skill
    def bindings(self): return BINDINGS
    def ask(self, message): return REPLY
"""


def converse(path, *requests):
    """Send requests to a host, and return its answers and what it wrote on standard error."""
    command = [sys.executable, "-m", "conformance", "host", str(path)]
    lines = b"".join(map(protocol.encode, requests))
    done = subprocess.run(  # noqa: S603  # the suite's own command
        command, input=lines, capture_output=True, check=False, cwd=ROOT, timeout=60
    )
    return [protocol.decode(line) for line in done.stdout.splitlines()], done.stderr.decode(), done.returncode


def request(number, method, **params):
    return RpcRequest(id=number, method=method, params=params)


CREATE = request(2, "create_app", edition="2024-04-14", surface="python", environment={})


@pytest.fixture
def adapter(tmp_path):
    def write(bindings="{}", reply="''"):
        path = tmp_path / "own_adapter.py"
        path.write_text(f"{ADAPTER}\nBINDINGS = {bindings}\nREPLY = {reply}\n")
        return path

    return write


@pytest.mark.parametrize("raised", ["SystemExit(3)", "Refusal"])
def test_whatever_is_raised_refuses_a_declaration(adapter, raised):
    path = adapter()
    own = "class Refusal(BaseException):\n    def __str__(self): raise RuntimeError\n"
    path.write_text(f"{own}{path.read_text()}".replace("self.skill = skill", f"raise {raised}"))
    skill = {"name": "AddTodo", "trigger": {}, "argument": {"name": "task", "type": "string"}}
    answers, _, status = converse(
        path, CREATE, request(3, "add_skill", app=1, skill=skill), request(4, "bindings", app=1)
    )
    assert [type(answer).__name__ for answer in answers] == ["Success", "Failure", "Success"]
    assert status == 0


def test_what_is_printed_does_not_disturb_the_protocol(adapter):
    answers, errors, status = converse(adapter(), request(1, "initialize", protocol=1), CREATE)
    assert [answer.id for answer in answers] == [1, 2]
    assert answers[0].result["name"] == "own_adapter"
    assert answers[0].result["capabilities"] == ["bindings", "ask"]
    assert "printed at import" in errors
    assert "printed in create_app" in errors
    assert status == 0


@pytest.mark.parametrize(
    ("bindings", "shown"),
    [
        ("{'f': {1, 2}}", "not JSON (Object of type set"),
        ("5", "not JSON ('int' object"),
        ("{'f': [float('nan')]}", "not JSON (Out"),
        ("{'f': type('Odd', (), {'__repr__': lambda self: 1 / 0})()}", "not JSON (Object of type Odd"),
        ("{'f': 10**5000}", "not JSON (Exceeds the limit"),
    ],
)
def test_bindings_that_are_not_json_are_for_the_suite_to_refuse(bindings, shown, adapter):
    answers, _, _ = converse(adapter(bindings=bindings), CREATE, request(3, "bindings", app=1))
    assert answers[1].result.startswith(shown)
    with pytest.raises(protocol.BrokenMessageError):
        protocol.check_result("bindings", answers[1].result)


def test_a_reply_that_is_no_text_is_for_the_suite_to_refuse(adapter):
    answers, _, _ = converse(adapter(reply="5"), CREATE, request(3, "ask", app=1, message="Hello"))
    assert answers[1] == Success(id=3, result={"reply": {"not text": "5"}})


def test_an_unknown_method_and_bad_params_are_errors(adapter):
    answers, _, _ = converse(adapter(), request(1, "dance"), request(2, "create_app"))
    assert [answer.code for answer in answers] == [-32601, -32602]


def test_a_module_that_cannot_be_loaded_is_a_clear_error(tmp_path):
    answers, errors, status = converse(tmp_path / "nothing.py", request(1, "initialize", protocol=1))
    assert (answers, status) == ([], 2)
    assert "no file" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("not a message", "a line on standard input: "),
        ('{"jsonrpc": "2.0", "id": 7, "result": null}', "a line on standard input: an answer with the id 7; expected "),
    ],
)
def test_a_line_that_is_no_use_ends_the_host_with_a_message(line, found):
    command = [sys.executable, "-m", "conformance", "host", "reference_impl"]
    ended = subprocess.run(command, input=f"{line}\n", capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    assert ended.returncode == 2
    assert ended.stderr.startswith(found)
    assert "Traceback" not in ended.stderr
