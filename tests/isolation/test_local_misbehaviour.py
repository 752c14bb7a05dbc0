"""Whatever an implementation in this process does, its case says so, and every other case has its own verdict."""

import json
import os
import signal
import sys
import threading
import time
import uuid
from pathlib import Path

import pytest
from judging_misbehaviour import FAULTLESS, FAULTY, judge, judging, nothing_left, outcomes, runs, target_of
from local_misbehaviour import Implementation

from conformance._isolation.environment import environment
from conformance._targets.loading import load_target
from conformance._text.limits import MAX_LEFT_BEHIND

ERRORS = {
    "exit_politely": "ask raised SystemExit: 3",
    "press_ctrl_c": "ask raised KeyboardInterrupt",
    "raise_base_error": "ask raised OwnBaseError: so there",
    "recurse": "ask raised RecursionError: maximum recursion depth exceeded",
}
HANGS = {
    "hang_in_a_loop": "no answer within 0.5 s, in ask",
    "hang_stubbornly": "no answer within 0.5 s, in ask",
    "sleep_too_long": "no answer within 0.5 s, in ask",
    "hang_in_sleep": "no answer within 0.5 s, in ask and could not be interrupted: its thread was left behind; "
    "with --impl-isolate it runs in a separate process, which can be killed",
}
CHANGES = {
    "change_folder": ["the working directory was changed, and was restored"],
    "change_environment": [],
    "replace_environment": ["os.environ was changed, and was restored"],
    "patch_json": ["json.dumps was changed, and was restored", "json.loads was changed, and was restored"],
    "patch_time": [f"time.{name} was changed, and was restored" for name in ("monotonic", "perf_counter", "sleep")],
    "patch_builtins": [f"builtins.{name} was changed, and was restored" for name in ("open", "print")],
    "lower_recursion_limit": ["the recursion limit was changed, and was restored"],
    "forbid_everything": ["the umask was changed, and was restored"],
    "lose_standard_output": [f"sys.{name} was changed, and was restored" for name in ("stderr", "stdout")],
    "leave_threads": [],
    "flood": [],
}


def judge_local(habit, cases, seconds=10.0):
    return judge(f"local_misbehaviour:does_{habit}", cases, seconds=seconds)


def test_judges_an_implementation_whose_client_is_not_httpx(cases):
    with nothing_left():
        assert outcomes(judge_local("behave", cases)) == FAULTLESS


@pytest.mark.parametrize(("habit", "reason"), ERRORS.items())
def test_what_is_raised_is_an_error_of_its_case(habit, reason, cases):
    with nothing_left():
        results = judge_local(habit, cases)
    assert outcomes(results) == FAULTY
    assert results[1].reason == reason


@pytest.mark.parametrize(
    ("habit", "error"),
    [
        ("raise_unprintable_error", "UnprintableError: (its text cannot be shown)"),
        ("time_out", "TimeoutError: of my own"),
    ],
)
def test_an_exception_of_ask_is_for_the_case_to_judge(habit, error, cases):
    results = judge_local(habit, cases)
    assert outcomes(results) == ["passed", "failed", "failed", "passed"]
    assert error in str(results[1].findings[0])


@pytest.mark.parametrize(("habit", "reason"), HANGS.items())
def test_a_hang_is_an_error_of_its_case(habit, reason, cases):
    with nothing_left():
        results = judge_local(habit, cases, seconds=0.5)
        hanging = any(thread.name == "conformance-runner" for thread in threading.enumerate())
    assert outcomes(results) == FAULTY
    assert results[1].reason == reason
    assert hanging == ("left behind" in reason)  # the run did not wait for it


def test_what_goes_on_in_spite_of_every_interrupt_is_an_error_of_its_case(cases):
    with nothing_left():
        results = judge_local("hang_deafly", cases, seconds=0.5)
    assert outcomes(results) == FAULTY
    assert results[1].reason.startswith("no answer within 0.5 s, in ask")


@pytest.mark.parametrize(("habit", "notes"), CHANGES.items())
def test_what_is_changed_is_put_back(habit, notes, cases):
    def state():
        streams = (sys.stdout, sys.stderr, sys.getrecursionlimit())
        return (
            Path.cwd(),
            dict(os.environ),
            json.dumps,
            json.loads,
            time.sleep,
            time.perf_counter,
            print,
            open,
            streams,
        )

    before = state()
    with nothing_left():
        results = judge_local(habit, cases)
        assert state() == before
    assert outcomes(results) == FAULTLESS
    assert list(results[1].notes) == notes
    assert results[0].notes == results[2].notes == ()


def test_what_makes_all_that_is_random_the_same_is_judged(cases, monkeypatch):
    monkeypatch.setattr(uuid, "uuid4", uuid.uuid4)
    monkeypatch.setattr(os, "urandom", os.urandom)
    with nothing_left():
        results = [*judge_local("make_all_random_the_same", cases), *judge_local("make_all_random_the_same", cases)]
    assert outcomes(results) == [*FAULTLESS, *FAULTLESS]
    assert [note for result in results for note in result.notes] == []


def test_a_folder_that_is_gone_does_not_matter(cases, tmp_path):
    doomed = tmp_path / "doomed"

    def visit():
        doomed.mkdir()
        os.chdir(doomed)
        doomed.rmdir()

    implementation = Implementation()
    implementation.habit = visit
    folder = Path.cwd()
    assert outcomes(judge(target_of(implementation), cases)) == FAULTLESS
    assert Path.cwd() == folder


def test_children_do_not_outlive_the_run(cases, tmp_path, monkeypatch):
    notes = tmp_path / "notes"
    monkeypatch.setenv("MISBEHAVIOUR_NOTES", str(notes))
    with nothing_left():
        assert outcomes(judge_local("leave_child", cases)) == FAULTLESS
    (pid,) = map(int, notes.read_text().split())
    assert not runs(pid)


@pytest.mark.parametrize(("habit", "host"), [("connect_outside", "192.0.2.1:80"), ("look_up_a_host", "example.com:80")])
def test_connections_to_the_outside_are_blocked_and_noted(habit, host, cases):
    results = judge_local(habit, cases)
    assert outcomes(results) == ["passed", "failed", "failed", "passed"]
    assert "ConnectionBlockedError" in str(results[1].findings[0])
    assert results[1].notes[0].startswith(f"a connection to {host} was blocked")


def test_signal_handlers_are_refused_in_a_case_as_they_are_in_any_thread(cases):
    handler = signal.getsignal(signal.SIGTERM)
    results = judge_local("install_handler", cases)
    assert outcomes(results) == ["passed", "failed", "failed", "passed"]
    assert signal.getsignal(signal.SIGTERM) is handler


def test_an_implementation_that_always_hangs_is_given_up(cases):
    implementation = Implementation("hang-in-sleep", stage="create_app")
    with nothing_left():
        started = time.monotonic()
        results = judge(target_of(implementation), [cases[0]] * 20, seconds=0.1)
        taken = time.monotonic() - started
    assert outcomes(results) == ["errored"] * 20
    assert taken < 15  # and not 20 times the grace
    for result in results[MAX_LEFT_BEHIND:]:
        assert result.reason.startswith("not run: 3 cases in a row hung and could not be interrupted; with --impl-iso")


@pytest.mark.parametrize("habit", ["exit-politely", "press-ctrl-c", "raise-base-error", "recurse"])
@pytest.mark.parametrize("stage", ["create_app", "close"])
def test_every_call_may_raise(habit, stage, cases):
    (result,) = judge(target_of(Implementation(habit, stage=stage)), [cases[0]])
    assert result.outcome == "errored"
    assert result.reason.startswith(f"{stage} raised ")


def test_a_late_request_of_a_thread_that_was_left_is_reported_and_answered_by_nobody(cases):
    """The thread of the second case asks the model again, while the cases after it run."""
    late = threading.Event()

    class Late(Implementation):
        def create_app(self, context):
            app = super().create_app(context)
            conversation = app.conversation

            def ask_again():
                late.wait()
                with pytest.raises(Exception, match="404"):
                    conversation.complete()

            self.thread = threading.Thread(target=ask_again)
            return app

    implementation = Late()
    implementation.habit = lambda: implementation.thread.start()  # noqa: PLW0108  # it is made for each app
    with judging(target_of(implementation)) as run:
        results = [run(cases[0]), run(cases[1])]
        thread = implementation.thread
        late.set()
        thread.join()
        results += [run(cases[2]), run(cases[3])]
    assert outcomes(results) == FAULTLESS
    assert [note.partition(": ")[0] for note in results[2].notes] == ["an earlier case's request came late"]
    assert results[3].notes == ()


SPY = """
import os
seen = [dict(os.environ)]
surfaces = ["python"]
os.environ["SET_AT_IMPORT"] = "kept"

def create_app(context):
    seen.append(dict(os.environ))
    raise ValueError(context.environment["OPENAI_API_KEY"])
"""
PRIVATE = {
    "OPENAI_API_KEY": "sk-of-the-caller",
    "OPENAI_ORG_ID": "org-of-the-caller",
    "AZURE_OPENAI_ENDPOINT": "https://caller.example",
    "GITHUB_TOKEN": "token-of-the-caller",
    "STRIPE_SECRET": "secret-of-the-caller",
    "Some_Api_Key": "key-of-the-caller",
}


def test_neither_import_nor_case_sees_the_callers_secrets(cases, tmp_path, monkeypatch):
    for name, value in PRIVATE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("SET_AT_IMPORT", raising=False)
    (tmp_path / "spy.py").write_text(SPY)
    monkeypatch.syspath_prepend(str(tmp_path))
    target = load_target("spy")
    assert os.environ["SET_AT_IMPORT"] == "kept"
    judge("spy", cases[:1])
    at_import, in_case = sys.modules["spy"].seen
    assert target.name == "spy"
    assert not set(PRIVATE.values()) & set(at_import.values())
    assert not set(PRIVATE.values()) & set(in_case.values())
    assert in_case["OPENAI_API_KEY"].startswith("sk-conformance-")
    assert {name: os.environ[name] for name in PRIVATE} == PRIVATE


def test_an_import_does_not_keep_its_signal_handlers(tmp_path, monkeypatch):
    (tmp_path / "trap.py").write_text(
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsurfaces = ['python']\ndef create_app(c): ...\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    handler = signal.getsignal(signal.SIGINT)
    load_target("trap")
    assert signal.getsignal(signal.SIGINT) is handler


@pytest.mark.parametrize(
    ("exempt", "value"), [(None, "localhost,127.0.0.1"), ("intern.example", "localhost,127.0.0.1,intern.example")]
)
def test_a_proxy_is_not_asked_for_this_machine(exempt, value, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    if exempt:
        monkeypatch.setenv("NO_PROXY", exempt)
    with environment({}):
        assert os.environ["no_proxy"] == os.environ["NO_PROXY"] == value
    assert os.environ.get("NO_PROXY") == exempt


def test_an_import_that_was_interrupted_is_begun_again(cases, tmp_path, monkeypatch):
    package = tmp_path / "slow_to_import"
    package.mkdir()
    (package / "part.py").write_text("answer = 42\n")
    (package / "__init__.py").write_text(
        "import os\nimport slow_to_import.part\nwhile os.path.exists(os.environ['SLOW']): pass\n"
    )
    slow = tmp_path / "slow"
    slow.touch()
    monkeypatch.setenv("SLOW", str(slow))
    monkeypatch.syspath_prepend(tmp_path)

    class Importing(Implementation):
        def create_app(self, context):
            import slow_to_import  # noqa: PLC0415

            assert slow_to_import.part.answer == 42
            return super().create_app(context)

    with judging(target_of(Importing()), seconds=0.5) as run:
        first = run(cases[0])
        slow.unlink()
        second = run(cases[0])
    assert first.reason == "no answer within 0.5 s, in create_app"
    assert second.outcome == "passed", second.reason
