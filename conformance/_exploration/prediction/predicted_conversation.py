"""The conversation that a scenario's script amounts to, if every step goes as it should."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from conformance._data.scenario import Scenario
from conformance._exploration.reading.conversation_trace import is_partial
from conformance._exploration.reading.predicted_calls import PredictedCall, PredictedSkill, read_calls, read_skills
from conformance._exploration.turns import split
from conformance._service import Fault, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that is said: a prompt, or a reply of the model with its calls, which are answered right after it."""

    prompt: str | None = None
    reply: Reply | None = None
    calls: tuple[PredictedCall, ...] = ()


@dataclass(slots=True, kw_only=True)
class Conversation:
    """The requests of a conversation, each all that was said until then; the calls of each round; the answers."""

    scenario: Scenario
    skills: tuple[PredictedSkill, ...]
    requests: list[tuple[Said, ...]] = field(default_factory=list)
    rounds: list[tuple[PredictedCall, ...]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    @property
    def calls(self) -> Iterator[PredictedCall]:
        """Every call, in the order in which the model makes them."""
        return (told for one in self.rounds for told in one)

    @property
    def texts(self) -> Iterator[Any]:
        """Everything that its requests hold."""
        yield from (value for skill in self.skills for value in skill.given.values())
        yield from self.scenario.episode.prompts
        yield from (reply.text for reply in self.scenario.episode.model_replies if isinstance(reply, Reply))
        for told in self.calls:
            yield from (told.call.arguments, told.result)


def predict_conversation(scenario: Scenario) -> Conversation | None:
    """Predict the conversation of a scenario; None if it depends on the app.

    That is so where the service fails, and where a prompt or an answer says nothing, or not all.
    """
    if any(map(_is_open, scenario.episode.model_replies)):
        return None
    if not all(prompt.strip() for prompt in scenario.episode.prompts):
        return None
    conversation = Conversation(scenario=scenario, skills=read_skills(scenario.episode))
    said: list[Said] = []
    for turn in split(scenario.episode):
        said.append(Said(prompt=turn.prompt))
        for reply in turn.replies:
            if isinstance(reply, Reply):
                conversation.requests.append(tuple(said))
                calls = read_calls(reply.calls, conversation.skills, scenario.surface)
                said.append(Said(reply=reply, calls=calls))
                if calls:
                    conversation.rounds.append(calls)
                else:
                    conversation.answers.append(str(reply.text))
    return conversation


def _is_open(reply: Reply | Fault) -> bool:
    return isinstance(reply, Fault) or reply.text == "" or (not reply.calls and is_partial(reply))
