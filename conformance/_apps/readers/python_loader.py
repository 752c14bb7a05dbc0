"""Loads an app of the Python programming model v2 and writes down its functions: a program, run by `python.py`.

Usage: python -P python_loader.py FUNCTION_APP ANSWER. Imports nothing of the suite.
"""

from __future__ import annotations

import importlib.util
import inspect
import json
import os
import re
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def main(path: Path, answer: Path) -> None:
    """Load the app and write the answer; what the app prints is the caller's to show."""
    sys.path[:0] = [str(path.parent), str(path.parent / ".python_packages/lib/site-packages")]
    answer.write_text(json.dumps(_load(path)), "utf-8")
    os._exit(0)  # whatever the app left running; what it printed is not needed any more


def _load(path: Path) -> Mapping[str, Any]:
    try:
        from azure.functions import FunctionRegister  # noqa: PLC0415  # its absence is an answer
    except ImportError as error:
        found = f"the library azure-functions cannot be imported ({error})"
        return {"error": found, "expected": "it in the environment of this suite: pip install azure-functions"}
    try:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None  # noqa: S101  # for the type: a path that ends in .py has a loader
        assert spec.loader is not None  # noqa: S101
        module = importlib.util.module_from_spec(spec)
        sys.modules[path.stem] = module
        spec.loader.exec_module(module)
    except BaseException as error:  # noqa: BLE001  # an app may raise anything
        return {
            "error": f"{type(error).__name__}: {error}",
            "expected": "a module that can be imported",
            "place": _origin(error, path),
        }
    apps = {name: value for name, value in vars(module).items() if isinstance(value, FunctionRegister)}
    if len({id(app) for app in apps.values()}) != 1:
        found = f"{', '.join(apps)}: {len(apps)} function apps" if apps else "no function app"
        return {"error": found, "expected": "one azure.functions.FunctionApp", "place": {"file": str(path), "line": 1}}
    app = next(iter(apps.values()))
    try:
        return {"functions": [_describe(function, path) for function in app.get_functions()]}
    except Exception as error:  # noqa: BLE001  # the library raises ValueError and others
        return {
            "error": f"{type(error).__name__}: {error}",
            "expected": "functions that the library accepts",
            "place": {"file": str(path), "line": _last_mention(str(error), path)},
        }


def _describe(function: Any, path: Path) -> Mapping[str, Any]:
    handler = function.get_user_function()
    inner = inspect.unwrap(handler)
    code = getattr(inner, "__code__", None) or getattr(type(inner).__call__, "__code__", None)  # an object's, if any
    return {
        "name": function.get_function_name(),
        "bindings": json.loads(function.get_function_json())["bindings"],
        "file": code.co_filename if code else str(path),
        "line": code.co_firstlineno if code else 1,
        "parameters": list(inspect.signature(handler).parameters),  # as the worker reads it
    }


def _last_mention(message: str, path: Path) -> int:
    """Return the last line that declares the function that a message names: of two with one name it is the second."""
    named = re.search(r"\bFunction ([\w-]+)", message)
    found = [1]
    if named:
        declared = re.compile(rf"""["']{named[1]}["']|\bdef {named[1]}\b""")
        found += [
            number for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1) if declared.search(line)
        ]
    return found[-1]


def _origin(error: BaseException, path: Path) -> Mapping[str, Any]:
    """Return the last line of the app's own that the error came through."""
    if isinstance(error, SyntaxError) and error.filename:
        return {"file": error.filename, "line": error.lineno or 1}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(path.parent)]
    return {"file": own[-1].filename, "line": own[-1].lineno or 1} if own else {"file": str(path), "line": 1}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
