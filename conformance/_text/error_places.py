"""Where in the implementation's own code an error came from."""

import sysconfig
from os import path
from pathlib import Path
from traceback import walk_tb
from types import CodeType
from typing import Final

_OURS: Final = str(Path(__file__).parents[1])
_ADAPTERS: Final = str(Path(_OURS, "adapters"))
"""Code of ours that is judged."""

_STANDARD: Final = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"))
_INSTALLED: Final = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))

_MAX_PLACES: Final = 3


def where_from(error: BaseException) -> str | None:
    """Name in one line the places in the implementation's code that an error passed, the innermost first, if any.

    What is installed, such as a client of OpenAI, is named only if the implementation itself is.
    """
    passed = [(frame.f_code, line) for frame, line in walk_tb(error.__traceback__) if _is_foreign(frame.f_code)]
    own = [one for one in passed if not _is_in(one[0].co_filename, _INSTALLED)]
    # What stands in one line is named by what it is in: a comprehension by its function.
    named = {f"{_shorten(code.co_filename)}:{line}": _name(code) for code, line in reversed(own or passed)}
    places = [f"{place} in {name}" for place, name in named.items()]
    return ", called at ".join(places[:_MAX_PLACES]) or None


def _is_foreign(code: CodeType) -> bool:
    file = code.co_filename
    if _is_in(file, (_OURS,)) and not _is_in(file, (_ADAPTERS,)):
        return False
    return not file.startswith("<") and (_is_in(file, _INSTALLED) or not _is_in(file, _STANDARD))


def _is_in(file: str, folders: tuple[str, ...]) -> bool:
    return any(file.startswith(folder + path.sep) for folder in folders)


def _name(code: CodeType) -> str:
    return code.co_qualname.replace(".<locals>", "")


def _shorten(file: str) -> str:
    """Return the path from the current folder on, or from where packages are installed, if the file is in it."""
    for folder in _INSTALLED:
        if _is_in(file, (folder,)):
            return file[len(folder) + 1 :]
    try:
        shown = path.relpath(file)
    except (OSError, ValueError):  # no current folder, or another drive
        return file
    return file if shown.startswith("..") else shown
