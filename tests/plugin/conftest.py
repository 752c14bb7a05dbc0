"""Runs of pytest with `--impl`, against adapters that a test writes."""

import re
import textwrap
from pathlib import Path

import hypothesis.strategies  # noqa: F401
import openai
import pytest

import conformance._apps
import conformance._exploration.law_case
import conformance._transport.interception
import conformance.plugin.run
import conformance.plugin.search
import conformance.plugin.snapshots  # noqa: F401
import reference_impl.openai_client

# Loaded once: pytester forgets what a run in this process loads, which takes as long as many a test, and the client
# that the reference keeps would not be forgotten.
openai.OpenAI(api_key="sk-none").chat.completions  # noqa: B018
reference_impl.openai_client._http_client()  # noqa: SLF001

ADAPTER = """
import sys

sys.path.append({folder!r})

from light_client import LightClient

from reference_impl import ConformanceApp, FunctionApp

surfaces = ["python"]

class App:
    def __init__(self, app):
        self._app = app
        self._whole = ConformanceApp(app)
        self._whole._assistant._client = LightClient(app.settings)
        self.construct = self._whole.construct

    def add_skill(self, skill):
        self._whole.add_skill(skill)

    def bindings(self):
        return self._whole.bindings()

    def ask(self, message):
        return self._whole.ask(message)

{overrides}
def create_app(context):
    return App(FunctionApp(context.environment, edition=context.edition, surface=context.surface))
"""


@pytest.fixture
def write_adapter(pytester):
    """Write an adapter: the reference implementation, but for its client and what the text makes of `App`."""

    def write(overrides="", name="adapter.py"):
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ADAPTER.format(overrides=textwrap.dedent(overrides), folder=str(Path(__file__).parent)))
        return path

    return write


class Run:
    """What came of a run of pytest."""

    def __init__(self, result):
        self.ret = int(result.ret)
        self.out = result.stdout.str()
        self.err = result.stderr.str()
        self.summary = self.out.rpartition("= conformance =")[2]

    @property
    def account(self):
        """The numbers of the line that adds up: planned, executed, and each outcome."""
        (line,) = re.findall(r"^planned .*$", self.out, re.MULTILINE)
        return line

    @property
    def failed(self):
        """The node ids of what failed or was errored, by pytest's own short summary."""
        return re.findall(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", self.out, re.MULTILINE)

    @property
    def collected(self):
        """The node ids that `--collect-only -q` lists."""
        return re.findall(r"^\S+::\S+$", self.out, re.MULTILINE)


@pytest.fixture
def run(pytester, monkeypatch):
    """Run pytest in the folder of the test, the cases in the order of their files.

    It runs in this process, which spares a second for each test; `alone` gives it one of its own, as -n does.
    """
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)  # the run does not belong to the one that tests it

    def run(*args, order="no:randomly", alone=False):
        # -r asks for the lines of pytest's short summary, which the digest takes the place of.
        summary = () if "no:terminal" in args else ("-rEf",)
        command = ("-p", order, *summary, *args)
        if alone or any(str(arg).startswith("-n") for arg in args):
            return Run(pytester.runpytest_subprocess(*command, timeout=120))
        return Run(pytester.runpytest_inprocess(*command))

    return run


@pytest.fixture
def collect(pytester):
    """Collect the cases of the reference implementation, in this process, and return their node ids."""

    def collect(*args):
        own = ("-p", "no:randomly", "--impl=reference_impl", "--collect-only", "-q")
        result = Run(pytester.runpytest_inprocess(*own, *args))
        assert result.ret == 0, result.out + result.err
        return result.collected

    return collect
