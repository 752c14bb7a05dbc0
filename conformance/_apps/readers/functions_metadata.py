"""Reads what the SDK of isolated C# builds: functions.metadata, a JSON list of functions with their bindings."""

from typing import Final

from conformance._apps.app_root import AppFunctions, Root, bindings_of
from conformance._apps.declared_skill import Function

SOUGHT: Final = "functions.metadata"


def read_functions_metadata(root: Root) -> AppFunctions | None:
    """Read the functions of `root`, None if it has no such file; raise AppError."""
    path = root.path / SOUGHT
    if not path.is_file():
        return None
    file = root.folder.read_json(path)
    if not isinstance(file.value, list):
        raise root.folder.error(path, 1, "no JSON list", 'a list of functions, [{"name": …, "bindings": […]}]')
    functions = []
    for index, record in enumerate(file.value):
        if not isinstance(record, dict) or not isinstance(record.get("name"), str):
            raise root.folder.error(path, file.line_of((index,)), "no function", '{"name": …, "bindings": […]}')
        location = (index, "bindings")
        functions.append(
            Function(
                name=record["name"],
                bindings=bindings_of(root.folder, file, location, record.get("bindings")),
                file=root.folder.place(path),
            )
        )
    return AppFunctions(surface="csharp-isolated", functions=tuple(functions))
