"""Case files of users: which files they are, which editions they are about, and what is wrong with one."""

import re

import pytest

from conformance._data.case_files.own_cases import NoCaseFileError, find_case_files, load_own_cases
from conformance._data.editions import edition_of
from conformance.contract import EDITIONS, SURFACES
from conformance.errors import CaseFileError, ConformanceError

RECORD = """\
- id: {id}
  title: What is true here.
  covers: [{covers}]
  skills:
    - trigger: {{functionName: AddTodo, functionDescription: Add}}
  expect:
    accepted: true
"""


@pytest.fixture
def write(tmp_path):
    def write(name, covers="AST-DECLARATION-PARAMETERS", case_id="my-case"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RECORD.format(id=case_id, covers=covers), "utf-8")
        return path

    return write


def load(edition, *paths):
    return [
        (case.id.case, case.edition) for case in load_own_cases(paths, edition_of(edition)) if case.surface == "python"
    ]


def test_a_folder_holds_its_case_files_however_deep(write, tmp_path):
    files = [write("mine/b.yaml"), write("mine/a/c.yml"), write("d.yaml")]
    tmp_path.joinpath("mine/readme.md").write_text("No case.")
    found = find_case_files([tmp_path / "mine", tmp_path / "d.yaml", tmp_path / "mine" / "b.yaml"])
    assert sorted(found) == sorted(files)


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_path_without_case_files_is_refused(tmp_path, name):
    tmp_path.joinpath("empty").mkdir()
    with pytest.raises(NoCaseFileError, match="expected a case file, or a folder that holds case files"):
        find_case_files([tmp_path / name])


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_file_is_about_every_edition_that_has_its_requirement(write, edition):
    path = write("mine/names.yaml")
    assert load(edition, path) == [("my-case", edition)]


def test_a_file_in_a_folder_of_an_edition_is_about_that_edition_alone(write):
    path = write("mine/2025-05-15/names.yaml")
    assert load("2025-05-15", path) == [("my-case", "2025-05-15")]
    assert load("2024-04-14", path) == []


@pytest.mark.parametrize(("folder", "nearest"), [("2024-04-15", "2024-04-14"), ("2025-5-15", "2025-05-15")])
def test_a_folder_named_after_no_edition_is_refused(write, tmp_path, folder, nearest):
    write(f"mine/{folder}/names.yaml")
    said = f"mine/{folder}: there is no edition {folder}; expected '{nearest}'?"
    with pytest.raises(ConformanceError, match=re.escape(said)):
        find_case_files([tmp_path])


def test_a_requirement_of_one_edition_makes_a_case_of_that_edition_alone(write):
    only = edition_of("2024-04-14").requirements.keys() - edition_of("2025-05-15").requirements.keys()
    name = min(name for name in only if edition_of("2024-04-14").requirements[name].unobservable is None)
    path = write("mine/names.yaml", covers=name)
    assert {case.edition for case in load_own_cases([path], edition_of("2024-04-14"))} == {"2024-04-14"}
    assert load_own_cases([path], edition_of("2025-05-15")) == []
    elsewhere = write("mine/2025-05-15/names.yaml", covers=name)
    with pytest.raises(CaseFileError, match=f"the requirement {name}"):
        load_own_cases([elsewhere], edition_of("2025-05-15"))


def test_what_is_wrong_with_several_files_is_said_of_all_at_once(write):
    paths = [
        write("one.yaml", covers="AST-NONE-SUCH"),
        write("two.yaml", case_id="two"),
        write("three.yaml", case_id="My case"),
    ]
    with pytest.raises(CaseFileError) as caught:
        load_own_cases(paths, edition_of("2024-04-14"))
    assert [line.split(": ")[0] for line in str(caught.value).splitlines()] == [f"{paths[0]}:3", f"{paths[2]}:1"]


def test_a_case_runs_on_the_surfaces_that_its_requirement_concerns(write):
    path = write("names.yaml")
    assert {case.surface for case in load_own_cases([path], edition_of("2024-04-14"))} == set(SURFACES)


def test_a_case_is_shown_by_its_path(write):
    path = write("mine/names.yaml")
    for case in load_own_cases([path], edition_of("2024-04-14")):
        assert case.place == f"{path.as_posix()}:1"


@pytest.mark.parametrize(
    ("covers", "case_id", "said"),
    [
        ("AST-NONE-SUCH", "my-case", ":3: the requirement AST-NONE-SUCH; expected"),
        ("AST-DECLARATION-PARAMETERS", "My case", ":1: "),
        ("AST-DECLARATION-PARAMETERS", "call-runs-the-function", "which the suite's cases/shared/conversation.yaml:"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(write, covers, case_id, said):
    path = write("mine/names.yaml", covers=covers, case_id=case_id)
    with pytest.raises(CaseFileError) as error:
        load("2024-04-14", path)
    assert str(error.value).startswith(f"{path}:")
    assert said in str(error.value)


def test_an_id_is_taken_by_the_file_that_has_it_first(write):
    first, second = write("one.yaml"), write("two.yaml")
    with pytest.raises(CaseFileError, match=r"the id my-case, which .*one.yaml:1 has; expected each id once"):
        load("2024-04-14", first, second)


def test_finds_of_two_editions_may_have_one_id(write):
    paths = [write(f"finds/{edition}/find.yaml") for edition in EDITIONS]
    assert load("2024-04-14", *paths) == [("my-case", "2024-04-14")]
    assert load("2025-05-15", *paths) == [("my-case", "2025-05-15")]
