"""The expectation of each requirement on declarations and bindings, made of a scenario."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from conformance._data.scenario import Scenario
from conformance._exploration.languages import is_exact
from conformance._exploration.laws.declaring import DIRECTIONS
from conformance._exploration.story import told_skills
from conformance._exploration.told import MADE_UP, ToldSkill, read_skills

Foretold: TypeAlias = dict[str, Any]


def _accepted(*, without_names: bool) -> Callable[[Scenario], Foretold | None]:
    """Expect that declarations are accepted, unless a requirement says more: one without a name, or with a setting."""

    def expect(scenario: Scenario) -> Foretold | None:
        sources = {skill.named_by for episode in scenario.episodes for skill in read_skills(episode)}
        is_said = "function" in sources if without_names else sources == {"given"}
        return {"accepted": True} if is_said and "setting" not in sources else None

    return expect


def _each(make: Callable[[Scenario, ToldSkill], Foretold]) -> Callable[[Scenario], Foretold | None]:
    """Expect something of each skill's binding."""

    def expect(scenario: Scenario) -> Foretold | None:
        skills = told_skills(scenario)
        return {"bindings": {skill.function: make(scenario, skill) for skill in skills}} if skills else None

    return expect


def _given(key: str) -> Callable[[Scenario, ToldSkill], Foretold]:
    return lambda _, skill: {key: skill.given[key]} if key in skill.given else {}


def _parameters(scenario: Scenario, skill: ToldSkill) -> Foretold:
    if skill.schema is MADE_UP or not is_exact(skill.schema, scenario.surface):
        return {}
    return {"parameterDescriptionJson": {"$json": {"$equals": skill.schema}}}


def _again(scenario: Scenario) -> Foretold | None:
    """Expect all that is known of the bindings at the second reading: the first one's rest is the implementation's."""
    skills = told_skills(scenario)
    parts = (_given("functionName"), _given("functionDescription"), _parameters)
    known = {skill.function: {k: v for part in parts for k, v in part(scenario, skill).items()} for skill in skills}
    return {"bindings_again": known} if skills else None


DECLARED: Final[Mapping[str, Callable[[Scenario], Foretold | None]]] = {
    "AST-DECLARATION-PARAMETERS": _accepted(without_names=False),
    "AST-DECLARATION-NAME-OPTIONAL": _accepted(without_names=True),
    "AST-BINDING-EACH": _each(lambda *_: {}),
    "AST-BINDING-TYPE": _each(lambda *_: {"type": {"$any_case": "AssistantSkillTrigger"}}),
    "AST-BINDING-DIRECTION": _each(lambda scenario, _: {"direction": {"$any_case": DIRECTIONS[scenario.edition]}}),
    "AST-BINDING-NAME": _each(
        lambda _, skill: {"name": skill.given.get("name", skill.declaration.argument.name)},
    ),
    "AST-BINDING-FUNCTION-NAME": _each(_given("functionName")),
    "AST-BINDING-DESCRIPTION": _each(_given("functionDescription")),
    "AST-BINDING-PARAMETERS": _each(_parameters),
    "AST-BINDING-REPEATABLE": _again,
}
