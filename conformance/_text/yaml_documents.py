"""YAML as the suite's data files use it: JSON's values, every one with its line.

Plain scalars are read as JSON reads them (`true`, `null`, `12`, `1.5`), everything else is text: `no`, `on` and
`2024-04-14` are the words that stand there. Anchors, tags and duplicate keys are refused.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from yaml.reader import ReaderError

from conformance._text import json_values, limits
from conformance.errors import CaseFileError

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML was built without libyaml: slower, and a text with `?` in brackets needs quotes
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

Location: TypeAlias = tuple[str | int, ...]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_TOO_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A YAML or JSON file: its value, and the line (from 1) of each mapping key and list item by location."""

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
    return parse_document(path, data)


def tokens_of(text: str) -> Iterator[yaml.Token]:
    """Yield the tokens of a text that can be read and has no byte order mark, each with its place in it."""
    return yaml.scan(text, Loader=Loader)


def is_plain_text(text: str) -> bool:
    """Say whether a plain scalar is read as the text that stands there."""
    return text not in _CONSTANTS and not _NUMBER.fullmatch(text)


def parse_document(path: Path, data: bytes) -> Document:
    """Read what a file holds; raise CaseFileError if it is not YAML of this form."""
    if len(data) > limits.YAML_BYTES:
        raise CaseFileError(path, 1, f"{len(data)} bytes", f"at most {limits.YAML_BYTES}")
    try:
        # Events, not nodes: libyaml makes nodes by recursion, and a file that is nested too deeply overflows its stack.
        reader = _Reader(path, yaml.parse(data.decode("utf-8-sig"), Loader=Loader))
        value = reader.document()
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
        raise CaseFileError(path, line, f"byte {error.start} is not UTF-8", "UTF-8 text") from error
    except ReaderError as error:
        found = f"the control character #x{error.character:04x}"
        raise CaseFileError(path, _line_at(data, error.position), found, "valid YAML") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        if problem == _TOO_DEEP_FOR_LIBYAML:
            raise CaseFileError(path, line, "nested too deeply", f"at most {limits.YAML_DEPTH} levels") from error
        if mark and data.decode("utf-8-sig")[mark.index : mark.index + 1] == "\t":
            raise CaseFileError(path, line, "a tab", "spaces: YAML takes no tab there") from error
        raise CaseFileError(path, line, problem, "valid YAML") from error
    return Document(path=path, value=value, lines=reader.lines)


def _line_at(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


class _Reader:
    def __init__(self, path: Path, events: Iterator[Any]) -> None:
        self.path = path
        self.events = events
        self.lines: dict[Location, int] = {}

    def document(self) -> Any:
        """Return the value of the one document, None for an empty file."""
        value = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, "a second document", "one document")
                value = self._value(next(self.events), ())
        return value

    def _value(self, event: Any, location: Location) -> Any:
        self.lines.setdefault(location, event.start_mark.line + 1)
        if isinstance(event, yaml.AliasEvent):
            raise self._error(event, f"an alias (*{event.anchor})", "the value itself")
        if event.anchor:
            raise self._error(event, f"an anchor (&{event.anchor})", "the value itself")
        if event.tag:
            raise self._error(event, f"the tag {event.tag}", "no tags")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(location) >= limits.YAML_DEPTH:
            raise self._error(event, "nested too deeply", f"at most {limits.YAML_DEPTH} levels")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(location)
        return self._mapping(location)

    def _sequence(self, location: Location) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            result.append(self._value(event, (*location, len(result))))
        return result

    def _mapping(self, location: Location) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event)
            if key in result:
                raise self._error(event, f"the key {key!r} a second time", "each key once")
            self.lines[*location, key] = event.start_mark.line + 1
            result[key] = self._value(next(self.events), (*location, key))
        return result

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
            raise self._error(event, "a key that is not text", "text")
        return str(event.value)

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.style:  # quoted or a block; a plain scalar has no style (None or "", by the loader)
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        number = _NUMBER.fullmatch(text)
        if number is None:
            return text
        if not math.isfinite(float(text)):
            raise self._error(event, f"the number {json_values.show(text, 40)}", "one that a double can hold")
        return float(text) if number[2] or number[3] else int(text)

    def _error(self, event: Any, found: str, expected: str) -> CaseFileError:
        return CaseFileError(self.path, event.start_mark.line + 1, found, expected)
