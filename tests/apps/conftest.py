import json
import shutil
from pathlib import Path

import pytest

from conformance._apps import judge_app, load_app

SAMPLES = Path(__file__).parent / "samples"

GOOD = {
    "type": "AssistantSkillTrigger",
    "direction": "in",
    "name": "TaskDescription",
    "functionName": "AddTodo",
    "functionDescription": "Create a new todo task",
    "parameterDescriptionJson": '{"type": "object", "properties": {"TaskDescription": {"type": "string"}}}',
}
"""A binding with which nothing is wrong, in edition 2025-05-15."""


@pytest.fixture
def write_app(tmp_path):
    """Write a PowerShell app: a function for each name, its binding the good one but for what is given."""

    def write(settings=None, folder="app", **functions):
        app = tmp_path / folder
        for name, changes in functions.items():
            binding = {key: value for key, value in {**GOOD, **changes}.items() if value is not ...}
            (app / name).mkdir(parents=True)
            (app / name / "function.json").write_text(json.dumps({"bindings": [binding]}, indent=2))
            (app / name / "run.ps1").write_text("param($TaskDescription, $TriggerMetadata)\n")
        if settings is not None:
            (app / "local.settings.json").write_text(json.dumps({"Values": settings}))
        return app

    return write


@pytest.fixture
def write_files(tmp_path):
    """Write an app's files by their paths."""

    def write(files):
        app = tmp_path / "app"
        for name, text in files.items():
            path = app / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return app

    return write


@pytest.fixture
def judge():
    """Judge the app in a folder; results by case."""

    def judge(folder, edition="2025-05-15"):
        return {result.case: result for result in judge_app(load_app(f"app:{folder}", Path(folder)), edition)}

    return judge


_COMPILED = shutil.ignore_patterns("__pycache__")


@pytest.fixture
def copy_sample(tmp_path):
    """Copy a sample, to be changed."""

    def copy(name):
        return Path(shutil.copytree(SAMPLES / name, tmp_path / name, ignore=_COMPILED))

    return copy
