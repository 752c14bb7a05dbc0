"""The folder of a function app: its files by the names that messages give them, and JSON files with their lines."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from conformance._apps.app_error import AppError
from conformance._text import json_values, limits
from conformance._text.yaml_documents import Document, Location

_STRING_OR_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_STRING_OR_LAST_COMMA = re.compile(r'"(?:[^"\\\n]|\\.)*"|,(?=\s*[\]}])')
_MARK = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],\n]')

_ENCODINGS: Final = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
"""What a file is written in that does not begin as UTF-8, by its byte order mark; .NET reads files by these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The folder that `--impl` names by `spec`; errors name its files from there on."""

    spec: str
    path: Path

    def place(self, path: Path) -> str:
        """Name a file for people: from the folder on, if it is in there."""
        return path.relative_to(self.path).as_posix() if path.is_relative_to(self.path) else path.name

    def error(self, path: Path, line: int, found: str, expected: str) -> AppError:
        """Make the error about a line of a file."""
        return AppError(self.spec, found, expected, where=f"{self.place(path)}:{line}")

    def read_json(self, path: Path) -> Document:
        """Read a JSON file; raise AppError.

        It may have comments and commas after the last element, as the Functions host allows them.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise self.error(path, 1, f"cannot be read ({error.strerror})", "a readable file") from error
        if len(data) > limits.YAML_BYTES:
            raise self.error(path, 1, f"{len(data)} bytes", f"at most {limits.YAML_BYTES}")
        try:
            text = _STRING_OR_COMMENT.sub(_blank_comment, decode(data))
            text = _STRING_OR_LAST_COMMA.sub(lambda match: " " if match[0] == "," else match[0], text)
            value = json_values.parse(text)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise self.error(path, line, f"byte {error.start} is not {error.encoding.upper()}", "UTF-8 text") from error
        except json.JSONDecodeError as error:
            found = f"invalid JSON ({error.msg.removesuffix(' at')} at column {error.colno})"
            raise self.error(path, error.lineno, found, "valid JSON") from error
        except ValueError as error:
            raise self.error(path, 1, f"invalid JSON ({error})", "valid JSON") from error
        return Document(path=path, value=value, lines=dict(_lines(text)))


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8 unless its byte order mark says otherwise; raise UnicodeDecodeError."""
    return data.decode(_ENCODINGS.get(data[:2], "utf-8-sig"))


def _blank_comment(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else re.sub(r"[^\n]", " ", match[0])


def _lines(text: str) -> Iterator[tuple[Location, int]]:
    """Yield the line of each object's members and of each list's texts, objects and lists, in valid JSON."""
    line = 1
    path: list[str | int] = []  # of what is open: the member's key, the element's index
    awaits: Literal["key", "element"] | None = None
    for mark in _MARK.findall(text):
        if mark == "\n":
            line += 1
            continue
        if awaits == "element" and mark not in {"]", ","}:
            yield tuple(path), line
            awaits = None
        if mark in {"{", "["}:
            path.append("" if mark == "{" else 0)
            awaits = "key" if mark == "{" else "element"
        elif mark in {"}", "]"}:
            path.pop()
            awaits = None
        elif mark == ",":
            last = path[-1]
            awaits = "element" if isinstance(last, int) else "key"
            path[-1] = last + 1 if isinstance(last, int) else last
        elif awaits == "key":
            path[-1] = json.loads(mark)
            yield tuple(path), line
            awaits = None
