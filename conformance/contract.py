"""What an implementation offers to be judged.

An implementation is a module (or any object) with `surfaces`, `create_app` and, if it does not offer every
edition, `editions`: see `Implementation`. What `create_app` returns is an `App`, which must have at least
one of `bindings` (`DeclaresBindings`) and `ask` (`Converses`).

Nothing here needs to be imported or inherited by an implementation: the protocols are structural. Implementations
in other languages offer the same over a protocol, which `docs/protocol.md` explains.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias, get_args, runtime_checkable

__all__ = [
    "EDITIONS",
    "JSON_TYPES",
    "SURFACES",
    "App",
    "Argument",
    "Context",
    "Converses",
    "DeclaresBindings",
    "Implementation",
    "JsonType",
    "Skill",
    "SkillHandler",
    "Surface",
]

Surface: TypeAlias = Literal[
    "csharp-isolated", "csharp-inprocess", "java", "javascript", "typescript", "powershell", "python"
]
"""A language, or a form of one, for which the documentation describes the trigger; CONTRIBUTING says how to add one."""

SURFACES: tuple[Surface, ...] = get_args(Surface)

EDITIONS: tuple[str, ...] = ("2024-04-14", "2025-05-15")
"""The dates of the documentation that the suite judges by, oldest first."""

JsonType: TypeAlias = Literal["string", "integer", "number", "boolean", "array", "object"]
"""The JSON type of a skill's argument, by its name in JSON Schema."""

JSON_TYPES: tuple[JsonType, ...] = get_args(JsonType)

SkillHandler: TypeAlias = Callable[[Any], Any]
"""A plain function of one parameter; it returns a JSON value or None, or raises.

`inspect.signature` shows the parameter by the name of the skill's argument, annotated with the Python type
that matches it (str, int, float, bool, list or dict).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an app is created in.

    `edition` is the date of the documentation, such as "2024-04-14". `surface` is the language surface whose
    spellings the declarations use. `environment` holds the settings of the function app, which docs/service.md
    lists; for an implementation in Python they are exported to `os.environ` as well while the case runs.
    """

    edition: str
    surface: Surface
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """The one argument of a skill's function: its name, and its JSON type."""

    name: str
    type: JsonType


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A skill to declare.

    `name` is the function's own name in the app (`[Function("AddTodo")]`, a PowerShell function's folder).
    `trigger` maps the documented parameters, spelled as the surface documents them, to their values; for
    PowerShell it is the whole binding, with `type`, `direction` and `name`.
    """

    name: str
    trigger: Mapping[str, Any]
    argument: Argument
    handler: SkillHandler


class App(Protocol):
    """A function app, made afresh for each case.

    Optional members, recognised by their presence: `bindings` and `ask` (at least one of them),
    `construct` (str: what this surface's attribute, annotation or decorator is called) and
    `close()` (called after the case, whatever happened in it).
    """

    def add_skill(self, skill: Skill, /) -> object:
        """Declare a skill; raise anything to refuse the declaration.

        `RecursionError` and `MemoryError` do not refuse: they are reported as errors.
        """


@runtime_checkable
class DeclaresBindings(Protocol):
    """An app that shows its declarations as the Functions host reads them."""

    def bindings(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Map each function's name to its bindings, as function.json holds them.

        An exception raised right after `add_skill` refuses the declaration too.
        """


@runtime_checkable
class Converses(Protocol):
    """An app that talks to the model."""

    def ask(self, message: str, /) -> str:
        """Post a user's message, run the skills that the model calls, and return the model's final text.

        Continues one conversation for the life of the app. An `Exception` that it raises ends the prompt in an error.
        """


class Implementation(Protocol):
    """A module or object that `--impl` names.

    Optional member: `editions` (a sequence of edition dates; absent means every edition). Reports show its
    `__version__`, or the version of the distribution that the module belongs to.
    """

    @property
    def surfaces(self) -> Sequence[Surface]:
        """The language surfaces that it offers, at least one."""

    def create_app(self, context: Context, /) -> App:
        """Create a fresh, empty function app; called once for each case."""
