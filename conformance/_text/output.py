"""What the commands print: nothing that is quoted in it moves the cursor, changes a colour or cannot be seen."""

import os
import sys
from typing import TextIO

from conformance._text.words import make_printable


def say(text: object, stream: TextIO | None = None) -> None:
    """Print a line, or several, to standard output or to another stream, at once; to nobody if that was closed."""
    try:
        print(make_printable(str(text)), file=stream, flush=True)  # the only place where commands do so
    except BrokenPipeError:  # such as by `head`, which has read enough: what follows is not to fail either
        os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())
