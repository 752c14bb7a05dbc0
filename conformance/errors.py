"""What the suite raises: always somebody's input or the suite's own fault, never the implementation's behaviour."""

from pathlib import Path

_SHOWN = 10
"""How many of the things that are wrong with a file are said."""

__all__ = ["CaseFileError", "ConformanceError", "ImplementationError"]


class ConformanceError(Exception):
    """Base of every error that the suite raises on purpose: what was found at a place, and what would have been right.

    A subclass may be made of other arguments: `Exception` keeps those that are given by position, of which a copy of
    the error is made; the attributes are copied too.
    """

    def __init__(self, place: object, found: str, expected: str) -> None:
        self.place = place
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.place}: {self.found}; expected {self.expected}"


class CaseFileError(ConformanceError):
    """A data file of the suite (cases, requirements, surfaces) that cannot be used; `line` counts from 1.

    `further` are the other things that were found wrong, with it or with the files beside it.
    """

    def __init__(self, path: Path, line: int, found: str, expected: str) -> None:
        super().__init__(f"{path}:{line}", found, expected)
        self.path = path
        self.line = line
        self.further: tuple[CaseFileError, ...] = ()

    def __str__(self) -> str:
        shown = [super().__str__(), *map(str, self.further[: _SHOWN - 1])]
        left = len(self.further) + 1 - len(shown)
        return "\n".join([*shown, f"and {left} more"] if left else shown)


class ImplementationError(ConformanceError):
    """What `--impl` names cannot be judged at all: it is missing, broken, or not what the contract says."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(f"--impl={name}", found, expected)
        self.name = name
