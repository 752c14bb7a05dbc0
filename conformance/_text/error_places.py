"""Where in the implementation's own code an error came from."""

import re
import sysconfig
from collections.abc import Iterator
from os import path
from pathlib import Path
from traceback import walk_tb
from typing import Final, NamedTuple

CALLED: Final = ", called at "
"""What stands between the places that an error passed."""

_OURS: Final = str(Path(__file__).parents[1]) + path.sep
_ADAPTERS: Final = f"{_OURS}adapters{path.sep}"
"""Code of ours that is judged."""

_STANDARD: Final = tuple(sysconfig.get_path(name) + path.sep for name in ("stdlib", "platstdlib"))
_INSTALLED: Final = re.compile(r"[/\\](?:site|dist)-packages[/\\]")
"""What is in the path of all that is installed, be it for an environment, the user or the system."""

_MAX_PLACES: Final = 30


def where_from(error: BaseException, folder: str | None = None) -> str | None:
    """Name in one line the places in the implementation's code that an error passed, the innermost first, if any.

    What is installed, such as a client of OpenAI, is named only if the implementation itself is. Paths are told from
    `folder` on, which is the current one unless given.
    """
    passed = [place for place in _passed(error) if _is_foreign(place.file)]
    own = [place for place in passed if _INSTALLED.search(place.file) is None]
    shown = (f"{_shorten(one.file, folder)}:{one.line} in {one.name}" for one in (own or passed)[:_MAX_PLACES])
    return CALLED.join(shown) or None


class _CodeLine(NamedTuple):
    file: str
    line: int
    name: str


def _passed(error: BaseException) -> Iterator[_CodeLine]:
    """Yield each line that an error passed once, the innermost first."""
    # An implementation's class may have a `__traceback__` of its own.
    frames = list(walk_tb(vars(BaseException)["__traceback__"].__get__(error)))
    # What stands in one line is named by what it is in: a comprehension by its function.
    codes = {(frame.f_code.co_filename, line): frame.f_code for frame, line in reversed(frames)}
    for (file, line), code in codes.items():
        yield _CodeLine(file, line, code.co_qualname.replace(".<locals>", ""))


def _is_foreign(file: str) -> bool:
    if file.startswith(_OURS) and not file.startswith(_ADAPTERS):
        return False
    return not file.startswith("<") and (_INSTALLED.search(file) is not None or not file.startswith(_STANDARD))


def _shorten(file: str, folder: str | None) -> str:
    """Return the path from a folder on, or from where packages are installed, if the file is in it."""
    if installed := _INSTALLED.search(file):
        return file[installed.end() :]
    try:
        shown = path.relpath(file, folder)
    except (OSError, ValueError):  # no current folder, or another drive
        return file
    return file if shown.startswith("..") else shown
