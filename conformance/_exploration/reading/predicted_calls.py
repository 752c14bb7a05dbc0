"""What a scenario says about its skills and calls, read once: the part of a prediction that needs no conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from jsonschema import Draft4Validator

from conformance._data.scenario import Declaration, Episode
from conformance._exploration.languages import DOUBLES, is_exact, tells_apart
from conformance._service import ToolCall
from conformance._service.tool_schema import is_closed_to
from conformance._text import json_values
from conformance._text.placeholders import settings_in
from conformance._text.schema_meaning import accepts
from conformance.contract import Surface

NameSource: TypeAlias = Literal["given", "setting", "function"]
CallKind: TypeAlias = Literal["good", "extra", "null", "missing", "malformed", "unknown", "unclear"]
"""What a tool call is to the app.

`good` gives the argument and nothing else, `extra` gives more; `null` and `missing` may run the function with null
or fail; `malformed` and `unknown` run nothing. Of an `unclear` one nothing is predicted.
"""


class _MadeUp:
    """Stands for a parameter description that is left to the implementation."""

    def __repr__(self) -> str:
        return "made up"


MADE_UP: Final = _MadeUp()


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedSkill:
    """A declaration by the names of function.json, and the tool that it becomes.

    `tool` is None where the documentation does not say how the tool is named, `schema` MADE_UP where none is given;
    `told` is then the schema that the app made up, where that is known.
    """

    declaration: Declaration
    given: Mapping[str, Any]
    tool: str | None
    named_by: NameSource
    schema: Any
    told: Any = None

    @property
    def function(self) -> str:
        """The function's own name in the app."""
        return self.declaration.function


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedCall:
    """A tool call of the model: which skill it runs, and with which argument (None unless it gives one)."""

    call: ToolCall
    kind: CallKind
    skill: PredictedSkill | None = None
    argument: Any = None

    @property
    def function(self) -> str:
        """The own name of the skill's function, nothing if the call is not one of a skill."""
        return "" if self.skill is None else self.skill.function

    @property
    def runs(self) -> bool:
        """Say whether the function is sure to run."""
        return self.kind in {"good", "extra"}

    @property
    def fails(self) -> bool:
        """Say whether the model is sure to be told of a failure."""
        raises = self.skill is not None and self.skill.declaration.raises is not None
        return self.kind in {"malformed", "unknown"} or (self.runs and raises)

    @property
    def result(self) -> Any:
        """What the function returns; None too if it raises, or none is called."""
        if self.skill is None:
            return None
        return self.argument if self.skill.declaration.echoes else self.skill.declaration.returns


def read_skills(episode: Episode) -> tuple[PredictedSkill, ...]:
    """Read what an app declares."""
    return tuple(_read_skill(declaration, episode.settings) for declaration in episode.skills)


def _read_skill(declaration: Declaration, settings: Mapping[str, str]) -> PredictedSkill:
    given = declaration.given
    tool, named_by = _name(declaration, settings)
    schema = _schema(given.get("parameterDescriptionJson"))
    return PredictedSkill(declaration=declaration, given=given, tool=tool, named_by=named_by, schema=schema)


def _name(declaration: Declaration, settings: Mapping[str, str]) -> tuple[str | None, NameSource]:
    given = declaration.given.get("functionName")
    if given is None:
        return declaration.function, "function"
    if not isinstance(given, str) or not given:
        return None, "given"
    wanted = settings_in(given)
    if not wanted:
        return (None if "%" in given else given), "given"
    is_known = all(name in settings for name in wanted)
    return (declaration.tool_name(settings) if is_known else None), "setting"


def _schema(given: Any) -> Any:
    if given is None or given == "":
        return MADE_UP
    return json_values.parse(given) if isinstance(given, str) else given


def read_calls(
    calls: Sequence[ToolCall], skills: Sequence[PredictedSkill], surface: Surface
) -> tuple[PredictedCall, ...]:
    """Read the calls of one reply."""
    return tuple(_read_call(call, skills, surface) for call in calls)


def _read_call(call: ToolCall, skills: Sequence[PredictedSkill], surface: Surface) -> PredictedCall:
    skill = next((skill for skill in skills if skill.tool == call.name), None)
    if skill is None:
        known = {skill.tool.casefold() if skill.tool else None for skill in skills}
        like_a_tool = None in known or call.name.casefold() in known
        return PredictedCall(call=call, kind="unclear" if like_a_tool else "unknown")
    kind, argument = _read_arguments(call.arguments, skill, surface)
    return PredictedCall(call=call, kind=kind, skill=skill, argument=argument)


def _read_arguments(text: str, skill: PredictedSkill, surface: Surface) -> tuple[CallKind, Any]:
    name = skill.declaration.argument.name
    try:
        arguments = json_values.parse(text)
    except ValueError:
        return _unreadable(text), None
    if not isinstance(arguments, dict):
        return ("malformed" if arguments else "unclear"), None  # `arguments or {}` is what many apps read
    if arguments.get(name) is None and tells_apart(arguments, surface):
        return ("null" if name in arguments else "missing"), None
    return _clear(arguments, skill, surface), arguments.get(name)


def _clear(arguments: Mapping[str, Any], skill: PredictedSkill, surface: Surface) -> CallKind:
    """Return the kind of a call that gives the argument."""
    argument = skill.declaration.argument
    if not tells_apart([arguments, skill.declaration.returns], surface):
        return "unclear"
    # By version 4, in which 1.0 is not an integer: not every parser takes it for one.
    if not Draft4Validator.TYPE_CHECKER.is_type(arguments[argument.name], argument.type):
        return "unclear"
    if not _agrees(arguments, skill):
        return "unclear"
    return "good" if len(arguments) == 1 else "extra"


def _unreadable(text: str) -> CallKind:
    if not text:  # no text at all is as good as no arguments
        return "missing"
    # Some parsers read objects that are not JSON by its definition: single quotes, a comma too many, NaN.
    looks_like_object = text.strip().startswith("{") and text.strip().endswith("}")
    return "unclear" if not text.strip() or looks_like_object else "malformed"


def are_exact(told: PredictedCall, surface: Surface) -> bool:
    """Say whether the arguments of a call are a JSON object that a language can hold, or are those of no skill."""
    if told.kind in {"malformed", "unclear"}:
        return False
    if surface not in DOUBLES:
        return True
    try:
        return is_exact(json_values.parse(told.call.arguments or "{}"), surface)
    except ValueError:  # of a call that runs nothing
        return False


def _agrees(arguments: Mapping[str, Any], skill: PredictedSkill) -> bool:
    """Say whether arguments agree with the parameter description that the model was given, which may be closed."""
    if skill.schema is MADE_UP:
        return not is_closed_to(skill.told, arguments)
    try:
        return accepts(skill.schema, arguments)
    except ValueError:  # a description may have anything in it
        return False
