"""Playing a case: what an app before leaves undone ends the case there, unless a fault of the service is in it."""

from dataclasses import replace

import pytest

from conformance._data.editions import edition_of
from conformance._judging.session import Session
from conformance._service import Fault, Reply
from conformance._targets.target import Target
from conformance._transport.switchboard import Switchboard


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
    session = Session(Switchboard(), seconds=10)

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
