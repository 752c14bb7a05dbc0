"""What a scenario must have come to for a requirement to have been judged: without it, a law is silent in vain."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Final, TypeAlias

from conformance._exploration.hearing import Hearing, is_partial
from conformance._exploration.laws.refusing import FAULTS, faults_of
from conformance._exploration.pool.statuses import is_lasting
from conformance._exploration.told import MADE_UP, ToldCall, ToldSkill

_Occasion: TypeAlias = Callable[[Hearing], bool]


def has_occasion(requirement: str, hearing: Hearing) -> bool:
    """Say whether a scenario came to what a requirement is about."""
    occasion = _OCCASIONS.get(requirement)
    if occasion is not None:
        return occasion(hearing)
    return _bound(hearing) if requirement.startswith("AST-BINDING") else bool(hearing.seen.exchanges)


def _bound(hearing: Hearing) -> bool:
    return bool(hearing.triggers)


def _binds(key: str) -> _Occasion:
    """Say whether a skill with a binding gives a parameter."""
    return lambda hearing: _bound(hearing) and any(key in skill.given for skill in hearing.skills)


def _tells(is_so: Callable[[ToldSkill], bool]) -> _Occasion:
    """Say whether the model was told of such a skill."""
    return lambda hearing: bool(hearing.seen.exchanges) and any(map(is_so, hearing.skills))


def _calls(hearing: Hearing) -> Iterator[ToldCall]:
    return (told for turn in hearing.turns for one in turn.rounds for told in one.calls)


def _called(is_so: Callable[[ToldCall], bool]) -> _Occasion:
    return lambda hearing: any(map(is_so, _calls(hearing)))


def _rounds(hearing: Hearing) -> list[int]:
    """Return how many calls each round has."""
    return [len(one.calls) for turn in hearing.turns for one in turn.rounds]


def _failed(*, for_good: bool) -> _Occasion:
    """Say whether a prompt met a fault of a kind."""
    return lambda hearing: any(is_lasting(fault) is for_good for turn in hearing.turns for fault in turn.faults)


def _recovers(hearing: Hearing) -> bool:
    """Say whether a prompt follows one that ended in an error."""
    return any(earlier.ending == "fault" and later.heard for earlier, later in pairwise(hearing.turns))


def _follows_another(hearing: Hearing) -> bool:
    return hearing.scenario.before is not None


def _is_repeated(hearing: Hearing) -> bool:
    scenario = hearing.scenario
    whole = not (hearing.scenario.episode.has_faults or hearing.given_up or hearing.broken)
    return scenario.before == scenario.episode and whole and bool(hearing.heard)


def _declares_wrongly(requirement: str) -> _Occasion:
    return lambda hearing: (
        hearing.seen.refusal is None
        and requirement
        in {fault for one in hearing.scenario.refused for fault in faults_of(one, hearing.scenario.episode)}
    )


def _names_models(provider: str, *, given: bool) -> _Occasion:
    def occasion(hearing: Hearing) -> bool:
        named = len({skill.given.get("model") for skill in hearing.skills} - {None})
        return bool(hearing.heard) and hearing.scenario.provider == provider and named == int(given)

    return occasion


_OCCASIONS: Final[Mapping[str, _Occasion]] = {
    "AST-DECLARATION-PARAMETERS": lambda hearing: bool(hearing.skills),
    "AST-DECLARATION-NAME-OPTIONAL": lambda hearing: any(skill.named_by == "function" for skill in hearing.skills),
    **{fault.requirement: _declares_wrongly(fault.requirement) for fault in FAULTS},
    "AST-BINDING-FUNCTION-NAME": _binds("functionName"),
    "AST-BINDING-PARAMETERS": _binds("parameterDescriptionJson"),
    "AST-BINDING-ISOLATED": lambda hearing: _bound(hearing) and _follows_another(hearing),
    "AST-TOOL-OFFERED": _tells(lambda _: True),
    "AST-TOOL-NAME": _tells(lambda skill: skill.named_by == "given"),
    "AST-TOOL-NAME-FALLBACK": _tells(lambda skill: skill.named_by == "function"),
    "AST-TOOL-NAME-SETTING": _tells(lambda skill: skill.named_by == "setting"),
    "AST-TOOL-NONE": lambda hearing: bool(hearing.heard) and not hearing.skills,
    "AST-TOOL-ISOLATED": lambda hearing: bool(hearing.heard) and _follows_another(hearing),
    "AST-TOOL-EVERY-ROUND": lambda hearing: bool(hearing.skills) and len(hearing.heard) > 1,
    "AST-TOOL-DESCRIPTION": _tells(lambda _: True),
    "AST-TOOL-PARAMETERS": _tells(lambda skill: skill.schema is not MADE_UP),
    "AST-SCHEMA-OBJECT": _tells(lambda skill: skill.schema is MADE_UP),
    "AST-SCHEMA-TYPE": _tells(lambda skill: skill.schema is MADE_UP),
    "AST-SCHEMA-ITEMS": _tells(lambda skill: skill.schema is MADE_UP and skill.declaration.argument.type == "array"),
    "AST-MODEL-GIVEN": lambda hearing: _binds("model")(hearing) or _names_models("openai", given=True)(hearing),
    "AST-MODEL-DEPLOYMENT": _names_models("azure", given=True),
    "AST-MODEL-DEFAULT": _names_models("openai", given=False),
    "AST-MODEL-DEFAULT-DEPLOYMENT": _names_models("azure", given=False),
    "AST-CONVERSATION-CUT-SHORT": lambda hearing: any(turn.reply and is_partial(turn.reply) for turn in hearing.turns),
    "AST-CONVERSATION-HISTORY": lambda hearing: any(turn.heard for turn in hearing.turns[1:]),
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
    "AST-CONVERSATION-PARALLEL": lambda hearing: any(number > 1 for number in _rounds(hearing)),
    "AST-CONVERSATION-REPLAY": lambda hearing: bool(_rounds(hearing)),
    "AST-CONVERSATION-ROUNDS": lambda hearing: any(len(turn.rounds) > 1 for turn in hearing.turns),
    "AST-CONVERSATION-ERROR": _failed(for_good=True),
    "AST-CONVERSATION-RETRY": _failed(for_good=False),
    "AST-CONVERSATION-RETRY-SAME": lambda hearing: any(heard.repeats is not None for heard in hearing.heard),
    "AST-CONVERSATION-RECOVERY": _recovers,
    "AST-CONVERSATION-REPEATABLE": _is_repeated,
    "AST-SERVICE-TOOLS": _tells(lambda _: True),
}
"""By requirement; the others are about every binding, or every request."""
