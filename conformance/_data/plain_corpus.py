"""The corpus as plain JSON, for runners in other languages: `cases/corpus.schema.json` is its form."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

from conformance._data.case import Case
from conformance._data.editions import Edition
from conformance._data.expectation import (
    AcceptanceExpected,
    BindingsExpected,
    ConstructExpected,
    ConversationExpected,
    Expectation,
    RefusalExpected,
    patterns_of,
)
from conformance._data.requirements import Requirement
from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._service import Fault, Reply
from conformance.contract import Surface

SCHEMA_NAME: Final = "corpus.schema.json"

_KINDS: Final[Mapping[type, str]] = {
    RefusalExpected: "refusal",
    AcceptanceExpected: "acceptance",
    BindingsExpected: "bindings",
    ConstructExpected: "construct",
    ConversationExpected: "conversation",
}


def plain_corpus(
    edition: Edition, surface: Surface, version: str, explored: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Return an edition's cases on one surface; `explored` are generated scenarios with what is predicted of them."""
    cases = [case for case in edition.cases if case.surface == surface]
    named = {case.requirement.id for case in cases}
    named |= {prediction["requirement"] for scenario in explored for prediction in scenario["predictions"]}
    named |= {requirement.id for requirement in edition.service.values()}
    return {
        "$schema": f"../{SCHEMA_NAME}",
        "suite": version,
        "edition": edition.date,
        "surface": surface,
        "requirements": _requirements(edition.requirements, surface, named),
        "service_requirements": {area: requirement.id for area, requirement in edition.service.items()},
        "cases": [plain_case(case) for case in cases],
        "explored": list(explored),
    }


def _requirements(
    requirements: Mapping[str, Requirement], surface: Surface, named: AbstractSet[str]
) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "statement": requirement.statement,
            "level": requirement.levels.get(surface),
            "section": requirement.section,
            "source": requirement.source,
        }
        for name, requirement in requirements.items()
        if name in named
    }


def plain_case(case: Case) -> dict[str, Any]:
    """Return a case."""
    return {
        "id": case.id.case,
        "title": case.title,
        "why": case.why,
        "requirement": case.requirement.id,
        "level": case.requirement.levels[case.surface],
        "statement": case.requirement.statement,
        "place": case.place,
        "needs": case.needs,
        **plain_scenario(case.scenario),
        "expect": plain_expectation(case.expectation) | _refused(case),
    }


def plain_scenario(scenario: Scenario) -> dict[str, Any]:
    """Return what a scenario declares, asks and replies."""
    return {
        "provider": scenario.provider,
        "models": None if scenario.models is None else sorted(scenario.models),
        "before": None if scenario.before is None else _episode(scenario.before),
        **_episode(scenario.episode),
    }


def _episode(episode: Episode) -> dict[str, Any]:
    return {
        "settings": dict(episode.settings),
        "skills": [plain_skill(skill) for skill in episode.skills],
        "prompts": list(episode.prompts),
        "model_replies": [_reply(reply) for reply in episode.model_replies],
    }


def plain_skill(skill: Declaration) -> dict[str, Any]:
    """Return a declaration, and what its function does."""
    return {
        "function": skill.function,
        "argument": {"name": skill.argument.name, "type": skill.argument.type},
        "trigger": dict(skill.trigger),
        "handler": {
            "raises": skill.raises,
            "raises_on": skill.raises_on,
            "echoes": skill.echoes,
            "returns": skill.returns,
        },
    }


def _reply(reply: Reply | Fault) -> dict[str, Any]:
    if isinstance(reply, Fault):
        return {"fault": {"status": reply.status, "lasts": reply.lasts, "retry_after_ms": reply.retry_after_ms}}
    return {"choices": [_choice(choice) for choice in (reply, *reply.further_choices)]}


def _choice(choice: Reply) -> dict[str, Any]:
    return {
        "text": choice.text,
        "calls": [{"id": call.id, "name": call.name, "arguments": call.arguments} for call in choice.calls],
        "refusal": choice.refusal,
        "finish_reason": choice.finish_reason or ("tool_calls" if choice.calls else "stop"),
    }


def _refused(case: Case) -> dict[str, Any]:
    if not isinstance(case.expectation, RefusalExpected):
        return {}
    (refused,) = case.scenario.refused
    return {"refused": plain_skill(refused), "control": plain_skill(case.expectation.control)}


def plain_expectation(expectation: Expectation) -> dict[str, Any]:
    """Return what is expected, with its kind; raise KeyError for what only the suite can judge."""
    plain: dict[str, Any] = {"kind": _KINDS[type(expectation)], **patterns_of(expectation)}
    if isinstance(expectation, ConversationExpected) and expectation.error:
        plain["error"] = True
    return plain
