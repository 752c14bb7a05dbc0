"""The expectation of each requirement on declarations and bindings, made of a scenario."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from conformance._data.scenario import Scenario
from conformance._exploration.laws.declaring import BINDING_PATTERNS, BindingPattern
from conformance._exploration.reading.predicted_calls import read_skills

Expected: TypeAlias = dict[str, Any]

_REPEATED: Final = ("AST-BINDING-FUNCTION-NAME", "AST-BINDING-DESCRIPTION", "AST-BINDING-PARAMETERS")


def _accepted(*, without_names: bool) -> Callable[[Scenario], Expected | None]:
    """Expect that declarations are accepted, unless a requirement says more: one without a name, or with a setting."""

    def expect(scenario: Scenario) -> Expected | None:
        sources = {skill.named_by for episode in scenario.episodes for skill in read_skills(episode)}
        is_said = "function" in sources if without_names else sources == {"given"}
        return {"accepted": True} if is_said and "setting" not in sources else None

    return expect


def _each(pattern: BindingPattern) -> Callable[[Scenario], Expected | None]:
    """Expect that each skill's binding matches a pattern."""

    def expect(scenario: Scenario) -> Expected | None:
        skills = read_skills(scenario.episode)
        return {"bindings": {skill.function: pattern(scenario, skill) for skill in skills}} if skills else None

    return expect


def _again(scenario: Scenario) -> Expected | None:
    """Expect all that is known of the bindings at the second reading: the first one's rest is the implementation's."""
    skills = read_skills(scenario.episode)
    parts = [BINDING_PATTERNS[name] for name in _REPEATED]
    known = {skill.function: {k: v for part in parts for k, v in part(scenario, skill).items()} for skill in skills}
    return {"bindings_again": known} if skills else None


PREDICTED_BINDINGS: Final[Mapping[str, Callable[[Scenario], Expected | None]]] = {
    "AST-DECLARATION-PARAMETERS": _accepted(without_names=False),
    "AST-DECLARATION-NAME-OPTIONAL": _accepted(without_names=True),
    "AST-BINDING-EACH": _each(lambda *_: {}),
    **{name: _each(pattern) for name, pattern in BINDING_PATTERNS.items()},
    "AST-BINDING-REPEATABLE": _again,
}
