"""The expectation of each requirement on tools, models and conversations, made of the story that a scenario tells."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from conformance._data.editions import SERVICE_REQUIREMENTS
from conformance._exploration.foretold_bindings import Foretold
from conformance._exploration.languages import is_exact
from conformance._exploration.laws.offering import ModelOf, default_model, given_model
from conformance._exploration.story import Said, Story
from conformance._exploration.told import MADE_UP, ToldCall, ToldSkill, are_exact
from conformance._service import Provider
from conformance._text import json_values
from conformance.contract import Surface

# Tools and models

Teller: TypeAlias = Callable[[Story], Foretold | None]


def _every_request(make: Teller) -> Teller:
    def expect(story: Story) -> Foretold | None:
        said = make(story)
        return {"requests": [said for _ in story.requests]} if said and story.requests else None

    return expect


def _tools(make: Callable[[Story, ToldSkill], Any]) -> Teller:
    @_every_request
    def said(story: Story) -> Foretold | None:
        if not story.skills or any(skill.tool is None for skill in story.skills):
            return None
        return {"tools": {str(skill.tool): make(story, skill) for skill in story.skills}}

    return said


def _declared_schema(story: Story, skill: ToldSkill) -> Foretold:
    known = skill.schema is not MADE_UP and is_exact(skill.schema, story.scenario.surface)
    return {"parameters": {"$equals": skill.schema}} if known else {}


def _made_up_schema(_: Story, skill: ToldSkill) -> Foretold:
    if skill.schema is not MADE_UP:
        return {}
    return {"parameters": {"type": "object", "properties": {skill.declaration.argument.name: {}}}}


def _model(provider: Provider, model_of: ModelOf) -> Teller:
    @_every_request
    def said(story: Story) -> Foretold | None:
        model = model_of(story.skills) if story.skills and story.scenario.provider == provider else None
        return None if model is None else {"model": model}

    return said


# Conversations


def _requests(make: Callable[[Said, Surface], list[Any]]) -> Teller:
    """Expect messages in each request, and the answers."""

    def expect(story: Story) -> Foretold | None:
        if not story.requests:
            return None
        surface = story.scenario.surface
        requests = [{"messages": [item for said in one for item in make(said, surface)]} for one in story.requests]
        return {"requests": requests, **_answers(story)}

    return expect


def _answers(story: Story) -> Foretold:
    return {"answers": list(story.answers)}


def _roles(said: Said, _: Surface) -> list[Any]:
    if said.prompt is not None:
        return [{"role": "user", "content": said.prompt}]
    return [{"role": "assistant"}, *({"role": "tool"} for _ in said.calls)]


def _texts(said: Said, surface: Surface) -> list[Any]:
    first, *others = _roles(said, surface)
    if said.reply is None or not said.reply.text:
        return [first, *others]
    return [{**first, "content": said.reply.text}, *others]


def _replayed(said: Said, surface: Surface) -> list[Any]:
    first, *others = _texts(said, surface)
    return [{**first, "tool_calls": [_call(told, surface) for told in said.calls]}, *others] if said.calls else [first]


def _call(told: ToldCall, surface: Surface) -> Foretold:
    return {"id": told.call.id, "function": {"name": told.call.name, **_arguments(told, surface)}}


def _arguments(told: ToldCall, surface: Surface) -> Foretold:
    """Expect the same arguments; in the place of some that are not a JSON object, an app may send others."""
    try:
        parsed = json_values.parse(told.call.arguments)
    except ValueError:
        return {}
    return {"arguments": {"$json": {"$equals": parsed}}} if are_exact(told, surface) else {}


def _results(make: Callable[[Story, ToldCall], Any]) -> Teller:
    """Expect something of what each call is answered with, in the request after it, and the answers."""

    def expect(story: Story) -> Foretold | None:
        if not story.rounds:
            return None
        return {"requests": [_answered(story, one[-1], make) for one in story.requests], **_answers(story)}

    return expect


def _answered(story: Story, last: Said, make: Callable[[Story, ToldCall], Any]) -> Foretold:
    return {"results": {told.call.id: make(story, told) for told in last.calls}}


def _result(story: Story, told: ToldCall) -> Any:
    known = told.runs and not told.fails and told.result is not None and is_exact(told.result, story.scenario.surface)
    return {"$result": told.result} if known else {"$absent": False}


def _invocations(story: Story) -> Foretold | None:
    """Expect the runs of the functions, where it is sure which there are."""
    calls = list(story.calls)
    if not calls or any(told.kind in {"null", "missing", "unclear"} for told in calls):
        return None
    if not all(is_exact(told.argument, story.scenario.surface) for told in calls):
        return None
    runs = [
        {"skill": told.skill.function, "argument": {"$equals": told.argument}}
        for told in calls
        if told.runs and told.skill
    ]
    ordered = all(len(one) == 1 for one in story.rounds) or len(runs) < 2  # noqa: PLR2004
    return {"invocations": runs if ordered else {"$unordered": runs}, **_answers(story)}


_OFFERED: Final = (
    "AST-TOOL-OFFERED",
    "AST-TOOL-NAME",
    "AST-TOOL-NAME-FALLBACK",
    "AST-TOOL-NAME-SETTING",
    "AST-TOOL-EVERY-ROUND",
)
_CALLS: Final = (
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-ONCE",
    "AST-CONVERSATION-ARGUMENT",
    "AST-CONVERSATION-ARGUMENT-EXTRA",
)
_ANSWERED: Final = (
    "AST-CONVERSATION-FAILURE",
    "AST-CONVERSATION-UNKNOWN",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
    "AST-CONVERSATION-ARGUMENT-MISSING",
    "AST-CONVERSATION-RESULT-NONE",
    "AST-CONVERSATION-PARALLEL",
)

TOLD: Final[Mapping[str, Teller]] = {
    **dict.fromkeys(_OFFERED, _tools(lambda *_: {})),
    "AST-TOOL-NONE": _every_request(
        lambda story: None if story.skills else {"tools": {"$one_of": [{"$absent": True}, None]}}
    ),
    "AST-TOOL-DESCRIPTION": _tools(lambda _, skill: {"description": skill.given.get("functionDescription")}),
    "AST-TOOL-PARAMETERS": _tools(_declared_schema),
    "AST-SCHEMA-OBJECT": _tools(_made_up_schema),
    "AST-MODEL-GIVEN": _model("openai", given_model),
    "AST-MODEL-DEPLOYMENT": _model("azure", given_model),
    "AST-MODEL-DEFAULT": _model("openai", default_model),
    "AST-MODEL-DEFAULT-DEPLOYMENT": _model("azure", default_model),
    "AST-CONVERSATION-ANSWER": _requests(_roles),
    "AST-CONVERSATION-HISTORY": _requests(_texts),
    "AST-CONVERSATION-ISOLATED": _requests(_roles),
    "AST-CONVERSATION-REPLAY": _requests(_replayed),
    "AST-CONVERSATION-ROUNDS": _requests(_roles),
    **dict.fromkeys(("AST-CONVERSATION-RESULT", "AST-CONVERSATION-RESULT-VALUE"), _results(_result)),
    **dict.fromkeys(_ANSWERED, _results(lambda *_: {"$absent": False})),
    **dict.fromkeys(_CALLS, _invocations),
    **dict.fromkeys(SERVICE_REQUIREMENTS.values(), _answers),
}
