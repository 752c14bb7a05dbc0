"""What the commands print: nothing that is quoted in it moves the cursor, changes a colour or cannot be seen."""

from typing import TextIO

from conformance._text.words import make_printable


def say(text: object, stream: TextIO | None = None) -> None:
    """Print a line, or several, to standard output or to another stream, at once."""
    print(make_printable(str(text)), file=stream, flush=True)  # the only place where commands do so
