"""Compares the two editions of the documentation with what the suite's data says of them."""

import pytest

from conformance._data.editions import SERVICE_REQUIREMENTS, edition_of
from conformance.contract import EDITIONS, SURFACES

# Read off the parameter tables of each page: surface -> its spellings, in any order.
DOTNET_2024 = {"FunctionName", "FunctionDescription", "ParameterDescriptionJson", "Model"}
DOTNET_2025 = {"FunctionName", "FunctionDescription", "ParameterDescriptionJson"}
NODE_2025 = {"type", "name", "functionName", "functionDescription", "parameterDescriptionJson"}
NODE_2024 = {"direction", *NODE_2025}
POWERSHELL = {"type", "direction", "name", "functionName", "functionDescription", "parameterDescriptionJson"}

SPELLINGS = {
    "2024-04-14": {
        "csharp-isolated": DOTNET_2024,
        "csharp-inprocess": DOTNET_2024,
        "java": {"name", *DOTNET_2024},
        "javascript": NODE_2024,
        "typescript": NODE_2024,
        "powershell": POWERSHELL,
        "python": {"function_name", "function_description", "parameter_description_json", "model"},
    },
    "2025-05-15": {
        "csharp-isolated": DOTNET_2025,
        "csharp-inprocess": DOTNET_2025,
        "java": {"name", "functionName", "functionDescription", "parameterDescriptionJson"},
        "javascript": NODE_2025,
        "typescript": NODE_2025,
        "powershell": POWERSHELL,
        "python": {"function_name", "function_description", "parameterDescriptionJson"},
    },
}

CONSTRUCTS = {
    "2024-04-14": {
        "csharp-isolated": "AssistantSkillTriggerInput",
        "csharp-inprocess": "AssistantSkillTrigger",
        "java": "AssistantSkillTrigger",
        "python": "AssistantSkillTrigger",
    },
    "2025-05-15": {
        "csharp-isolated": "AssistantSkillTrigger",
        "csharp-inprocess": "AssistantSkillTrigger",
        "java": "AssistantSkillTrigger",
        "python": "generic_trigger",
    },
}

DIRECTIONS = {"2024-04-14": "out", "2025-05-15": "in"}


def surfaces_of(edition):
    return edition_of(edition).spellings


@pytest.mark.parametrize("edition", EDITIONS)
def test_spells_each_parameter_as_the_page_does(edition):
    assert {name: set(one.parameters.values()) for name, one in surfaces_of(edition).items()} == SPELLINGS[edition]


@pytest.mark.parametrize("edition", EDITIONS)
def test_spells_a_parameter_as_function_json_does_but_for_case_and_underscores(edition):
    for surface in surfaces_of(edition).values():
        for name, spelling in surface.parameters.items():
            assert spelling.replace("_", "").casefold() == name.casefold()


@pytest.mark.parametrize("edition", EDITIONS)
def test_calls_each_construct_as_the_page_does(edition):
    constructs = {name: one.construct for name, one in surfaces_of(edition).items() if one.construct is not None}
    assert constructs == CONSTRUCTS[edition]


@pytest.mark.parametrize("edition", EDITIONS)
def test_prefills_the_whole_binding_for_powershell_alone(edition):
    prefilled = {name: one.prefilled for name, one in surfaces_of(edition).items() if one.prefilled}
    assert prefilled == {
        "java": {"name": ""},
        "powershell": {"type": "AssistantSkillTrigger", "direction": DIRECTIONS[edition], "name": ""},
    }


@pytest.mark.parametrize("edition", EDITIONS)
def test_states_requirements_for_every_surface(edition):
    requirements = edition_of(edition).requirements
    assert {at for one in requirements.values() for at in one.levels.items()} == {
        (surface, level) for surface in SURFACES for level in ("must", "should")
    }
    assert set(SERVICE_REQUIREMENTS.values()) <= requirements.keys()


def test_the_model_is_documented_in_the_first_edition_only():
    assert {one.id for one in edition_of("2024-04-14").requirements.values()} >= {
        "AST-MODEL-DEFAULT",
        "AST-MODEL-GIVEN",
    }
    second = edition_of("2025-05-15").requirements
    assert [name for name in second if name.startswith("AST-MODEL-")] == []
