"""What can go wrong here; the service's own errors are those of the `openai` package."""

from __future__ import annotations

__all__ = ["ConversationError", "DeclarationError", "SettingsError"]


class DeclarationError(ValueError):
    """The declaration of `function` is refused: `what` was `found`, `expected` says what belongs there."""

    def __init__(self, function: str, what: str, found: object, expected: str) -> None:
        """Keep the parts of the message."""
        super().__init__(function, what, found, expected)
        self.function = function
        self.what = what
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        """Word the message."""
        return f"{self.function}: {self.what} = {self.found!r}, but should be {self.expected}"


class SettingsError(LookupError):
    """The settings do not say how to reach the model."""


class ConversationError(RuntimeError):
    """The model's service answered, but the conversation came to no answer for the user."""
