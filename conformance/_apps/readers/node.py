"""Reads apps of the Node.js programming model v4, through the @azure/functions that they have installed."""

import re
import shutil
from pathlib import Path
from typing import Any, Final

from conformance._apps import app_process
from conformance._apps.app_error import AppError
from conformance._apps.app_root import AppFunctions, Root

SOUGHT: Final = "package.json with @azure/functions"

_LIBRARY: Final = "@azure/functions"
_LOADER: Final = Path(__file__).parent / "node_loader.cjs"
_BRACES = re.compile(r"\{([^{}]*)\}")


def read_node(root: Root) -> AppFunctions | None:
    """Load the app in `root`, None if there is none; raise AppError."""
    path = root.path / "package.json"
    if not path.is_file():
        return None
    package = root.folder.read_json(path)
    value: Any = package.value
    if not isinstance(value, dict):
        raise root.folder.error(path, 1, "no JSON object", "a package")
    needed = [name for key in ("dependencies", "devDependencies") for name in value.get(key) or ()]
    if _LIBRARY not in needed and root.runtime != "node":
        return None
    main = value.get("main")
    if not isinstance(main, str):
        expected = '"main": the files that declare the functions, such as "src/functions/*.js"'
        raise root.folder.error(path, package.line_of(("main",)), "no main", expected)
    files = _matches(root.path, main)
    if not files:
        expected = "the files that declare the functions (built, if they are TypeScript)"
        raise root.folder.error(path, package.line_of(("main",)), f"main = {main!r} matches no file", expected)
    node = shutil.which("node")
    if node is None:
        raise AppError(root.folder.spec, "an app for Node, but no node", "Node 20 or later on the PATH")
    functions = app_process.run_reader(root, [node, "--enable-source-maps", str(_LOADER), str(path), *map(str, files)])
    typescript = (root.path / "tsconfig.json").is_file()
    return AppFunctions(surface="typescript" if typescript else "javascript", functions=functions)


def _matches(root: Path, main: str) -> list[Path]:
    """List the files that `main` means: the Functions worker takes it as a glob, or as a folder with all that is in it.

    Braces stand for alternatives.
    """
    braces = _BRACES.search(main)
    if braces is not None:
        options = (main[: braces.start()] + option + main[braces.end() :] for option in braces[1].split(","))
        return sorted({path for option in options for path in _matches(root, option)})
    try:
        folder = (root / main).resolve()
        pattern = f"{main}/**/*" if folder.is_dir() and root in folder.parents else main
        return sorted(path for path in root.glob(pattern.removeprefix("./")) if path.is_file())
    except (OSError, ValueError, NotImplementedError, IndexError):  # too long, with NUL or empty, absolute, "."
        return []
