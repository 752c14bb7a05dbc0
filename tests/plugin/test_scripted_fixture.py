"""The fixture `scripted_openai`: a test that uses it fails where it is wrong, once, and says what was said."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "testing.md").read_text("utf-8")
EXAMPLE = ROOT / "docs" / "example" / "test_todo_skills.py"

TESTS = """
import openai
import pytest
from conformance.testing import tool_call

def ask(model="gpt-4o"):
    messages = [{"role": "user", "content": "Hi"}]
    client = openai.OpenAI(max_retries=0)
    return client.chat.completions.create(model=model, messages=messages).choices[0].message.content

@pytest.fixture
def greeting(scripted_openai):
    return scripted_openai("Hello.")

def test_passes(scripted_openai):
    service = scripted_openai("Hello.")
    assert ask() == "Hello."
    service.assert_asked("Hi")

def test_passes_in_a_fixture(greeting):
    assert ask() == "Hello."

def test_starts_two(scripted_openai):
    scripted_openai("First.")
    assert ask() == "First."
    scripted_openai("Second.", transport="loopback")
    assert ask() == "Second."

class TestInAClass:
    def test_leaves_a_reply(self, scripted_openai):
        scripted_openai("Hello.", "Never asked for.")
        ask()

def test_is_refused(scripted_openai):
    scripted_openai()
    with pytest.raises(openai.NotFoundError):
        ask("gpt-99")

def test_fails_on_its_own(scripted_openai):
    scripted_openai("Hello.", "Never asked for.")
    assert ask() == "Good evening."

def test_does_not_use_it(request):
    import os
    assert "sk-scripted" not in os.environ.values()
"""


@pytest.fixture
def result(pytester, run):
    pytester.makepyfile(TESTS)
    return run()


def test_a_test_fails_in_its_call_and_once(result):
    assert re.search(r"3 failed, 4 passed in", result.out)
    assert "ERROR at" not in result.out
    failed = [node_id.partition("::")[2] for node_id in result.failed]
    assert failed == ["TestInAClass::test_leaves_a_reply", "test_is_refused", "test_fails_on_its_own"]


def test_a_failure_says_what_was_said(result):
    blocks = re.split(r"^_{3,} (\S+) _{3,}$", result.out, flags=re.MULTILINE)
    shown = dict(zip(blocks[1::2], blocks[2::2], strict=True))
    left = shown["TestInAClass.test_leaves_a_reply"]
    assert 'a reply was never requested: "Never asked for."' in left
    assert "request 1 was refused with 404 model_not_found" in shown["test_is_refused"]
    own = shown["test_fails_on_its_own"]
    assert "Good evening." in own
    assert "what was said to the scripted service:" in own
    assert 'answered: "Hello."' in own
    assert "never requested" not in own.partition("what was said")[2]
    for block in (left, shown["test_is_refused"]):
        assert "conformance/testing" not in block  # the traceback ends in the test


def test_the_example_of_the_page_passes(pytester, run):
    result = run(str(EXAMPLE), f"--rootdir={pytester.path}", "-p", "no:cacheprovider")
    assert result.ret == 0, result.out
    assert "3 passed" in result.out


def test_the_page_shows_the_example():
    text = EXAMPLE.read_text("utf-8")
    block = re.search(r"```python\n(from conformance.testing import tool_call\n.*?)```", PAGE, re.DOTALL)[1]
    assert [part for part in block.strip().split("\n\n\n") if part not in text] == []


def test_the_page_names_every_public_name():
    testing = pytest.importorskip("conformance.testing")
    told = {"AskedRequest", "ModelReply", "StartScriptedOpenAI", "ScriptedOpenAI", "ToolCall"}  # types of what it names
    assert {name for name in testing.__all__ if name not in PAGE} <= told
    members = [name for name in vars(testing.ScriptedOpenAI) if not name.startswith("_")]
    assert [name for name in members if f"service.{name}" not in PAGE and name not in {"check", "explain"}] == []
