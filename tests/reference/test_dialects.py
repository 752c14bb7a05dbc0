"""The tables of the documentation."""

import pytest

from reference_impl.dialects import EDITIONS, SURFACES, find_dialect

ROWS = [(edition, surface) for edition in EDITIONS for surface in SURFACES]


@pytest.mark.parametrize(("edition", "surface"), ROWS)
def test_has_a_row_for_every_surface_in_every_edition(edition, surface):
    fields = find_dialect(edition, surface).fields.values()
    assert {"functionName", "functionDescription", "parameterDescriptionJson"} <= set(fields)


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
    assert find_dialect(edition, surface).construct == construct


def test_documents_a_model_for_csharp_java_and_python_of_the_first_edition_only():
    with_model = [row for row in ROWS if "model" in find_dialect(*row).fields.values()]
    surfaces = ("csharp-isolated", "csharp-inprocess", "java", "python")
    assert with_model == [("2024-04-14", surface) for surface in surfaces]


def test_spells_the_type_as_each_edition_does():
    others = {find_dialect(*row).type for row in ROWS if row != ("2025-05-15", "python")}
    assert others == {"AssistantSkillTrigger"}
    assert find_dialect("2025-05-15", "python").type == "assistantSkillTrigger"


@pytest.mark.parametrize(
    ("edition", "surface", "known"), [("1999", "python", "2024-04-14"), ("2024-04-14", "cobol", "typescript")]
)
def test_says_what_there_is_for_an_unknown_row(edition, surface, known):
    with pytest.raises(ValueError, match=known):
        find_dialect(edition, surface)
