"""JSON text, strictly: Python's reader and writer also take NaN and infinities, which are not JSON."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["read_json", "write_json"]


def read_json(text: str) -> Any:
    """Parse JSON text; raise ValueError, with what and where, if it is none."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def write_json(value: Any) -> str:
    """Format a JSON value, non-ASCII text as it is; raise TypeError or ValueError if it is none."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
