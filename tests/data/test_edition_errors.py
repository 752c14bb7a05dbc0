"""Each slip in an edition's requirements and spellings is answered as one in a case file is."""

import pytest
from core_edition import EDITION, GOOD, write_edition

from conformance._data.editions import load_edition
from conformance.errors import CaseFileError


def cases_in(root, date=EDITION):
    return load_edition(root, date).cases


def test_says_that_an_edition_is_missing(tmp_path):
    with pytest.raises(CaseFileError, match=r"surfaces\.yaml:1: cannot be read"):
        cases_in(write_edition(tmp_path), "1999-01-01")


@pytest.mark.parametrize(
    ("old", "new", "found", "expected"),
    [
        (
            "AST-SERVICE-URL",
            "AST-SERVICE-URI",
            f"no requirement AST-SERVICE-URL in edition {EDITION}",
            "'AST-SERVICE-URI'?",
        ),
        ("AST-ALL-AGAIN", "AST-ALL-SURFACES", "the id AST-ALL-SURFACES a second time", "each id once"),
        ("level: must", "level: may", 'level = "may"', "one of must, should"),
        ("level: must", "level: should", f"a should without a source in edition {EDITION}", "both or neither"),
        ("level: must", "level: must, source: Here.", f"a source without a should in edition {EDITION}", "both or"),
        (", level: must", "", f"no 'level' in edition {EDITION}", "must, should, or the surfaces of each"),
        ("must: [python]", "may: [python]", "the unknown key 'may'", "one of must, should"),
        ("[python]", "[pithon]", 'must = "pithon"', "'python'?"),
        ("[python]", "[python], should: [python]", "python at both levels", "each surface once"),
        ("level: must", "only: 2024-04-15, level: must", "the edition 2024-04-15", f"one of {EDITION}"),
        ("level: must", "editions: {2024-04-15: {level: must}}", "the edition 2024-04-15", f"one of {EDITION}"),
        (
            "level: must",
            "only: 2024-04-14, editions: {2024-04-14: {level: must}}",
            "editions together with only",
            "one or",
        ),
        ("section:", "sektion:", "the unknown key 'sektion'", "'section'?"),
    ],
)
def test_says_what_is_wrong_with_requirements(tmp_path, old, new, found, expected):
    path = write_edition(tmp_path, GOOD) / "requirements.yaml"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(CaseFileError) as caught:
        cases_in(tmp_path)
    assert caught.value.path == path
    assert caught.value.found.startswith(found)
    assert caught.value.expected.startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "found", "expected"),
    [
        (
            "functionName: FunctionName",
            "functoinName: FunctionName",
            "the unknown parameter 'functoinName'",
            "'functionName'?",
        ),
        ("functionName: FunctionName", "functionName: Model", "the spelling 'Model' a second time", "each once"),
        ("prefilled: [name]", "prefilled: [direction]", "direction, which java does not document", "one of name"),
        ("direction: out", "direction: up", 'direction = "up"', "one of in, out"),
        ("  python:", "  phyton:", "the unknown key 'phyton'", "'python'?"),
    ],
)
def test_says_what_is_wrong_with_surfaces(tmp_path, old, new, found, expected):
    path = write_edition(tmp_path, GOOD) / EDITION / "surfaces.yaml"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(CaseFileError) as caught:
        cases_in(tmp_path)
    assert caught.value.path == path
    assert caught.value.found.startswith(found)
    assert caught.value.expected.startswith(expected)
