"""What is raised for a report that can't be read, merged or written."""

from pathlib import Path

from conformance.errors import ConformanceError

__all__ = ["ReportError"]


class ReportError(ConformanceError):
    """A file that is not a report, a report that contradicts another, or a place where none can be written."""

    def __init__(self, path: Path, found: str, expected: str) -> None:
        super().__init__(path, found, expected)
        self.path = path
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.path}: {self.found}; expected {self.expected}"
