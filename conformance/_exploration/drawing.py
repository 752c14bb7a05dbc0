"""Draws scenarios of every shape: the same seed and number give the same scenario."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any, Final

from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._data.surfaces import Spelling
from conformance._service import Fault, Reply, ToolCall
from conformance.contract import Argument, Surface

TEXTS: Final = (
    "Buy milk",
    "",
    " a ",
    "{{x}}",
    "%%d",
    "null",
    "ä",
    "a\u0308",
    "line\r\nbreak\n",
    "<b>&amp;</b>",
    "7",
    "x" * 300,
)


class Drawing:
    def __init__(self, random: Random, edition: str, surface: Surface, spelling: Spelling) -> None:
        self.random = random
        self.edition = edition
        self.surface = surface
        self.spelling = spelling
        self.calls = 0

    def scenario(self) -> Scenario:
        random = self.random
        provider = random.choice(["openai", "azure"])
        model = random.choice([None, "gpt-4", "gpt-4o-mini"])
        skills = tuple(self.skill(number, model) for number in range(random.choice([0, 1, 1, 2, 3, 4, 6, 10])))
        episode = self.episode(skills)
        before = random.choice([None, None, None, episode])
        if before and any(isinstance(reply, Fault) for reply in before.model_replies):
            before = None
        return Scenario(edition=self.edition, surface=self.surface, provider=provider, episode=episode, before=before)

    def skill(self, number: int, model: str | None) -> Declaration:
        random = self.random
        kind = random.choice(["string", "integer", "number", "boolean", "array", "object"])
        name = random.choice(["taskDescription", "todo", "items", "number_of"])
        trigger: dict[str, Any] = {"functionDescription": f"Skill {number} {random.choice(TEXTS)}"}
        if random.random() < 0.7:
            trigger["functionName"] = f"Tool{number}"
        if random.random() < 0.4:
            schema = {
                "type": "object",
                "properties": {
                    name: {
                        "type": kind,
                        "title": random.choice(TEXTS),
                        "const": 7,
                        **({"items": {}} if kind == "array" else {}),
                    }
                },
            }
            import json

            trigger["parameterDescriptionJson"] = json.dumps(schema)
        if model and "model" in self.spelling.parameters:
            trigger["model"] = model
        outcome = random.choice(
            [{"returns": self.value("string")}, {"returns": self.value()}, {"echoes": True}, {"raises": "gone"}, {}]
        )
        return Declaration(
            function=f"Function{number}",
            argument=Argument(name=name, type=kind),
            trigger=self.spelling.spell(trigger, name),
            **outcome,
        )

    def value(self, kind: str | None = None) -> Any:
        random = self.random
        kind = kind or random.choice(["string", "integer", "number", "boolean", "array", "object"])
        match kind:
            case "string":
                return random.choice(TEXTS)
            case "integer":
                return random.choice([0, 1, -7, 2**53 + 1, 10**20])
            case "number":
                return random.choice([0.5, -0.1, 1e300, 3])
            case "boolean":
                return random.random() < 0.5
            case "array":
                return [self.value() for _ in range(random.choice([0, 0, 1, 3]))]
        return {random.choice(["a", "camelCase", "Ü", ""]): self.value() for _ in range(random.choice([0, 0, 1, 3]))}

    def episode(self, skills: tuple[Declaration, ...]) -> Episode:
        random = self.random
        replies: list[Reply | Fault] = []
        prompts = []
        for turn in range(random.choice([1, 1, 2, 3, 5])):
            prompts.append(f"{turn} {random.choice(TEXTS)}")
            for round_ in range(random.choice([0, 0, 1, 1, 2, 4])):
                if random.random() < 0.05:
                    replies.append(Fault(status=random.choice([400, 429, 500, 503])))
                replies.append(
                    Reply(
                        text=random.choice([None, None, "Let me see"]),
                        calls=tuple(self.call(skills) for _ in range(random.choice([1, 1, 2, 3, 8]))),
                    )
                )
            replies.append(Reply(text=f"answer {turn} {random.choice(TEXTS)}"))
        return Episode(skills=skills, prompts=tuple(prompts), model_replies=tuple(replies))

    def call(self, skills: tuple[Declaration, ...]) -> ToolCall:
        import json

        random = self.random
        self.calls += 1
        odd = random.random()
        if not skills or odd < 0.05:
            return ToolCall(id=f"call_{self.calls}", name="Nowhere", arguments="{}")
        skill = random.choice(skills)
        given = {key.replace("_", "").casefold(): value for key, value in skill.trigger.items()}
        arguments = json.dumps({skill.argument.name: self.value(skill.argument.type)})
        if odd < 0.1:
            arguments = arguments[:-1]
        elif odd < 0.15:
            arguments = "{}"
        elif odd < 0.2:
            arguments = json.dumps({"more": 1, skill.argument.name: self.value(skill.argument.type)})
        return ToolCall(id=f"call_{self.calls}", name=given.get("functionname", skill.function), arguments=arguments)
