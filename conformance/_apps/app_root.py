"""Where an app may lie in a folder, which a reader is asked about, and the functions that it answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conformance._apps.declared_skill import Function, PlacedBinding
from conformance._apps.folder import Folder
from conformance._data.surfaces import find_twins
from conformance._text.yaml_documents import Document, Location
from conformance.contract import Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A place in the folder where an app may lie: the folder itself, or the output of a build.

    `settings` are the values of its local.settings.json, None if it has none.
    """

    folder: Folder
    path: Path
    settings: Mapping[str, str] | None

    def setting(self, name: str) -> str | None:
        """Return a setting, None if it is not there or empty."""
        return (self.settings or {}).get(name) or None

    @property
    def runtime(self) -> str | None:
        """The language worker that the settings ask for."""
        runtime = self.setting("FUNCTIONS_WORKER_RUNTIME")
        return runtime.casefold() if runtime else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppFunctions:
    """The functions of an app, and the language surface that they are written in."""

    surface: Surface
    functions: tuple[Function, ...]


def bindings_of(folder: Folder, file: Document, location: Location, value: Any) -> tuple[PlacedBinding, ...]:
    """Take a function's bindings from a JSON file; raise AppError for anything but a list of objects."""
    if not isinstance(value, list) or not all(isinstance(binding, dict) for binding in value):
        raise folder.error(file.path, file.line_of(location), "no list of bindings", '"bindings": [{"type": …}]')
    for index, binding in enumerate(value):
        if twins := find_twins(binding):
            found = f"{' and '.join(twins)}, which the host takes for the same"
            raise folder.error(file.path, file.line_of((*location, index, twins[1])), found, "one of them")
    return tuple(
        PlacedBinding(
            value=binding,
            line=file.line_of((*location, index)),
            lines={key: file.line_of((*location, index, key)) for key in binding},
        )
        for index, binding in enumerate(value)
    )
