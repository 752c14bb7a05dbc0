"""What the Functions host and the language workers refuse to run, beside what the documentation demands.

Read in https://github.com/Azure/azure-functions-host (src/WebJobs.Script: Utility.cs, FunctionDescriptorProvider.cs,
HostFunctionMetadataProvider.cs) and in the workers of PowerShell (src/FunctionInfo.cs) and Python (functions.py).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from conformance._apps.declared_skill import BuiltApp, Function
from conformance._data.open_world.matching import Mismatch
from conformance._text import json_values
from conformance.contract import Surface

_FUNCTION_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_-]{0,127}")

WORKER_PARAMETERS: Final[Mapping[Surface, tuple[str, ...]]] = {
    "powershell": ("TriggerMetadata", "TraceContext", "RetryContext"),
    "python": ("context",),
}
"""What workers give a function beside its bindings."""


def fold_of(surface: Surface) -> Callable[[str], str]:
    """Return how names of parameters are compared: PowerShell's variables without case."""
    return str.casefold if surface == "powershell" else str


def arguments_of(function: Function, surface: Surface) -> tuple[str, ...] | None:
    """Return the parameters that bindings fill, None if they are not known."""
    fold = fold_of(surface)
    others = set(map(fold, WORKER_PARAMETERS.get(surface, ())))
    known = function.parameters
    return None if known is None else tuple(name for name in known if fold(name) not in others)


def find_refusals(function: Function, app: BuiltApp) -> Iterator[Mismatch]:
    """Say for what the host or the worker refuses a function."""
    yield from _check_name(function, app.functions)
    yield from _check_bindings(function)
    if function.script_fault is not None:
        yield Mismatch(what="the script", got=function.script_fault, wanted="one that the worker can run")
    yield from _check_arguments(function, app.surface)


def _check_name(function: Function, functions: Iterable[Function]) -> Iterator[Mismatch]:
    what, got = "the function's name", json_values.show(function.name)
    if not _FUNCTION_NAME.fullmatch(function.name) or function.name.casefold() == "host":
        wanted = "a letter, and up to 127 letters, digits, underscores and dashes, and not host"
        yield Mismatch(what=what, got=got, wanted=wanted)
    for other in functions:
        if other is function:
            break
        if other.name.casefold() == function.name.casefold():
            yield Mismatch(what=what, got=got, wanted=f"declared once (it is declared in {other.file} already)")


def _check_bindings(function: Function) -> Iterator[Mismatch]:
    triggers = [str(one.type) for one in function.bindings if str(one.type).casefold().endswith("trigger")]
    if len(triggers) > 1:
        yield Mismatch(what="the triggers of the function", got=", ".join(triggers), wanted="one trigger")
    for name, number in Counter(map(str.casefold, _names(function))).items():
        if number > 1:
            got = f"that of {number} bindings"
            yield Mismatch(what=f"the name {name}", got=got, wanted="that of one binding, ignoring case")


def _check_arguments(function: Function, surface: Surface) -> Iterator[Mismatch]:
    """Find parameters that no binding fills, unless one of them may be meant for the skill's own binding."""
    fold = fold_of(surface)
    arguments = {fold(name): name for name in arguments_of(function, surface) or ()}
    names = {fold(name) for name in _names(function)}
    own = (binding.member("name") for binding in function.bindings if binding.is_for_skill)
    if all(fold(str(name)) in arguments for name in own):
        for argument in arguments.keys() - names:
            yield Mismatch(what="a parameter", got=arguments[argument], wanted="named after a binding")


def _names(function: Function) -> list[str]:
    names = (binding.member("name") for binding in function.bindings)
    return [name for name in names if isinstance(name, str)]
