"""What is said of tools that are not offered as they must be."""

import pytest
from mutants.base import App
from mutants.mutant import judging

from conformance._data.editions import edition_of
from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._exploration.explorer import EVERYTHING, broken_requirements, laws_of
from conformance._service import Reply
from conformance._targets.target import Target
from conformance.contract import EDITIONS, Argument

EDITION = edition_of("2024-04-14")


def skill(argument, kind, name="AddTodos", **given):
    trigger = {"function_description": "Add.", **given}
    return Declaration(function=name, argument=Argument(name=argument, type=kind), trigger=trigger)


def broken(app, mine, earlier=None):
    """Return what breaks each requirement, in a conversation with one skill, perhaps after an app with another one."""

    def episode(one):
        return Episode(skills=(one,), prompts=("Hi",), model_replies=(Reply(text="Hi."),))

    before = None if earlier is None else episode(earlier)
    scenario = Scenario(edition=EDITION.date, surface="python", provider="openai", before=before, episode=episode(mine))
    target = Target(name="it", spec="it", version=None, surfaces=("python",), editions=EDITIONS, create_app=app)
    with judging() as session:
        seen = session.play(scenario, target, EVERYTHING)
        return dict(broken_requirements(scenario, seen, laws_of(EDITION.requirements, "python")))


class SaysNothingOfItems(App):
    def property_of(self, skill):
        return {"type": skill.argument.type}


def test_an_array_without_items_is_shown_as_it_was_offered():
    (finding,) = broken(SaysNothingOfItems, skill("todos", "array"))["AST-SCHEMA-ITEMS"]
    said = (
        '{"type": "object", "properties": {"todos": {"type": "array"}}}, but should be a schema whose arrays have items'
    )
    assert str(finding).endswith(said)


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        ("FindTodos", 'tools = ["FindTodos", "AddTodos"], but should be ["AddTodos"]'),
        ("AddTodos", '"given": {"type": "null"}}}, but should be nothing of an app before'),
    ],
)
def test_what_is_left_of_an_app_before_is_surplus(earlier, said):
    schemas, tools = {}, {}

    class KeepsTools(App):
        def schema_of(self, skill, given):
            return schemas.setdefault(skill.name, super().schema_of(skill, given))

        def tools(self):
            tools.update({tool["function"]["name"]: tool for tool in super().tools()})
            return list(tools.values())

    description = '{"type": "object", "properties": {"given": {"type": "null"}}}'
    before = skill("given", "string", earlier, parameter_description_json=description)
    (finding,) = broken(KeepsTools, skill("todos", "string"), before)["AST-TOOL-ISOLATED"]
    assert str(finding).endswith(said)
    assert finding.surplus
