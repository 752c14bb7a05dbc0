"""Finds the app in a folder, and the skills in the app."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from conformance._apps.app_error import AppError
from conformance._apps.app_root import AppFunctions, Root
from conformance._apps.declared_skill import BuiltApp, DeclaredSkill, Function
from conformance._apps.folder import Folder
from conformance._apps.readers import function_json, functions_metadata, node, python

_OUTPUTS: Final = (
    ("target/azure-functions/*", "build/azure-functions/*", "bin/*/*"),
    ("bin/*/*/*", "bin/output"),  # for one platform, bin/Release/net8.0/linux-x64, published, or started by the tools
)
"""Where Maven, Gradle, the .NET SDK and the Core Tools build an app to, the later ones only if need be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _AppReader:
    """A form that an app can have: what is looked for, for which language workers, and how it is read."""

    sought: str
    runtimes: tuple[str, ...]
    read: Callable[[Root], AppFunctions | None]


_READERS: Final = (
    _AppReader(
        sought=functions_metadata.SOUGHT,
        runtimes=("dotnet-isolated",),
        read=functions_metadata.read_functions_metadata,
    ),
    _AppReader(
        sought=function_json.SOUGHT,
        runtimes=("powershell", "java", "dotnet", "python", "node"),
        read=function_json.read_function_json,
    ),
    _AppReader(sought=python.SOUGHT, runtimes=("python",), read=python.read_python),
    _AppReader(sought=node.SOUGHT, runtimes=("node",), read=node.read_node),
)


def load_app(spec: str, path: Path) -> BuiltApp:
    """Read the function app in the folder that `--impl` names by `spec`; raise AppError.

    The code of a Python or Node app is run, in a separate process; any other is only read.
    """
    path = path.resolve()
    if not path.is_dir():
        raise AppError(spec, f"no folder {path}", "the folder of a function app")
    folder = Folder(spec=spec, path=path)
    root, found = _find(folder)
    skills = tuple(skill for function in found.functions for skill in DeclaredSkill.of(function))
    if not skills:
        names = ", ".join(map(_describe, found.functions)) or "none at all"
        raise AppError(spec, f"no skill among its functions ({names})", "a trigger of the type AssistantSkillTrigger")
    return BuiltApp(
        name=_name_of(path),
        folder=path,
        surface=found.surface,
        settings=root.settings,
        functions=found.functions,
        skills=skills,
    )


def _find(folder: Folder) -> tuple[Root, AppFunctions]:
    """Find the app in the folder, or else the one output of a build in it; raise AppError for none or several."""
    project = Root(folder=folder, path=folder.path, settings=_settings(folder, folder.path))
    found = _read(project)
    if found is not None:
        return project, found
    for patterns in _OUTPUTS:
        apps = [(root, found) for root in _outputs(project, patterns) if (found := _read(root)) is not None]
        if len(apps) > 1:
            places = ", ".join(folder.place(root.path) for root, _ in apps)
            raise AppError(folder.spec, f"several apps: {places}", "the folder of one of them")
        if apps:
            return apps[0]
    raise _nothing(folder, project.runtime)


def _describe(function: Function) -> str:
    """Name a function, and what triggers it."""
    types = [str(binding.type) for binding in function.bindings if binding.type is not None]
    return f"{function.name}: {', '.join(types)}" if types else function.name


def _read(root: Root) -> AppFunctions | None:
    readers = (reader for reader in _READERS if root.runtime is None or root.runtime in reader.runtimes)
    found = next(filter(None, (reader.read(root) for reader in readers)), None)
    return found if found is None else _started_by_host(root, _in_newer_model(root, found))


def _started_by_host(root: Root, found: AppFunctions) -> AppFunctions:
    """Return the functions that the host starts: where host.json lists some, only these; case does not matter."""
    file = root.path / "host.json"
    content = root.folder.read_json(file).value if file.is_file() else None
    listed = content.get("functions") if isinstance(content, dict) else None
    if not isinstance(listed, list) or not listed:
        return found
    names = {name.casefold() for name in listed if isinstance(name, str)}
    return replace(found, functions=tuple(one for one in found.functions if one.name.casefold() in names))


def _in_newer_model(root: Root, found: AppFunctions) -> AppFunctions:
    """Return the functions in code of a Node app, if it has any: then the host ignores those in function.json."""
    if found.surface not in {"javascript", "typescript"}:
        return found
    try:
        in_code = node.read_node(root)
    except AppError:  # an app whose functions are all in function.json
        return found
    return in_code if in_code is not None and in_code.functions else found


def _name_of(path: Path) -> str:
    """Name an app after its folder, or after its project where it lies in what the .NET SDK builds."""
    above = [parent.parent for parent in path.parents[:3] if parent.name == "bin"]
    return above[-1].name if above else path.name


def _outputs(project: Root, patterns: Iterable[str]) -> Iterator[Root]:
    """Yield the folders that builds write to, each with the project's settings or else its own."""
    folder = project.folder
    for pattern in patterns:
        for path in sorted(path for path in folder.path.glob(pattern) if path.is_dir()):
            settings = _settings(folder, path) if project.settings is None else project.settings
            yield Root(folder=folder, path=path, settings=settings)


def _settings(folder: Folder, path: Path) -> Mapping[str, str] | None:
    """Read the values of local.settings.json, None if there is none; raise AppError. Encrypted ones say nothing."""
    file = path / "local.settings.json"
    if not file.is_file():
        return None
    content = folder.read_json(file)
    values = content.value.get("Values", {}) if isinstance(content.value, dict) else None
    if not isinstance(values, dict):
        raise folder.error(file, content.line_of(("Values",)), "no Values", '{"Values": {"NAME": "text"}}')
    if content.value.get("IsEncrypted") is True:
        return {}
    settings = {name: str(value) for name, value in values.items()}
    for name, value in settings.items():
        if problem := _problem(name, value):
            wanted = "what an environment variable can hold"
            raise folder.error(file, content.line_of(("Values", name)), f"the setting {name!r} with {problem}", wanted)
    return settings


def _problem(name: str, value: str) -> str | None:
    """Say why a setting cannot be an environment variable, which the host makes of it; None if it can."""
    if "=" in name:
        return "= in its name"
    if "\0" in name + value:
        return "a NUL character"
    try:
        (name + value).encode()
    except UnicodeEncodeError:
        return "half of a surrogate pair"
    return None


def _nothing(folder: Folder, runtime: str | None) -> AppError:
    asked = f" (FUNCTIONS_WORKER_RUNTIME is {runtime})" if runtime else ""
    sought = ", ".join(reader.sought for reader in _READERS if runtime is None or runtime in reader.runtimes)
    if not sought:
        known = ", ".join(dict.fromkeys(name for reader in _READERS for name in reader.runtimes))
        return AppError(folder.spec, f"FUNCTIONS_WORKER_RUNTIME is {runtime}", f"one of {known}")
    places = ", ".join(["the folder", *itertools.chain(*_OUTPUTS)])
    return AppError(
        folder.spec,
        f"no function app{asked}: looked in {places} for {sought}",
        "one of them (an app in C# or Java must be built first)",
    )
