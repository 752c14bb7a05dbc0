"""How each surface spells the documented parameters (`cases/<edition>/surfaces.yaml`), and the default model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from conformance._data.corpus import schema_of
from conformance._text import schemas, yaml_documents
from conformance._text.words import suggest
from conformance._text.yaml_documents import Document
from conformance.contract import Surface

PARAMETERS: Final = (
    "type",
    "direction",
    "name",
    "functionName",
    "functionDescription",
    "parameterDescriptionJson",
    "model",
)
"""What a binding of this trigger may hold, by the names of function.json."""

CANONICAL: Final = {name.casefold(): name for name in PARAMETERS}

DEFAULT_MODEL: Final = "gpt-3.5-turbo"
"""The documented default of the model, and of the deployment."""


def parameter_of(key: str) -> str | None:
    """Return the name in function.json of a declaration's parameter, however a surface spells it."""
    return CANONICAL.get(key.replace("_", "").casefold())


def find_twins(binding: Iterable[str]) -> tuple[str, str] | None:
    """Return two members of a binding that the Functions host, which compares without case, takes for one parameter."""
    seen: dict[str, str] = {}
    for key in binding:
        if key.casefold() in CANONICAL and (other := seen.setdefault(key.casefold(), key)) != key:
            return other, key
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One surface in one edition; `direction` is that of the edition's bindings, the same on every surface.

    `parameters` maps the names of function.json to the documented spelling; `prefilled` holds what a declaration
    on this surface cannot do without (by function.json's names), a binding's `name` being its argument's.
    """

    surface: Surface
    direction: str
    construct: str | None
    parameters: Mapping[str, str]
    prefilled: Mapping[str, str]

    def spell(self, trigger: Mapping[str, Any], argument: str) -> dict[str, Any]:
        """Spell a declaration's parameters as the surface does; raise KeyError for an undocumented one."""
        prefilled = {key: argument if key == "name" else value for key, value in self.prefilled.items()}
        whole = {**prefilled, **trigger}
        return {self.parameters[key]: value for key, value in whole.items()}


def load_spellings(path: Path) -> Mapping[Surface, Spelling]:
    """Read an edition's surfaces; raise CaseFileError for a file that breaks the form."""
    document = yaml_documents.read(path)
    schemas.check_form(document, schema_of("surfaces"))
    constants = {"type": document.value["type"], "direction": document.value["direction"], "name": ""}
    for surface, record in document.value["surfaces"].items():
        _check_parameters(document, surface, record)
    return {
        surface: Spelling(
            surface=surface,
            direction=constants["direction"],
            construct=record.get("construct"),
            parameters=record["parameters"],
            prefilled={key: constants[key] for key in record.get("prefilled", ())},
        )
        for surface, record in document.value["surfaces"].items()
    }


def _check_parameters(document: Document, surface: str, record: Mapping[str, Any]) -> None:
    location = ("surfaces", surface, "parameters")
    parameters = record["parameters"]
    spellings: set[str] = set()
    for name, spelling in parameters.items():
        if name not in PARAMETERS:
            raise document.error((*location, name), f"the unknown parameter {name!r}", suggest(name, PARAMETERS))
        if spelling in spellings:
            raise document.error((*location, name), f"the spelling {spelling!r} a second time", "each once")
        spellings.add(spelling)
    for number, name in enumerate(record.get("prefilled", ())):
        if name not in parameters:
            found = f"{name}, which {surface} does not document"
            raise document.error(("surfaces", surface, "prefilled", number), found, suggest(name, parameters))
