"""Finds what foreign code did to its process that would reach the cases after its own."""

import os
import resource
import signal
import sys
from collections.abc import Iterator
from typing import Final

from conformance._text.words import name_some

_LIMITS: Final = {name: getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")}
_TIMERS: Final = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)


class ProcessState:
    """The limits, the group and the modules of this process when it was made; only where there are process groups."""

    def __init__(self) -> None:
        self._limits = dict(_read_limits())
        self._modules = dict(sys.modules)

    def lost(self) -> list[str]:
        """Name what is different now, and can't be put back."""
        return [name for name, value in _read_limits() if self._limits[name] != value]

    def restore(self) -> list[str]:
        """Put back modules that were removed or replaced, and stop timers; say what was done."""
        changed = [name for name, module in self._modules.items() if sys.modules.get(name) is not module]
        sys.modules.update({name: self._modules[name] for name in changed})
        done = [f"{name_some(changed, 3)} in sys.modules was changed, and was restored"] if changed else []
        if any(signal.setitimer(timer, 0)[0] for timer in _TIMERS):
            done.append("a timer was left running, and was stopped")
        return done


def _read_limits() -> Iterator[tuple[str, object]]:
    for name, number in _LIMITS.items():
        yield name, resource.getrlimit(number)
    yield "the priority", os.getpriority(os.PRIO_PROCESS, 0)
    yield "the process group", os.getpgid(0)
