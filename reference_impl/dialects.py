"""How each edition and language surface spells a declaration: the tables of the documentation as data.

Source: the sections Attributes, Annotations, Decorators and Configuration of each edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["DEFAULT_MODEL", "EDITIONS", "SURFACES", "Dialect", "find_dialect"]

DEFAULT_MODEL = "gpt-3.5-turbo"  # edition 2024-04-14, Attributes, Model

_TYPE = "AssistantSkillTrigger"
_FUNCTION_JSON = ("type", "direction", "name", "functionName", "functionDescription", "parameterDescriptionJson")
_FIELDS = {field.lower(): field for field in (*_FUNCTION_JSON, "model")}
_PASCAL = ("FunctionName", "FunctionDescription", "ParameterDescriptionJson")
_SNAKE = ("type", "function_name", "function_description")

# Edition: direction, and for each surface the construct and its parameters.
_TABLES: Mapping[str, tuple[str, Mapping[str, tuple[str, tuple[str, ...]]]]] = {
    "2024-04-14": (
        "out",
        {
            "csharp-isolated": ("AssistantSkillTriggerInput", (*_PASCAL, "Model")),
            "csharp-inprocess": (_TYPE, (*_PASCAL, "Model")),
            "java": (_TYPE, ("name", *_PASCAL, "Model")),
            "javascript": (_TYPE, _FUNCTION_JSON),
            "typescript": (_TYPE, _FUNCTION_JSON),
            "powershell": (_TYPE, _FUNCTION_JSON),
            "python": ("assistant_skill_trigger", (*_SNAKE, "parameter_description_json", "model")),
        },
    ),
    "2025-05-15": (
        "in",
        {
            "csharp-isolated": (_TYPE, _PASCAL),
            "csharp-inprocess": (_TYPE, _PASCAL),
            "java": (_TYPE, _FUNCTION_JSON[2:]),
            "javascript": (_TYPE, _FUNCTION_JSON),
            "typescript": (_TYPE, _FUNCTION_JSON),
            "powershell": (_TYPE, _FUNCTION_JSON),
            "python": ("generic_trigger", (*_SNAKE, "parameterDescriptionJson")),
        },
    ),
}

EDITIONS = tuple(_TABLES)
SURFACES = tuple(_TABLES[EDITIONS[0]][1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one surface declares the trigger in one edition.

    `construct` is the name of its attribute, annotation or decorator. `fields` maps each documented parameter
    to its name in function.json. `type` and `direction` are what the binding must say. `required` names the
    fields that every declaration gives: PowerShell writes function.json itself, so nothing is filled in for it.
    """

    construct: str
    fields: Mapping[str, str]
    type: str
    direction: str
    required: tuple[str, ...]

    def spell(self, field: str) -> str:
        """Return this surface's spelling of a field of function.json."""
        return next((word for word, known in self.fields.items() if known == field), field)


def find_dialect(edition: str, surface: str) -> Dialect:
    """Return a row of the tables; raise ValueError if there is no such edition or surface."""
    for what, found, known in (("edition", edition, EDITIONS), ("surface", surface, SURFACES)):
        if found not in known:
            raise ValueError(f"{what} = {found!r}, but should be one of {', '.join(known)}")
    direction, rows = _TABLES[edition]
    construct, parameters = rows[surface]
    return Dialect(
        construct=construct,
        fields={word: _FIELDS[word.replace("_", "").lower()] for word in parameters},
        type="assistantSkillTrigger" if construct == "generic_trigger" else _TYPE,
        direction=direction,
        required=_FUNCTION_JSON[:3] if surface == "powershell" else (),
    )
