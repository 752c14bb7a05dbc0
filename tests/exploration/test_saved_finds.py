"""A find is saved as a case that fails as the find did, and that a conforming implementation passes."""

import json

import pytest
from mutants.base import App
from mutants.mutant import judging

from conformance._data.case_files.linting import lint
from conformance._data.case_files.own_cases import load_own_cases
from conformance._data.editions import edition_of
from conformance._data.expectation import LawExpected
from conformance._exploration.case_yaml import file_name, to_yaml
from conformance._exploration.composition.scenario_sources import Schedule
from conformance._exploration.explorer import EVERYTHING, Block, Explorer, laws_of
from conformance._exploration.found_case import record_of
from conformance._exploration.law_case import check_by_law, with_needs
from conformance._targets.loading import load_target
from conformance._targets.target import Target

EDITION = edition_of("2024-04-14")


class ShoutsFromTheSecondSkillOn(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        return text.upper() if skill in self.skills[1:] else text


class ForgetsNegativeNumbers(App):
    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return abs(value) if isinstance(value, int) and not isinstance(value, bool) else value


class LosesTheFirstPrompt(App):
    def finish(self, turn, reply):
        answer = super().finish(turn, reply)
        self.history = self.history[-4:]
        return answer


class TriesAgainWithLess(App):
    def fail(self, response):
        del response
        return self.send([self.prompt("Again")])


class ChangesBindingsInTheConversation(App):
    def bindings(self):
        found = super().bindings()
        return (
            {name: [{**one[0], "functionDescription": "?"}] for name, one in found.items()} if self.history else found
        )


class CountsItsApps(App):
    apps = 0

    def __init__(self, context):
        super().__init__(context)
        CountsItsApps.apps += 1
        self.number = CountsItsApps.apps

    def autogenerate(self, skill):
        return {**super().autogenerate(skill), "title": "odd" if self.number % 2 else "even"}


class AnswersWithANumber(App):
    def ask(self, message):
        return super().ask(message) if len(self.skills) < 3 else 7


class ClosesBadly(App):
    def bindings(self):
        if any("{{" in str(skill.given) for skill in self.skills):
            raise MemoryError
        return super().bindings()


WRONG = (
    ShoutsFromTheSecondSkillOn,
    ForgetsNegativeNumbers,
    LosesTheFirstPrompt,
    TriesAgainWithLess,
    ChangesBindingsInTheConversation,
    CountsItsApps,
    AnswersWithANumber,
    ClosesBadly,
)


def target_of(app):
    return Target(
        name=app.__name__,
        spec=app.__name__,
        version=None,
        surfaces=("python",),
        editions=("2024-04-14",),
        create_app=app,
    )


def finds_of(session, target):
    """Yield each requirement that a short search finds to be broken, with the smallest scenario."""
    explorer = Explorer(lambda scenario, target: session.play(scenario, target, EVERYTHING))
    schedule = Schedule(surfaces=target.surfaces, number=100, seed=0)
    block = Block(target.name, EDITION.date, "python", 0)
    laws = laws_of(EDITION.requirements, "python")
    found = explorer.search(target, block, laws, schedule.scenarios(EDITION.date, EDITION.spellings["python"], 0))
    for name, scenario in found.by_requirement.items():
        smallest = explorer.smallest(target, scenario, name, laws, seconds=60)
        if smallest is not None:
            yield EDITION.requirements[name], smallest


def run_saved(session, case, target):
    if isinstance(case.expectation, LawExpected):
        return session.run(with_needs(case), target, check_by_law)
    return session.run(case, target)


@pytest.mark.parametrize("app", WRONG, ids=lambda app: app.__name__)
def test_a_saved_find_fails_again_and_only_where_it_was_found(app, tmp_path):
    folder = tmp_path / EDITION.date
    folder.mkdir()
    outcomes = {}
    with judging() as session:
        for requirement, find in finds_of(session, target_of(app)):
            record = record_of(find, EDITION.spellings["python"], requirement)
            folder.joinpath(file_name(record)).write_text(to_yaml(record), "utf-8")
            outcomes[record["id"]] = "failed" if find.seen.crash is None else "errored"
        cases = load_own_cases(sorted(folder.iterdir()), EDITION)
        assert {case.id.case for case in cases} == set(outcomes)
        assert cases
        assert lint(tmp_path, with_needs) == []
        for case in cases:
            result = run_saved(session, case, target_of(app))
            assert result.outcome == outcomes[case.id.case], json.dumps(result.to_json(), indent=1)
            if result.outcome == "failed":
                assert case.requirement.id in {finding.requirement for finding in result.findings}
            for conforming in (target_of(App), load_target("reference_impl")):
                assert run_saved(session, case, conforming).outcome == "passed", case.path.read_text("utf-8")


class RefusesLongDescriptions(App):
    def check_given(self, given):
        super().check_given(given)
        if len(given["functionDescription"]) > 1000:
            raise ValueError("the description is too long")


@pytest.mark.parametrize(("length", "outcome"), [(1025, "passed"), (1024, "failed")])
def test_a_case_of_a_law_takes_for_legal_what_the_law_takes(tmp_path, length, outcome):
    path = tmp_path / "long.yaml"
    path.write_text(
        "- id: long-description\n  title: A long description is offered.\n  covers: [AST-TOOL-DESCRIPTION]\n"
        "  surfaces: [python]\n  skills:\n    - function: AddTodo\n      argument: {task: string}\n"
        f"      trigger: {{functionDescription: {'x' * length}}}\n"
        "  ask: Hi\n  model_replies: [Hello]\n  expect: {law: true}\n"
    )
    (case,) = load_own_cases([path], EDITION)
    target = Target(
        name="refuses",
        spec="refuses",
        version=None,
        surfaces=("python",),
        editions=("2024-04-14",),
        create_app=RefusesLongDescriptions,
    )
    with judging() as session:
        assert session.run(with_needs(case), target, check_by_law).outcome == outcome
