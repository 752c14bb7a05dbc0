"""Playing a case: what an app before leaves undone ends the case there, unless a fault of the service is in it."""

import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from conformance._data.editions import edition_of
from conformance._data.open_world.matching import Cause
from conformance._data.scenario import Episode, Scenario
from conformance._judging.play import Reads
from conformance._judging.session import Session
from conformance._service import Fault, Reply
from conformance._targets.target import Target
from conformance._transport.endpoints import INTERCEPTED
from conformance._transport.switchboard import Switchboard
from conformance.contract import EDITIONS


class SilentApp:
    """Returns a reply of its own, without asking the service."""

    def add_skill(self, skill):
        pass

    def ask(self, _message):
        return "Hello."


class FailingApp(SilentApp):
    def ask(self, _message):
        raise ValueError("no")


@pytest.fixture
def play():
    session = Session(Switchboard(), seconds=10, endpoints={"intercepted": INTERCEPTED})

    def play(app, *faults):
        cases = edition_of("2024-04-14").cases
        case = next(case for case in cases if case.scenario.before and case.scenario.before.prompts)
        if faults:
            before = replace(case.scenario.before, model_replies=(*faults, Reply(text="Done.")))
            case = replace(case, scenario=replace(case.scenario, before=before))
        target = Target(
            name="some",
            spec="some",
            version=None,
            surfaces=("python",),
            editions=("2024-04-14",),
            create_app=lambda _: app(),
        )
        return session.run(case, target)

    yield play
    session.close()


class RefusingApp(SilentApp):
    def add_skill(self, _skill):
        raise ValueError("no")


class CrashingApp(SilentApp):
    def ask(self, _message):
        raise RecursionError("no")


@pytest.mark.parametrize(
    ("app", "said"), [(SilentApp, "0 of 1 replies requested"), (FailingApp, "ask raised ValueError: no")]
)
def test_an_app_before_that_goes_wrong_ends_the_case(play, app, said):
    result = play(app)
    assert result.outcome == "failed"
    (finding,) = result.findings
    assert finding.where == "the earlier app"
    assert finding.got.startswith(said.partition(" of ")[0])


@pytest.mark.parametrize("lasts", ["once", "prompt", "always"])
def test_an_app_before_that_met_a_fault_may_end_as_it_likes(play, lasts):
    result = play(FailingApp, Fault(status=503, lasts=lasts))
    assert "the earlier app" not in [finding.where for finding in result.findings]
    assert result.outcome == "failed"


def test_each_app_has_its_own_settings_in_the_context_and_in_the_environment():
    seen = []

    def create_app(context):
        names = ("BOTH", "FIRST", "SECOND")
        seen.append([{name: where.get(name) for name in names} for where in (context.environment, os.environ)])
        return SilentApp()

    before = Episode(settings={"BOTH": "1", "FIRST": "1"})
    episode = Episode(settings={"BOTH": "2", "SECOND": "2"})
    scenario = Scenario(edition="2024-04-14", surface="python", before=before, episode=episode)
    target = Target(
        name="some", spec="some", version=None, surfaces=("python",), editions=EDITIONS, create_app=create_app
    )
    with closing(Session(Switchboard(), seconds=10, endpoints={"intercepted": INTERCEPTED})) as session:
        session.play(scenario, target, Reads(readings=frozenset()))
    first = {"BOTH": "1", "FIRST": "1", "SECOND": None}
    second = {"BOTH": "2", "FIRST": None, "SECOND": "2"}
    assert seen == [[first, first], [second, second]]
    assert {"BOTH", "FIRST", "SECOND"} & os.environ.keys() == set()


class MovingApp(SilentApp):
    def ask(self, _message):
        os.chdir("/")
        raise ValueError("no")


def test_names_a_place_from_the_folder_of_the_run_wherever_the_implementation_went(play, monkeypatch):
    monkeypatch.chdir(Path(__file__).parent)
    note = next(note for note in play(MovingApp).notes if "came from" in note)
    assert note.startswith("ValueError came from test_play.py:")


def test_says_where_in_the_implementation_an_error_came_from(play):
    (note,) = play(FailingApp).notes
    assert "test_play.py:" in note
    assert note.startswith("ValueError came from ")
    assert note.endswith(" in FailingApp.ask")


class TwinsApp(SilentApp):
    def bindings(self):
        return {"AddTodo": [{"TYPE": "x", "type": "AssistantSkillTrigger"}]}


def test_members_of_a_binding_that_the_host_takes_for_one_break_the_contract(play):
    result = play(TwinsApp)
    assert result.outcome == "errored"
    assert result.reason == (
        "bindings returned a binding of AddTodo with TYPE and type, which the host takes for the same; "
        "expected one of them"
    )


class Unshowable:
    def __repr__(self):
        raise OSError("no")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Unshowable(), "returned what is not JSON (Object of type Unshowable is not JSON serializable): "),
        (10**5000, "returned what is not JSON (Exceeds the limit (4300 digits)"),
    ],
    ids=["a repr that raises", "too many digits"],
)
def test_bindings_that_cannot_be_shown_break_the_contract_and_refuse_nothing(play, value, said):
    class App(SilentApp):
        def bindings(self):
            return {"AddTodo": [{"name": value}]}

    result = play(App)
    assert (result.outcome, result.findings) == ("errored", ())
    assert result.reason.startswith(f"bindings {said}")
    assert "(a dict that cannot be shown: " in result.reason


@pytest.mark.parametrize("app", [FailingApp, RefusingApp])
def test_a_finding_has_the_error_that_it_follows_from(play, app):
    (finding,) = play(app).findings
    assert finding.cause.said == "ValueError: no"
    assert finding.cause.origin.startswith("ValueError came from ")


def test_a_crash_has_the_error_that_it_comes_from(play):
    result = play(CrashingApp)
    assert result.cause == Cause(kind="error", said=result.reason, origin=result.notes[0])
