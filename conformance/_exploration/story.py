"""The conversation that a scenario's script amounts to, if every step goes as it should."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from conformance._data.scenario import Scenario
from conformance._exploration.hearing import is_partial
from conformance._exploration.told import ToldCall, ToldSkill, read_calls, read_skills
from conformance._exploration.turns import split
from conformance._service import Fault, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that is said: a prompt, or a reply of the model with its calls, which are answered right after it."""

    prompt: str | None = None
    reply: Reply | None = None
    calls: tuple[ToldCall, ...] = ()


@dataclass(slots=True, kw_only=True)
class Story:
    """The requests of a conversation, each all that was said until then; the calls of each round; the answers."""

    scenario: Scenario
    skills: tuple[ToldSkill, ...]
    requests: list[tuple[Said, ...]] = field(default_factory=list)
    rounds: list[tuple[ToldCall, ...]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    @property
    def calls(self) -> Iterator[ToldCall]:
        """Every call, in the order in which the model makes them."""
        return (told for one in self.rounds for told in one)


def tell(scenario: Scenario) -> Story | None:
    """Tell the story of a scenario; None if it depends on the app.

    That is so where the service fails, and where a prompt or an answer says nothing, or not all.
    """
    if any(map(_is_open, scenario.episode.model_replies)):
        return None
    if not all(prompt.strip() for prompt in scenario.episode.prompts):
        return None
    story = Story(scenario=scenario, skills=read_skills(scenario.episode))
    said: list[Said] = []
    for turn in split(scenario.episode):
        said.append(Said(prompt=turn.prompt))
        for reply in turn.replies:
            if isinstance(reply, Reply):
                story.requests.append(tuple(said))
                calls = read_calls(reply.calls, story.skills, scenario.surface)
                said.append(Said(reply=reply, calls=calls))
                if calls:
                    story.rounds.append(calls)
                else:
                    story.answers.append(str(reply.text))
    return story


def _is_open(reply: Reply | Fault) -> bool:
    return isinstance(reply, Fault) or reply.text == "" or (not reply.calls and is_partial(reply))
