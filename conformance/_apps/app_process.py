"""Runs the app's own code, which declares its functions, in a separate process."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from conformance._apps.app_error import AppError
from conformance._apps.app_root import Root
from conformance._apps.declared_skill import Function, PlacedBinding
from conformance._isolation.environment import is_private, public_environment
from conformance._isolation.leftover_processes import MARK, kill_marked, make_mark
from conformance._text import limits

_MADE_UP: Final[Sequence[tuple[re.Pattern[str], str]]] = (
    (re.compile(r"(?i:true|false)"), "true"),
    (re.compile(r"[-+]?\d+(\.\d+)?"), "1"),
    (re.compile(r"(?i:https?://.+)"), "https://conformance.invalid/"),
    (re.compile(r"(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"), "Y29uZm9ybWFuY2U="),
)
"""What a value of each form is replaced by: a truth value, a number, a URL, base64."""


def run_reader(root: Root, command: Sequence[str]) -> tuple[Function, ...]:
    """Return the functions that an app declares when the command loads it; raise AppError.

    The command is given one more argument: the file for its answer, the JSON object `{"functions": […]}`, or
    `{"error": …, "expected": …}` with the `place` that is to blame if that is known. What it prints is shown if it
    fails. It gets the app's settings, but no secret: neither theirs nor the caller's.
    """
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        answer, printed = Path(folder, "answer.json"), Path(folder, "printed")
        _execute(root, [*command, str(answer)], printed)
        try:
            value = json.loads(answer.read_text("utf-8"))
        except (OSError, ValueError):
            said = (
                printed.read_bytes()[-limits.SHOWN_ERROR_CHARACTERS :].decode("utf-8", "replace").strip()
                or "it printed nothing"
            )
            found = f"its code ended without an answer: {said}{_say_made_up(root)}"
            raise AppError(root.folder.spec, found, "code that declares functions when it is loaded") from None
    if "error" in value:
        found = value["error"] + _say_made_up(root)
        raise AppError(root.folder.spec, found, value["expected"], where=_place(root, value.get("place")))
    return tuple(_function(root, record) for record in value["functions"])


def _execute(root: Root, command: Sequence[str], printed: Path) -> None:
    """Run a command in the app's folder to its end; nothing that it started survives."""
    mark = make_mark()
    with printed.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  # the user named the app whose code this runs
            command,
            cwd=root.path,
            env={**public_environment(), **_harmless(root.settings or {}), MARK: mark},
            stdin=subprocess.DEVNULL,
            stdout=output,  # no pipe, which whatever it started could hold open
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a process group of its own, where there are such
        )
    try:
        process.wait(limits.APP_SECONDS)
    except subprocess.TimeoutExpired:
        found = f"its code took more than {limits.APP_SECONDS:g} s to load"
        raise AppError(root.folder.spec, found, "code that declares functions and returns") from None
    finally:
        _kill(process)
        kill_marked(mark)


def _harmless(settings: Mapping[str, str]) -> dict[str, str]:
    """Return settings whose secrets are made up: some apps do not load without them."""
    return {name: _made_up(value) if is_private(name) else value for name, value in settings.items()}


def _made_up(value: str) -> str:
    """Return what stands for a value: something of the same kind, for an app that reads it while it is loaded."""
    return next((other for form, other in _MADE_UP if form.fullmatch(value)), "conformance")


def _say_made_up(root: Root) -> str:
    """Say which settings have other values for the code, which may be why it fails; nothing if none has."""
    names = ", ".join(sorted(filter(is_private, root.settings or {})))
    return f" (while it is read, it sees made-up values of {names})" if names else ""


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _place(root: Root, place: Mapping[str, Any] | None) -> str | None:
    return f"{root.folder.place(Path(place['file']))}:{place['line']}" if place else None


def _function(root: Root, record: Mapping[str, Any]) -> Function:
    return Function(
        name=record["name"],
        bindings=tuple(PlacedBinding(value=value, line=record["line"], lines={}) for value in record["bindings"]),
        file=root.folder.place(Path(record["file"])),
        parameters=None if record.get("parameters") is None else tuple(record["parameters"]),
    )
