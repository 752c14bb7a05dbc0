"""Reads which parameters a PowerShell script has, or one function of a script module.

The PowerShell worker parses them in the same places: https://github.com/Azure/azure-functions-powershell-worker,
src/FunctionInfo.cs.
"""

import re
from pathlib import Path

import regex

from conformance._apps.folder import decode

_COMMENT_OR_TEXT = re.compile(r"<#.*?#>|#[^\n]*|'[^']*'|\"(?:`.|[^\"`])*\"", re.DOTALL)
_PARAM = regex.compile(
    r"(?:[\s;]|using\s[^\n;]*+|(\[(?:[^\[\]]|(?1))*+\]))*+param\s*\(",  # only these may stand before it
    regex.IGNORECASE,
)
_MARK_OR_VARIABLE = re.compile(r"\$\{([^}]+)\}|\$(\w+)|[()\[\]{},]")


def find_fault(script: Path, entry_point: str | None) -> str | None:
    """Say for what the worker does not run a script, None if nothing is wrong with it."""
    is_module = script.suffix.lower() == ".psm1"
    if bool(entry_point) != is_module:
        return f"{script.name} with{'' if entry_point else 'out'} an entryPoint, which belongs to a module (.psm1)"
    if entry_point and (text := _read(script)) is not None and (number := len(_find(text, entry_point))) != 1:
        return f"{script.name} with {number} functions named {entry_point}"
    return None


def read_parameters(script: Path, entry_point: str | None) -> tuple[str, ...] | None:
    """Return the names of the parameters that the worker fills, None if they cannot be read.

    They are those of the function `entry_point`, or else the script's own.
    """
    text = _read(script)
    if text is None or find_fault(script, entry_point):
        return None
    if not entry_point:
        return _read_block(text, 0)
    (begin,) = _find(text, entry_point)
    return _read_names(text, begin.end()) if begin[1] == "(" else _read_block(text, begin.end())


def _read(script: Path) -> str | None:
    """Return a script without its comments and texts, None if it cannot be read."""
    try:
        return _COMMENT_OR_TEXT.sub(" ", decode(script.read_bytes()))
    except (OSError, UnicodeDecodeError):
        return None


def _find(text: str, function: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"\b(?:function|filter)\s+{re.escape(function)}\s*([({{])", text, re.IGNORECASE))


def _read_block(text: str, start: int) -> tuple[str, ...] | None:
    """Read the param block at the beginning of a script or of a function's body; without one there are none."""
    begin = _PARAM.match(text, start)
    return _read_names(text, begin.end()) if begin else ()


def _read_names(text: str, start: int) -> tuple[str, ...] | None:
    """Read the variables up to the bracket that ends the list: attributes, types and defaults are left out."""
    names: list[str] = []
    depth, awaited = 1, True
    for match in _MARK_OR_VARIABLE.finditer(text, start):
        mark = match[0]
        if mark[0] == "$":
            if awaited and depth == 1:
                names.append(match[1] or match[2])
                awaited = False
        elif mark == ",":
            awaited = awaited or depth == 1
        else:
            depth += 1 if mark in "([{" else -1
            if depth == 0:
                return tuple(names)
    return None
