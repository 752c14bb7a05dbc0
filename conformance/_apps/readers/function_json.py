"""Reads apps that have a folder with a function.json for each function.

These are PowerShell, what the Maven plugin builds of Java and the SDK of in-process C#, and the programming models of
JavaScript and Python that the documentation leaves out.
"""

import re
from pathlib import Path
from typing import Any, Final

from conformance._apps.app_root import AppFunctions, Root, bindings_of
from conformance._apps.declared_skill import Function
from conformance._text.yaml_documents import Document
from conformance.contract import Surface

SOUGHT: Final = "*/function.json"

_BY_SCRIPT: Final[dict[str, Surface]] = {
    ".ps1": "powershell",
    ".jar": "java",
    ".dll": "csharp-inprocess",
    ".py": "python",
    ".js": "javascript",
    ".cjs": "javascript",
    ".mjs": "javascript",
}
_USUAL_SCRIPTS: Final = ("run.ps1", "__init__.py", "index.js", "index.mjs", "index.cjs")
"""What the Functions host runs where function.json names no scriptFile."""

_OUTDATED: Final[dict[Surface, str]] = {"javascript": "v3", "python": "v1"}
_PARAM = re.compile(r"^\s*param\s*\(", re.IGNORECASE | re.MULTILINE)
_COMMENT_OR_TEXT = re.compile(r"<#.*?#>|#[^\n]*|'[^']*'|\"(?:`.|[^\"`])*\"", re.DOTALL)
_BRACKET_OR_VARIABLE = re.compile(r"[()]|\$(\w+)")


def read_function_json(root: Root) -> AppFunctions | None:
    """Read the functions in the folders of `root`, None if there are none; raise AppError."""
    paths = sorted(root.path.glob(SOUGHT))
    if not paths:
        return None
    surfaces: dict[Surface, str] = {}
    functions = []
    for path in paths:
        file = root.folder.read_json(path)
        if not isinstance(file.value, dict):
            raise root.folder.error(path, 1, "no JSON object", '{"bindings": […]}')
        place = root.folder.place(path)
        script = _script(root, path, file)
        surface = _BY_SCRIPT[script.suffix.lower()]
        surfaces.setdefault(surface, place)
        functions.append(
            Function(
                name=path.parent.name,
                bindings=bindings_of(root.folder, file, ("bindings",), file.value.get("bindings")),
                file=place,
                parameters=_parameters(script) if surface == "powershell" else None,
                outdated=_OUTDATED.get(surface),
            )
        )
    if len(surfaces) > 1:
        found = " and ".join(f"{surface} ({first})" for surface, first in surfaces.items())
        raise root.folder.error(paths[0], 1, f"an app of {found}", "functions of one language")
    return AppFunctions(surface=next(iter(surfaces)), functions=tuple(functions))


def _script(root: Root, path: Path, file: Document) -> Path:
    """Find the file that holds a function's code; its ending says the language."""
    named: Any = file.value.get("scriptFile")
    if isinstance(named, str) and Path(named).suffix.lower() in _BY_SCRIPT:
        return path.parent / named
    for name in _USUAL_SCRIPTS:
        if (path.parent / name).is_file():
            return path.parent / name
    found = (
        f"the scriptFile {named!r}" if named else f"no scriptFile, and none of {', '.join(_USUAL_SCRIPTS)} next to it"
    )
    raise root.folder.error(path, file.line_of(("scriptFile",)), found, f"a file that ends in {', '.join(_BY_SCRIPT)}")


def _parameters(script: Path) -> tuple[str, ...] | None:
    """Return the variables of a PowerShell script's param block, None if it has none that can be read."""
    try:
        text = _COMMENT_OR_TEXT.sub(" ", script.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return None
    begin = _PARAM.search(text)
    names: list[str] = []
    depth = 1  # of brackets: attributes such as [Parameter(Mandatory)] have their own
    for match in _BRACKET_OR_VARIABLE.finditer(text, begin.end()) if begin else ():
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0:
            return tuple(names)
        if depth == 1 and match[1]:
            names.append(match[1])
    return None
