"""How a history that is not sent as it was is described."""

import pytest
from mutants.base import App
from mutants.mutant import judging

from conformance._data.editions import edition_of
from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._exploration.explorer import EVERYTHING, broken_requirements, laws_of
from conformance._service import Reply
from conformance._targets.target import Target
from conformance.contract import EDITIONS, Argument

EDITION = EDITIONS[0]
PROMPTS = ("one", "two", "three")
TRIGGER = {"function_name": "AddTodo", "function_description": "Add a todo"}
SKILL = Declaration(function="AddTodo", argument=Argument(name="todo", type="string"), trigger=TRIGGER)


def described(app):
    """Return the first finding about the history of an app, in a conversation of three prompts."""
    replies = tuple(Reply(text=f"answer to {prompt}") for prompt in PROMPTS)
    episode = Episode(skills=(SKILL,), prompts=PROMPTS, model_replies=replies)
    scenario = Scenario(edition=EDITION, surface="python", episode=episode)
    target = Target(name="it", spec="it", version=None, surfaces=("python",), editions=EDITIONS, create_app=app)
    with judging() as session:
        seen = session.play(scenario, target, EVERYTHING)
    found = broken_requirements(scenario, seen, laws_of(edition_of(EDITION).requirements, "python"))
    return next(str(mismatches[0]) for name, mismatches in found if name == "AST-CONVERSATION-HISTORY")


class Forgets(App):
    def send(self, messages):
        return super().send(messages[-1:])


class ForgetsTheOldest(App):
    def send(self, messages):
        return super().send(messages[-3:])


class ForgetsAnswers(App):
    def send(self, messages):
        return super().send([one for number, one in enumerate(messages) if number != 1])


class Changes(App):
    def send(self, messages):
        return super().send([{**one, "content": one["content"].replace("answer to one", "1")} for one in messages])


LACKS = "messages = the conversation before it without 2 of its {} messages, messages[0] to messages[1]"
LACKS_ONE = "messages = the conversation before it without messages[1]"
ANSWER = '{"role": "assistant", "content": "answer to one"}'
CHANGED = 'messages[1] = {"role": "assistant", "content": "1"}'


@pytest.mark.parametrize(
    ("app", "said"),
    [
        (Forgets, f"request 2: {LACKS.format(2)}, but should be all of it"),
        (ForgetsTheOldest, f"request 3: {LACKS.format(4)}, but should be all of it"),
        (ForgetsAnswers, f"request 2: {LACKS_ONE}, but should be all of it, with {ANSWER}"),
        (Changes, f"request 2: {CHANGED}, but should be the conversation before it: {ANSWER}"),
    ],
)
def test_says_which_messages_a_history_lacks(app, said):
    assert said in described(app)
