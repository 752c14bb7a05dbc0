"""The verdict on the real library: what it is known to do wrong fails, for that reason, and nothing else does."""

import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

import pytest

try:
    LIBRARY = version("azure-functions")
except PackageNotFoundError:
    pytest.skip("azure-functions is not installed", allow_module_level=True)

RELEASE = tuple(int(part) for part in LIBRARY.split(".")[:2])
DIRECTION = ("AST-BINDING-DIRECTION", '"IN"')
NO_DESCRIPTION = ("AST-DECLARATION-DESCRIPTION-REQUIRED", "accepted without functionDescription")

KNOWN = {
    # Every trigger gets the direction that the Functions host takes; the first edition of the documentation says out.
    ("2024-04-14", "direction-in-binding"): DIRECTION,
    ("2024-04-14", "direction-in-every-binding"): DIRECTION,
    ("2024-04-14", "AST-BINDING-DIRECTION"): DIRECTION,
    # The second edition documents generic_trigger, which takes any keywords: nothing can be missing.
    ("2025-05-15", "description-omitted"): NO_DESCRIPTION,
    ("2025-05-15", "description-omitted-from-second-skill"): NO_DESCRIPTION,
    ("2025-05-15", "description-omitted-from-third-skill"): NO_DESCRIPTION,
    ("2025-05-15", "AST-DECLARATION-DESCRIPTION-REQUIRED"): (NO_DESCRIPTION[0], "accepted without a description"),
}
if RELEASE < (1, 24):
    # The name of the enum's member in place of its value.
    KNOWN["2024-04-14", "default-model-in-binding"] = ("AST-MODEL-DEFAULT", '"DefaultChatModel"')


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """Judge the library by both editions; give the exit code and the run's report."""
    folder = tmp_path_factory.mktemp("judged")
    command = [sys.executable, "-m", "pytest", "--impl=conformance.adapters.azure_functions", "--impl-edition=all"]
    report = "--impl-report=report.json"
    done = subprocess.run([*command, report], cwd=folder, capture_output=True, check=False)  # noqa: S603  # our own
    (run,) = json.loads((folder / "report.json").read_text("utf-8"))["runs"]
    return done.returncode, run


def test_judges_the_installed_version_by_both_editions(judged):
    _, run = judged
    assert run["version"] == LIBRARY
    assert run["editions"] == ["2024-04-14", "2025-05-15"]
    assert {result["surface"] for result in run["results"]} == {"python"}


def test_fails_exactly_what_it_is_known_to_do_wrong(judged):
    _, run = judged
    failed = {(one["edition"], one["case"]): one["findings"] for one in run["results"] if one["outcome"] == "failed"}
    assert failed.keys() == KNOWN.keys()
    for case, findings in failed.items():
        assert {(finding["requirement"], finding["got"]) for finding in findings} == {KNOWN[case]}


def test_errs_nowhere_and_leaves_the_conversation_out(judged):
    _, run = judged
    outcomes = {one["outcome"] for one in run["results"]}
    assert outcomes == {"passed", "failed", "not applicable"}
    reasons = {one["reason"] for one in run["results"] if one["outcome"] == "not applicable"}
    assert reasons == {"offers no ask"}
    assert run["not_run"] == []


def test_the_run_is_red_for_the_model_alone(judged):
    """The other two are no more than a should."""
    status, run = judged
    levels = {finding["level"] for one in run["results"] for finding in one["findings"]}
    assert levels == ({"must", "should"} if RELEASE < (1, 24) else {"should"})
    assert status == (1 if RELEASE < (1, 24) else 0)
