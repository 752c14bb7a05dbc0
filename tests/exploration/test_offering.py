"""What is said of tools that are not offered as they must be."""

from mutants.base import App
from mutants.mutant import judging

from conformance._data.editions import edition_of
from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._exploration.explorer import EVERYTHING, broken_requirements, laws_of
from conformance._service import Reply
from conformance._targets.target import Target
from conformance.contract import EDITIONS, Argument

EDITION = edition_of("2024-04-14")


class SaysNothingOfItems(App):
    def property_of(self, skill):
        return {"type": skill.argument.type}


def test_an_array_without_items_is_shown_as_it_was_offered():
    skill = Declaration(
        function="AddTodos",
        argument=Argument(name="todos", type="array"),
        trigger={"function_description": "Add."},
    )
    episode = Episode(skills=(skill,), prompts=("Hi",), model_replies=(Reply(text="Hi."),))
    scenario = Scenario(edition=EDITION.date, surface="python", provider="openai", episode=episode)
    target = Target(
        name="it", spec="it", version=None, surfaces=("python",), editions=EDITIONS, create_app=SaysNothingOfItems
    )
    with judging() as session:
        seen = session.play(scenario, target, EVERYTHING)
        found = dict(broken_requirements(scenario, seen, laws_of(EDITION.requirements, "python")))
    (finding,) = found["AST-SCHEMA-ITEMS"]
    said = (
        '{"type": "object", "properties": {"todos": {"type": "array"}}}, but should be a schema whose arrays have items'
    )
    assert str(finding).endswith(said)
