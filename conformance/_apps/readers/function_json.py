"""Reads apps that have a folder with a function.json for each function.

These are PowerShell, what the Maven plugin builds of Java and the SDK of in-process C#, and the programming models of
JavaScript and Python that the documentation leaves out.
"""

from pathlib import Path
from typing import Any, Final

from conformance._apps.app_root import AppFunctions, Root, bindings_of
from conformance._apps.declared_skill import Function
from conformance._apps.readers import powershell
from conformance._text.yaml_documents import Document
from conformance.contract import Surface

SOUGHT: Final = "*/function.json"

_BY_SCRIPT: Final[dict[str, Surface]] = {
    ".ps1": "powershell",
    ".psm1": "powershell",
    ".jar": "java",
    ".dll": "csharp-inprocess",
    ".py": "python",
    ".js": "javascript",
    ".cjs": "javascript",
    ".mjs": "javascript",
}
_USUAL_SCRIPTS: Final = ("run.ps1", "__init__.py", "index.js", "index.mjs", "index.cjs")
"""What the Functions host runs where function.json names no scriptFile, and the folder holds several files."""

_RUNTIMES: Final[dict[str, Surface]] = {
    "powershell": "powershell",
    "java": "java",
    "dotnet": "csharp-inprocess",
    "python": "python",
    "node": "javascript",
}

_OUTDATED: Final[dict[Surface, str]] = {"javascript": "v3", "python": "v1"}


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
        entry_point = file.value.get("entryPoint") if isinstance(file.value.get("entryPoint"), str) else None
        is_powershell = surface == "powershell"
        fault = powershell.find_fault(script, entry_point) if is_powershell else None
        surfaces.setdefault(surface, place)
        functions.append(
            Function(
                name=path.parent.name,
                bindings=bindings_of(root.folder, file, ("bindings",), file.value.get("bindings")),
                file=place,
                parameters=powershell.read_parameters(script, entry_point) if is_powershell else None,
                outdated=_OUTDATED.get(surface),
                # The host has not read it since version 2; in process it shows an attribute of the code.
                disabled=file.value.get("disabled", False) if surface == "csharp-inprocess" else False,
                script_fault=fault if script.is_file() else f"{file.value['scriptFile']}, which does not exist",
            )
        )
    if len(surfaces) > 1:
        found = " and ".join(f"{surface} ({first})" for surface, first in surfaces.items())
        raise root.folder.error(paths[0], 1, f"an app of {found}", "functions of one language")
    return AppFunctions(surface=next(iter(surfaces)), functions=tuple(functions))


def _script(root: Root, path: Path, file: Document) -> Path:
    """Find the file that holds a function's code as the Functions host does; its ending says the language."""
    named: Any = file.value.get("scriptFile")
    if isinstance(named, str) and Path(named).suffix.lower() in _BY_SCRIPT:
        return path.parent / named.replace("\\", "/")
    language = _RUNTIMES.get(root.runtime or "")
    endings = [ending for ending, surface in _BY_SCRIPT.items() if language in {None, surface}]
    usual = [name for name in _USUAL_SCRIPTS if Path(name).suffix in endings]
    others: list[Path] = [one for one in path.parent.iterdir() if one != path and one.is_file()]
    for script in others if len(others) == 1 else [path.parent / name for name in usual]:
        if script in others and script.suffix.lower() in _BY_SCRIPT:
            return script
    lacking = f"no scriptFile, and none of {', '.join(usual)} next to it" if usual else "no scriptFile"
    found = f"the scriptFile {named!r}" if named else lacking
    raise root.folder.error(path, file.line_of(("scriptFile",)), found, f"a file that ends in {', '.join(endings)}")
