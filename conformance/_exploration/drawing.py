"""Draws scenarios of every shape: the same random numbers give the same scenario."""

from __future__ import annotations

import json
from random import Random
from typing import Any, Final

from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._data.surfaces import Spelling
from conformance._service import Fault, Reply, ToolCall
from conformance.contract import JSON_TYPES, Argument

__all__ = ["Drawing"]

_TEXTS: Final = (
    "Buy milk",
    "",
    " blanks at both ends ",
    "{{name}} {0} %s",
    "100 %%",
    "null",
    "ä",
    "a\u0308",
    "two\r\nlines\n",
    "<b>&amp;</b>",
    "7",
    '"quoted" \\ back',
    "2024-04-14T00:00:00Z",
    "牛乳 🥛",
    "long " * 60,
)
_NUMBERS: Final = (0, 1, -7, 2**31, 2**53 - 1, 2**53 + 1, 10**20)
_FRACTIONS: Final = (0.5, -0.1, 1e300, 1e-9, 3)
_KEYS: Final = ("id", "camelCase", "snake_case", "Über", "", "$ref", "a.b")
_STATUSES: Final = (400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503)
_MODELS: Final = (None, None, "gpt-4", "gpt-4o-mini")
_ARGUMENTS: Final = ("taskDescription", "todo", "items", "number_of", "X")
_FEW: Final = (0, 1, 1, 2, 3, 4, 6, 12, 25)


class Drawing:
    """Draws one scenario for one surface."""

    def __init__(self, random: Random, edition: str, spelling: Spelling) -> None:
        self._random = random
        self._edition = edition
        self._spelling = spelling
        self._calls = 0

    def scenario(self) -> Scenario:
        """Draw a scenario, now and then after an app that had the same one."""
        random = self._random
        model = random.choice(_MODELS)
        skills = tuple(self._skill(number, model) for number in range(random.choice(_FEW)))
        faulty = random.random() < 0.2  # noqa: PLR2004  # one in five
        episode = self._episode(skills, faulty=faulty)
        return Scenario(
            edition=self._edition,
            surface=self._spelling.surface,
            provider=random.choice(("openai", "azure")),
            episode=episode,
            before=episode if not faulty and random.random() < 0.1 else None,  # noqa: PLR2004  # one in ten
        )

    def _skill(self, number: int, model: str | None) -> Declaration:
        random = self._random
        argument = Argument(name=random.choice(_ARGUMENTS), type=random.choice(JSON_TYPES))
        trigger: dict[str, Any] = {"functionDescription": f"Skill {number}: {random.choice(_TEXTS)}"}
        if random.random() < 0.7:  # noqa: PLR2004  # most have a name
            trigger["functionName"] = f"Tool{number}"
        if random.random() < 0.5:  # noqa: PLR2004  # every other one
            trigger["parameterDescriptionJson"] = json.dumps(self._schema(argument), ensure_ascii=False)
        if model is not None and "model" in self._spelling.parameters:
            trigger["model"] = model
        outcomes: tuple[dict[str, Any], ...] = (
            {"returns": random.choice(_TEXTS)},
            {"returns": self._value(random.choice(JSON_TYPES))},
            {"echoes": True},
            {"raises": random.choice(("The store is gone", ""))},
            {},
        )
        return Declaration(
            function=f"Function{number}",
            argument=argument,
            trigger=self._spelling.spell(trigger, argument.name),
            **random.choice(outcomes),
        )

    def _schema(self, argument: Argument) -> dict[str, Any]:
        said = {"type": argument.type, "title": self._random.choice(_TEXTS), "description": "What to do"}
        items: dict[str, Any] = {"items": {}} if argument.type == "array" else {}
        others: dict[str, Any] = {
            key: {"type": "string", "examples": [None, 7, []]} for key in self._random.sample(_KEYS[:4], 2)
        }
        return {"type": "object", "properties": {**others, argument.name: {**said, **items}}, "$comment": "A comment"}

    def _value(self, kind: str, depth: int = 3) -> Any:
        random = self._random
        match kind:
            case "string":
                return random.choice(_TEXTS)
            case "integer":
                return random.choice(_NUMBERS)
            case "number":
                return random.choice(_FRACTIONS)
            case "boolean":
                return random.choice((False, True))
        kinds = JSON_TYPES if depth else JSON_TYPES[:4]
        values = [self._value(random.choice(kinds), depth - 1) for _ in range(random.choice((0, 1, 3)) if depth else 0)]
        return values if kind == "array" else dict(zip(random.sample(_KEYS, len(values)), values, strict=True))

    def _episode(self, skills: tuple[Declaration, ...], *, faulty: bool) -> Episode:
        random = self._random
        replies: list[Reply | Fault] = []
        prompts = [f"{number}: {random.choice(_TEXTS)}" for number in range(random.choice((1, 1, 2, 3, 5)))]
        for number in range(len(prompts)):
            for _ in range(random.choice((0, 0, 1, 1, 2, 4))):
                calls = tuple(self._call(skills) for _ in range(random.choice((1, 1, 2, 3, 8))))
                replies.append(Reply(text=random.choice((None, None, "Let me see.")), calls=calls))
            if faulty and random.random() < 0.3:  # noqa: PLR2004  # one in three
                replies.append(Fault(status=random.choice(_STATUSES)))
            replies.append(Reply(text=f"{number}: {random.choice(_TEXTS)}"))
        return Episode(skills=skills, prompts=tuple(prompts), model_replies=tuple(replies))

    def _call(self, skills: tuple[Declaration, ...]) -> ToolCall:
        random = self._random
        self._calls += 1
        number = f"call_{self._calls}"
        if not skills or random.random() < 0.05:  # noqa: PLR2004  # one in twenty is unknown
            return ToolCall(id=number, name="NoSuchTool", arguments='{"x": 1}')
        skill = random.choice(skills)
        named = self._spelling.parameters["functionName"]
        given = {skill.argument.name: self._value(skill.argument.type)}
        text = json.dumps(given, ensure_ascii=False)
        more = {"more": given, **given}
        odd = (text[:-1], "{}", "", json.dumps(more), "[]", json.dumps({skill.argument.name: None}))
        arguments = random.choice(odd) if random.random() < 0.2 else text  # noqa: PLR2004  # one in five is odd
        return ToolCall(id=number, name=skill.trigger.get(named, skill.function), arguments=arguments)
