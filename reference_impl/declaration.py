"""A declaration of the trigger, read from a surface's own spelling into what function.json holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from reference_impl.errors import DeclarationError
from reference_impl.surfaces import DEFAULT_MODEL, TRIGGER_TYPE, Surface, canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Declaration"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """The trigger of one function.

    `function` is the function's own name in the app, `argument` its parameter's. `fields` holds what was
    given, by function.json's names, and only that.
    """

    function: str
    argument: str
    surface: Surface
    fields: Mapping[str, str]

    @classmethod
    def from_trigger(cls, trigger: Mapping[str, Any], *, function: str, argument: str, surface: Surface) -> Self:
        """Read the parameters, spelled as the surface documents them; raise DeclarationError to refuse them.

        None and the empty text count as absent: "" is what Java's annotation holds where nothing was given.
        """
        given = {word: value for word, value in trigger.items() if value is not None and value != ""}
        for word, value in given.items():
            if word not in surface.parameters:
                suggestion = surface.suggest(word)
                known = f"one of {', '.join(surface.parameters)}"
                mend = f"{known} (did you mean {suggestion}?)" if suggestion else known
                raise DeclarationError(function, "a parameter", word, mend)
            if not isinstance(value, str):
                raise DeclarationError(function, word, value, f"a text, not of type {type(value).__name__}")
        fields = {canonical(word): value for word, value in given.items()}
        declaration = cls(function=function, argument=argument, surface=surface, fields=fields)
        declaration._check()
        return declaration

    @property
    def binding(self) -> dict[str, str]:
        """The binding in the form of function.json, which every surface's declaration becomes.

        A model belongs to it only where the surface documents one, with its default if none was given.
        """
        fixed = {"type": TRIGGER_TYPE, "direction": self.surface.direction, "name": self.argument}
        default = {"model": DEFAULT_MODEL} if self.surface.spell("model") else {}
        return {**fixed, **default, **self.fields}

    def refusal(self, field: str, expected: str) -> DeclarationError:
        """Word the refusal of a field's value, by the surface's name for it."""
        spelling = self.surface.spell(field) or field
        return DeclarationError(self.function, spelling, self.fields.get(field), expected)

    def _check(self) -> None:
        for field, only in (("type", TRIGGER_TYPE), ("direction", self.surface.direction)):
            found = self.fields.get(field, "" if self.surface.is_binding else only)
            if found.lower() != only.lower():  # the Functions host compares without case
                raise self.refusal(field, repr(only))
        if self.surface.is_binding and "name" not in self.fields:
            raise self.refusal("name", "the name of the trigger")
        if not self.fields.get("functionDescription", "").strip():
            raise self.refusal("functionDescription", "a text that tells the model what the function does")
