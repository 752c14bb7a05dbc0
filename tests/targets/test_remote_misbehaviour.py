"""Whatever a program does, its case errs and says so, and every other case has the verdict that it has without."""

import json
import os
import sys
import time

import pytest
from judging_misbehaviour import FAULTLESS, FAULTY, REMOTE, judge, judging, nothing_left, outcomes, runs

from conformance._targets.remote import load_remote
from conformance.errors import ImplementationError

# What the outcome says of each habit that does not take until the time is up, and of each that does.
AT_ONCE = {
    "exit-at-once": "ask got no answer: it exited with status 3",
    "be-killed": "ask got no answer: it was killed by SIGKILL",
    "segfault": "ask got no answer: it was killed by SIGSEGV",
    "recurse": "ask got no answer: it exited with status 1",
    "raise-error": "ask got no answer: it exited with status 1",
    "answer-with-the-wrong-id": "ask got a response with the id 987654; expected",
    "write-half-a-line": 'ask got no answer: it wrote half a line: b\'{"jsonrpc": "2.0", "id": 3, "resu\', '
    "and it exited with status 0",
    "write-no-text": "ask got a line with bytes that are not UTF-8",
    "write-no-message": 'ask got JSON that is not a message: \'{"reply": "Done."}\'; expected an object with method',
    "call-what-is-not-there": "ask got a call of 'log'; expected invoke_skill",
    "write-200-mb": "ask got no answer: it wrote a line of more than 64000000 bytes",
    "flood-standard-output": "ask got a line that is not JSON: 'debug'; expected one JSON-RPC message a line",
    "flood-standard-error": "ask got no answer: it exited with status 4",
    "print-debugging-text": "ask got a line that is not JSON: 'about to ask the model'",
    "close-standard-output": "ask got no answer: it runs on with its standard output closed",
    "leave-children-and-exit": "ask got no answer: it exited with status 5",
}
IN_TIME = {
    "hang": "no answer within 1 s, in ask",
    "write-half-a-line-and-wait": "no answer within 1 s, in ask",
    "flood-with-calls": "no answer within 1 s, in ask",
    "answer-late": "no answer within 1 s, in ask",
}
SECONDS_FOR_ALL = 60.0  # the hangs take an hour


@pytest.fixture(autouse=True)
def notes(monkeypatch, tmp_path):
    path = tmp_path / "notes"
    monkeypatch.setenv("MISBEHAVIOUR_NOTES", str(path))
    return path


def test_judges_a_program_that_behaves(cases):
    with nothing_left():
        results = judge(f"{REMOTE} behave", cases)
    assert outcomes(results) == FAULTLESS
    assert [str(finding) for finding in results[2].findings] == [
        'the reply = "Done.", but should be "Nothing of the kind."'
    ]


@pytest.mark.parametrize(("habit", "reason"), AT_ONCE.items())
def test_what_breaks_the_conversation_is_an_error_of_its_case(habit, reason, cases):
    started = time.monotonic()
    with nothing_left():
        results = judge(f"{REMOTE} {habit}", cases)
    assert outcomes(results) == FAULTY
    assert results[1].reason.startswith(reason)
    assert time.monotonic() - started < SECONDS_FOR_ALL


@pytest.mark.parametrize(("habit", "reason"), IN_TIME.items())
def test_what_keeps_silent_is_an_error_of_its_case(habit, reason, cases):
    started = time.monotonic()
    with nothing_left():
        results = judge(f"{REMOTE} {habit}", cases, seconds=1.0)
    assert outcomes(results) == FAULTY
    assert results[1].reason == reason
    assert time.monotonic() - started < SECONDS_FOR_ALL


def test_a_result_of_another_shape_is_an_error_of_its_case(cases):
    results = judge(f"{REMOTE} write-another-result", cases)
    assert outcomes(results) == FAULTY
    assert "expected" in results[1].reason


@pytest.mark.parametrize("habit", ["exit-at-once", "print-debugging-text", "answer-with-the-wrong-id"])
def test_what_breaks_in_a_declaration_does_not_refuse_it(habit, declaration):
    (result,) = judge(f"{REMOTE} {habit}", declaration)
    assert result.outcome == "errored"
    assert result.reason.startswith("add_skill got ")


def test_an_error_response_refuses_a_declaration(declaration):
    assert outcomes(judge(f"{REMOTE} refuse", declaration)) == ["passed"]


@pytest.mark.parametrize(
    ("habit", "end"),
    [
        ("exit-at-once", "leaving now"),
        ("raise-error", "ValueError: a bug in the adapter"),
        ("flood-standard-error", "the end"),
    ],
)
def test_the_end_of_standard_error_is_noted(habit, end, cases):
    results = judge(f"{REMOTE} {habit}", cases)
    (note,) = results[1].notes
    assert note.startswith("standard error ends: ")
    assert note.endswith(end)
    assert len(note) < 10_000
    assert not results[0].notes


def test_children_do_not_outlive_the_run(cases, notes):
    with nothing_left():
        results = judge(f"{REMOTE} leave-children", cases)
    assert outcomes(results) == FAULTLESS
    pids = [int(pid) for pid in notes.read_text().split()]
    assert len(pids) == 2
    assert not any(map(runs, pids))


def test_children_do_not_outlive_a_crash(cases, notes):
    with nothing_left():
        judge(f"{REMOTE} leave-children-and-exit", cases)
    assert not any(runs(int(pid)) for pid in notes.read_text().split())


def test_a_program_that_does_not_leave_is_killed(cases):
    with nothing_left():
        results = judge(f"{REMOTE} ignore-the-end", cases)
    assert outcomes(results) == FAULTLESS


def test_text_between_two_cases_is_nobodys_error(cases):
    with judging(f"{REMOTE} chatter-between-cases") as run:
        first = run(cases[0])
        time.sleep(0.3)  # until the text is there
        assert outcomes([first, run(cases[0])]) == ["passed", "passed"]


def test_a_program_that_is_silent_always_is_given_up(cases):
    with nothing_left():
        results = judge(f"{REMOTE} hang-in-every-call", [cases[0]] * 14, seconds=0.2)
    assert outcomes(results) == ["errored"] * 14
    assert results[9].reason == "no answer within 0.2 s, in create_app"
    assert results[10].reason == "not run: 10 cases in a row gave no answer in time"


def test_an_error_of_create_app_is_an_error_of_the_case(cases):
    results = judge(f"{REMOTE} never-create", cases[:2])
    assert outcomes(results) == ["errored", "errored"]
    assert results[0].reason == "create_app raised RemoteError: no 'app'"


def test_only_the_callers_harmless_variables_reach_the_program(cases, notes, monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-mine")
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", "https://mine.example")
    monkeypatch.setenv("GITHUB_TOKEN", "a-real-token")
    monkeypatch.setenv("STRIPE_SECRET", "a-real-secret")
    monkeypatch.setenv("SOME_API_KEY", "a-real-key")
    monkeypatch.setenv("PGPASSWORD", "a-real-password")
    monkeypatch.setenv("myApiKey", "another-key")
    monkeypatch.setenv("HARMLESS", "yes")
    judge(f"{REMOTE} note-the-environment", cases)
    seen = json.loads(notes.read_text())
    assert seen["HARMLESS"] == "yes"
    assert seen["PATH"] == os.environ["PATH"]
    hidden = {"OPENAI_ORG_ID", "AZURE_OPENAI_ENDPOINT", "GITHUB_TOKEN", "STRIPE_SECRET", "SOME_API_KEY"}
    assert not {*hidden, "PGPASSWORD", "myApiKey"} & seen.keys()


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("", "no command"),
        ("'unbalanced", "No closing quotation"),
        ("/no/such/program", "FileNotFoundError"),
        (
            f"{REMOTE.removeprefix('exec:')} die-at-once",
            "initialize: got no answer: it exited with status 1; standard error",
        ),
        (f"{REMOTE.removeprefix('exec:')} offer-nothing", "initialize: got the result of initialize.capabilities = []"),
        (f"{REMOTE.removeprefix('exec:')} never-read", "initialize: no answer within 0.5 s"),
    ],
)
def test_a_program_that_cannot_be_judged_is_a_clear_error(command, found):
    with nothing_left(), pytest.raises(ImplementationError) as caught:
        load_remote(f"exec:{command}", seconds=0.5)
    assert caught.value.found.startswith(found)
    assert str(caught.value).count("; expected ") == 1


SAYS = "a skill; expected two; expected three"


@pytest.mark.parametrize(
    ("answer", "found", "expected"),
    [
        ({"error": {"code": -32000, "message": SAYS}}, SAYS, "a program that answers"),
        ({"result": SAYS}, f'got the result of initialize = "{SAYS}"', "an object"),
        ({"error": {"code": -32601, "message": SAYS}}, f"does not know initialize ({SAYS})", "an answer"),
    ],
)
def test_what_a_program_says_is_not_taken_for_what_is_expected(tmp_path, answer, found, expected):
    program = tmp_path / "program.py"
    program.write_text(f"input()\nprint({json.dumps({'jsonrpc': '2.0', 'id': 1, **answer})!r})")
    with pytest.raises(ImplementationError) as caught:
        load_remote(f"exec:{sys.executable} {program}")
    assert caught.value.found.startswith("initialize: ")
    assert caught.value.found.endswith(found)
    assert caught.value.expected == f'{expected} (see docs/protocol.md, "initialize")'
