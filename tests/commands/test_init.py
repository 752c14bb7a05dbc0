"""The command init; what it writes for TypeScript and Java is built in tests/node and tests/java."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import conformance
from conformance.__main__ import main
from conformance._targets.loading import load_target
from conformance.commands.init_command import SCAFFOLDS
from conformance.contract import SURFACES

FIRST = {
    "csharp": "Adapter.cs",
    "java": "pom.xml",
    "javascript": "adapter.mjs",
    "powershell": "host.json",
    "python": "adapter.py",
    "typescript": "protocol.d.mts",
}
"""One of the files that are written for each language."""


def test_there_is_a_scaffold_for_every_documented_language():
    assert {surface.partition("-")[0] for surface in SURFACES} == SCAFFOLDS.keys() == FIRST.keys()


@pytest.mark.parametrize("language", SCAFFOLDS)
def test_says_what_to_fill_in_and_what_to_run_then(language, tmp_path, capsys):
    assert main(["init", language, str(tmp_path / "new")]) == 0
    said = capsys.readouterr().out
    assert said.count("FILL IN") >= 4
    for path, number, line in re.findall(r"^  (.+?):(\d+): (.*)$", said, re.MULTILINE):
        assert Path(path).read_text("utf-8").splitlines()[int(number) - 1].strip() == line
    *_, last = said.splitlines()
    assert last.startswith("  pytest --impl=")


def test_reports_tell_runs_of_the_scaffold_for_python_apart(tmp_path):
    assert main(["init", "python", str(tmp_path)]) == 0
    assert load_target(str(tmp_path / "adapter.py")).version == "0.0.0"


@pytest.mark.parametrize("language", SCAFFOLDS)
def test_overwrites_nothing(language, tmp_path, capsys):
    mine = tmp_path / FIRST[language]
    mine.write_text("mine")
    assert main(["init", language, str(tmp_path)]) == 2
    assert f"{mine}: the file exists; expected a folder without it" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [mine]
    assert mine.read_text() == "mine"


def test_says_that_a_folder_cannot_be_written(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["init", "python", str(tmp_path / "file" / "folder")]) == 2
    assert "expected a folder that can be written" in capsys.readouterr().err


@pytest.fixture
def follow(tmp_path, capsys):
    """Write a scaffold, and run every command that is printed, as a new user does."""

    def follow(language):
        assert main(["init", language, str(tmp_path)]) == 0
        said = capsys.readouterr().out
        commands = re.findall(r"^  (.*)$", said.partition(f"Run this in {tmp_path}")[2], re.MULTILINE)
        assert len(commands) == (1 if language == "powershell" else 2) + bool(SCAFFOLDS[language].build)
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        for command in commands:
            done = subprocess.run(  # noqa: S602  # what the user is told to type
                command,
                shell=True,
                cwd=tmp_path,
                env={**os.environ, "PATH": path},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}{done.stderr[-1000:]}"
        return done.stdout

    return follow


@pytest.mark.parametrize(
    ("language", "tool"), [("python", "python"), ("javascript", "node"), ("powershell", "python"), ("csharp", "dotnet")]
)
def test_whoever_follows_what_is_printed_ends_with_a_green_run(language, tool, follow):
    if shutil.which(tool) is None and tool != "python":
        pytest.skip(f"{tool} is not installed")
    assert re.search(r"^\d+ passed", follow(language).splitlines()[-1].strip("= "))


@pytest.fixture
def judge_scaffold(pytester):
    """Write a scaffold, run the commands that are told, and judge it by both editions at level should."""

    def judge(language, edition="all"):
        assert main(["init", language, str(pytester.path)]) == 0
        implementation = SCAFFOLDS[language].implementation
        if not implementation.startswith("app:"):
            smoke = pytester.run(sys.executable, "-m", "conformance", "smoke", implementation)
            assert (smoke.ret, smoke.outlines[-2]) == (0, "answers: offers no ask")
        options = (f"--impl={implementation}", f"--impl-edition={edition}", "--impl-level=should")
        return pytester.runpytest_subprocess("-p", "no:randomly", "-q", *options).ret

    return judge


def test_the_first_run_in_python_is_green(judge_scaffold):
    assert judge_scaffold("python") == 0


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_the_first_run_in_javascript_is_green(judge_scaffold):
    assert judge_scaffold("javascript") == 0


def test_the_first_run_of_a_powershell_app_is_green(judge_scaffold):
    assert judge_scaffold("powershell", "2025-05-15") == 0


def test_the_files_for_csharp_agree(tmp_path):
    """Where there is no .NET nothing compiles what is written; the scheduled workflow does."""
    package = Path(conformance.__file__).parent
    assert main(["init", "csharp", str(tmp_path)]) == 0
    assert (tmp_path / "Peer.cs").read_text() == (package / "adapters/dotnet/Peer.cs").read_text()
    ET.parse(tmp_path / "Adapter.csproj")  # noqa: S314  # our own file
    program = (tmp_path / "Adapter.cs").read_text()
    methods = json.loads((package / "protocol.schema.json").read_text())["$defs"]["call"]["oneOf"]
    served = {method["properties"]["method"]["const"] for method in methods}
    assert {name for name in served if f'"{name}"' in program} == served
    for left, right in ("{}", "()", "[]"):
        assert program.count(left) == program.count(right)
