"""What a tool, its function or an answer's schema may be called: at most 64 characters, of a few sorts."""

import re
from typing import Final

from conformance._service.shapes import Text

_LONGEST: Final = 64
"""A later probe saw longer ones accepted, but this is what every model takes."""

NAME: Final = Text(
    pattern=r"[a-zA-Z0-9_-]+", form="letters a-z and A-Z, digits, _ and - only", filled=True, longest=_LONGEST
)
"""The name that a field of a request has."""

TOOL_NAME: Final = re.compile(rf"[a-zA-Z0-9_-]{{1,{_LONGEST}}}")
"""The same as a regular expression, which the whole name matches."""
