"""What is raised for a report that can't be read, merged or written."""

from conformance.errors import ConformanceError

__all__ = ["ReportError"]


class ReportError(ConformanceError):
    """A file that is not a report, a report that contradicts another, or a place where none can be written."""
