"""Keeps what an implementation prints before the first case out of the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from conformance._text.words import make_printable
from conformance.report import redact


@contextmanager
def capture_output(config: pytest.Config) -> Iterator[None]:
    """Capture as pytest does while a test runs (so not with -s); a usage error shows what was printed."""
    manager: Any = config.pluginmanager.getplugin("capturemanager")
    if manager is None:  # -p no:capture
        yield
        return
    manager.resume_global_capture()
    try:
        yield
    except pytest.UsageError as error:
        raise pytest.UsageError("\n".join([str(error), *_stop(manager)])) from error
    finally:
        _stop(manager)


def _stop(manager: Any) -> list[str]:
    """End capturing, and return what was printed; all its lines but the first are indented."""
    manager.suspend_global_capture()
    printed = (make_printable(redact(text.rstrip())) for text in manager.read_global_capture() if text.strip())
    return ["printed: " + text.replace("\n", "\n  ") for text in printed]
