"""Writing files so that a reader finds the old text or the new one, never a part."""

import secrets
from collections.abc import Iterable
from pathlib import Path


def write_atomically(path: Path, text: str | Iterable[str]) -> None:
    """Write UTF-8 text, whole or in pieces, through a file beside it; raise OSError, leaving nothing behind."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            if path.exists():
                temporary.chmod(path.stat().st_mode & 0o777)
            file.writelines([text] if isinstance(text, str) else text)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
