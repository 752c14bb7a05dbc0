"""What the suite raises: always somebody's input or the suite's own fault, never the implementation's behaviour."""

from pathlib import Path

__all__ = ["CaseFileError", "ConformanceError", "ImplementationError"]


class ConformanceError(Exception):
    """Base of every error that the suite raises on purpose."""


class CaseFileError(ConformanceError):
    """A data file of the suite (cases, requirements, surfaces) that cannot be used.

    `line` counts from 1; `expected` says what would have been right.
    """

    def __init__(self, path: Path, line: int, found: str, expected: str) -> None:
        super().__init__(path, line, found, expected)
        self.path = path
        self.line = line
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.found}; expected {self.expected}"


class ImplementationError(ConformanceError):
    """What `--impl` names cannot be judged at all: it is missing, broken, or not what the contract says."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(name, found, expected)
        self.name = name
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        return f"--impl={self.name}: {self.found}; expected {self.expected}"
