"""The table of the documentation's words."""

import pytest

from reference_impl.surfaces import EDITIONS, SURFACES, canonical, find_surface


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("surface", SURFACES)
def test_has_a_row_for_every_surface_in_every_edition(edition, surface):
    row = find_surface(edition, surface)
    assert {"functionName", "functionDescription", "parameterDescriptionJson"} <= {
        canonical(word) for word in row.parameters
    }


@pytest.mark.parametrize(
    ("edition", "surface", "construct"),
    [
        ("2024-04-14", "csharp-isolated", "AssistantSkillTriggerInput"),
        ("2024-04-14", "csharp-inprocess", "AssistantSkillTrigger"),
        ("2024-04-14", "python", "assistant_skill_trigger"),
        ("2025-05-15", "csharp-isolated", "AssistantSkillTrigger"),
        ("2025-05-15", "python", "generic_trigger"),
    ],
)
def test_names_the_construct_as_documented(edition, surface, construct):
    assert find_surface(edition, surface).construct == construct


def test_documents_a_model_for_csharp_java_and_python_of_the_first_edition_only():
    with_model = {
        (edition, surface)
        for edition in EDITIONS
        for surface in SURFACES
        if find_surface(edition, surface).spell("model")
    }
    assert with_model == {
        ("2024-04-14", surface) for surface in ("csharp-isolated", "csharp-inprocess", "java", "python")
    }


@pytest.mark.parametrize(
    ("surface", "word", "meant"),
    [
        ("python", "functionDescription", "function_description"),
        ("python", "function_desciption", "function_description"),
        ("csharp-isolated", "function_name", "FunctionName"),
        ("powershell", "parameterDescription", "parameterDescriptionJson"),
        ("powershell", "colour", None),
    ],
)
def test_suggests_what_a_wrong_word_stands_for(surface, word, meant):
    assert find_surface("2024-04-14", surface).suggest(word) == meant


@pytest.mark.parametrize(
    ("edition", "surface", "known"), [("1999", "python", "2024-04-14"), ("2024-04-14", "cobol", "typescript")]
)
def test_says_what_there_is_for_an_unknown_row(edition, surface, known):
    with pytest.raises(ValueError, match=known):
        find_surface(edition, surface)
