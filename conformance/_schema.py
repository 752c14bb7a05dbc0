"""Checks the suite's data files against their published JSON Schemas (`cases/*.schema.json`)."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from conformance import _json
from conformance._yaml import Document

_BUILT = Path(__file__).parent / "cases"
CASES = _BUILT if _BUILT.is_dir() else Path(__file__).parent.parent / "cases"
"""The folder of the suite's data: inside the installed package, or at the top of a checkout."""


def check(document: Document, kind: str) -> None:
    """Raise CaseFileError for the first thing in a document that its schema (`case`, …) does not take."""
    errors = map(_explain, _validator(kind).iter_errors(document.value))
    first = min(errors, key=lambda error: document.line_of(error[0]), default=None)
    if first is not None:
        raise document.error(*first)


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((CASES / f"{kind}.schema.json").read_text("utf-8")))


def _explain(  # noqa: PLR0911  # one return for each kind of error
    error: ValidationError,
) -> tuple[tuple[str | int, ...], str, str]:
    """Say where, what was found and what is expected, for the kinds of errors that people make."""
    location = tuple(error.absolute_path)
    name = next((part for part in reversed(location) if isinstance(part, str)), "the file")
    wanted: Any = error.validator_value
    match error.validator:
        case "additionalProperties" if isinstance(error.schema, Mapping):
            known = list(error.schema.get("properties", ()))
            instance: Any = error.instance
            key = next(key for key in instance if key not in known)
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"{near[0]!r}?" if near else "one of " + ", ".join(known)
            return (*location, key), f"the unknown key {key!r}", hint
        case "required":
            instance = error.instance
            missing = [key for key in wanted if key not in instance]
            return location, f"no {missing[0]!r}", f"the keys {', '.join(wanted)}"
        case "dependentRequired":
            return location, error.message, "both or neither"
        case "enum":
            options = [str(option) for option in wanted]
            near = difflib.get_close_matches(str(error.instance), options, n=1)
            return (
                location,
                f"{name} = {_json.show(error.instance)}",
                near[0] + "?" if near else ", ".join(options),
            )
        case "const":
            return location, f"{name} = {_json.show(error.instance)}", _json.show(wanted)
        case "type":
            kinds = wanted if isinstance(wanted, str) else " or ".join(wanted)
            return location, f"{name} = {_json.show(error.instance, 80)}", f"{kinds}"
        case "pattern":
            return location, f"{name} = {_json.show(error.instance)}", f"text of the form {wanted}"
        case _:
            return location, f"{name}: {error.message}", f"{error.validator} {_json.show(wanted, 80)}"
