"""What the documentation calls things: one row for each edition and language surface.

Source: the tables of each edition's page (Attributes, Annotations, Decorators, Configuration).
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEFAULT_MODEL", "EDITIONS", "SURFACES", "TRIGGER_TYPE", "Surface", "canonical", "find_surface"]

TRIGGER_TYPE = "AssistantSkillTrigger"
DEFAULT_MODEL = "gpt-3.5-turbo"  # edition 2024-04-14, Attributes, Model

_BINDING = ("type", "direction", "name")
_CAMEL = ("functionName", "functionDescription", "parameterDescriptionJson")
_PASCAL = ("FunctionName", "FunctionDescription", "ParameterDescriptionJson")
_SNAKE = (
    "type",
    "function_name",
    "function_description",
)  # the first is an argument of the generic decorator

_DIRECTION = {"2024-04-14": "out", "2025-05-15": "in"}

# (edition, surface): what the construct is called, its parameters as they are spelled
_ROWS: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("2024-04-14", "csharp-isolated"): ("AssistantSkillTriggerInput", (*_PASCAL, "Model")),
    ("2024-04-14", "csharp-inprocess"): ("AssistantSkillTrigger", (*_PASCAL, "Model")),
    ("2024-04-14", "java"): ("AssistantSkillTrigger", ("name", *_PASCAL, "Model")),
    ("2024-04-14", "javascript"): ("AssistantSkillTrigger", (*_BINDING, *_CAMEL)),
    ("2024-04-14", "typescript"): ("AssistantSkillTrigger", (*_BINDING, *_CAMEL)),
    ("2024-04-14", "powershell"): ("AssistantSkillTrigger", (*_BINDING, *_CAMEL)),
    ("2024-04-14", "python"): ("assistant_skill_trigger", (*_SNAKE, "parameter_description_json", "model")),
    ("2025-05-15", "csharp-isolated"): ("AssistantSkillTrigger", _PASCAL),
    ("2025-05-15", "csharp-inprocess"): ("AssistantSkillTrigger", _PASCAL),
    ("2025-05-15", "java"): ("AssistantSkillTrigger", ("name", *_CAMEL)),
    ("2025-05-15", "javascript"): ("AssistantSkillTrigger", (*_BINDING, *_CAMEL)),
    ("2025-05-15", "typescript"): ("AssistantSkillTrigger", (*_BINDING, *_CAMEL)),
    ("2025-05-15", "powershell"): ("AssistantSkillTrigger", (*_BINDING, *_CAMEL)),
    ("2025-05-15", "python"): ("generic_trigger", (*_SNAKE, "parameterDescriptionJson")),
}

EDITIONS = tuple(_DIRECTION)
SURFACES = tuple(dict.fromkeys(surface for _, surface in _ROWS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """How one surface declares the trigger, in one edition.

    `construct` is what its attribute, annotation or decorator is called. `parameters` are spelled as the page
    spells them. `is_binding` says that a declaration is the whole binding, of which nothing can be left out.
    """

    construct: str
    direction: str
    parameters: tuple[str, ...]
    is_binding: bool

    def spell(self, word: str) -> str | None:
        """Spell a parameter, given in any spelling, as this surface documents it; None if it does not."""
        return next((known for known in self.parameters if _letters(known) == _letters(word)), None)

    def suggest(self, word: str) -> str | None:
        """Give the documented parameter that a wrong word most likely stands for."""
        return self.spell(word) or next(iter(get_close_matches(word, self.parameters, n=1)), None)


def find_surface(edition: str, surface: str) -> Surface:
    """Look up a row of the table; raise ValueError, saying what there is, if there is none."""
    for what, found, known in (("edition", edition, EDITIONS), ("surface", surface, SURFACES)):
        if found not in known:
            raise ValueError(f"{what} = {found!r}, but should be one of {', '.join(known)}")
    construct, parameters = _ROWS[edition, surface]
    return Surface(
        construct=construct,
        direction=_DIRECTION[edition],
        parameters=parameters,
        is_binding=surface == "powershell",
    )


def canonical(word: str) -> str:
    """Give function.json's name of a parameter in any spelling: `function_name` gives `functionName`."""
    return _FIELDS.get(_letters(word), word)


def _letters(word: str) -> str:
    return word.replace("_", "").lower()


_FIELDS = {_letters(field): field for field in (*_BINDING, *_CAMEL, "model")}
