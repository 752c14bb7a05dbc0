"""What a scenario must have come to for a requirement to have been judged: without it, a law is silent in vain."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Final, TypeAlias

from conformance._exploration.laws.refusing import FAULTS, faults_of
from conformance._exploration.pool.statuses import is_lasting
from conformance._exploration.reading.conversation_trace import Trace, is_partial
from conformance._exploration.reading.predicted_calls import MADE_UP, PredictedCall, PredictedSkill

_Occasion: TypeAlias = Callable[[Trace], bool]


def has_occasion(requirement: str, trace: Trace) -> bool:
    """Say whether a scenario came to what a requirement is about."""
    occasion = _OCCASIONS.get(requirement)
    if occasion is not None:
        return occasion(trace)
    return _bound(trace) if requirement.startswith("AST-BINDING") else bool(trace.seen.exchanges)


def _bound(trace: Trace) -> bool:
    return bool(trace.triggers)


def _binds(key: str) -> _Occasion:
    """Say whether a skill with a binding gives a parameter."""
    return lambda trace: _bound(trace) and any(key in skill.given for skill in trace.skills)


def _tells(is_so: Callable[[PredictedSkill], bool]) -> _Occasion:
    """Say whether the model was told of such a skill."""
    return lambda trace: bool(trace.seen.exchanges) and any(map(is_so, trace.skills))


def _calls(trace: Trace) -> Iterator[PredictedCall]:
    return (told for turn in trace.turns for one in turn.rounds for told in one.calls)


def _called(is_so: Callable[[PredictedCall], bool]) -> _Occasion:
    return lambda trace: any(map(is_so, _calls(trace)))


def _rounds(trace: Trace) -> list[int]:
    """Return how many calls each round has."""
    return [len(one.calls) for turn in trace.turns for one in turn.rounds]


def _failed(*, for_good: bool) -> _Occasion:
    """Say whether a prompt met a fault of a kind."""
    return lambda trace: any(is_lasting(fault) is for_good for turn in trace.turns for fault in turn.faults)


def _recovers(trace: Trace) -> bool:
    """Say whether a prompt follows one that ended in an error."""
    return any(earlier.ending == "fault" and later.requests for earlier, later in pairwise(trace.turns))


def _follows_another(trace: Trace) -> bool:
    return trace.scenario.before is not None


def _is_repeated(trace: Trace) -> bool:
    scenario = trace.scenario
    whole = not (trace.scenario.episode.has_faults or trace.given_up or trace.broken)
    return scenario.before == scenario.episode and whole and bool(trace.requests)


def _declares_wrongly(requirement: str) -> _Occasion:
    return lambda trace: (
        trace.seen.refusal is None
        and requirement in {fault for one in trace.scenario.refused for fault in faults_of(one, trace.scenario.episode)}
    )


def _names_models(provider: str, *, given: bool) -> _Occasion:
    def occasion(trace: Trace) -> bool:
        named = len({skill.given.get("model") for skill in trace.skills} - {None})
        return bool(trace.requests) and trace.scenario.provider == provider and named == int(given)

    return occasion


_OCCASIONS: Final[Mapping[str, _Occasion]] = {
    "AST-DECLARATION-PARAMETERS": lambda trace: bool(trace.skills),
    "AST-DECLARATION-NAME-OPTIONAL": lambda trace: any(skill.named_by == "function" for skill in trace.skills),
    **{fault.requirement: _declares_wrongly(fault.requirement) for fault in FAULTS},
    "AST-BINDING-FUNCTION-NAME": _binds("functionName"),
    "AST-BINDING-PARAMETERS": _binds("parameterDescriptionJson"),
    "AST-BINDING-ISOLATED": lambda trace: _bound(trace) and _follows_another(trace),
    "AST-TOOL-OFFERED": _tells(lambda _: True),
    "AST-TOOL-NAME": _tells(lambda skill: skill.named_by == "given"),
    "AST-TOOL-NAME-FALLBACK": _tells(lambda skill: skill.named_by == "function"),
    "AST-TOOL-NAME-SETTING": _tells(lambda skill: skill.named_by == "setting"),
    "AST-TOOL-NONE": lambda trace: bool(trace.requests) and not trace.skills,
    "AST-TOOL-ISOLATED": lambda trace: bool(trace.requests) and _follows_another(trace),
    "AST-TOOL-EVERY-ROUND": lambda trace: bool(trace.skills) and len(trace.requests) > 1,
    "AST-TOOL-DESCRIPTION": _tells(lambda _: True),
    "AST-TOOL-PARAMETERS": _tells(lambda skill: skill.schema is not MADE_UP),
    "AST-SCHEMA-OBJECT": _tells(lambda skill: skill.schema is MADE_UP),
    "AST-SCHEMA-TYPE": _tells(lambda skill: skill.schema is MADE_UP),
    "AST-SCHEMA-ITEMS": _tells(lambda skill: skill.schema is MADE_UP and skill.declaration.argument.type == "array"),
    "AST-MODEL-GIVEN": lambda trace: _binds("model")(trace) or _names_models("openai", given=True)(trace),
    "AST-MODEL-DEPLOYMENT": _names_models("azure", given=True),
    "AST-MODEL-DEFAULT": _names_models("openai", given=False),
    "AST-MODEL-DEFAULT-DEPLOYMENT": _names_models("azure", given=False),
    "AST-CONVERSATION-CUT-SHORT": lambda trace: any(turn.reply and is_partial(turn.reply) for turn in trace.turns),
    "AST-CONVERSATION-HISTORY": lambda trace: any(turn.requests for turn in trace.turns[1:]),
    "AST-CONVERSATION-CALL": _called(lambda told: told.runs),
    "AST-CONVERSATION-ONCE": _called(lambda told: told.runs),
    "AST-CONVERSATION-RESULT": _called(lambda told: told.runs),
    "AST-CONVERSATION-RESULT-VALUE": _called(lambda told: told.runs and not told.fails and told.result is not None),
    "AST-CONVERSATION-RESULT-NONE": _called(lambda told: told.runs and not told.fails and told.result is None),
    "AST-CONVERSATION-FAILURE": _called(lambda told: told.runs and told.fails),
    "AST-CONVERSATION-UNKNOWN": _called(lambda told: told.kind == "unknown"),
    "AST-CONVERSATION-ARGUMENT": _called(lambda told: told.kind == "good"),
    "AST-CONVERSATION-ARGUMENT-EXTRA": _called(lambda told: told.kind == "extra"),
    "AST-CONVERSATION-ARGUMENT-MISSING": _called(lambda told: told.kind in {"missing", "null"}),
    "AST-CONVERSATION-ARGUMENT-MALFORMED": _called(lambda told: told.kind == "malformed"),
    "AST-CONVERSATION-PARALLEL": lambda trace: any(number > 1 for number in _rounds(trace)),
    "AST-CONVERSATION-REPLAY": lambda trace: bool(_rounds(trace)),
    "AST-CONVERSATION-ROUNDS": lambda trace: any(len(turn.rounds) > 1 for turn in trace.turns),
    "AST-CONVERSATION-ERROR": _failed(for_good=True),
    "AST-CONVERSATION-RETRY": _failed(for_good=False),
    "AST-CONVERSATION-RETRY-SAME": lambda trace: any(request.repeats is not None for request in trace.requests),
    "AST-CONVERSATION-RECOVERY": _recovers,
    "AST-CONVERSATION-REPEATABLE": _is_repeated,
    "AST-SERVICE-TOOLS": _tells(lambda _: True),
}
"""By requirement; the others are about every binding, or every request."""
