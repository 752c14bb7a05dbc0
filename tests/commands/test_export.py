"""`python -m conformance export`: the whole corpus as plain JSON, or nothing at all."""

import json

import pytest
from jsonschema import Draft202012Validator

from conformance.__main__ import main
from conformance._data.corpus import CASES
from conformance._data.editions import edition_of
from conformance._data.open_world.matching import WORDS
from conformance.contract import EDITIONS, SURFACES


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported") / "some" / "corpus"
    assert main(["export", str(folder), "--explore", "4"]) == 0
    return folder


def read(path):
    return json.loads(path.read_text("utf-8"))


def test_writes_a_file_for_each_edition_and_surface_and_their_schema(exported):
    files = {path.relative_to(exported).as_posix() for path in exported.rglob("*") if path.is_file()}
    assert files == {"corpus.schema.json", *(f"{date}/{surface}.json" for date in EDITIONS for surface in SURFACES)}
    assert (exported / "corpus.schema.json").read_bytes() == (CASES / "corpus.schema.json").read_bytes()
    assert [path.name for path in exported.parent.iterdir()] == ["corpus"]


@pytest.mark.parametrize("date", EDITIONS)
@pytest.mark.parametrize("surface", SURFACES)
def test_every_file_has_the_published_form_and_every_case(exported, date, surface):
    corpus = read(exported / date / f"{surface}.json")
    schema = read(exported / "corpus.schema.json")
    assert [error.message for error in Draft202012Validator(schema).iter_errors(corpus)] == []
    cases = [case for case in edition_of(date).cases if case.surface == surface]
    assert [case["id"] for case in corpus["cases"]] == [case.id.case for case in cases]
    assert [case["level"] for case in corpus["cases"]] == [case.requirement.levels[surface] for case in cases]
    assert {case["requirement"] for case in corpus["cases"]} <= set(corpus["requirements"])
    assert len(corpus["explored"]) == 4


def test_the_schema_describes_exactly_the_words_of_patterns():
    schema = read(CASES / "corpus.schema.json")
    assert set(schema["$defs"]["word"]["properties"]) == set(WORDS)


def test_a_case_is_spelled_out(exported):
    (case,) = [
        case
        for case in read(exported / "2024-04-14" / "python.json")["cases"]
        if case["id"] == "call-runs-the-function"
    ]
    assert case == {
        "id": "call-runs-the-function",
        "title": "When the model calls the skill, its function runs with the argument.",
        "why": None,
        "requirement": "AST-CONVERSATION-CALL",
        "level": "must",
        "statement": edition_of("2024-04-14").requirements["AST-CONVERSATION-CALL"].statement,
        "place": case["place"],
        "needs": ["ask"],
        "provider": "openai",
        "models": None,
        "settings": {},
        "before": None,
        "skills": [
            {
                "function": "AddTodo",
                "argument": {"name": "taskDescription", "type": "string"},
                "trigger": {"function_name": "AddTodo", "function_description": "Create a new todo task"},
                "handler": {"raises": None, "raises_on": "every", "echoes": False, "returns": "added"},
            }
        ],
        "prompts": ["Remind me to buy milk"],
        "model_replies": [
            {
                "choices": [
                    {
                        "text": None,
                        "calls": [{"id": "call_1", "name": "AddTodo", "arguments": '{"taskDescription": "Buy milk"}'}],
                        "refusal": None,
                        "finish_reason": "tool_calls",
                    }
                ]
            },
            {
                "choices": [
                    {"text": "I will remind you.", "calls": [], "refusal": None, "finish_reason": "stop"},
                ]
            },
        ],
        "expect": {"kind": "conversation", "invocations": [{"skill": "AddTodo", "argument": "Buy milk"}]},
    }
    assert case["place"].startswith("cases/shared/conversation.yaml:")


def test_generated_scenarios_have_predictions_and_depend_on_the_seed(exported, tmp_path):
    explored = read(exported / "2024-04-14" / "java.json")["explored"]
    assert all(scenario["predictions"] for scenario in explored)
    for name, seed in (("again", "0"), ("other", "1")):
        arguments = ["export", str(tmp_path / name), "--edition", "2024-04-14", "--explore", "4", "--seed", seed]
        assert main(arguments) == 0
    assert read(tmp_path / "again" / "2024-04-14" / "java.json")["explored"] == explored
    assert read(tmp_path / "other" / "2024-04-14" / "java.json")["explored"] != explored


def test_generated_scenarios_say_which_declarations_are_refused_after_their_skills(exported):
    for explored in read(exported / "2024-04-14" / "python.json")["explored"]:
        refused = [one for one in explored["predictions"] if one["expect"]["kind"] == "refusal"]
        assert {one["requirement"] for one in refused} >= {
            "AST-DECLARATION-DESCRIPTION-REQUIRED",
            "AST-DECLARATION-NAME-FORM",
            "AST-DECLARATION-SCHEMA-FORM",
        }
        for one in refused:
            trigger = one["expect"]["refused"]["trigger"]
            is_undescribed = one["requirement"] == "AST-DECLARATION-DESCRIPTION-REQUIRED"
            assert ("function_description" not in trigger) is is_undescribed
            assert one["needs"] == ([] if is_undescribed else ["ask"])
            assert one["expect"]["refused"] not in explored["skills"]


def test_one_edition_is_written_into_a_folder_that_is_empty(tmp_path):
    assert main(["export", str(tmp_path), "--edition", "2025-05-15"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2025-05-15", "corpus.schema.json"]
    assert read(tmp_path / "2025-05-15" / "python.json")["explored"] == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path, capsys):
    tmp_path.joinpath("mine.txt").write_text("keep")
    assert main(["export", str(tmp_path)]) == 2
    assert f"{tmp_path}: the folder is not empty; expected" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_not_a_folder(tmp_path, capsys):
    path = tmp_path / "mine.txt"
    path.write_text("keep")
    assert main(["export", str(path)]) == 2
    assert main(["export", str(path / "below")]) == 2
    said = capsys.readouterr().err
    assert f"{path}: {path} is a file; expected" in said
    assert f"{path / 'below'}: {path} is a file; expected" in said
    assert path.read_text() == "keep"


def test_nothing_is_left_when_writing_fails(tmp_path, monkeypatch, capsys):
    def fail(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("conformance.commands.export_command.plain_corpus", fail)
    assert main(["export", str(tmp_path / "corpus")]) == 2
    assert f"{tmp_path / 'corpus'}: No space left on device; expected" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["--edition", "2023-01-01"], ["--explore", "-1"], ["--explore", "some"], []])
def test_bad_arguments_are_refused(tmp_path, arguments, capsys):
    folder = [str(tmp_path / "corpus")] if arguments else []
    with pytest.raises(SystemExit) as refused:
        main(["export", *folder, *arguments])
    assert refused.value.code == 2
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
