"""How long a module may take to be imported, and what becomes of the alarms of others."""

import re
import signal
import time

import pytest

from conformance._targets.loading import load_target
from conformance._targets.module import load_module
from conformance._text import limits
from conformance.errors import ImplementationError

BARE = "surfaces = ['python']\ndef create_app(context): ..."


def test_lets_the_user_interrupt_an_import(write):
    write("raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        load_module("my_adapter")


@pytest.mark.parametrize(
    "text",
    [
        "import time\ntime.sleep(60)",
        "import threading\nthreading.Event().wait()",
        "import time\nwhile True:\n    try: time.sleep(60)\n    except Exception: pass",
    ],
)
def test_a_module_that_hangs_when_it_is_imported_is_interrupted(write, monkeypatch, text):
    path = write(text)
    monkeypatch.setattr(limits, "START_SECONDS", 0.2)
    with pytest.raises(ImplementationError) as caught:
        load_target(str(path), seconds=0.1)
    assert caught.value.found.startswith("no answer within 0.2 s, while it was loaded (")
    assert caught.value.expected == "a module that is imported sooner, or a longer time limit (--impl-timeout)"


@pytest.mark.parametrize("wait", ["time.sleep(60)", "threading.Event().wait()"])
def test_says_where_in_the_implementation_an_import_hangs(write, monkeypatch, wait):
    path = write(f"import threading, time\n\n{wait}\n")
    monkeypatch.setattr(limits, "START_SECONDS", 0.2)
    with pytest.raises(ImplementationError, match=re.escape(f"({path}:3 in <module>);")):
        load_target(str(path), seconds=0.1)


HANDLER = "import signal\nsignal.signal(signal.SIGALRM, lambda *_: None)\n"


@pytest.fixture
def outer_alarm():
    """Set an alarm as a limit for tests does; return how often it has come."""
    came = []
    handler = signal.signal(signal.SIGALRM, lambda *_: came.append(True))
    yield came
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, handler)


@pytest.mark.parametrize("text", ["", HANDLER])
def test_an_alarm_of_others_is_kept_while_a_module_is_loaded(write, outer_alarm, text):
    path = write(BARE + "\nimport time\ntime.sleep(0.2)\n" + text)
    handler = signal.getsignal(signal.SIGALRM)
    signal.setitimer(signal.ITIMER_REAL, 60, 30)
    load_target(str(path))
    remaining, interval = signal.setitimer(signal.ITIMER_REAL, 0)
    assert 55 < remaining < 59.9
    assert interval == 30
    assert signal.getsignal(signal.SIGALRM) is handler
    assert not outer_alarm


def test_an_alarm_of_others_that_was_due_while_a_module_was_loaded_comes_after(write, outer_alarm):
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    load_target(str(write(BARE + "\nimport time\ntime.sleep(0.2)\n")))
    end = time.monotonic() + 5
    while not outer_alarm and time.monotonic() < end:
        time.sleep(0.01)
    assert outer_alarm


def test_an_alarm_that_comes_when_a_module_was_just_loaded_is_told_like_any_other(write, monkeypatch):
    real = signal.signal

    def late(number, action):
        if action is signal.SIG_IGN:
            monkeypatch.setattr(signal, "signal", real)
            signal.raise_signal(signal.SIGALRM)
        return real(number, action)

    monkeypatch.setattr(signal, "signal", late)
    handler = signal.getsignal(signal.SIGALRM)
    with pytest.raises(ImplementationError, match="while it was loaded"):
        load_target(str(write(BARE)))
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
