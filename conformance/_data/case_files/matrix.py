"""Expands a case's matrix: one record with `${name}` in it becomes a record for each row of values."""

import re
from collections.abc import Iterator, Mapping
from json import dumps  # by name: an implementation may patch the module
from typing import Any

from conformance._data.corpus import schema_of
from conformance._text import json_values, limits, schemas
from conformance._text.yaml_documents import Document, Location

_PLACEHOLDER = re.compile(r"\$(?P<kept>\$+\{\w+\})|\$\{(?P<name>\w+)\}")
"""`${name}`; one `$` more makes it the text that it looks like: `$${name}` stands for `${name}`."""


def expand(document: Document, index: int) -> Iterator[dict[str, Any]]:
    """Yield the records that the one at `index` stands for; raise CaseFileError for a matrix that does not fit it."""
    record: dict[str, Any] = document.value[index]
    rows = record.get("matrix")
    template = {key: value for key, value in record.items() if key != "matrix"}
    if _holds_repeat(template):
        raise document.error((index,), "$repeat where the case is written", "$repeat as a value in a row of a matrix")
    used = set(_placeholders(template))
    if rows is None:
        for name in sorted(used):
            raise document.error((index,), f"no value for ${{{name}}}", "a matrix with it")
        yield {key: _fill(document, (index, key), value, {}) for key, value in record.items()}
        return
    _check_columns(document, index, used)
    if not any(_placeholders(record["id"])):
        raise document.error((index, "id"), f"the id {record['id']} for every row", "${…} in the id of a matrix")
    for number, written in enumerate(rows):
        row = {name: _repeat(document, (index, "matrix", number, name), value) for name, value in written.items()}
        filled = {key: _fill(document, (index, key), value, row) for key, value in template.items()}
        # A value in the id may be spelled otherwise than the words of an id: model-gpt-3.5-in-request.
        schemas.check_item(document, schema_of("case"), index, {**filled, "id": record["id"]})
        yield filled


def _check_columns(document: Document, index: int, used: set[str]) -> None:
    for number, row in enumerate(document.value[index]["matrix"]):
        location = (index, "matrix", number)
        for name in sorted(used - row.keys()):
            raise document.error(location, f"no value for ${{{name}}}", "one in every row")
        for name in sorted(row.keys() - used):
            raise document.error(location, f"the column {name!r}, which nothing uses", "${" + name + "} somewhere")


def _repeat(document: Document, location: Location, value: Any) -> Any:
    """Spell out `{$repeat: [text, times]}`: a long text that nobody wants to read."""
    if not isinstance(value, dict) or value.keys() != {"$repeat"}:
        return value
    match value["$repeat"]:
        case [str(text), int(times)] if 0 < times * len(text) <= limits.REPEATED_CHARACTERS:
            return text * times
    raise document.error(
        location, f"$repeat: {dumps(value['$repeat'])}", f"[text, times], {limits.REPEATED_CHARACTERS} long at most"
    )


def _holds_repeat(value: Any) -> bool:
    return any(isinstance(one, dict) and "$repeat" in one for one in json_values.walk(value))


def _placeholders(value: Any) -> Iterator[str]:
    for one in json_values.walk(value):
        for text in one if isinstance(one, dict) else (one,):
            if isinstance(text, str):
                yield from (match["name"] for match in _PLACEHOLDER.finditer(text) if match["name"])


def _fill(document: Document, location: Location, value: Any, row: Mapping[str, Any]) -> Any:
    """Replace each ${name}: alone it becomes the row's value whatever its type, within a text or a key its text."""
    if isinstance(value, str):
        whole = _PLACEHOLDER.fullmatch(value)
        return row[whole["name"]] if whole and whole["name"] else _fill_text(value, row)
    if isinstance(value, list):
        return [_fill(document, (*location, number), item, row) for number, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    filled: dict[str, Any] = {}
    for key, member in value.items():
        name = _fill_text(key, row)
        if name in filled:
            raise document.error((*location, key), f"the key {name!r} a second time", "each key once")
        filled[name] = _fill(document, (*location, key), member, row)
    return filled


def _fill_text(text: str, row: Mapping[str, Any]) -> str:
    return _PLACEHOLDER.sub(lambda match: match["kept"] or _as_text(row[match["name"]]), text)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else dumps(value, ensure_ascii=False)
