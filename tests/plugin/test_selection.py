"""Which cases run: node ids, paths, pytest's own selection, and the suite's options."""

import re
from itertools import groupby

import pytest

from conformance._data.corpus import CASES
from conformance._data.editions import edition_of
from conformance.contract import EDITIONS, SURFACES

SURFACES_WITH_MODEL = ("csharp-isolated", "csharp-inprocess", "java", "python")
MODEL_FILE = "cases/2024-04-14/model.yaml"


def surfaces_in(node_ids):
    return {node_id.rpartition("[")[2].rstrip("]") for node_id in node_ids}


def test_without_a_path_exactly_the_cases_and_the_laws_are_selected(pytester, collect):
    pytester.makepyfile(test_own="def test_own(): assert False")
    pytester.mkdir("tests").joinpath("test_more.py").write_text("def test_more(): assert False")
    pytester.makeini("[pytest]\ntestpaths = tests")
    collected = collect()
    assert {re.split("/|::", node_id)[0] for node_id in collected} == {"cases", "explore"}
    assert {re.split("/|::", node_id)[1] for node_id in collected} == {"2024-04-14"}
    assert surfaces_in(collected) == set(SURFACES)
    assert len(set(collected)) == len(collected) > 1000
    assert f"{MODEL_FILE}::default-model[python]" in collected


def test_own_tests_run_with_the_cases_that_are_named(pytester, run):
    pytester.makepyfile(test_own="def test_own(): pass")
    result = run("--impl=reference_impl", "test_own.py", f"{MODEL_FILE}::default-model[python]", "-v")
    assert result.ret == 0
    assert "2 passed" in result.out
    assert result.account == "planned 1, executed 1: 1 passed"


@pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["alone", "-n2"])
def test_own_tests_alone_are_refused_where_the_command_line_asks_for_a_verdict(pytester, run, workers):
    pytester.makepyfile(test_own="def test_own(): pass")
    result = run("--impl=reference_impl", "test_own.py", "--impl-report=report.json", *workers)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "--impl: no case is selected by test_own.py; expected paths of cases too (cases explore)" in result.err
    assert not (pytester.path / "report.json").exists()


@pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["alone", "-n2"])
def test_own_tests_alone_run_no_case_where_the_ini_file_names_the_implementation(pytester, run, workers):
    pytester.makepyfile(test_own="def test_own(): pass")
    pytester.makeini("[pytest]\nimpl = reference_impl")
    result = run("test_own.py", *workers)
    assert result.ret == 0
    assert "1 passed" in result.out
    assert "conformance: nothing was judged, since the paths name no case" in result.out
    assert "planned" not in result.out


IN_DIRECTION_FILE = {
    f"cases/2024-04-14/direction.yaml::{case.id.name}"
    for case in edition_of("2024-04-14").cases
    if case.path.name == "direction.yaml"
}
DEFAULT_MODEL = {f"{MODEL_FILE}::default-model[{surface}]" for surface in SURFACES_WITH_MODEL}
DIRECTION = {f"cases/2024-04-14/direction.yaml::direction-in-binding[{surface}]" for surface in SURFACES}


def test_a_folder_of_ones_own_may_be_called_cases(pytester, run):
    pytester.mkdir("cases").joinpath("test_own.py").write_text("def test_own(): pass")
    result = run("--impl=reference_impl", "cases/test_own.py", f"{MODEL_FILE}::default-model[python]")
    assert result.ret == 0
    assert "2 passed" in result.out


@pytest.mark.parametrize("folder", ["cases", "explore"])
def test_ones_own_tests_in_such_a_folder_are_spread_with_the_cases(pytester, run, folder):
    own = "import pytest\n\n@pytest.mark.parametrize('name', ['python', 'b'])\ndef test_own(name): pass"
    pytester.mkdir(folder).joinpath("test_own.py").write_text(own)
    result = run("--impl=reference_impl", f"{folder}/test_own.py", f"{MODEL_FILE}::default-model[python]", "-n2")
    assert result.ret == 0, result.out + result.err
    assert "3 passed" in result.out
    assert result.account == "planned 1, executed 1: 1 passed"


@pytest.mark.parametrize(
    ("args", "selected"),
    [
        ([f"{MODEL_FILE}::default-model[python]"], {f"{MODEL_FILE}::default-model[python]"}),
        ([f"{MODEL_FILE}::default-model"], DEFAULT_MODEL),
        (
            [f"{MODEL_FILE}::default-model[python]", f"{MODEL_FILE}::default-model[java]"],
            {f"{MODEL_FILE}::default-model[python]", f"{MODEL_FILE}::default-model[java]"},
        ),
        (["cases/2024-04-14/direction.yaml"], IN_DIRECTION_FILE),
        (["cases/2024-04-14/", "-k", "direction-in-binding"], DIRECTION),
        ([str(CASES / "2024-04-14" / "direction.yaml")], IN_DIRECTION_FILE),
        ([str(CASES / "2024-04-14"), "-k", "direction-in-binding"], DIRECTION),
        ([f"{CASES / '2024-04-14' / 'model.yaml'}::default-model"], DEFAULT_MODEL),
        ([f"{CASES / '2024-04-14' / 'model.yaml'}::default-model[java]"], {f"{MODEL_FILE}::default-model[java]"}),
        (["-k", "direction-in-binding and not python"], {one for one in DIRECTION if "[python]" not in one}),
        (["--impl-surface=java", "-k", "direction-in-binding"], {one for one in DIRECTION if "[java]" in one}),
        (
            ["--deselect", f"{MODEL_FILE}::default-model[java]", f"{MODEL_FILE}::default-model"],
            DEFAULT_MODEL - {f"{MODEL_FILE}::default-model[java]"},
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_cases_are_selected_as_tests_are(collect, args, selected):
    collected = collect(*args)
    assert set(collected) == selected
    assert len(collected) == len(selected)


def test_a_shared_case_file_is_in_every_edition(collect):
    collected = collect("--impl-edition=all", "--impl-surface=python", "cases/2025-05-15/calls.yaml")
    assert {node_id.split("/")[1] for node_id in collected} == {"2025-05-15"}
    path = str(CASES / "shared" / "calls.yaml")
    both = collect("--impl-edition=all", "--impl-surface=python", path)
    assert {node_id.split("/")[1] for node_id in both} == set(EDITIONS)
    assert len(both) == 2 * len(collected)
    one = collect("--impl-edition=all", "--impl-surface=python", f"{path}::call-run-once")
    assert one == [f"cases/{edition}/calls.yaml::call-run-once[python]" for edition in EDITIONS]


def test_editions_and_surfaces_can_be_given_several_times(collect):
    collected = collect(
        *[f"--impl-edition={edition}" for edition in EDITIONS],
        "--impl-surface=python",
        "--impl-surface=java",
        "-k",
        "call-runs-the-function",
    )
    assert surfaces_in(collected) == {"python", "java"}
    assert {node_id.split("/")[1] for node_id in collected} == set(EDITIONS)


def test_the_ini_file_says_what_the_command_line_may_overrule(pytester, run):
    pytester.makeini(
        """
        [pytest]
        impl = reference_impl
        impl_edition = 2025-05-15
        impl_surface = java powershell
        addopts = -k call-runs-the-function
        """
    )
    result = run("--collect-only", "-q")
    assert surfaces_in(result.collected) == {"java", "powershell"}
    assert {node_id.split("/")[1] for node_id in result.collected} == {"2025-05-15"}
    overruled = run("--collect-only", "-q", "--impl-edition=2024-04-14", "--impl-surface=python").collected
    assert overruled == ["cases/2024-04-14/conversation.yaml::call-runs-the-function[python]"]


def test_an_implementation_in_addopts_is_judged_from_any_folder(pytester, run, write_adapter):
    write_adapter(name="my adapters/ädäpter.py")
    pytester.makeini("[pytest]\naddopts = '--impl=my adapters/ädäpter.py' --impl-level=should")
    result = run("-k", "direction-in")
    assert result.ret == 0
    assert "ädäpter, edition 2024-04-14" in result.out
    assert result.account == "planned 2, executed 2: 2 passed"


def test_several_implementations_are_told_apart(run, write_adapter):
    write_adapter(name="one.py")
    write_adapter(name="two.py")
    result = run("--impl=one.py", "--impl=two.py", "-k", "default-model-in-binding", "-v")
    assert result.ret == 0
    for name in ("one", "two"):
        assert f"{MODEL_FILE}::default-model-in-binding[python-{name}] PASSED" in result.out
        assert f"\n{name}, edition 2024-04-14\n" in result.out
    assert result.account == "planned 2, executed 2: 2 passed"


def test_two_implementations_of_one_name_are_told_apart(run, write_adapter):
    write_adapter(name="one/adapter.py")
    write_adapter(WRONG_DEFAULT, name="two/adapter.py")
    result = run("--impl=one/adapter.py", "--impl=two/adapter.py", "-k", "default-model-in-binding")
    assert result.ret == 1
    assert result.account == "planned 2, executed 2: 1 passed, 1 failed"


def test_an_implementation_that_is_named_twice_is_judged_once(run):
    result = run("--impl=reference_impl", "--impl=reference_impl", f"{MODEL_FILE}::default-model[python]")
    assert result.account == "planned 1, executed 1: 1 passed"


WRONG_DEFAULT = """
def bindings(self, original=App.bindings):
    wrong = {"gpt-3.5-turbo": "DefaultChatModel"}
    return {
        name: [{**one, "model": wrong.get(one["model"], one["model"])} for one in found]
        for name, found in original(self).items()
    }
App.bindings = bindings
"""


def test_stops_at_the_first_failure_and_begins_again_with_it(run, write_adapter):
    write_adapter(WRONG_DEFAULT)
    args = ("--impl=adapter.py", MODEL_FILE)
    stopped = run(*args, "-x")
    assert stopped.ret == 1
    (failed,) = stopped.failed
    assert failed == f"{MODEL_FILE}::default-model-in-binding[python]"
    assert "not run: " in stopped.summary
    again = run(*args, "--lf", "-v")
    assert again.ret == 1
    assert again.failed == [failed]
    assert again.account == "planned 1, executed 1: 1 failed"


def test_a_marker_selects_nothing_where_no_case_has_it(run):
    result = run("--impl=reference_impl", "-m", "slow")
    assert result.ret == 4
    assert "no case is selected by -m 'slow', --impl-edition=2024-04-14; reference_impl offers all" in result.err


def test_cases_run_in_any_order(run, write_adapter):
    write_adapter()
    result = run("--impl=adapter.py", "--impl-surface=python", MODEL_FILE, order="randomly")
    assert result.ret == 0
    assert " passed" in result.account


@pytest.mark.parametrize("option", ["--fixtures", "--fixtures-per-test", "--markers", "--help", "--collect-only"])
def test_what_only_lists_gives_no_verdict(run, write_adapter, option):
    write_adapter()
    result = run("--impl=adapter.py", option)
    assert result.ret == 0
    assert "\nverdict: " not in result.out


def test_the_cases_of_a_file_stay_together_when_they_are_shuffled(run, write_adapter):
    write_adapter()
    listed = run("--impl=adapter.py", "--impl-explore=0", "--collect-only", "-q", order="randomly").collected
    files = [name.partition("::")[0] for name in listed]
    assert listed != sorted(listed)
    assert len([file for file, _ in groupby(files)]) == len(set(files)) > 2
