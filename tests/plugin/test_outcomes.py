"""What comes of a case: how it is shown, how it counts, and that nothing gets lost."""

import re
import shlex
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

MODEL_FILE = "cases/2024-04-14/model.yaml"
DEFAULT_IN_BINDING = f"{MODEL_FILE}::default-model-in-binding[python]"
DEFAULT = f"{MODEL_FILE}::default-model[python]"
ASKING = [f"{MODEL_FILE}::{name}[python]" for name in ("default-model", "default-model-as-deployment")]
PASSED, FAILED, USAGE_ERROR = 0, 1, 4

WRONG_DEFAULT = """
def bindings(self, original=App.bindings):
    wrong = {"gpt-3.5-turbo": "DefaultChatModel"}
    return {
        name: [{**one, "model": wrong.get(one["model"], one["model"])} for one in found]
        for name, found in original(self).items()
    }
App.bindings = bindings
"""
WRONG_MODEL = """
import copy, dataclasses
def add_skill(self, skill, original=App.add_skill):
    print("declaring", skill.name)
    original(self, dataclasses.replace(skill, trigger={"model": "gpt-4o", **skill.trigger}))
App.add_skill = add_skill
"""
DIRECTION_IN = """
def bindings(self, original=App.bindings):
    return {name: [{**one, "direction": "in"} for one in found] for name, found in original(self).items()}
App.bindings = bindings
"""
ASKS_NOTHING = "App.ask = None"
MISBEHAVES = """
import time
apps = []
def ask(self, message, original=App.ask):
    number = len(apps)
    apps.append(self)
    if number == 0:
        return 5
    if number == 1:
        raise SystemExit(3)
    if number == 2:
        while True:
            time.sleep(0.01)
    return original(self, message)
App.ask = ask
"""
REPLACES_DUMPS = """
import json
from types import MappingProxyType
json.dumps = lambda value, *, original=json.dumps, **_: original(value)
def bindings(self, original=App.bindings):
    return MappingProxyType(original(self))
App.bindings = bindings
"""
CRASHES = """
import os
def ask(self, message):
    os._exit(3)
App.ask = ask
"""


def numbers_of(run):
    """Read the line that adds up, and the one that says what did not run; check that they do add up."""
    planned, executed, parts = re.fullmatch(r"planned (\d+), executed (\d+): (.*)", run.account).groups()
    counts = {name: int(count) for count, name in re.findall(r"(\d+) ([a-z ]*[a-z])(?=,| \(|$)", parts)}
    not_run = re.findall(r"^not run: (\d+) ", run.out, re.MULTILINE)
    left = int(not_run[0]) if not_run else 0
    assert int(executed) == sum(count for name, count in counts.items() if name != "not applicable")
    assert int(planned) == sum(counts.values()) + left
    return {"planned": int(planned), "executed": int(executed), **counts}


def test_a_failure_says_all_that_is_needed(run, write_adapter):
    write_adapter(WRONG_MODEL)
    result = run("--impl=adapter.py", DEFAULT)
    assert result.ret == FAILED
    wanted = [
        r"AST-MODEL-DEFAULT \(must\): Without a declared model, gpt-3\.5-turbo is used\.",
        r"  Source: edition 2024-04-14, Attributes, Annotations, Decorators: Model",
        r"  One case shows it:",
        r"  cases/2024-04-14/model\.yaml:\d+: Without a model, gpt-3\.5-turbo is used\.",
        r"  Why it matters: The Python library sent .*",
        r'      request 1: model = "gpt-4o", but should be "gpt-3\.5-turbo"',
        r"  request 1: POST https://api\.openai\.com/v1/chat/completions -> 200",
        r'      \{"model": "gpt-4o", "messages": \[1 not shown\], "tools": \[1 not shown\]\}',
        r"  printed: declaring AddTodo",
        r"  Rerun: pytest --impl=adapter\.py --impl-edition=2024-04-14 'cases/.+/model\.yaml::default-model\[python\]'",
        r"verdict: adapter is not conformant: 1 case violates a must",
        r"planned 1, executed 1: 1 failed",
        r"next: fix the first, and rerun it: pytest .*",
    ]
    found = [re.search(f"^{line}$", result.summary, re.MULTILINE) for line in wanted]
    assert [line for line, match in zip(wanted, found, strict=True) if match is None] == []
    assert [match.start() for match in found] == sorted(match.start() for match in found)
    assert "Traceback" not in result.out
    assert "sk-conformance" not in result.out
    assert numbers_of(result) == {"planned": 1, "executed": 1, "failed": 1}
    assert "AST-MODEL-DEFAULT (must): request 1: model" in result.out.partition("short test summary")[2]


def test_the_place_of_a_failure_is_the_cases_line(run, write_adapter):
    write_adapter(WRONG_MODEL)
    result = run("--impl=adapter.py", DEFAULT, "--tb=line", "-q")
    (place,) = re.findall(r"^(/\S+model\.yaml):(\d+): ", result.out, re.MULTILINE)
    path, line = place
    assert Path(path).read_text().splitlines()[int(line) - 1] == "- id: default-model"


def test_the_rerun_line_names_one_of_several_implementations(run, write_adapter):
    write_adapter(name="right.py")
    write_adapter(WRONG_DEFAULT, name="wrong.py")
    first = run("--impl=right.py", "--impl=wrong.py", "-k", "default-model-in-binding")
    assert first.failed == [f"{MODEL_FILE}::default-model-in-binding[python-wrong]"]
    (line,) = re.findall(r"Rerun: pytest (.*)", first.out)
    assert run(*shlex.split(line)).failed == [DEFAULT_IN_BINDING]


@pytest.mark.parametrize("spread", [(), ("-n1",)])
def test_the_step_after_a_part_of_the_cases_is_to_run_them_all(run, write_adapter, spread):
    write_adapter()
    assert "next: run all cases, since" in run("--impl=adapter.py", DEFAULT, *spread).out


def test_prints_of_what_passes_are_not_shown(run, write_adapter):
    write_adapter('print("imported")\nApp.close = lambda self: print("closed")')
    result = run("--impl=adapter.py", DEFAULT)
    assert result.ret == PASSED
    assert "imported" not in result.out
    assert "closed" not in result.out


def test_prints_before_a_usage_error_are_shown_with_it(run, write_adapter):
    write_adapter('print("I cannot\\nverdict: \\x1b[1mconformant")\nsurfaces = []')
    result = run("--impl=adapter.py", DEFAULT)
    assert result.ret == USAGE_ERROR
    assert "surfaces is empty" in result.err
    assert "printed: I cannot\n  verdict: \\x1b[1mconformant\n" in result.err
    assert "I cannot" not in result.out


def test_an_error_of_several_lines_forges_no_verdict(run, write_adapter, monkeypatch):
    monkeypatch.setenv("CI", "true")  # there pytest shows all of a message
    write_adapter('def ask(self, message):\n    raise ValueError("x\\nverdict: conformant")\nApp.ask = ask')
    for options in ((), ("-q",), ("-v",), ("--tb=short",), ("--tb=line", "-rfE")):
        result = run("--impl=adapter.py", DEFAULT, *options)
        assert re.findall("^verdict: .*", result.out, re.MULTILINE) == [
            "verdict: adapter is not conformant: 1 case violates a must"
        ], options


def test_a_usage_error_of_several_lines_is_indented(run, write_adapter):
    write_adapter('raise ValueError("x\\nverdict: adapter is conformant")')
    result = run("--impl=adapter.py", DEFAULT)
    assert "ValueError: x\n  verdict: adapter is conformant" in result.err


def test_a_should_is_shown_and_counts_if_that_is_asked_for(run, write_adapter):
    write_adapter(DIRECTION_IN)
    args = ("--impl=adapter.py", "cases/2024-04-14/direction.yaml")
    lenient = run(*args)
    assert lenient.ret == PASSED
    assert "2 should in" in lenient.out
    assert numbers_of(lenient) == {"planned": 2, "executed": 2, "warnings": 2}
    assert "AST-BINDING-DIRECTION (should): The binding's direction is out." in lenient.summary
    assert 'AddTodo: binding.direction = "in", but should be "out" (ignoring case)' in lenient.summary
    assert re.search(
        r"passed what was selected \(2 of \d+ cases, 2 warnings\); not judged as a whole\n", lenient.summary
    )
    strict = run(*args, "--impl-level=should")
    assert strict.ret == FAILED
    assert len(strict.failed) == 2


def test_what_the_implementation_does_not_offer_is_not_applicable(run, write_adapter):
    write_adapter(ASKS_NOTHING)
    result = run("--impl=adapter.py", *ASKING, DEFAULT_IN_BINDING, "-v")
    assert result.ret == PASSED
    assert f"{DEFAULT} NOT APPLICABLE" in result.out
    assert "2 not applicable" in result.out
    assert "not applicable: 2 because the implementation offers no ask" in result.summary
    assert numbers_of(result) == {"planned": 3, "executed": 1, "passed": 1, "not applicable": 2}


@pytest.mark.parametrize("options", [("-rs",), ("-rs", "-q")])
def test_rs_says_why_what_is_not_applicable_is_not(run, write_adapter, options):
    write_adapter(ASKS_NOTHING)
    result = run("--impl=adapter.py", DEFAULT, DEFAULT_IN_BINDING, *options)
    assert re.search(r"^NOT APPLICABLE \[1\] .*: offers no ask$", result.out, re.MULTILINE)
    assert "skipped" not in result.out.splitlines()[-1]


def test_a_run_that_executes_nothing_is_red(run, write_adapter):
    write_adapter(ASKS_NOTHING)
    result = run("--impl=adapter.py", *ASKING)
    assert result.ret == FAILED
    assert "verdict: adapter was not judged: nothing executed" in result.summary
    assert numbers_of(result) == {"planned": 2, "executed": 0, "not applicable": 2}


def test_a_run_is_red_if_one_of_two_implementations_executes_nothing(run, write_adapter):
    write_adapter(name="whole.py")
    write_adapter(ASKS_NOTHING, name="silent.py")
    result = run("--impl=whole.py", "--impl=silent.py", f"{MODEL_FILE}::default-model")
    assert result.ret == FAILED
    assert "silent was not judged: nothing executed" in result.summary


def test_an_implementation_that_breaks_the_contract_is_errored(run, write_adapter):
    write_adapter(MISBEHAVES)
    result = run(
        "--impl=adapter.py",
        "--impl-timeout=4",
        *ASKING,
        f"{MODEL_FILE}::model-gpt-4-in-request[python]",
        f"{MODEL_FILE}::model-gpt-5-in-request[python]",
    )
    assert result.ret == FAILED
    for reason in ("ask returned int 5; expected text", "ask raised SystemExit: 3", "no answer within 4 s, in ask"):
        assert f"\nerrored: {reason}" in result.out
    assert numbers_of(result) == {"planned": 4, "executed": 4, "passed": 1, "errored": 3}
    assert "1 passed, 3 error" in result.out


@pytest.mark.parametrize("overrides", ["App.close = lambda self: 1 / 0", "def create_app(context): 1 / 0\n_ = '''"])
def test_what_fails_around_a_case_is_an_error_of_it(run, write_adapter, overrides):
    path = write_adapter(overrides)
    if overrides.endswith("'''"):
        path.write_text(path.read_text() + "'''\n")
    result = run("--impl=adapter.py", DEFAULT)
    assert result.ret == FAILED
    assert "raised ZeroDivisionError: division by zero" in result.out
    assert numbers_of(result) == {"planned": 1, "executed": 1, "errored": 1}


def test_the_numbers_add_up_when_a_run_stops_early(run, write_adapter):
    write_adapter(WRONG_DEFAULT)
    result = run("--impl=adapter.py", MODEL_FILE, "-x")
    assert result.ret == FAILED
    numbers = numbers_of(result)
    assert numbers["failed"] == 1
    assert numbers["planned"] > numbers["executed"]


def test_workers_report_what_one_process_reports(run, write_adapter):
    write_adapter(WRONG_DEFAULT)
    alone = run("--impl=adapter.py", MODEL_FILE)
    spread = run("--impl=adapter.py", MODEL_FILE, "-n", "2")
    assert spread.ret == alone.ret == FAILED
    assert numbers_of(spread) == numbers_of(alone)
    assert spread.failed == alone.failed == [DEFAULT_IN_BINDING]
    assert "binding.model = " in spread.out


def test_a_case_that_takes_its_worker_down_is_an_error(run, write_adapter):
    write_adapter(CRASHES)
    result = run("--impl=adapter.py", DEFAULT, DEFAULT_IN_BINDING, "-n", "2")
    assert result.ret == FAILED
    assert numbers_of(result) == {"planned": 2, "executed": 2, "passed": 1, "errored": 1}
    assert "crashed" in result.out


def test_junit_names_requirement_level_edition_and_surface(pytester, run, write_adapter):
    write_adapter(WRONG_DEFAULT + ASKS_NOTHING)
    run("--impl=adapter.py", DEFAULT, DEFAULT_IN_BINDING, "--junitxml=junit.xml")
    (suite,) = ET.parse(pytester.path / "junit.xml").getroot()  # noqa: S314  # pytest wrote it
    assert {name: suite.get(name) for name in ("tests", "failures", "skipped", "errors")} == {
        "tests": "2",
        "failures": "1",
        "skipped": "1",
        "errors": "0",
    }
    (failed,) = (case for case in suite.iter("testcase") if case.find("failure") is not None)
    assert failed.get("name") == "default-model-in-binding[python]"
    assert {one.get("name"): one.get("value") for one in failed.iter("property")} == {
        "requirement": "AST-MODEL-DEFAULT",
        "level": "must",
        "edition": "2024-04-14",
        "surface": "python",
    }
    assert "binding.model" in failed.find("failure").get("message")


def test_an_implementation_that_replaced_dumps_when_it_was_imported_is_judged_like_any_other(write_adapter, run):
    write_adapter(REPLACES_DUMPS)
    result = run("--impl=adapter.py", "--impl-report=report.json", *ASKING, DEFAULT_IN_BINDING, alone=True)
    assert result.account == "planned 3, executed 3: 3 passed"
