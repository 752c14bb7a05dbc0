"""Exploration as a user sees it: its items, what a find shows, and that it comes to the same verdict each time."""

import json
import re
import shlex
import sys

import pytest

from conformance.plugin.options import EXPLORE

DESCRIPTION = "explore/2024-04-14::AST-BINDING-DESCRIPTION[python]"

SHOUTS = """
def shout(found):
    for (binding,) in list(found.values())[2:]:
        binding["functionDescription"] = binding["functionDescription"].upper()
    return found

class App(App):
    def __init__(self, app):
        super().__init__(app)
        self.bindings = lambda: shout(app.bindings())
"""
"""Gets the description of the third skill wrong, and of those after it."""

DECLARES = """
class App(App):
    def __init__(self, app):
        super().__init__(app)
        self.ask = None
"""

CONVERSES = DECLARES.replace("ask", "bindings")

DIES = """
class App(App):
    def __init__(self, app):
        super().__init__(app)
        self.skills = 0

    def add_skill(self, skill):
        self.skills += 1
        if self.skills == 3:
            {}
        super().add_skill(skill)
"""
"""Does something terrible when the third skill is declared."""

SHOUTS_AT_FIRST = """
left = 7

class App(App):
    def bindings(self):
        global left
        left -= 1
        found = super().bindings()
        for one in found.values():
            for binding in one:
                if left >= 0:
                    binding["functionDescription"] = "HELP"
        return found
"""
"""Gets descriptions wrong for a while."""

SILENT = """
class App(App):
    def __init__(self, app):
        raise RuntimeError("no app today")
"""

LOGS = """
import gc
import logging
import weakref

living = weakref.WeakSet()

class App(App):
    def __init__(self, app):
        super().__init__(app)
        gc.collect()
        if len(living) > 5:
            raise RuntimeError(f"{len(living)} apps are alive")
        living.add(self)

    def bindings(self):
        try:
            raise ValueError("no bindings yet")
        except ValueError:
            logging.getLogger().exception("failed")
        return super().bindings()
"""
"""Logs exceptions, whose tracebacks lead to the app, and refuses to be one of more apps than a scenario has."""

EXPLORE_ALONE = ("--impl=adapter.py", "explore")


@pytest.fixture
def explore(pytester, monkeypatch):
    """Explore the adapter in this process, and return what came of it."""
    monkeypatch.setenv("COLUMNS", "200")

    def explore(*args):
        return pytester.runpytest_inprocess("-p", "no:randomly", *EXPLORE_ALONE, *args)

    return explore


def outcomes_of(result):
    """Return the outcome of each law."""
    return dict(
        re.findall(r"^(explore/\S+) (PASSED|FAILED|ERROR|NOT APPLICABLE|SHOULD)", result.stdout.str(), re.MULTILINE)
    )


def shown_cases(text):
    """Return every find that is shown as a case."""
    return sorted(re.findall(r"as a case:\n((?:    .*\n)+)", text))


def test_exploration_is_on_unless_it_is_turned_off(collect):
    assert int(EXPLORE.default) > 0
    collected = collect("--impl-surface=python")
    assert DESCRIPTION in collected
    assert {node_id.partition("/")[0] for node_id in collected} == {"cases", "explore"}
    off = collect("--impl-surface=python", "--impl-explore=0")
    assert {node_id.partition("/")[0] for node_id in off} == {"cases"}


def test_where_it_is_off_nothing_of_it_is_loaded(pytester, run):
    pytester.makeconftest(
        """
        import sys

        def pytest_unconfigure():
            loaded = [name for name in sys.modules if name.startswith(("conformance._exploration", "hypothesis."))]
            print("LOADED", loaded)
        """
    )
    options = ("-p", "no:hypothesispytest", "-s")
    result = run("--impl=reference_impl", "-k", "call-runs-the-function", "--impl-explore=0", *options, alone=True)
    assert result.ret == 0
    assert "LOADED []" in result.out


def test_laws_are_selected_as_tests_are(collect):
    one = ("--impl-surface=python", DESCRIPTION)
    assert collect(*one) == [DESCRIPTION]
    by_name = collect("--impl-surface=python", "-k", "explore and BINDING-DESCRIPTION")
    assert by_name == [DESCRIPTION]
    both = collect("--impl-surface=python", "--impl-edition=all", "explore", "-k", "BINDING-DESCRIPTION")
    assert both == [DESCRIPTION, DESCRIPTION.replace("2024-04-14", "2025-05-15")]


def test_all_scenarios_are_played_on_the_surfaces_that_are_judged(collect):
    def blocks(*options):
        found = collect("--impl-explore=300", *options, "explore", "-k", "BINDING-DESCRIPTION")
        return [node_id.partition("::")[2] for node_id in found]

    one_block = "AST-BINDING-DESCRIPTION[python]"
    two_blocks = [one_block, "AST-BINDING-DESCRIPTION-2[python]"]
    assert blocks("--impl-surface=python") == two_blocks
    assert [one for one in blocks() if "[python]" in one] == [one_block]


def test_says_that_no_scenario_led_to_what_a_law_is_about(explore, write_adapter):
    write_adapter()
    result = explore("--impl-explore=1", "-k", "RETRY-SAME")
    result.stdout.fnmatch_lines(["not applicable: * because the implementation was not led by any scenario *"])


def test_a_find_is_shown_as_a_case_with_the_command_that_finds_it_again(explore, write_adapter, run):
    write_adapter(SHOUTS)
    result = explore("--impl-explore=90", "--impl-explore-seed=3")
    assert result.ret == 1
    text = result.stdout.str()
    assert "AST-BINDING-DESCRIPTION (must): " in text
    assert re.search(r"bindings?\b.*functionDescription|functionDescription = ", text)
    shown = shown_cases(text)
    assert any("covers: [AST-BINDING-DESCRIPTION]" in case for case in shown)
    commands = [line.partition("Rerun: ")[2] for line in text.splitlines() if "Rerun: pytest" in line]
    (command,) = [command for command in commands if "AST-BINDING-DESCRIPTION" in command]
    assert "--impl-explore=90" in command
    assert "--impl-explore-seed=3" in command
    again = run(*shlex.split(command)[1:])
    assert again.ret == 1
    assert again.failed == [DESCRIPTION]
    assert shown_cases(again.out) == [case for case in shown if "[AST-BINDING-DESCRIPTION]" in case]


def test_the_verdict_is_the_same_in_any_order_and_on_several_workers(run, write_adapter):
    write_adapter(SHOUTS)
    first = run(*EXPLORE_ALONE)
    assert DESCRIPTION in first.failed
    for result in (run(*EXPLORE_ALONE, order="randomly"), run(*EXPLORE_ALONE, "-n2")):
        assert sorted(result.failed) == sorted(first.failed)
        assert shown_cases(result.out) == shown_cases(first.out)
        assert result.account == first.account


def test_stops_at_the_first_find_and_begins_again_with_it(explore, write_adapter):
    write_adapter(SHOUTS)
    stopped = explore("-x", "-rf")
    assert stopped.ret == 1
    (failed,) = re.findall(r"^FAILED (\S+)", stopped.stdout.str(), re.MULTILINE)
    again = explore("--lf", "-v")
    assert outcomes_of(again) == {failed: "FAILED"}


@pytest.mark.parametrize(("overrides", "missing"), [(DECLARES, "ask"), (CONVERSES, "bindings")])
def test_a_law_that_needs_what_is_not_offered_is_not_applicable(explore, write_adapter, overrides, missing):
    write_adapter(overrides)
    outcomes = outcomes_of(explore("-v"))
    conversing = {outcome for name, outcome in outcomes.items() if "AST-CONVERSATION-" in name or "AST-TOOL-" in name}
    bound = {outcome for name, outcome in outcomes.items() if "AST-BINDING-" in name}
    assert (conversing if missing == "ask" else bound) == {"NOT APPLICABLE"}
    assert (bound if missing == "ask" else conversing) == {"PASSED"}
    assert outcomes["explore/2024-04-14::AST-DECLARATION-PARAMETERS[python]"] == "PASSED"


def test_nothing_is_left_behind(explore, write_adapter, pytester):
    write_adapter()
    before = {path.name for path in pytester.path.iterdir()}
    result = explore("--impl-explore=60", "-p", "no:cacheprovider")
    assert result.ret == 0
    assert {path.name for path in pytester.path.iterdir()} - {"__pycache__"} == before


def test_says_that_there_is_nothing_to_save(explore, write_adapter):
    write_adapter()
    result = explore("--impl-save-cases=finds", "-k", "BINDING-DESCRIPTION")
    assert "--impl-save-cases: exploration found nothing to save\n" in result.stdout.str()


def test_requests_over_loopback_are_explored_too(explore, write_adapter):
    write_adapter()
    outcomes = outcomes_of(explore("--impl-transport=loopback", "--impl-explore=20", "-v"))
    assert set(outcomes.values()) == {"PASSED"}


def test_a_saved_find_fails_where_it_was_found_and_only_there(explore, write_adapter, run):
    write_adapter(SHOUTS)
    assert explore("--impl-save-cases=finds", "-k", "BINDING-DESCRIPTION").ret == 1
    failed = run("--impl=adapter.py", "--impl-cases=finds", "finds")
    assert failed.ret == 1
    assert failed.account == "planned 1, executed 1: 1 failed"
    assert "AST-BINDING-DESCRIPTION (must): " in failed.out
    assert "nothing to save" not in failed.out
    passed = run("--impl=reference_impl", "--impl-cases=finds", "finds")
    assert passed.account == "planned 1, executed 1: 1 passed"


def test_a_find_that_cannot_be_saved_is_shown_and_not_blamed_on_the_implementation(explore, write_adapter, pytester):
    write_adapter(SHOUTS)
    pytester.path.joinpath("finds").mkdir()
    pytester.path.joinpath("finds/2024-04-14").touch()
    result = explore("--impl-save-cases=finds", "-k", "BINDING-DESCRIPTION")
    assert result.ret == 1
    assert "planned 1, executed 1: 1 failed" in result.stdout.str()
    assert "the smallest scenario that was found, as a case" in result.stdout.str()
    said = " ".join(result.stdout.str().split())
    assert f"(it could not be saved: {pytester.path}/finds/2024-04-14: File exists)" in said


def test_a_baseline_lists_a_law_and_needs_no_exploration_to_be_read(explore, write_adapter, pytester):
    write_adapter(SHOUTS)
    baseline = pytester.path / "baseline.yaml"
    explore(f"--impl-baseline={baseline}", "--impl-update-baseline")
    assert "case: AST-BINDING-DESCRIPTION\n" in baseline.read_text("utf-8")
    known = explore(f"--impl-baseline={baseline}")
    assert known.ret == 0
    unexplored = pytester.runpytest_inprocess(
        "--impl=adapter.py", "--impl-explore=0", f"--impl-baseline={baseline}", "-k", "call-runs-the-function"
    )
    assert unexplored.ret == 0


def test_what_is_known_is_made_smaller_only_for_a_case_that_is_saved(explore, write_adapter, pytester):
    write_adapter(SHOUTS)
    baseline = pytester.path / "baseline.yaml"
    baseline.write_text("- {case: AST-BINDING-DESCRIPTION, reason: It shouts.}\n")
    examples = []
    for options in ((), ("--impl-save-cases=finds",)):
        known = explore(f"--impl-baseline={baseline}", "-k", "BINDING-DESCRIPTION", "--impl-report=r.json", *options)
        assert known.ret == 0
        (result,) = json.loads((pytester.path / "r.json").read_text("utf-8"))["runs"][0]["results"]
        (example,) = (note for note in result["notes"] if "as a case" in note)
        examples.append(example)
    large, small = examples
    assert large.startswith("a scenario that was found")
    assert small.startswith("the smallest scenario that was found")
    assert small.count("- function:") == 3 < large.count("- function:")


HOSTED = f"--impl=exec:{sys.executable} -m conformance host adapter.py"


def test_an_implementation_that_dies_is_contained_and_its_find_shrunk(run, write_adapter):
    write_adapter(DIES.format("import os; os._exit(3)"))
    result = run(HOSTED, "explore", "--impl-surface=python", "--impl-explore=10")
    assert result.ret == 1
    # The third skill ends the process, also where it should be refused.
    assert set(result.failed) == {
        "explore/2024-04-14::AST-DECLARATION-PARAMETERS[python]",
        "explore/2024-04-14::AST-DECLARATION-NAME-FORM[python]",
    }
    (case,) = shown_cases(result.out)
    assert case.count("- function:") == 3
    assert "ask:" not in case


def test_an_implementation_that_never_answers_has_passed_nothing(run, write_adapter):
    write_adapter(SILENT)
    result = run("--impl=adapter.py", "explore", "-k", "TOOL-NAME or DECLARATION-PARAMETERS", "-v")
    assert result.ret == 1
    assert " passed" not in result.account
    assert "create_app raised RuntimeError: no app today" in result.out


def test_what_shows_once_is_an_error_that_says_what_it_was(explore, write_adapter):
    write_adapter(SHOUTS_AT_FIRST)
    result = explore("--impl-explore=8", "-k", "BINDING-DESCRIPTION")
    assert result.ret == 1
    said = " ".join(result.stdout.str().split())
    assert "not when it was played again: " in said
    assert 'functionDescription = "HELP", but should be ' in said


def test_what_is_logged_is_shown_and_keeps_no_scenario_alive(explore, write_adapter):
    write_adapter(LOGS)
    result = explore("--impl-explore=12", "-k", "DECLARATION-PARAMETERS", "-rP")
    result.stdout.no_fnmatch_line("*apps are alive*")
    result.stdout.fnmatch_lines("ValueError: no bindings yet")
    assert result.ret == 0
