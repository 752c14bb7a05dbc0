"""The expectation of each requirement on tools, models and conversations, made of the predicted conversation."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from conformance._data.editions import SERVICE_REQUIREMENTS
from conformance._exploration.languages import is_exact
from conformance._exploration.laws.offering import ModelOf, default_model, given_model
from conformance._exploration.prediction.predicted_bindings import Expected
from conformance._exploration.prediction.predicted_conversation import Conversation, Said
from conformance._exploration.reading.predicted_calls import MADE_UP, PredictedCall, PredictedSkill, are_exact
from conformance._exploration.reading.window import exceeds_window
from conformance._service import Provider
from conformance._text import json_values
from conformance.contract import Surface

# Tools and models

Predictor: TypeAlias = Callable[[Conversation], Expected | None]


def _every_request(make: Predictor) -> Predictor:
    def expect(conversation: Conversation) -> Expected | None:
        said = make(conversation)
        return {"requests": [said for _ in conversation.requests]} if said and conversation.requests else None

    return expect


def _tools(make: Callable[[Conversation, PredictedSkill], Any]) -> Predictor:
    @_every_request
    def said(conversation: Conversation) -> Expected | None:
        if not conversation.skills or any(skill.tool is None for skill in conversation.skills):
            return None
        return {"tools": {str(skill.tool): make(conversation, skill) for skill in conversation.skills}}

    return said


def _declared_schema(conversation: Conversation, skill: PredictedSkill) -> Expected:
    known = skill.schema is not MADE_UP and is_exact(skill.schema, conversation.scenario.surface)
    return {"parameters": {"$equals": skill.schema}} if known else {}


def _made_up_schema(_: Conversation, skill: PredictedSkill) -> Expected:
    if skill.schema is not MADE_UP:
        return {}
    return {"parameters": {"type": "object", "properties": {skill.declaration.argument.name: {}}}}


def _model(provider: Provider, model_of: ModelOf) -> Predictor:
    @_every_request
    def said(conversation: Conversation) -> Expected | None:
        is_meant = conversation.skills and conversation.scenario.provider == provider
        model = model_of(conversation.skills) if is_meant else None
        return None if model is None else {"model": model}

    return said


# Conversations


def _requests(make: Callable[[Said, Surface], list[Any]]) -> Predictor:
    """Expect messages in each request, and the answers; nothing of a conversation that an app may have to cut."""

    def expect(conversation: Conversation) -> Expected | None:
        if not conversation.requests or exceeds_window(conversation.texts):
            return None
        surface = conversation.scenario.surface
        requests = [
            {"messages": [item for said in one for item in make(said, surface)]} for one in conversation.requests
        ]
        return {"requests": requests, **_answers(conversation)}

    return expect


def _answers(conversation: Conversation) -> Expected:
    return {"answers": list(conversation.answers)}


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


def _call(told: PredictedCall, surface: Surface) -> Expected:
    return {"id": told.call.id, "function": {"name": told.call.name, **_arguments(told, surface)}}


def _arguments(told: PredictedCall, surface: Surface) -> Expected:
    """Expect the same arguments; in the place of some that are not a JSON object, an app may send others."""
    try:
        parsed = json_values.parse(told.call.arguments)
    except ValueError:
        return {}
    return {"arguments": {"$json": {"$equals": parsed}}} if are_exact(told, surface) else {}


def _results(make: Callable[[Conversation, PredictedCall], Any]) -> Predictor:
    """Expect something of what each call is answered with, in the request after it, and the answers."""

    def expect(conversation: Conversation) -> Expected | None:
        if not conversation.rounds:
            return None
        return {
            "requests": [_answered(conversation, one[-1], make) for one in conversation.requests],
            **_answers(conversation),
        }

    return expect


def _answered(conversation: Conversation, last: Said, make: Callable[[Conversation, PredictedCall], Any]) -> Expected:
    return {"results": {told.call.id: make(conversation, told) for told in last.calls}}


def _result(conversation: Conversation, told: PredictedCall) -> Any:
    known = (
        told.runs
        and not told.fails
        and told.result is not None
        and is_exact(told.result, conversation.scenario.surface)
    )
    return {"$result": told.result} if known else {"$absent": False}


def _invocations(conversation: Conversation) -> Expected | None:
    """Expect the runs of the functions, where it is sure which there are."""
    calls = list(conversation.calls)
    if not calls or any(told.kind in {"null", "missing", "unclear"} for told in calls):
        return None
    if not all(is_exact(told.argument, conversation.scenario.surface) for told in calls):
        return None
    runs = [
        {"skill": told.skill.function, "argument": {"$equals": told.argument}}
        for told in calls
        if told.runs and told.skill
    ]
    ordered = all(len(one) == 1 for one in conversation.rounds) or len(runs) < 2  # noqa: PLR2004
    return {"invocations": runs if ordered else {"$unordered": runs}, **_answers(conversation)}


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

PREDICTED_REQUESTS: Final[Mapping[str, Predictor]] = {
    **dict.fromkeys(_OFFERED, _tools(lambda *_: {})),
    "AST-TOOL-NONE": _every_request(
        lambda conversation: None if conversation.skills else {"tools": {"$one_of": [{"$absent": True}, None]}}
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
