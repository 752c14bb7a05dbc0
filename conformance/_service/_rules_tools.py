"""Checks of the tools: what each declares, its parameters, and what is said about their use."""

import re
from collections.abc import Iterable
from typing import Final

from conformance._service._checks import Check
from conformance._service._schema import FaultKind
from conformance._service._subject import Subject
from conformance._service._wording import Finding, should

__all__ = [
    "TOOL_TYPES",
    "find_excess",
    "find_long_names",
    "find_undeclared",
    "find_unfit_names",
    "find_unknown_choice",
    "find_unknown_tool_choice",
    "has_schema_fault",
    "stands_without_tools",
]

TOOL_TYPES: Final = ("function", "custom")

_CHOICES: Final = ("none", "auto", "required")
_NAME: Final = re.compile(r"[a-zA-Z0-9_-]+")
_LONGEST_NAME: Final = 64  # a later probe saw 128 accepted; this much every model takes
_MOST_TOOLS: Final = 128


def find_excess(subject: Subject) -> Iterable[Finding]:
    """Find whether there are more tools than the service takes."""
    tools = subject.body.get("tools")
    if isinstance(tools, list) and len(tools) > _MOST_TOOLS:
        yield "tools", should("tools", tools, f"at most {_MOST_TOOLS}")


def find_undeclared(subject: Subject) -> Iterable[Finding]:
    """Find tools that lack what their type is named after; without a type it is a function's turn."""
    for where, tool in subject.tools:
        key = tool.get("type", "function")
        if key in TOOL_TYPES and key not in tool:
            yield f"{where}.{key}", f"{where}.{key} is missing, but should be there"


def find_unfit_names(subject: Subject) -> Iterable[Finding]:
    """Find functions whose name has a character that is not taken, or none at all."""
    return [
        (path, should(path, name, "letters a-z and A-Z, digits, _ and - only"))
        for path, name in _names(subject)
        if not _NAME.fullmatch(name)
    ]


def find_long_names(subject: Subject) -> Iterable[Finding]:
    """Find functions whose name is longer than every model takes."""
    return [
        (path, should(path, name, f"at most {_LONGEST_NAME} characters, not {len(name)}"))
        for path, name in _names(subject)
        if len(name) > _LONGEST_NAME
    ]


def has_schema_fault(kind: FaultKind) -> Check:
    """Check the parameters of all functions for one kind of the faults that `examine` tells apart."""
    return lambda subject: [
        (where, f"{where}: {message}") for where, (found, message) in subject.faults if found == kind
    ]


def stands_without_tools(key: str) -> Check:
    """Check that a key which speaks of the tools does not stand alone."""

    def check(subject: Subject) -> Iterable[Finding]:
        if subject.body.get(key) is not None and subject.body.get("tools") is None:
            yield key, should(key, subject.body[key], "absent, since there are no tools")

    return check


def find_unknown_choice(subject: Subject) -> Iterable[Finding]:
    """Find whether `tool_choice` is a word that is none of the published ones."""
    choice = subject.body.get("tool_choice")
    if isinstance(choice, str) and choice not in _CHOICES:
        yield "tool_choice", should("tool_choice", choice, f"one of {', '.join(_CHOICES)}, or an object")


def find_unknown_tool_choice(subject: Subject) -> Iterable[Finding]:
    """Find whether `tool_choice` names a function that is not among the tools."""
    choice = subject.body.get("tool_choice")
    function = choice.get("function") if isinstance(choice, dict) else None
    name = function.get("name") if isinstance(function, dict) else None
    if isinstance(name, str) and subject.tools and name not in (known for _, known in _names(subject)):
        yield "tool_choice", should("tool_choice.function.name", name, "the name of one of the tools")


def _names(subject: Subject) -> Iterable[tuple[str, str]]:
    for where, function in subject.functions:
        name = function.get("name")
        if isinstance(name, str):
            yield f"{where}.name", name
