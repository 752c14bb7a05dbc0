"""Builds sdist and wheel, installs the wheel into a fresh environment, and uses it from an empty folder.

Run as `python tests/package/use_the_wheel.py FOLDER`; needs the packages `build` and `uv`. What a user does after
`pip install` is done here: the main job, an adapter written by hand, and a failure that is to be seen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]

UV = (sys.executable, "-m", "uv")

ADAPTER = '''
"""An adapter as the README tells to write one, for an implementation that only declares."""

surfaces = ["python"]
editions = ["2024-04-14"]


def create_app(context):
    return App()


class App:
    construct = "assistant_skill_trigger"

    def __init__(self):
        self.declared = {}

    def add_skill(self, skill):
        trigger = dict(skill.trigger)
        binding = {
            "type": "AssistantSkillTrigger",
            "direction": "DIRECTION",
            "name": skill.argument.name,
            "functionName": trigger.pop("function_name", skill.name),
            "functionDescription": trigger.pop("function_description"),
        }
        if "parameter_description_json" in trigger:
            binding["parameterDescriptionJson"] = trigger.pop("parameter_description_json")
        binding["model"] = trigger.pop("model", "gpt-3.5-turbo")
        if trigger or skill.name in self.declared:
            raise ValueError("an unknown parameter, or a second function of that name")
        self.declared[skill.name] = [binding]

    def bindings(self):
        return self.declared
'''


def main(folder: Path) -> None:
    """Do it all in `folder`; raise for the first thing that is not as it is to be."""
    shutil.rmtree(folder, ignore_errors=True)
    empty = folder / "empty"
    empty.mkdir(parents=True)
    run(sys.executable, "-m", "build", "--installer", "uv", "--outdir", str(folder / "dist"), str(ROOT), cwd=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    check_contents(wheel, sdist)

    place = folder / "venv"
    run(*UV, "venv", "--quiet", "--python", sys.executable, str(place), cwd=empty)
    run(*UV, "pip", "install", "--quiet", "--python", str(place / "bin" / "python"), str(wheel), cwd=empty)
    pytest = str(place / "bin" / "pytest")

    expect("planned", run(pytest, "--impl=reference_impl", cwd=empty))
    expect("passed", run(pytest, "--impl=reference_impl", "--impl-edition=2025-05-15", cwd=empty))
    (empty / "adapter.py").write_text(ADAPTER.replace("DIRECTION", "out"), "utf-8")
    expect("offers no ask", run(pytest, "--impl=adapter.py", "--impl-level=should", cwd=empty))
    (empty / "wrong.py").write_text(ADAPTER.replace("DIRECTION", "sideways"), "utf-8")
    wrong = ("--impl=wrong.py", "--impl-level=should")
    expect('direction = "sideways", but should be "out"', run(pytest, *wrong, cwd=empty, status=1))
    expect("expected a module on sys.path", run(pytest, "--impl=nowhere", cwd=empty, status=4))
    expect("no tests ran", run(pytest, cwd=empty, status=5))
    print("The wheel works.")

    use_the_action(empty, folder / "action")
    print("The action works.")


def use_the_action(workspace: Path, folder: Path) -> None:
    """Run the shell steps of action.yml as GitHub would, for an adapter that is wrong."""
    folder.mkdir()
    inputs = {
        "SUITE": str(ROOT),
        "VENV": str(folder / "venv"),
        "PYTHON": sys.executable,
        "REQUIREMENTS": "",
        "IMPL": "adapter.py\nwrong.py",
        "EDITION": "2024-04-14",
        "LEVEL": "should",
        "BASELINE": "",
        "SNAPSHOTS": "false",
        "REPORTS": "reports",
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
    }
    step = ("bash", str(ROOT / ".ci" / "action"))
    run(*step, "install", cwd=workspace, variables=inputs)
    run(*step, "judge", cwd=workspace, variables=inputs, status=1)
    annotations = run(*step, "tell", cwd=workspace, variables=inputs)
    expect("::error file=wrong.py,line=1,title=AST-BINDING-DIRECTION (should)%3A", annotations)
    expect("report=reports/conformance.json", (folder / "output").read_text("utf-8"))
    expect("wrong", (folder / "summary").read_text("utf-8"))
    for form in ("json", "md", "html", "badge.json", "xml"):
        if not (workspace / "reports" / f"conformance.{form}").is_file():
            raise SystemExit(f"the action wrote no conformance.{form}")


def check_contents(wheel: Path, sdist: Path) -> None:
    """Look for what must travel, and for what must not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "conformance/cases/2024-04-14/model.yaml",
        "conformance/cases/corpus.schema.json",
        "conformance/adapters/dotnet/Harness.csproj",
        "conformance/adapters/java/src/main/resources/versions.properties",
        "reference_impl/assistant.py",
        "conformance/py.typed",
    ):
        assert name in names, f"{wheel.name} lacks {name}"
    strangers = [name for name in names if not name.startswith(("conformance/", "reference_impl/", "assistant_skill_"))]
    assert not strangers, f"{wheel.name} holds {strangers}"
    with tarfile.open(sdist) as archive:
        assert any(name.endswith("/cases/case.schema.json") for name in archive.getnames()), f"{sdist.name} lacks cases"


def run(*command: str, cwd: Path, status: int = 0, variables: Mapping[str, str] | None = None) -> str:
    """Run a command and return its output; raise if its status is another than expected."""
    print("+", *command, flush=True)
    environment = {**os.environ, **(variables or {})}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    output = done.stdout + done.stderr
    if done.returncode != status:
        raise SystemExit(f"{output}\nstatus {done.returncode}, but should be {status}")
    return output


def expect(text: str, output: str) -> None:
    """Raise unless a command's output holds the text."""
    if text not in output:
        raise SystemExit(f"{output}\nshould hold {text!r}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
