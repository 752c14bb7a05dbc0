"""Odd names, odd options and odd implementations: a clear answer, and nothing that gets lost."""

import pytest

MODEL_FILE = "cases/2024-04-14/model.yaml"
CASE = f"{MODEL_FILE}::default-model[python]"
BINDING_CASE = f"{MODEL_FILE}::default-model-in-binding[python]"
PASSED, FAILED, USAGE_ERROR = 0, 1, 4

ANY_CLIENT = "(--impl-transport=loopback serves any client, not only those on httpx and httpx2)"
ADD_LOOPBACK = "next: if your client is not on httpx or httpx2, add --impl-transport=loopback\n      or fix the first"

UNPRINTABLE = r"""
def ask(self, message):
    raise ValueError("half \ud83d of it, \x1b[31mred\x00")
App.ask = ask
"""


def test_the_name_of_an_adapter_may_be_anything(run, write_adapter):
    write_adapter(name="a b/ünï cödé/json.py")
    result = run("--impl=a b/ünï cödé/json.py", CASE)
    assert result.ret == PASSED
    assert "json, edition 2024-04-14" in result.out


@pytest.mark.parametrize(
    "options",
    [
        ["-W", "error", "-p", "no:cacheprovider", "--import-mode=importlib"],
        ["-p", "no:capture", "-p", "no:terminal"],
        ["-p", "no:xdist", "-s", "--rootdir=.", "--no-summary", "--tb=no"],
        ["-p", "no:syrupy", "-p", "no:respx", "-p", "no:anyio"],
    ],
    ids=" ".join,
)
def test_pytests_options_change_no_verdict(run, write_adapter, options):
    write_adapter(UNPRINTABLE)
    assert run("--impl=adapter.py", CASE, BINDING_CASE, *options).ret == FAILED


def test_a_folder_that_cannot_be_written_is_fine(pytester, run, write_adapter):
    write_adapter(name="closed/adapter.py")
    folder = pytester.path / "closed"
    folder.chmod(0o555)
    try:
        pytester.chdir()
        result = run("--impl=closed/adapter.py", "--rootdir=closed", "-c", "/dev/null", CASE)
    finally:
        folder.chmod(0o755)
    assert result.ret == PASSED


@pytest.mark.parametrize("options", [[], ["-n", "2"]], ids=["alone", "spread"])
def test_an_error_that_cannot_be_printed_is_shown_and_counts(run, write_adapter, options):
    write_adapter(UNPRINTABLE)
    result = run("--impl=adapter.py", CASE, *options)
    assert result.ret == FAILED
    assert result.account == "planned 1, executed 1: 1 failed"
    assert r"ask raised ValueError: half \ud83d of it, \x1b[31mred\x00: number of chat requests = 0" in result.out


def test_a_run_in_which_a_case_got_lost_is_red(pytester, run, write_adapter):
    write_adapter()
    pytester.makeconftest("def pytest_runtest_protocol(item): return 'model-omitted' in item.name or None")
    result = run("--impl=adapter.py", CASE, f"{MODEL_FILE}::model-omitted[python]")
    assert result.ret == FAILED
    assert result.account == "planned 2, executed 1: 1 passed"
    assert "verdict: adapter was not judged to the end: 1 not run" in result.summary


@pytest.mark.parametrize("options", [[], ["-n", "1"]], ids=["alone", "spread"])
@pytest.mark.parametrize("before", ["", "yield; "])
def test_a_fixture_that_fails_for_every_test_is_an_error_of_every_case(pytester, run, write_adapter, before, options):
    write_adapter()
    raising = f"def database(): {before}raise RuntimeError('none')"
    pytester.makeconftest(f"import pytest\n@pytest.fixture(autouse=True)\n{raising}")
    result = run("--impl=adapter.py", CASE, BINDING_CASE, *options)
    assert result.ret == FAILED
    assert result.account == "planned 2, executed 2: 2 errored"
    said = "no result: a fixture of your tests failed: RuntimeError: none [conftest.py:3 in database]"
    assert result.summary.count(f"errored: {said}\n") == 1
    assert "--impl-isolate" not in result.summary


def test_an_interrupt_by_the_implementation_does_not_end_the_run(run, write_adapter):
    write_adapter("def ask(self, message): raise KeyboardInterrupt\nApp.ask = ask")
    result = run("--impl=adapter.py", CASE, BINDING_CASE)
    assert result.ret == FAILED
    assert "errored: ask raised KeyboardInterrupt" in result.out
    assert result.account == "planned 2, executed 2: 1 passed, 1 errored"


def test_what_an_implementation_does_to_the_process_is_undone(run, write_adapter):
    write_adapter(
        """
        import os, shutil, sys, tempfile
        def ask(self, message, original=App.ask):
            folder = tempfile.mkdtemp()
            os.chdir(folder)
            shutil.rmtree(folder)
            os.environ.clear()
            sys.stdout = None
            return original(self, message)
        App.ask = ask
        """
    )
    result = run("--impl=adapter.py", CASE, BINDING_CASE)
    assert result.ret == PASSED
    assert result.account == "planned 2, executed 2: 2 passed"


def test_a_coroutine_is_no_reply(run, write_adapter):
    write_adapter("async def ask(self, message): return 'Hello.'\nApp.ask = lambda self, message: ask(self, message)")
    result = run("--impl=adapter.py", CASE)
    assert result.ret == FAILED
    assert "errored: ask returned coroutine" in result.out
    assert "expected text" in result.out


@pytest.mark.parametrize("path", ["no/such/test_file.py", "../elsewhere", "cases/2024-04-14/no-such.yaml"])
def test_a_path_that_does_not_exist_is_a_usage_error(run, path):
    result = run("--impl=reference_impl", path)
    assert result.ret == USAGE_ERROR
    assert "planned" not in result.out


def test_the_working_folder_as_a_path_means_its_own_tests(pytester, run):
    pytester.makepyfile("def test_own(): pass")
    result = run("--impl=reference_impl", ".")
    assert result.ret == USAGE_ERROR
    assert "no case is selected by .; expected paths of cases too (cases explore), or no path" in result.err


def test_a_connection_elsewhere_is_blocked_and_told(run, write_adapter):
    write_adapter(
        """
        import urllib.request
        def ask(self, message):
            try:
                return urllib.request.urlopen("http://192.0.2.1/", timeout=1).read().decode()
            except OSError:
                return "I am offline."
        App.ask = ask
        """
    )
    result = run("--impl=adapter.py", CASE)
    assert result.ret == FAILED
    assert f"note: a connection to 192.0.2.1:80 was blocked {ANY_CLIENT}" in result.out
    assert "number of chat requests = 0, but should be 1" in result.out
    assert ADD_LOOPBACK in result.out


NEEDS_BASE_URL = """
class App(App):
    def __init__(self, app):
        self._url = app.settings["OPENAI_BASE_URL"]
        super().__init__(app)
"""


@pytest.mark.parametrize("kind", [(), ("--impl-isolate",)], ids=" ".join)
def test_a_client_that_needs_a_base_url_is_told_which_option_sets_it(run, write_adapter, kind):
    write_adapter(NEEDS_BASE_URL)
    result = run("--impl=adapter.py", CASE, *kind)
    assert f"note: OPENAI_BASE_URL is not set where requests are intercepted {ANY_CLIENT}" in result.out
    assert ADD_LOOPBACK in result.out
    assert run("--impl=adapter.py", CASE, "--impl-transport=loopback", *kind).ret == PASSED


WARNS = """
import warnings

class Leftover:
    pass

class App(App):
    def add_skill(self, skill):
        warnings.warn("this is a preview")
        left = Leftover()
        left.itself, left.file = left, open(__file__)  # is closed when it is collected as garbage
        super().add_skill(skill)
"""


def test_a_warning_of_the_implementation_is_not_an_error_of_a_case(run, write_adapter, pytester):
    pytester.makeini("[pytest]\nfilterwarnings = error")
    write_adapter(WARNS)
    result = run("--impl=adapter.py", "--impl-surface=python", "--impl-explore=10", "-k", "TOOL or model", alone=True)
    assert result.ret == PASSED, result.out
    assert "this is a preview" in result.out
    assert "Traceback" not in result.err
