"""Finds the threads that foreign code started, and left."""

import threading


class Leftovers:
    """The threads that were started since this was made, other than the suite's own."""

    def __init__(self) -> None:
        self._before = set(threading.enumerate())

    @property
    def threads(self) -> list[threading.Thread]:
        """Those that still run."""
        now = set(threading.enumerate()) - self._before
        return sorted((thread for thread in now if not thread.name.startswith("conformance-")), key=lambda t: t.name)
