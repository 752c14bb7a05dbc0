"""What is found in the folder of a function app."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from conformance._judging.observation import trigger_bindings
from conformance.contract import Surface

_TYPE: Final = "assistantskilltrigger"
_DESCRIPTIONS: Final = ("functiondescription", "parameterdescriptionjson")
_NEAR_TYPE: Final = 0.7  # "skillTrigger" has 0.73, no other trigger of Functions more than 0.65
_NEAR_KEY: Final = 0.85
_OTHER_TYPES: Final = frozenset({
    "assistantcreate", "assistantpost", "assistantquery", "embeddings", "embeddingsstore", "semanticsearch",
    "textcompletion",
    "activitytrigger", "blobtrigger", "cosmosdbtrigger", "daprbindingtrigger", "daprserviceinvocationtrigger",
    "daprtopictrigger", "entitytrigger", "eventgridtrigger", "eventhubtrigger", "httptrigger", "kafkatrigger",
    "manualtrigger", "mcpprompttrigger", "mcpresourcetrigger", "mcptooltrigger", "mysqltrigger",
    "orchestrationtrigger", "queuetrigger", "rabbitmqtrigger", "redislisttrigger", "redispubsubtrigger",
    "redisstreamtrigger", "servicebustrigger", "signalrtrigger", "sqltrigger", "timertrigger", "warmuptrigger",
    "webpubsubtrigger",
})  # fmt: skip
"""The extension's other bindings and the triggers of others, in lower case: they are meant as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedBinding:
    """One binding of a function, with its line and the lines of its members, where these are known."""

    value: Mapping[str, Any]
    line: int
    lines: Mapping[str, int]

    def member(self, name: str) -> Any:
        """Return a member, however its key is spelled; None if there is none."""
        return next((value for key, value in self.value.items() if key.casefold() == name), None)

    @property
    def type(self) -> Any:
        """The type of the binding, None if it has none."""
        return self.member("type")

    @property
    def is_for_skill(self) -> bool:
        """Say whether the binding is meant to be this trigger, although its type may be misspelt or missing."""
        letters = re.sub(r"[\W_]", "", str(self.type)).casefold()
        if letters in _OTHER_TYPES:
            return False
        if "assistantskill" in letters or difflib.SequenceMatcher(None, letters, _TYPE).ratio() >= _NEAR_TYPE:
            return True
        keys = [key.casefold() for key in self.value]
        return any(difflib.get_close_matches(key, keys, n=1, cutoff=_NEAR_KEY) for key in _DESCRIPTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function of an app: its name, its bindings, the file that declares it, from the app's folder on.

    `parameters` are the names of its parameters, if they can be read. `outdated` says which programming model
    declares it, if that is one that the documentation leaves out. `disabled` is what function.json says of that: true,
    or the setting that decides. `script_fault` says what is wrong with the file of its code, None if nothing is known.
    """

    name: str
    bindings: tuple[PlacedBinding, ...]
    file: str
    parameters: tuple[str, ...] | None = None
    outdated: str | None = None
    disabled: bool | str = False
    script_fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredSkill:
    """A function with an assistant skill trigger; the keys of `binding` are spelled as function.json's."""

    function: Function
    binding: Mapping[str, Any]
    line: int
    lines: Mapping[str, int]

    @classmethod
    def of(cls, function: Function) -> Iterator[DeclaredSkill]:
        """Yield the skill that a function is, one for each binding that is meant to be this trigger."""
        for binding in function.bindings:
            if binding.is_for_skill:
                yield cls(
                    function=function,
                    binding=trigger_bindings({"": [binding.value]})[""],
                    line=binding.line,
                    lines={key.casefold(): line for key, line in binding.lines.items()},
                )

    def line_of(self, key: str | None) -> int:
        """Return the line of a member of the binding, or of the binding itself."""
        return self.lines.get((key or "").casefold(), self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltApp:
    """A built function app.

    `name` is that of its folder, `settings` are those of its local.settings.json, None if it has none.
    """

    name: str
    folder: Path
    surface: Surface
    settings: Mapping[str, str] | None
    functions: tuple[Function, ...]
    skills: tuple[DeclaredSkill, ...]

    def is_disabled(self, skill: DeclaredSkill) -> bool:
        """Say whether the host doesn't offer a skill, since the function is disabled by a setting or in its file."""
        function = skill.function
        named = function.disabled if isinstance(function.disabled, str) else ""
        sought = {f"AzureWebJobs.{function.name}.Disabled".casefold(), named.casefold()}
        return function.disabled is True or any(
            name.casefold() in sought and value.casefold() in {"true", "1"}
            for name, value in (self.settings or {}).items()
        )

    def place_of(self, skill: DeclaredSkill, key: str | None = None) -> str:
        """Return file and line of a binding or of one of its members, from the current folder on."""
        file = Path(os.path.relpath(self.folder / skill.function.file)).as_posix()
        return f"{file}:{skill.line_of(key)}"
