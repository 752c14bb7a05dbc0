"""The declaration of one function as a skill, and the binding in function.json that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from reference_impl.dialects import DEFAULT_MODEL, Dialect

__all__ = ["DeclarationError", "Trigger"]


class DeclarationError(ValueError):
    """The declaration of `function` is refused: `what` was `found`, and `expected` says what it should be."""

    def __init__(self, function: str, what: str, found: object, expected: str) -> None:
        super().__init__(function, what, found, expected)
        self.function, self.what, self.found, self.expected = function, what, found, expected

    def __str__(self) -> str:
        return f"{self.function}: {self.what} = {self.found!r}, but should be {self.expected}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A declaration that was read.

    `function` is the function's own name in the app, `argument` the name of its parameter. `given` holds what
    the declaration gives, by the names of function.json.
    """

    function: str
    argument: str
    dialect: Dialect
    given: Mapping[str, str]

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any], *, function: str, argument: str, dialect: Dialect) -> Self:
        """Read parameters as the dialect spells them; raise DeclarationError to refuse them.

        None and the empty text count as absent: "" is what Java's annotation holds where nothing was given.
        """
        given = {}
        for word, value in parameters.items():
            if word not in dialect.fields:
                raise DeclarationError(function, "a parameter", word, f"one of {', '.join(dialect.fields)}")
            if not isinstance(value, str | None):
                raise DeclarationError(function, word, value, f"a string, not of type {type(value).__name__}")
            if value:
                given[dialect.fields[word]] = value
        trigger = cls(function=function, argument=argument, dialect=dialect, given=given)
        trigger._check()
        return trigger

    @property
    def binding(self) -> dict[str, str]:
        """The binding in the form of function.json; it has a model only where the documentation has one."""
        fixed = {"type": self.dialect.type, "direction": self.dialect.direction, "name": self.argument}
        default = {"model": DEFAULT_MODEL} if "model" in self.dialect.fields.values() else {}
        return {**fixed, **default, **self.given}

    def refusal(self, field: str, expected: str) -> DeclarationError:
        """Return the error that refuses a field's value, named as the surface spells it."""
        return DeclarationError(self.function, self.dialect.spell(field), self.given.get(field), expected)

    def _check(self) -> None:
        for field in self.dialect.required:
            if field not in self.given:
                raise self.refusal(field, "given")
        for field, value in (("type", self.dialect.type), ("direction", self.dialect.direction)):
            if self.given.get(field, value).lower() != value.lower():  # the Functions host ignores case
                raise self.refusal(field, repr(value))
        if not self.given.get("functionDescription", "").strip():
            raise self.refusal("functionDescription", "a text that tells the model what the function does")
