"""Composes a scenario: a shape, filled with the values that a chooser gives."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.cards import Cards
from conformance._exploration.outlines import Outline
from conformance._exploration.pool import calls as pool
from conformance._exploration.pool.json_samples import BIG_INTEGERS
from conformance._exploration.pool.parameter_descriptions import FLAVOURS, NOTATIONS, describe
from conformance._exploration.pool.texts import LONG_TEXTS
from conformance._service import Fault, Provider, Reply, ToolCall
from conformance.contract import JSON_TYPES, Argument, JsonType

__all__ = ["compose"]

_Behaviour: TypeAlias = Literal["echoes", "returns", "returns text", "nothing", "raises", "raises once"]
_Oddity: TypeAlias = Literal["malformed", "unknown", "extra", "missing", "null", "no arguments"]

_OUTCOMES: Final[tuple[_Behaviour, ...]] = (
    *("echoes",) * 8,
    "returns",
    "returns text",
    "nothing",
    "raises",
    "raises once",
)
_ODDITIES: Final[tuple[_Oddity | None, ...]] = (
    "malformed",
    None,
    "unknown",
    None,
    "extra",
    None,
    "malformed",
    "missing",
    None,
    "null",
    None,
    "no arguments",
    None,
)
_REPEATED: Final[Mapping[JsonType, Any]] = {
    "string": "Milk",
    "integer": 7,
    "number": 0.5,
    "boolean": True,
    "array": ["Milk"],
    "object": {"id": 7},
}
_RARELY: Final = (False, False, False, False, True)
_SETTING: Final = "SKILL_NAME"
_SETTING_VALUE: Final = "NameFromASetting"


def compose(shape: Outline, cards: Cards, edition: str, spelling: Spelling) -> Scenario:
    """Fill a shape; the same cards give the same scenario."""
    composer = _Composer(shape, cards, spelling)
    episode = composer.episode(shape)
    before = {"none": None, "the same": episode}.get(shape.before) or composer.another(shape)
    settings = {_SETTING: _SETTING_VALUE} if _uses_setting(episode) or (before and _uses_setting(before)) else {}
    return Scenario(
        edition=edition,
        surface=spelling.surface,
        provider=shape.provider,
        episode=episode,
        before=before,
        settings=MappingProxyType(settings),
    )


def _uses_setting(episode: Episode) -> bool:
    return any(f"%{_SETTING}%" in skill.trigger.values() for skill in episode.skills)


class _Composer:
    """Fills the episodes of one scenario."""

    def __init__(self, shape: Outline, cards: Cards, spelling: Spelling) -> None:
        self._cards = cards
        self._spelling = spelling
        self._provider: Provider = shape.provider
        self._numbers = 0

    def another(self, shape: Outline) -> Episode | None:
        """Fill the episode of the app before, if there is to be one: smaller, without anything odd."""
        if shape.before != "another":
            return None
        return self.episode(replace(shape, prompts=2, rounds=1, odd=False, endings=False, faults="none"))

    def episode(self, shape: Outline) -> Episode:
        """Fill an episode."""
        skills = self._skills(shape.skills)
        prompts = self._prompts(shape)
        replies = [reply for number in range(shape.prompts) for reply in self._turn(shape, skills, number)]
        return Episode(skills=skills, prompts=prompts, model_replies=tuple(replies))

    # Skills

    def _skills(self, count: int) -> tuple[Declaration, ...]:
        model = self._model()
        return tuple(self._skill(number, model) for number in range(count))

    def _model(self) -> str | None:
        """Choose the model that every skill declares: different ones in one app are left open."""
        given = self._cards.pick("whether a model is given", (True, False, True))
        if not given or "model" not in self._spelling.parameters:
            return None
        if self._provider == "azure":
            return self._cards.pick("deployment", pool.DEPLOYMENTS)
        return self._cards.pick("model", pool.MODELS)

    def _skill(self, number: int, model: str | None) -> Declaration:
        cards = self._cards
        argument = Argument(
            name=cards.pick("argument's name", pool.ARGUMENT_NAMES), type=cards.pick("argument's type", JSON_TYPES)
        )
        trigger: dict[str, Any] = {"functionDescription": cards.text("description")}
        trigger.update(self._name(number))
        if cards.pick("whether parameters are described", (True, False)):
            schema = describe(argument, cards.pick("flavour", FLAVOURS), cards.text("description in a schema"))
            trigger["parameterDescriptionJson"] = cards.pick("notation", NOTATIONS)(schema)
        if model is not None:
            trigger["model"] = model
        return Declaration(
            function=f"Function{number + 1}",
            argument=argument,
            trigger=self._spelling.spell(trigger, argument.name),
            **self._outcome(),
        )

    def _name(self, number: int) -> dict[str, str]:
        """Name a tool: mostly by what is declared, as no other one is named."""
        kind = self._cards.pick("how a tool is named", ("given", "numbered", "given", "function", "setting"))
        if kind == "function" or (kind == "setting" and number > 0):
            return {}
        if kind == "setting":
            return {"functionName": f"%{_SETTING}%"}
        if kind == "given" and number < len(pool.TOOL_NAMES):
            return {"functionName": pool.TOOL_NAMES[number]}
        return {"functionName": f"Tool{number + 1}"}

    def _outcome(self) -> dict[str, Any]:
        cards = self._cards
        match cards.pick("outcome", _OUTCOMES):
            case "echoes":
                return {"echoes": True}
            case "returns":
                return {"returns": cards.value("result", cards.pick("result's type", JSON_TYPES))}
            case "returns text":
                return {"returns": cards.value("result", "string")}
            case "raises":
                return {"raises": cards.pick("failure", pool.FAILURE_TEXTS)}
            case "raises once":
                return {"raises": cards.pick("failure", pool.FAILURE_TEXTS), "once": True, "returns": "added"}
        return {}

    # What is said

    def _prompts(self, shape: Outline) -> tuple[str, ...]:
        if shape.repeats:
            return (self._cards.text("prompt"),) * shape.prompts
        return tuple(self._prompt(number) for number in range(shape.prompts))

    def _prompt(self, number: int) -> str:
        is_long = number > 0 and self._cards.pick("whether a prompt is long", _RARELY)
        return self._cards.pick("long prompt", LONG_TEXTS) if is_long else self._cards.text("prompt")

    def _turn(self, shape: Outline, skills: tuple[Declaration, ...], number: int) -> Iterator[Reply | Fault]:
        """Yield what the model replies to one prompt."""
        last = number == shape.prompts - 1
        if shape.faults in {"at the prompt", "twice"}:
            yield from self._faults(shape)
        for _ in range(shape.rounds if skills else 0):
            speaks = self._cards.pick("whether text stands beside calls", (False, True, False))
            text = self._cards.text("text beside calls") if speaks else None
            yield Reply(text=text, calls=tuple(self._call(shape, skills) for _ in range(shape.calls)))
        if shape.faults == "after the calls":
            yield from self._faults(shape)
        if shape.faults == "for good" and last:
            yield Fault(status=self._status(), always=True)
        else:
            yield self._ending() if shape.endings and not last else Reply(text=self._cards.text("answer"))

    def _faults(self, shape: Outline) -> Iterator[Fault]:
        status = self._status()
        for _ in range(2 if shape.faults == "twice" else 1):
            yield Fault(status=status)

    def _status(self) -> int:
        return self._cards.pick("status", pool.STATUSES)

    def _ending(self) -> Reply:
        """Choose an answer of an unusual kind."""
        text = self._cards.text("answer")
        choices = (
            Reply(refusal=text),
            Reply(text=text, finish_reason="length"),
            Reply(text=text, finish_reason="content_filter"),
            Reply(text=text),
        )
        return self._cards.pick("ending", choices)

    # Calls

    def _call(self, shape: Outline, skills: tuple[Declaration, ...]) -> ToolCall:
        self._numbers += 1
        skill = skills[(self._numbers - 1) % len(skills)]
        oddity = self._cards.pick("oddity", _ODDITIES) if shape.odd else None
        name = self._cards.pick("unknown tool", pool.UNKNOWN_TOOLS) if oddity == "unknown" else self._tool_of(skill)
        return ToolCall(id=self._id(), name=name, arguments=self._arguments(skill, oddity, repeats=shape.repeats))

    def _id(self) -> str:
        form = self._cards.pick("id", ("call_{}", "call_Zx9-{}", "{}", "call_a_very_long_identifier_{}"))
        return form.format(self._numbers)

    def _tool_of(self, skill: Declaration) -> str:
        given = skill.trigger.get(self._spelling.parameters["functionName"], skill.function)
        return _SETTING_VALUE if given == f"%{_SETTING}%" else str(given)

    def _arguments(self, skill: Declaration, oddity: _Oddity | None, *, repeats: bool) -> str:
        name = skill.argument.name
        given = {name: self._value(skill, repeats=repeats)}
        match oddity:
            case "malformed":
                return self._cards.pick("malformed", pool.MALFORMED).replace("{argument}", name)
            case "no arguments":
                return ""
            case "missing":
                given = {}
            case "null":
                given = {name: None}
            case "extra":
                given = {"another": "Milk", **given, "more": {"a": [None, 7]}}
        return self._cards.pick("arguments' notation", (_compact, _spread, _escaped))(given)

    def _value(self, skill: Declaration, *, repeats: bool) -> Any:
        """Choose an argument; one that repeats is the same for every call of a type."""
        kind = skill.argument.type
        if repeats:
            return _REPEATED[kind]
        if kind == "integer" and self._spelling.surface == "python" and self._cards.pick("whether big", _RARELY):
            return self._cards.pick("big integer", BIG_INTEGERS)
        return self._cards.value("argument", kind)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _spread(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _escaped(value: Any) -> str:
    return json.dumps(value)
