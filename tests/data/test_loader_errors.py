"""Each slip in a case file is answered with file, line, what was found and what is expected."""

from pathlib import Path

import pytest
import yaml
from core_edition import EDITION, GOOD, write_edition

from conformance._data.editions import load_edition
from conformance.errors import CaseFileError

HEAD = "- id: a-case\n  title: A title that says something.\n  covers: [AST-PYTHON-ONLY]\n"

SLIPS = {
    name: slip
    for path in sorted(Path(__file__).with_name("slips").glob("*.yaml"))
    for name, slip in yaml.safe_load(path.read_text("utf-8")).items()
}
"""A table for each kind of slip: the text, the line, and how the message begins that says what is wrong."""


def load(root, *files):
    return load_edition(write_edition(root, *files), EDITION).cases


def text_of(slip):
    return slip.get("text", HEAD + "".join(f"  {line}\n" for line in slip.get("record", "").splitlines()))


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_says_what_is_wrong_with_a_case_file(tmp_path, slip):
    with pytest.raises(CaseFileError) as caught:
        load(tmp_path, text_of(slip))
    error = caught.value
    assert (error.path, error.line) == (tmp_path / EDITION / "a.yaml", slip["line"])
    assert error.found.startswith(slip["found"])
    assert error.expected.startswith(slip["expected"])


def test_refuses_an_id_that_another_file_has(tmp_path):
    with pytest.raises(CaseFileError) as caught:
        load(tmp_path, GOOD, "# moved down\n\n" + GOOD)
    error = caught.value
    assert (error.path.name, error.line, error.expected) == ("b.yaml", 3, "each id once")
    assert error.found == f"the id good-case, which {tmp_path / EDITION / 'a.yaml'}:1 has"


def test_refuses_an_id_that_a_shared_file_has(tmp_path):
    root = write_edition(tmp_path, GOOD)
    (root / "shared").mkdir()
    (root / "shared" / "z.yaml").write_text(GOOD)
    with pytest.raises(CaseFileError, match="the id good-case"):
        load_edition(root, EDITION).cases  # noqa: B018  # they are read here


def errors_in(root, text):
    with pytest.raises(CaseFileError) as caught:
        load(root, text)
    return str(caught.value).replace(f"{root / EDITION / 'a.yaml'}:", "").split("\n")


def test_names_every_slip_with_its_place_but_not_what_follows_from_a_misspelt_key(tmp_path):
    first = HEAD + "  aks: Hello\n  model_replies: [Hi]\n  expect: {answer: Hi}\n"
    second = HEAD.replace("title", "tilte") + "  sills: 5\n  ask: 5\n  expect: {answer: Hi}\n"
    assert errors_in(tmp_path, first + second) == [
        "4: the unknown key 'aks'; expected 'ask'?",
        "8: the unknown key 'tilte'; expected 'title'?",
        "10: the unknown key 'sills'; expected 'skills'?",
        "11: ask = 5; expected a string or a list",
    ]


def test_names_ten_slips_and_counts_the_others(tmp_path):
    told = errors_in(tmp_path, HEAD + "".join(f"  zzz{number}: 1\n" for number in range(13)))
    assert [line.partition(":")[0] for line in told[:-1]] == [str(number) for number in range(4, 14)]
    assert told[-1] == "and 3 more"


def test_names_the_first_of_several_slips(tmp_path):
    slips = HEAD.replace("[AST-PYTHON-ONLY]", "[5]") + "  skills: 5\n  expect: {accepted: 1}\n"
    with pytest.raises(CaseFileError) as caught:
        load(tmp_path, slips)
    assert caught.value.line == 3
