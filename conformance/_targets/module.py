"""Finds what `--impl` names and checks that it can be judged."""

import importlib
import importlib.metadata
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from types import ModuleType
from typing import Any, Final, cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

from conformance._isolation.runner import Interrupt
from conformance._targets.target import Target
from conformance._text import json_values
from conformance._text.error_places import where_from
from conformance._text.words import describe_error, suggest
from conformance.contract import EDITIONS, SURFACES, Context, Surface
from conformance.errors import ImplementationError

_MISSING: Final = object()

_METHODS: Final = {"add_skill": ("skill",), "bindings": (), "ask": ("message",)}
"""What an app may have, with the arguments that each is called with."""

_SHAPE = 'a module or object with `surfaces` and `create_app` (see the README, "Judge your own implementation")'


def load_module(spec: str) -> Target:
    """Import `package.module`, `package.module:attribute` or `path/to/file.py`; raise ImplementationError."""
    place, colon, attribute = (spec, "", "") if spec.endswith(".py") else spec.rpartition(":")
    place, attribute = (place, attribute) if colon else (spec, "")
    if not place or (colon and not attribute):
        raise ImplementationError(spec, "no module", "package.module, package.module:attribute or path/to/file.py")
    found: Any = _import(spec, place)
    for part in attribute.split(".") if attribute else ():
        found = _get(spec, found, part, _SHAPE)
        if found is _MISSING:
            raise ImplementationError(spec, f"{place} has no attribute {attribute!r}", _SHAPE)
    create_app = _get(spec, found, "create_app", _SHAPE)
    if not callable(create_app):
        raise ImplementationError(spec, f"create_app is {_kind(create_app)}", _SHAPE)
    is_file = place.endswith(".py")
    editions = _words(spec, found, "editions", EDITIONS, default=EDITIONS)
    return Target(
        name=attribute or (Path(place).stem if is_file else place),
        spec=spec,
        version=_version(found, None if is_file else place),
        surfaces=cast("tuple[Surface, ...]", _words(spec, found, "surfaces", SURFACES)),
        editions=editions,
        create_app=cast("Callable[[Context], Any]", create_app),
    )


def check_app(spec: str, app: object) -> None:
    """Raise ImplementationError for an app that could not be judged in any case, or not as it was meant to be."""
    for name, arguments in _METHODS.items():
        _require_method(spec, app, name, arguments)
    if not _has_method(app, "add_skill"):
        raise ImplementationError(spec, f"create_app returned {_kind(app)} without add_skill", "an app that has it")
    if not _has_method(app, "bindings") and not _has_method(app, "ask"):
        raise ImplementationError(
            spec, f"create_app returned {_kind(app)} with neither bindings nor ask", "at least one of them"
        )
    construct = _read(app, "construct")
    if construct is not None and not isinstance(construct, str):
        raise ImplementationError(spec, f"{type(app).__name__}.construct is {_kind(construct)}", "a text, or none")


def _require_method(spec: str, app: object, name: str, arguments: Sequence[str]) -> None:
    """Raise ImplementationError for what is there without being a method that gives its result when it is called."""
    owner = app if isinstance(app, type) else type(app)
    member, place = _read(app, name), f"{owner.__name__}.{name}"
    if member is not None and not callable(member):
        raise ImplementationError(spec, f"{place} is {_kind(member)}", "a method")
    if inspect.iscoroutinefunction(member):
        raise ImplementationError(spec, f"{place} is a coroutine function", "a method that returns its result")
    if objection := _objection(member, arguments):
        found = f"{place} cannot be called with {' and '.join(arguments) or 'nothing'} alone ({objection})"
        if owner is app:
            raise ImplementationError(spec, f"create_app returned the class {owner.__name__}, and {found}", "an app")
        raise ImplementationError(spec, found, f"{name}({', '.join(arguments)})")


def _objection(member: object, arguments: Sequence[str]) -> str | None:
    """Say why something cannot be called with so many arguments, as far as its signature can be trusted."""
    if not callable(member) or any(_read(member, name) is not None for name in ("__wrapped__", "__signature__")):
        return None  # what wraps a function may pass it more than it is given
    try:
        signature = inspect.signature(member)
    except Exception:  # noqa: BLE001  # of what is built in, and whatever a foreign object raises
        return None
    try:
        signature.bind(*arguments)
    except TypeError as error:
        return str(error)
    return None


def close_app(app: object) -> None:
    """Close an app, if it can be closed."""
    close = getattr(app, "close", None)
    if callable(close):
        close()


def _has_method(app: object, name: str) -> bool:
    return callable(_read(app, name))


def _read(app: object, name: str) -> object:
    """Return a member of an app; None for what is missing, and for what can't be read, which is not offered."""
    try:
        return getattr(app, name, None)
    except Exception:  # noqa: BLE001  # whatever a property raises
        return None


def _import(spec: str, place: str) -> ModuleType:
    try:
        if place.endswith(".py"):
            return _import_file(spec, Path(place))
        return importlib.import_module(place)
    except (ImplementationError, KeyboardInterrupt, Interrupt):
        raise
    except BaseException as error:  # a module may raise anything, SystemExit included
        wanted = "a module that can be imported"
        if isinstance(error, ModuleNotFoundError) and error.name:
            if place.startswith(error.name):
                wanted = "a module on sys.path, or a path that ends in .py"
            wanted += _beside(error.name, place)
        came_from = where_from(error)
        found = describe_error(error) + (f" ({came_from})" if came_from else "")
        raise ImplementationError(spec, found, wanted) from error


def _beside(name: str, place: str) -> str:
    """Say how a module is found that is in a folder nearby, which pytest does not search on its own."""
    for folder in (Path(), Path("src"), Path(*place.split(".")[:-1])):
        if "." not in name and ((folder / name).is_dir() or (folder / f"{name}.py").is_file()):
            setting = f"`pythonpath = {folder.as_posix()}`"
            if folder == Path():
                return (
                    f"; {name} is in the current folder, which `python -m pytest` searches, and `pytest` with {setting}"
                )
            return f"; {name} is in {folder.as_posix()}, which `pytest` searches with {setting}"
    return ""


def _import_file(spec: str, path: Path) -> ModuleType:
    if not path.is_file():
        raise ImplementationError(spec, f"no file {path}", "a Python file")
    name = _free_name(path.stem)
    loader_spec = importlib.util.spec_from_file_location(name, path.resolve())
    if loader_spec is None or loader_spec.loader is None:
        raise ImplementationError(spec, f"{path} cannot be loaded", "a Python file")
    module = sys.modules[name] = importlib.util.module_from_spec(loader_spec)
    if str(path.resolve().parent) not in sys.path:  # an adapter imports what lies beside it
        sys.path.insert(0, str(path.resolve().parent))
    loader_spec.loader.exec_module(module)
    # A module may put another object in its place, which importing it by its name would find.
    return sys.modules.get(name, module)


def _free_name(stem: str) -> str:
    """Return a name that no loaded module has: another file, or a module of Python's, may be called the same."""
    names = chain([stem], (f"{stem}_{number}" for number in count(2)))
    return next(name for name in names if name not in sys.modules)


def _get(spec: str, found: Any, name: str, expected: str) -> Any:
    """Return an attribute, or _MISSING; raise ImplementationError where reading it raises."""
    try:
        return getattr(found, name, _MISSING)
    except Exception as error:
        raise ImplementationError(spec, f"{name} raised {describe_error(error)}", expected) from error


def _words(
    spec: str, found: Any, name: str, known: Sequence[str], *, default: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    """Read a list of known words, without doubles; raise ImplementationError."""
    expected = f"a list of some of {', '.join(known)}"
    value = _get(spec, found, name, expected)
    if value is _MISSING and default is not None:
        return default
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise ImplementationError(spec, f"{name} is {_kind(value)}", expected)
    if not value:
        raise ImplementationError(spec, f"{name} is empty", expected)
    for word in value:
        if word not in known:
            raise ImplementationError(spec, f"{name} names {json_values.show(word, 60)}", suggest(str(word), known))
    return tuple(word for word in known if word in value)


def _kind(value: Any) -> str:
    if value is None or value is _MISSING:
        return "None" if value is None else "missing"
    return f"{type(value).__name__} {json_values.show(value, 60)}"


def _version(found: Any, module: str | None) -> str | None:
    """Return the version that the implementation states, or that of the distribution which its module belongs to."""
    stated = getattr(found, "__version__", None)
    if isinstance(stated, str):
        return stated
    file = getattr(sys.modules.get(module or ""), "__file__", None)
    if module is None or not isinstance(file, str):
        return None
    return _version_of_owner(Path(file).resolve(), module.partition(".")[0])


def _version_of_owner(file: Path, top: str) -> str | None:
    """Return the version of the distribution that a file is of; it is named as the topmost package, or lies beside it.

    To look at all distributions would take a tenth of a second and more, for each module that is not installed.
    """
    # What is written of a distribution may be damaged.
    with suppress(importlib.metadata.PackageNotFoundError, ValueError, KeyError, AttributeError):
        named = importlib.metadata.distribution(top)
        if file in _files_of(named) or _is_edited(file, named):
            return named.version
    folders = [folder for folder in sys.path if file.is_relative_to(Path(folder).resolve())]
    owners = (one for one in importlib.metadata.distributions(path=folders) if file in _files_of(one))
    return next((owner.version for owner in owners), None)


def _files_of(distribution: importlib.metadata.Distribution) -> Iterator[Path]:
    root = Path(str(distribution.locate_file(""))).resolve()
    return (root / one for one in distribution.files or ())


def _is_edited(file: Path, distribution: importlib.metadata.Distribution) -> bool:
    """Say whether a file is in the folder of a distribution that is installed for editing, which lists no modules."""
    direct = json_values.parse(distribution.read_text("direct_url.json") or "{}")
    if not direct.get("dir_info", {}).get("editable"):
        return False
    return file.is_relative_to(Path(url2pathname(urlsplit(direct["url"]).path)).resolve())
