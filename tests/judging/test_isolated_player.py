"""A case that is played in a process of its own has the result that it has in this process, word for word."""

import re
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from judging_misbehaviour import judging, judging_isolated
from mutants import MUTANTS
from mutants.hosted import naming

from conformance._data.editions import edition_of
from conformance._judging import isolated_player
from conformance._judging.isolated_player import IsolatedPlayer
from conformance._text import limits
from conformance.errors import ImplementationError

TESTS = Path(__file__).parents[1]
CONFORMING = ["async_openai", "converses_only", "declares_only", "plain_httpx", "streaming_openai", "threaded_httpx"]
EDITION = "2024-04-14"
SOME = 17
"""Of so many cases one is played: the tests of the conforming implementations play them all, in this process."""


def comparable(result):
    """Leave out what differs from one play to the next: time, ports, where objects lie, in which order threads end."""
    requests = tuple(
        replace(sent, url=re.sub(r":\d+", "", sent.url), body="".join(sorted(sent.body))) for sent in result.requests
    )
    reason = re.sub(" at 0x[0-9a-f]+", "", result.reason or "")
    return replace(result, seconds=0.0, requests=requests, reason=reason)


def differing(spec, cases, transport):
    """Yield the cases that are judged differently, with both results."""
    with judging_isolated(spec, transport=transport) as run_isolated, judging(spec, transport=transport) as run:
        for case in cases:
            isolated, own = comparable(run_isolated(case)), comparable(run(case))
            if isolated != own:
                yield case.id.name, isolated, own


def test_the_reference_is_judged_as_in_this_process():
    cases = [case for case in edition_of(EDITION).cases if case.surface == "python"]
    assert len(cases) > 200
    assert list(differing("reference_impl", cases, "intercepted")) == []


@pytest.mark.parametrize("transport", ["intercepted", "loopback"])
@pytest.mark.parametrize("name", CONFORMING)
def test_conforming_implementations_are_judged_as_in_this_process(name, transport):
    path = TESTS / "conforming" / f"{name}.py"
    assert list(differing(str(path), edition_of(EDITION).cases[::SOME], transport)) == []


def some_cases_of(mutant, failing=4, passing=1):
    """Take some cases that the mutant must fail and some that it must pass, and name it in their settings."""
    cases = mutant.cases(edition_of(EDITION).cases, all_of_them=True)
    bad = islice((case for case in cases if mutant.must_violate(case)), failing)
    good = islice((case for case in cases if not mutant.must_violate(case)), passing)
    for case in (*bad, *good):
        yield naming(mutant, case)


def test_mutants_are_judged_as_in_this_process():
    cases = [case for one in MUTANTS if EDITION in one.editions for case in some_cases_of(one)]
    assert len(cases) > 3 * len(MUTANTS)
    assert list(differing("mutants.hosted", cases, "intercepted")) == []


IGNORES_THE_SETTINGS = """
import httpx

surfaces = ["python"]

def create_app(context):
    return App()

class App:
    def add_skill(self, skill): ...
    def ask(self, message):
        body = {"model": "gpt-4o", "messages": [{"role": "user", "content": message}]}
        key = {"authorization": "Bearer mine"}
        return httpx.post("https://api.openai.com/v1/chat/completions", json=body, headers=key).text
"""


def test_a_client_that_knows_its_own_address_is_answered_as_in_this_process(tmp_path):
    path = tmp_path / "stubborn.py"
    path.write_text(IGNORES_THE_SETTINGS)
    cases = [case for case in edition_of(EDITION).cases if case.surface == "python" and case.needs == ("ask",)][:20]
    assert list(differing(str(path), cases, "intercepted")) == []
    with judging_isolated(str(path), transport="intercepted") as run:
        (sent, *_) = run(cases[0]).requests
    assert (sent.url, sent.status) == ("https://api.openai.com/v1/chat/completions", 401)


@pytest.mark.parametrize("text", ["1 / 0", "surfaces = []", "import sys; sys.exit(3)", "def create_app(context): ..."])
def test_what_cannot_be_judged_is_refused_as_in_this_process(text, tmp_path):
    path = tmp_path / "broken.py"
    path.write_text(text)
    errors = []
    for judge in (judging, judging_isolated):
        with pytest.raises(ImplementationError) as caught, judge(str(path)):
            pass
        errors.append(str(caught.value))
    assert errors[0] == errors[1]


SLOW = """
import time
time.sleep({importing})
surfaces = ["python"]

class App:
    def add_skill(self, skill): ...
    def ask(self, message): return "Done."

def create_app(context):
    {creating}
    return App()
"""


@pytest.mark.parametrize(
    ("importing", "creating", "said"),
    [(2.8, "time.sleep(2.8)", None), (0, "import os; os._exit(3)", "its process ended: it exited with status 3")],
)
def test_an_import_and_a_first_app_have_a_time_each(tmp_path, monkeypatch, importing, creating, said):
    path = tmp_path / "slow.py"
    path.write_text(SLOW.format(importing=importing, creating=creating))
    monkeypatch.setattr(limits, "START_SECONDS", 1)
    monkeypatch.setattr(isolated_player, "_SPARE", 1)
    player = IsolatedPlayer(str(path), transport="intercepted", seconds=4)
    with closing(player):
        if said is None:
            assert player.load().name == "slow"
        else:
            with pytest.raises(ImplementationError, match=f"{said}, while a first app was created"):
                player.load()


def test_a_first_app_that_hangs_where_it_cannot_be_interrupted_is_not_taken_for_the_import(tmp_path, monkeypatch):
    path = tmp_path / "slow.py"
    path.write_text(SLOW.format(importing=0, creating="import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"))
    monkeypatch.setattr(isolated_player, "_SPARE", 0.1)
    player = IsolatedPlayer(str(path), transport="intercepted", seconds=0.5)
    with closing(player), pytest.raises(ImplementationError) as caught:
        player.load()
    assert caught.value.found == "no answer within 0.5 s, while a first app was created"
    assert caught.value.expected == "an app that is created sooner, or a longer time limit (--impl-timeout)"
