"""`--impl-cases`: a user's own case files run beside the suite's."""

import shlex

import pytest

OWN = """\
- id: my-todo-is-added
  title: My own skill is called as the model says.
  covers: [AST-CONVERSATION-CALL]
  surfaces: [python]
  skills:
    - trigger: {functionName: AddTodo, functionDescription: Add}
  ask: Hello
  model_replies:
    - calls: [{name: AddTodo, arguments: {taskDescription: Buy milk}}]
    - Done.
  expect:
    invocations: [{skill: AddTodo, argument: ARGUMENT}]
"""
NODE_ID = "cases/2024-04-14/mine/todos.yaml::my-todo-is-added[python]"


@pytest.fixture
def own(pytester):
    """Write a case file that passes, or one that fails."""

    def write(argument="Buy milk", name="mine/todos.yaml", text=OWN):
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("ARGUMENT", argument), "utf-8")
        return path

    return write


IMPL = ("--impl=reference_impl", "--impl-surface=python")


def test_own_cases_run_beside_the_suites(own, collect):
    own()
    named = ("--impl-surface=python", "--impl-cases=mine", "-k", "my-todo or call-runs-the-function")
    assert collect(*named) == ["cases/2024-04-14/conversation.yaml::call-runs-the-function[python]", NODE_ID]


@pytest.mark.parametrize(
    "path", ["mine", "mine/", "mine/todos.yaml", "mine/todos.yaml::my-todo-is-added", NODE_ID, "cases/2024-04-14/mine"]
)
def test_own_cases_are_selected_alone_by_their_path(own, collect, path):
    own()
    assert collect("--impl-surface=python", "--impl-cases=mine", path) == [NODE_ID]


def test_a_file_that_is_named_in_full_is_shown_from_here(own, collect):
    path = own(name="elsewhere/todos.yaml")
    (node_id,) = collect("--impl-surface=python", f"--impl-cases={path}", "elsewhere/todos.yaml")
    assert node_id == NODE_ID.replace("mine", "elsewhere")


def test_own_tests_in_the_same_folder_are_pytests(own, run, pytester):
    own()
    pytester.path.joinpath("mine/test_own.py").write_text("def test_own(): pass")
    result = run(*IMPL, "--impl-cases=mine", "mine/test_own.py", "mine/todos.yaml")
    assert "2 passed" in result.out
    assert result.account == "planned 1, executed 1: 1 passed"


def test_a_failure_shows_its_place_and_a_command_that_shows_it_again(own, run):
    own(argument="Sell milk")
    result = run(*IMPL, "--impl-cases=mine", "mine")
    assert result.ret == 1
    assert "mine/todos.yaml:1: My own skill is called as the model says." in result.out
    assert 'invocations[0].argument = "Buy milk", but should be "Sell milk"' in result.out
    (command,) = [line.partition("Rerun: ")[2] for line in result.out.splitlines() if "Rerun: pytest" in line]
    again = run(*shlex.split(command)[1:])
    assert again.ret == 1
    assert again.account == "planned 1, executed 1: 1 failed"
    assert again.failed == result.failed == [NODE_ID]


def test_the_last_failure_is_run_again(own, run):
    own(argument="Sell milk")
    args = (*IMPL, "--impl-cases=mine", "mine", "cases/2024-04-14/conversation.yaml")
    assert run(*args).failed == [NODE_ID]
    again = run(*args, "--lf")
    assert again.failed == [NODE_ID]
    assert again.account == "planned 1, executed 1: 1 failed"


def test_own_cases_run_in_every_edition_and_on_several_workers(own, run):
    own(argument="Sell milk")
    result = run(*IMPL, "--impl-cases=mine", "--impl-edition=all", "mine", "-n2")
    assert result.ret == 1
    assert sorted(result.failed) == [NODE_ID, NODE_ID.replace("2024-04-14", "2025-05-15")]
    assert result.account == "planned 2, executed 2: 2 failed"


def test_the_ini_file_names_case_files_from_where_it_stands(own, collect, pytester):
    own()
    pytester.makeini("[pytest]\nimpl_cases = mine\nimpl_surface = python")
    assert collect("-k", "my-todo") == [NODE_ID]


ASKS = """
class App(App):
    def __init__(self, app):
        super().__init__(app)
        self.ask = {}
"""


def test_a_law_judges_a_scenario_that_expects_nothing_else(own, run, write_adapter):
    own(text=OWN.partition("    invocations")[0] + "    law: true\n")
    assert run(*IMPL, "--impl-cases=mine", "mine").account == "planned 1, executed 1: 1 passed"
    write_adapter(ASKS.format("lambda message: 'Done.'"))
    result = run("--impl=adapter.py", "--impl-cases=mine", "mine")
    assert result.ret == 1
    assert "AST-CONVERSATION-CALL (must)" in result.out


def test_a_law_that_an_implementation_cannot_show_is_not_applicable(own, run, write_adapter):
    own(text=OWN.partition("    invocations")[0] + "    law: true\n")
    write_adapter(ASKS.format("None"))
    result = run("--impl=adapter.py", "--impl-cases=mine", "mine")
    assert result.account == "planned 1, executed 0: 1 not applicable"


def test_a_report_is_not_written_over_a_case_file(own, run):
    path = own(name="mine.json")
    result = run(*IMPL, "--impl-cases=mine.json", "--impl-report=mine.json", NODE_ID)
    assert result.ret == 4
    assert "mine.json: a case file of this run; expected another file for the report" in result.err
    assert path.read_text("utf-8") == OWN.replace("ARGUMENT", "Buy milk")


REFUSED = """- id: refused-by-law
  title: A name with a blank is refused.
  covers: [AST-DECLARATION-NAME-FORM]
  surfaces: [python]
  refused: {trigger: {functionName: Add Todo, functionDescription: Add, parameterDescriptionJson: 5}}
  expect: {law: true}
"""

BROKEN = {
    "a misspelt key": (OWN.replace("ask:", "asks:"), "mine/todos.yaml:7: the unknown key 'asks'; expected 'ask'?"),
    "no YAML": ("- id: [", "mine/todos.yaml:2: did not find expected node content"),
    "an unknown requirement": (OWN.replace("CALL]", "CALLS]"), "mine/todos.yaml:3: the requirement AST-CONVERSATION-"),
    "a requirement without a law": (
        OWN.replace("CONVERSATION-CALL", "DECLARATION-CONSTRUCT").replace("    invocations", "    law: true\n# "),
        "mine/todos.yaml:1: law, but no law is known of AST-DECLARATION-CONSTRUCT on python; expected",
    ),
    "a refusal without a fault": (
        REFUSED.replace("Add Todo", "AddTodo"),
        "mine/todos.yaml:1: refused, but AST-DECLARATION-NAME-FORM does not have AddTodo refused; expected",
    ),
    "a refusal for another fault": (
        REFUSED.replace("NAME-FORM", "SCHEMA-FORM").replace(", parameterDescriptionJson: 5", ""),
        "mine/todos.yaml:1: refused, but AST-DECLARATION-SCHEMA-FORM does not have AddTodo refused; expected",
    ),
}


def test_a_law_judges_what_is_to_be_refused(own, run, write_adapter):
    write_adapter()
    own(text=REFUSED)
    for name in ("NAME-FORM", "SCHEMA-FORM"):
        own(text=REFUSED.replace("NAME-FORM", name))
        result = run("--impl=adapter.py", "--impl-level=should", "--impl-cases=mine", "mine")
        assert result.account == "planned 1, executed 1: 1 passed"


@pytest.mark.parametrize("slip", BROKEN)
def test_a_broken_file_is_a_usage_error_with_its_place(own, pytester, slip):
    text, said = BROKEN[slip]
    own(text=text)
    result = pytester.runpytest_inprocess(*IMPL, "--impl-cases=mine")
    assert result.ret == 4
    assert f"ERROR: {said}" in result.stderr.str()
    assert "Traceback" not in result.stderr.str() + result.stdout.str()


def test_a_path_that_holds_no_case_is_a_usage_error(pytester):
    result = pytester.runpytest_inprocess(*IMPL, "--impl-cases=nowhere")
    assert result.ret == 4
    said = "ERROR: --impl-cases=nowhere: there is no such file or folder; expected a case file"
    assert said in result.stderr.str()


def test_a_pattern_of_an_own_case_that_takes_for_ever_is_an_error_of_the_case(own, run):
    text = OWN.partition("    invocations")[0].replace("Done.", f"{'a' * 60}!")
    own(text=text + '    answer: {$schema: {pattern: "^(a|a)*$"}}\n')
    result = run(*IMPL, "--impl-cases=mine", "mine")
    assert result.account == "planned 1, executed 1: 1 errored"
    said = 'mine/todos.yaml:1: the pattern "^(a|a)*$" takes more than 0.2 s to be matched; expected a schema that'
    assert f"errored: the case cannot be judged: {said}" in result.out
