"""A whole run of pytest stays in order: its exit status, what it prints, and the time that it takes."""

import os

import pytest
from judging_misbehaviour import MISBEHAVING, REMOTE, runs

CASE = ("-k", "call-runs-the-function", "-p", "no:cacheprovider")
LOOPBACK = "--impl-transport=loopback"
SECRET = "the-callers-very-secret-token"


@pytest.fixture
def run(pytester, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(MISBEHAVING), *filter(None, [os.environ.get("PYTHONPATH")])]))
    monkeypatch.setenv("GITHUB_TOKEN", SECRET)
    monkeypatch.setenv("MISBEHAVIOUR_NOTES", str(pytester.path / "notes"))

    def run(*arguments):
        # An implementation that is not stopped holds a run for an hour.
        result = pytester.runpytest_subprocess(*CASE, *arguments, timeout=120)
        assert SECRET not in result.stdout.str() + result.stderr.str()
        assert "INTERNALERROR" not in result.stdout.str() + result.stderr.str()
        return result

    return run


def local(habit):
    return f"--impl=local_misbehaviour:does_{habit}"


def remote(habit):
    return f"--impl={REMOTE} {habit}"


def test_a_program_that_behaves_is_judged(run):
    result = run(remote("behave"))
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["misbehaving 1, edition 2024-04-14", "planned 4, executed 4: 4 passed"])


def test_an_implementation_whose_client_is_not_httpx_is_judged(run):
    result = run(local("behave"), LOOPBACK)
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["planned 4, executed 4: 4 passed"])


def test_a_program_that_exits_errs_in_its_case(run):
    result = run(remote("exit-at-once java"), "-n2")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            "*errored: ask got no answer: it exited with status 3",
            "*note: standard error ends: leaving now",
            "*Rerun: pytest *call-runs-the-function[[]java[]]'",
            "planned 4, executed 4: 3 passed, 1 errored",
        ]
    )


def test_a_program_that_is_silent_always_is_given_up(run):
    result = run(remote("hang-in-every-call"), "--impl-timeout=0.1", "-k", "python and declaration")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            "errored: no answer within 0.1 s, in *",
            "not run: * cases, since 10 cases in a row gave no answer in time",
            "verdict: *: * errored, * not run",
            "=* deselected, * not run*",
        ]
    )


@pytest.mark.parametrize(
    ("habit", "message"),
    [("die-at-once", "*initialize: got no answer: it exited with status 1*"), ("offer-nothing", "*capabilities = *")],
)
def test_a_program_that_cannot_be_judged_is_a_usage_error(habit, message, run):
    result = run(remote(habit))
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: --impl=exec:*{message}"])
    assert "conformance/_remote.py" not in result.stderr.str()


def test_ctrl_c_of_an_implementation_is_not_the_users(run):
    result = run(local("press_ctrl_c_on_java"), LOOPBACK)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        ["*errored: ask raised KeyboardInterrupt", "planned 4, executed 4: 3 passed, 1 errored"]
    )


def test_a_case_that_takes_its_worker_down_is_errored(run, pytester):
    """In the process of the run nothing can survive that; pytest-xdist replaces its worker."""
    result = run(local("segfault_on_java"), LOOPBACK, "-n1", "--impl-report=report.json")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["planned 4, executed 4: 3 passed, 1 errored"])
    report = (pytester.path / "report.json").read_text()
    assert "no result: worker 'gw0' crashed while running 'cases/2024-04-14/conversation.yaml" in report
    assert "with --impl-isolate it runs in a separate process" in report


def test_what_ends_the_run_is_named_with_its_case(run):
    result = run(local("exit_at_once_on_java"), LOOPBACK)
    assert result.ret == 3
    result.stdout.fnmatch_lines(
        ["os._exit(3) ended this run in cases/*::call-runs-the-function[[]java[]]*; *--impl-isolate*"]
    )


def test_what_ends_the_run_does_not_end_it_well(run):
    result = run(local("exit_well_on_java"), LOOPBACK)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["os._exit(0) ended this run in cases/*::call-runs-the-function[[]java[]]*"])


@pytest.mark.parametrize("workers", [(), ("-n2",)])
def test_what_ends_the_run_while_it_is_loaded_does_not_end_it_well(run, pytester, workers, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # of this test
    pytester.makepyfile(leaving="import os\nos._exit(0)")
    result = run("--impl=leaving.py", *workers)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stderr.fnmatch_lines(["os._exit(0) ended this run while an implementation was loaded; *--impl-isolate*"])


@pytest.mark.parametrize("handler", ["os._exit, 0", "lambda: os._exit(0)"])
@pytest.mark.parametrize("workers", [(), ("-n2",)])
def test_an_exit_handler_does_not_make_a_red_run_green(run, pytester, handler, workers):
    pytester.makepyfile(
        leaving="import atexit, os\nfrom local_misbehaviour import does_raise_base_error_on_python as red\n"
        f"atexit.register({handler})\nsurfaces, create_app = red.surfaces, red.create_app\n"
    )
    result = run("--impl=leaving.py", LOOPBACK, *workers)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["planned *, executed *: * errored*"])


def test_what_would_end_the_run_costs_its_case_in_a_process_of_its_own(run):
    result = run(local("exit_at_once_on_java"), LOOPBACK, "--impl-isolate", "-n2")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            "*errored: ask got no answer: it exited with status 3",
            "*Rerun: pytest *--impl-isolate*call-runs-the-function[[]java[]]'",
            "planned 4, executed 4: 3 passed, 1 errored",
        ]
    )


def test_children_of_an_isolated_implementation_do_not_outlive_the_run(run, pytester):
    run(local("leave_child_on_java"), LOOPBACK, "--impl-isolate")
    (pid,) = map(int, (pytester.path / "notes").read_text().split())
    assert not runs(pid)


def test_a_thread_that_never_ends_does_not_hold_the_run(run):
    result = run(local("leave_a_thread_for_ever_on_java"), LOOPBACK)
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["planned 4, executed 4: 4 passed"])
    result.stderr.fnmatch_lines(
        ["a thread of the implementation (left) kept this process alive for 3 s*--impl-isolate*"]
    )


def test_a_thread_that_never_ends_does_not_hold_a_failing_run(run):
    result = run(local("leave_a_thread_for_ever_on_java"), LOOPBACK, "-k", "python or java", "--maxfail=3")
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_a_flood_is_cut_to_its_end(run):
    result = run(local("flood_on_java"), LOOPBACK, "-rA")
    assert result.ret == pytest.ExitCode.OK
    assert len(result.stdout.str()) < 100_000


def test_what_a_program_writes_is_shown_with_its_failures_only(run):
    """The implementation knows no model but one, which is wrong in one of these two cases: that has two prompts."""
    result = run(remote("mumble python"), "-k", "python and (call-runs-the-function or model-in-every-request)")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert result.stdout.str().count("thinking") == 2
    result.stdout.fnmatch_lines(["  printed: thinking", "    thinking", "  Rerun: *model-in-every-request*"])


def test_secrets_that_an_implementation_finds_are_not_shown(run, pytester):
    """A program may read its parent's environment where the system lets it."""
    result = run(remote("print-the-environment-of-its-parent java"), "--impl-report=report.json", "--impl-timeout=2")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*note: standard error ends: *GITHUB_TOKEN=[[]redacted]*"])
    report = (pytester.path / "report.json").read_text()
    assert SECRET not in report
    assert "GITHUB_TOKEN" in report


def test_children_do_not_outlive_the_run(run, pytester):
    run(remote("leave-children java"))
    run(local("leave_child_on_java"), LOOPBACK)
    pids = (pytester.path / "notes").read_text().split()
    assert len(pids) == 3
    assert not any(runs(int(pid)) for pid in pids)
