"""Composes a scenario: an outline, filled with the values that a chooser gives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.cards import Cards
from conformance._exploration.outlines import Outline
from conformance._exploration.pool import calls as pool
from conformance._exploration.pool.calls import is_temporary
from conformance._exploration.pool.json_samples import BIG_INTEGERS
from conformance._exploration.pool.parameter_descriptions import FLAVOURS, NOTATIONS, describe
from conformance._exploration.pool.texts import LONG_DESCRIPTIONS, LONG_TEXTS
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
_USUAL_STATUSES: Final = (429, 500, 503, 429, 500)
_TEMPORARY: Final = tuple(filter(is_temporary, pool.STATUSES))
_STATUSES: Final = (*pool.STATUSES, *_USUAL_STATUSES)
_TYPES: Final = (*JSON_TYPES, "string", "string")  # there are most values of it
_RARELY: Final = (False, False, False, False, True)
_SELDOM: Final = (False,) * 19 + (True,)
_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({"SKILL_NAME": "NameFromASetting", "todoVerb": "Get"})
_NO_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({})
_SETTING_NAMES: Final = ("%SKILL_NAME%", "get_%SKILL_NAME%", "%todoVerb%-2", "%todoVerb%_%SKILL_NAME%")
_MODELS_GIVEN: Final = ("one", "none", "one", "one by some", "different")


def compose(outline: Outline, cards: Cards, edition: str, spelling: Spelling) -> Scenario:
    """Fill an outline; the same cards give the same scenario."""
    composer = _Composer(outline, cards, spelling)
    episode = composer.episode(outline)
    before = {"none": None, "the same": episode}.get(outline.before) or composer.another(outline)
    uses_settings = any(_uses_settings(one) for one in (episode, before) if one is not None)
    return Scenario(
        edition=edition,
        surface=spelling.surface,
        provider=outline.provider,
        episode=episode,
        before=before,
        settings=_SETTINGS if uses_settings else _NO_SETTINGS,
    )


def _uses_settings(episode: Episode) -> bool:
    texts = [value for skill in episode.skills for value in skill.trigger.values()]
    return any(f"%{name}%" in text for name in _SETTINGS for text in texts)


def _function(number: int) -> str:
    return pool.FUNCTIONS[number] if number < len(pool.FUNCTIONS) else f"Function{number + 1}"


class _Composer:
    """Fills the episodes of one scenario."""

    def __init__(self, outline: Outline, cards: Cards, spelling: Spelling) -> None:
        self._cards = cards
        self._spelling = spelling
        self._provider: Provider = outline.provider
        self._names: set[str] = set()
        self._numbers = 0

    def another(self, outline: Outline) -> Episode | None:
        """Fill the episode of the app before, if there is to be one: smaller, without anything odd."""
        if outline.before != "another":
            return None
        return self.episode(replace(outline, prompts=2, rounds=1, odd=False, endings=False, faults="none"))

    def episode(self, outline: Outline) -> Episode:
        """Fill an episode."""
        self._names.clear()
        skills = self._skills(outline)
        prompts = self._prompts(outline)
        replies = [reply for number in range(outline.prompts) for reply in self._turn(outline, skills, number)]
        if outline.faults not in {"none", "for good"}:  # for clients that try again more often than others
            replies += [Reply(text="Done.")] * outline.prompts
        return Episode(skills=skills, prompts=prompts, model_replies=tuple(replies))

    # Skills

    def _skills(self, outline: Outline) -> tuple[Declaration, ...]:
        models = self._models()
        same = self._described() if outline.repeats else None
        return tuple(self._skill(number, next(models), same or self._described()) for number in range(outline.skills))

    def _models(self) -> Iterator[str | None]:
        """Choose the model that each skill declares: which is asked is left open where they are different."""
        given = "model" in self._spelling.parameters and self._cards.pick("whether models are given", _MODELS_GIVEN)
        one = self._model() if given in {"one", "one by some"} else None
        for number in count():
            if given == "different":
                yield self._model("another ")
            else:
                yield one if given == "one" or number % 2 else None

    def _model(self, which: str = "") -> str:
        if self._provider == "azure":
            return self._cards.pick(f"{which}deployment", pool.DEPLOYMENTS)
        return self._cards.pick(f"{which}model", pool.MODELS)

    def _described(self) -> tuple[Argument, dict[str, Any]]:
        """Choose an argument, and what is said of it and of the function."""
        cards = self._cards
        argument = Argument(
            name=cards.pick("argument's name", pool.ARGUMENT_NAMES), type=cards.pick("argument's type", _TYPES)
        )
        is_long = cards.pick("whether a description is long", _SELDOM)
        said = {"functionDescription": cards.pick("long", LONG_DESCRIPTIONS) if is_long else cards.text("description")}
        if cards.pick("whether parameters are described", (True, False)):
            schema = describe(argument, cards.pick("flavour", FLAVOURS), cards.text("description in a schema"))
            said["parameterDescriptionJson"] = cards.pick("notation", NOTATIONS)(schema)
        return argument, said

    def _skill(self, number: int, model: str | None, described: tuple[Argument, dict[str, Any]]) -> Declaration:
        argument, said = described
        trigger = {**said, **self._name(number), **({} if model is None else {"model": model})}
        return Declaration(
            function=_function(number),
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
            return {"functionName": self._cards.pick("setting", _SETTING_NAMES)}
        name = self._cards.pick("tool's name", pool.TOOL_NAMES) if kind == "given" else f"Tool{number + 1}"
        if name in self._names or (number > 0 and name.casefold() == _function(0)):  # which another skill may have
            name = f"Tool{number + 1}"
        self._names.add(name)
        return {"functionName": name}

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

    def _prompts(self, outline: Outline) -> tuple[str, ...]:
        if outline.repeats:
            return (self._cards.text("prompt"),) * outline.prompts
        return tuple(self._prompt(number) for number in range(outline.prompts))

    def _prompt(self, number: int) -> str:
        is_long = number > 0 and self._cards.pick("whether a prompt is long", _RARELY)
        return self._cards.pick("long prompt", LONG_TEXTS) if is_long else self._cards.text("prompt")

    def _turn(self, outline: Outline, skills: tuple[Declaration, ...], number: int) -> Iterator[Reply | Fault]:
        """Yield what the model replies to one prompt."""
        last = number == outline.prompts - 1
        is_faulty = last if outline.faults == "for good" else outline.faults != "none"
        status = self._status(outline) if is_faulty else None
        if status is not None and outline.faults in {"at the prompt", "twice"}:
            yield Fault(status=status)
            if not is_temporary(status):  # and then most clients give up: what follows is for the next prompt
                return
        if outline.faults == "twice" and status is not None:
            yield Fault(status=status)
        for _ in range(outline.rounds if skills else 0):
            speaks = self._cards.pick("whether text stands beside calls", (False, True, False))
            text = self._cards.text("text beside calls") if speaks else None
            yield Reply(text=text, calls=tuple(self._call(outline, skills) for _ in range(outline.calls)))
        if status is not None and outline.faults == "after the calls":
            yield Fault(status=status)
        if status is not None and outline.faults == "for good":
            yield Fault(status=status, always=True)
        elif status is None or outline.faults != "after the calls" or is_temporary(status):
            yield self._ending() if outline.endings and not last else Reply(text=self._answer(outline))

    def _answer(self, outline: Outline) -> str:
        if outline.repeats:
            return "Done."
        is_long = self._cards.pick("whether an answer is long", _SELDOM)
        return self._cards.pick("long answer", LONG_TEXTS) if is_long else self._cards.text("answer")

    def _status(self, outline: Outline) -> int:
        return (
            self._cards.pick("status twice", _TEMPORARY)
            if outline.faults == "twice"
            else self._cards.pick("status", _STATUSES)
        )

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

    def _call(self, outline: Outline, skills: tuple[Declaration, ...]) -> ToolCall:
        self._numbers += 1
        skill = skills[(self._numbers - 1) % len(skills)]
        oddity = self._cards.pick("oddity", _ODDITIES) if outline.odd else None
        name = self._unknown_tool(skill) if oddity == "unknown" else self._tool_of(skill)
        return ToolCall(id=self._id(), name=name, arguments=self._arguments(skill, oddity, repeats=outline.repeats))

    def _unknown_tool(self, skill: Declaration) -> str:
        """Choose a name that no tool has, some of them nearly that of one."""
        tool = self._tool_of(skill)
        near = (
            f"{tool[:60]}2",
            tool[:-1] or "Q",
            skill.function,
            tool.replace("_", "-") if "_" in tool else f"_{tool[:60]}",
        )
        is_near = self._cards.pick("whether an unknown tool is nearly known", (True, False))
        return self._cards.pick("near tool", near) if is_near else self._cards.pick("unknown tool", pool.UNKNOWN_TOOLS)

    def _id(self) -> str:
        form = self._cards.pick("id", ("call_{}", "call_Zx9-{}", "{}", "call_a_very_long_identifier_{}"))
        return form.format(self._numbers)

    def _tool_of(self, skill: Declaration) -> str:
        given = skill.trigger.get(self._spelling.parameters["functionName"], skill.function)
        return re.sub("%([^%]+)%", lambda match: _SETTINGS[match[1]], str(given))

    def _arguments(self, skill: Declaration, oddity: _Oddity | None, *, repeats: bool) -> str:
        name = skill.argument.name
        given = {name: self._value(skill, repeats=repeats)}
        match oddity:
            case "malformed":
                return self._cards.pick("malformed", pool.MALFORMED).replace("{argument}", name)
            case "no arguments":
                return ""
            case "missing":
                given = self._cards.pick("what is given instead", ({}, {"another": "Milk"}, {"value": 7}))
            case "null":
                given = {name: None}
            case "extra":
                extra = self._cards.pick("extra arguments", pool.EXTRA_ARGUMENTS)
                more = {key.replace("{argument}", name.swapcase()): value for key, value in extra.items()}
                given = (
                    {**more, **given}
                    if self._cards.pick("whether more comes first", (True, False))
                    else {**given, **more}
                )
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
