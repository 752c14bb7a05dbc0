"""What an implementation in a process of its own does costs the case its own: the run and the other cases go on."""

import time

import pytest
from judging_misbehaviour import FAULTLESS, FAULTY, judge, judging_isolated, nothing_left, outcomes

LATE = 400
"""Cases that take longer together than the implementation waits."""


def judge_isolated(habit, cases, seconds=10.0):
    return judge(f"local_misbehaviour:does_{habit}", cases, isolated=True, seconds=seconds)


@pytest.mark.parametrize(
    ("habit", "reason"),
    [
        ("exit_at_once", "ask got no answer: it exited with status 3"),
        ("exit_in_a_thread", "ask got no answer: it exited with status 3"),
        ("segfault", "ask got no answer: it was killed by SIGSEGV"),
        ("be_killed", "ask got no answer: it was killed by SIGKILL"),
        ("terminate_itself", "ask got no answer: it was killed by SIGTERM"),
        # Any thread may get the signal: unless it is the one that waits, nothing wakes up, and the time runs out.
        ("interrupt_itself", ("ask got no answer: it ", "no answer within 10 s")),
        ("kill_its_group", "ask got no answer: it was killed by SIGKILL"),
        ("close_all_descriptors", "ask got no answer: it "),
        ("exit_politely", "ask raised SystemExit: 3"),
        ("press_ctrl_c", "ask raised KeyboardInterrupt"),
        ("raise_base_error", "ask raised OwnBaseError: so there"),
        ("recurse", "ask raised RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_what_ends_it_is_an_error_of_its_case(habit, reason, cases):
    with nothing_left():
        results = judge_isolated(habit, cases)
    assert outcomes(results) == FAULTY
    assert results[1].reason.startswith(reason)


@pytest.mark.parametrize(
    "habit", ["hang_in_sleep", "hang_in_a_loop", "hang_stubbornly", "hang_deafly", "sleep_too_long", "stop_itself"]
)
def test_a_hang_is_an_error_of_its_case(habit, cases):
    with nothing_left():
        results = judge_isolated(habit, cases, seconds=0.5)
    assert outcomes(results) == FAULTY
    assert results[1].reason.startswith("no answer within 0.5 s, in ")


def test_what_lowers_its_memory_is_an_error_of_its_case(cases):
    with nothing_left():
        results = judge_isolated("lower_memory", cases)
    assert results[1].outcome in {"errored", "failed"}
    assert outcomes([*results[:1], *results[2:]]) == ["passed", "failed", "passed"]


@pytest.mark.parametrize(
    ("habit", "note"),
    [
        ("change_folder", "the working directory was changed, and was restored"),
        ("replace_environment", "os.environ was changed, and was restored"),
        ("patch_json", "json.dumps was changed, and was restored"),
        ("patch_time", "time.monotonic was changed, and was restored"),
        ("patch_builtins", "builtins.open was changed, and was restored"),
        ("lower_recursion_limit", "the recursion limit was changed, and was restored"),
        ("disturb_the_collector", "the garbage collector was changed, and was restored"),
        ("delete_a_module", "json in sys.modules was changed, and was restored"),
        ("delete_all_modules", "in sys.modules was changed, and was restored"),
        ("set_a_timer", "a timer was left running, and was stopped"),
        ("lower_limits", "RLIMIT_NOFILE was changed, so the process is not used again"),
    ],
)
def test_what_it_changes_is_nobodys_error_and_is_noted(habit, note, cases):
    with nothing_left():
        results = judge_isolated(habit, [*cases, *[cases[0]] * 3])
    assert outcomes(results) == [*FAULTLESS, *["passed"] * 3]
    assert any(note in one for one in results[1].notes)
    assert [result.notes for result in (results[0], *results[2:])] == [()] * 6


@pytest.mark.parametrize("habit", ["change_environment", "leave_threads", "flood", "close_all_files"])
def test_what_else_it_does_is_nobodys_error(habit, cases):
    with nothing_left():
        results = judge_isolated(habit, cases)
    assert results[1].outcome == "passed" or habit == "close_all_files"
    assert outcomes([*results[:1], *results[2:]]) == ["passed", "failed", "passed"]


@pytest.mark.parametrize("habit", ["hang_at_exit", "leave_a_thread_for_ever"])
def test_what_would_not_end_does_not_hold_the_run(habit, cases):
    with nothing_left():
        started = time.monotonic()
        assert outcomes(judge_isolated(habit, cases)) == FAULTLESS
        assert time.monotonic() - started < 15


def test_a_process_that_ends_later_costs_no_other_case(cases):
    with nothing_left(), judging_isolated("local_misbehaviour:does_exit_in_a_thread_later") as run:
        assert run(cases[1]).outcome == "passed"
        results = [run(cases[0]) for _ in range(LATE)]
    assert outcomes(results) == ["passed"] * LATE
    (note,) = [note for result in results for note in result.notes]
    assert "got no answer: it exited with status 3, but not in a fresh process" in note
    assert "the thread Thread-" in note


def test_connections_to_the_outside_are_blocked_and_noted(cases):
    results = judge_isolated("connect_outside", cases)
    assert outcomes(results) == ["passed", "failed", "failed", "passed"]
    assert results[1].notes[0].startswith("a connection to 192.0.2.1:80 was blocked")


ENDLESS = """
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, repeat

surfaces = ["python"]

class Keys(Mapping):
    def __getitem__(self, key): return []
    def __len__(self): return 1
    def __iter__(self): return map(str, count())

class Items(Sequence):
    def __getitem__(self, index): return {"type": "assistantSkillTrigger"}
    def __len__(self): return 1
    def __iter__(self): return repeat({"type": "assistantSkillTrigger"})

class Silent(Mapping):
    def __getitem__(self, key): return []
    def __len__(self): return 1
    def __iter__(self):
        while True: pass

def create_app(context):
    return App()

class App:
    endless = None
    def add_skill(self, skill): self.endless = skill.name == "Misbehave"
    def bindings(self): return BINDINGS if self.endless else {}
"""


@pytest.mark.parametrize("bindings", ["Keys()", "{'AddTodo': Items()}", "Silent()"])
def test_endless_bindings_are_an_error_of_their_case(bindings, declaration, tmp_path):
    path = tmp_path / "endless.py"
    path.write_text(f"{ENDLESS}\nBINDINGS = {bindings}\n")
    with nothing_left():
        results = judge(str(path), [declaration[0], declaration[0]], isolated=True, seconds=1.0)
    assert outcomes(results) == ["errored", "errored"]
