"""YAML as the suite's data files use it: JSON's values, every one with its line.

Plain scalars are read as JSON reads them (`true`, `null`, `12`, `1.5`), everything else is text: `no`, `on` and
`2024-04-14` are the words that stand there. Anchors, tags and duplicate keys are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from conformance.errors import CaseFileError

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML was built without libyaml: slower, otherwise the same
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

MAX_BYTES = 2_000_000
MAX_DEPTH = 60

Location: TypeAlias = tuple[str | int, ...]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A YAML file: its value, and the line (from 1) of each mapping key and list item by location."""

    path: Path
    value: Any
    lines: dict[Location, int]

    def line_of(self, location: Location) -> int:
        """Return the line of the nearest thing that has one, from `location` outwards."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def error(self, location: Location, found: str, expected: str) -> CaseFileError:
        """Make the error for what stands at `location`."""
        return CaseFileError(self.path, self.line_of(location), found, expected)


def read(path: Path) -> Document:
    """Read a file; raise CaseFileError if it is not YAML of this form."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CaseFileError(path, 1, f"cannot be read ({error.strerror})", "a readable file") from error
    if len(data) > MAX_BYTES:
        raise CaseFileError(path, 1, f"{len(data)} bytes", f"at most {MAX_BYTES}")
    try:
        node = yaml.compose(data.decode("utf-8-sig"), Loader=Loader)
    except UnicodeDecodeError as error:
        raise CaseFileError(path, 1, f"byte {error.start} is not UTF-8", "UTF-8 text") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise CaseFileError(path, mark.line + 1 if mark else 1, problem, "valid YAML") from error
    except RecursionError as error:
        raise CaseFileError(path, 1, "nested too deeply", f"at most {MAX_DEPTH} levels") from error
    reader = _Reader(path)
    value = None if node is None else reader.value(node, ())
    return Document(path=path, value=value, lines=reader.lines)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Location, int] = {}
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, location: Location) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(location, line)
        if id(node) in self.seen:
            raise CaseFileError(self.path, line, "an alias (*name)", "the value itself")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, line)
        self.seen.add(id(node))
        if len(location) > MAX_DEPTH:
            raise CaseFileError(self.path, line, "nested too deeply", f"at most {MAX_DEPTH} levels")
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*location, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, location)

    def _mapping(self, node: yaml.Node, location: Location) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise CaseFileError(self.path, line, "a key that is not text", "text")
            key = key_node.value
            if key in result:
                raise CaseFileError(self.path, line, f"the key {key!r} a second time", "each key once")
            self.lines[*location, key] = line
            result[key] = self.value(value_node, (*location, key))
        return result

    def _scalar(self, node: yaml.ScalarNode, line: int) -> Any:
        text: str = node.value
        if node.tag and not node.tag.startswith("tag:yaml.org,2002:"):
            raise CaseFileError(self.path, line, f"the tag {node.tag}", "no tags")
        if node.style:  # quoted or a block; a plain scalar has no style (None or "", by the loader)
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        number = _NUMBER.fullmatch(text)
        if number is None:
            return text
        return float(text) if number[2] or number[3] else int(text)
