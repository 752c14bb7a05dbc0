"""How each language surface spells the documented parameters: `cases/<edition>/surfaces.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conformance import _schema, _yaml
from conformance.contract import Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One surface in one edition.

    `parameters` maps the names of function.json to the documented spelling; `prefilled` holds what a declaration
    on this surface cannot do without (by function.json's names), a binding's `name` being its argument's.
    """

    surface: Surface
    construct: str | None
    parameters: Mapping[str, str]
    prefilled: Mapping[str, str]

    def spell(self, trigger: Mapping[str, Any], argument: str) -> dict[str, Any]:
        """Spell a declaration's parameters as the surface does; raise KeyError for an undocumented one."""
        prefilled = {key: argument if key == "name" else value for key, value in self.prefilled.items()}
        whole = {**prefilled, **trigger}
        return {self.parameters[key]: value for key, value in whole.items()}


def load(path: Path) -> Mapping[Surface, Spelling]:
    """Read an edition's surfaces; raise CaseFileError for a file that breaks the form."""
    document = _yaml.read(path)
    _schema.check(document, "surfaces")
    constants = {"type": document.value["type"], "direction": document.value["direction"], "name": ""}
    return {
        surface: Spelling(
            surface=surface,
            construct=record.get("construct"),
            parameters=record["parameters"],
            prefilled={key: constants[key] for key in record.get("prefilled", ())},
        )
        for surface, record in document.value["surfaces"].items()
    }
