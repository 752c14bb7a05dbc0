"""JSON text, of which requests are put together."""

from __future__ import annotations

import json
import re


def rendered(value):
    """JSON text in ASCII."""
    return json.dumps(value)


def in_ascii(text):
    """Escape every character outside ASCII."""
    return re.sub(r"[^\x00-\x7f]+", lambda found: json.dumps(found[0])[1:-1], text)


def refuse_constant(word):
    raise ValueError(f"{word} is not JSON")


def parsed(text):
    return json.loads(text, parse_constant=refuse_constant)
