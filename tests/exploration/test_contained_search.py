"""A search goes on after scenarios that crash or hang, and does not take the run's patience with it."""

import pytest
from mutants.base import App
from mutants.mutant import judging

from conformance._data.editions import edition_of
from conformance._exploration.composition.scenario_sources import Schedule
from conformance._exploration.explorer import EVERYTHING, Block, Explorer, laws_of
from conformance._exploration.laws.refusing import FAULTS
from conformance._targets.target import Target
from conformance._text import limits

EDITION = edition_of("2024-04-14")
BLOCK = Block("it", EDITION.date, "python", 0)
LAWS = laws_of(EDITION.requirements, "python")

REFUSING = {fault.requirement for fault in FAULTS}
"""Requirements for which a further skill is declared, which may be the one too many."""


class HangsAtTheEighthSkill(App):
    """So many skills are rare: a search that meets a few of them in a row gives up."""

    def add_skill(self, skill):
        while len(self.skills) == 7:
            pass
        super().add_skill(skill)


class BreaksAtTheSeventhSkill(App):
    def add_skill(self, skill):
        if len(self.skills) == 6:
            raise MemoryError("no room for a seventh")
        super().add_skill(skill)


class ShoutsAndHangs(HangsAtTheEighthSkill):
    def description_of(self, skill):
        return super().description_of(skill).upper()


def search(session, app, number=40):
    """Return what is found, and a function that makes a find smaller."""
    target = Target(name="it", spec="it", version=None, surfaces=("python",), editions=(EDITION.date,), create_app=app)
    explorer = Explorer(lambda scenario, target: session.play(scenario, target, EVERYTHING))
    schedule = Schedule(surfaces=("python",), number=number, seed=0)
    finds = explorer.search(target, BLOCK, LAWS, schedule.scenarios(EDITION.date, EDITION.spellings["python"], 0))
    return finds, lambda name: explorer.smallest(target, finds.by_requirement[name], name, LAWS, seconds=60)


def test_what_crashes_is_found_once_and_made_small():
    with judging() as session:
        finds, shrink = search(session, BreaksAtTheSeventhSkill)
        assert set(finds.by_requirement) <= {"AST-DECLARATION-PARAMETERS", *REFUSING}
        find = shrink("AST-DECLARATION-PARAMETERS")
    assert find.seen.crash == "add_skill raised MemoryError: no room for a seventh"
    assert len(find.scenario.episode.skills) + len(find.scenario.refused) == 7
    assert find.scenario.episode.prompts == ()
    assert finds.played >= 10


def test_what_hangs_is_found_and_the_implementation_is_not_given_up():
    with judging(seconds=1) as session:
        finds, shrink = search(session, HangsAtTheEighthSkill)
        assert set(finds.by_requirement) <= {"AST-DECLARATION-PARAMETERS", *REFUSING}
        assert finds.played
        find = shrink("AST-DECLARATION-PARAMETERS")
        assert find.seen.silence == "interrupted"
        assert find.seen.was_played
        again, _ = search(session, App, number=3)
        assert again.played == 2 * 3  # each with what is refused in one of its own
    assert 2 * limits.MAX_HANGS + limits.MAX_HANGS_REFUSING < limits.MAX_SILENT


def test_other_laws_are_judged_by_what_could_be_played():
    with judging(seconds=1) as session:
        finds, shrink = search(session, ShoutsAndHangs)
        assert "AST-TOOL-DESCRIPTION" in finds.by_requirement
        assert shrink("AST-TOOL-DESCRIPTION").seen.crash is None


class EndsWhereItShouldRefuse(App):
    """Breaks off where a name is taken, and raises when it is closed after that."""

    is_over = False

    def check_name(self, name):
        if self.is_taken(name):
            self.is_over = True
            raise MemoryError("no second one of that name")
        super().check_name(name)


class ClosesWithAnErrorAfterARefusal(App):
    is_over = False

    def add_skill(self, skill):
        self.is_over = True
        super().add_skill(skill)
        self.is_over = False

    def close(self):
        if self.is_over:
            raise RuntimeError("it never started")


class DeclaresOnly(EndsWhereItShouldRefuse):
    ask = None


def test_what_crashes_where_it_should_refuse_breaks_that_law_alone():
    with judging() as session:
        finds, shrink = search(session, EndsWhereItShouldRefuse)
        assert set(finds.by_requirement) == {"AST-DECLARATION-NAME-UNIQUE"}
        find = shrink("AST-DECLARATION-NAME-UNIQUE")
    assert find.seen.crash == "add_skill raised MemoryError: no second one of that name"
    assert len(find.scenario.refused) == 1
    assert finds.played >= 40


@pytest.mark.parametrize("app", [DeclaresOnly, ClosesWithAnErrorAfterARefusal])
def test_what_need_not_be_refused_costs_nothing(app):
    with judging() as session:
        finds, _ = search(session, app)
    assert finds.by_requirement == {}
