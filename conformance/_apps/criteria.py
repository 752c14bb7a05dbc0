"""What a declared skill is judged by: one row for each requirement that a declaration on disk can show."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from conformance._apps.declared_skill import BuiltApp, DeclaredSkill
from conformance._apps.host_refusals import arguments_of, find_refusals, fold_of
from conformance._apps.skill_tool import NotJudgedError, find_violations, name_of, parameters_of
from conformance._data.open_world.matching import ABSENT, Mismatch, differences
from conformance._data.surfaces import DEFAULT_MODEL
from conformance._text import json_values

_BINDING_NAME = re.compile("[a-zA-Z_][a-zA-Z0-9_]{0,127}")
"""What the Functions host accepts; underscores since 4.1038 (https://github.com/Azure/azure-functions-host/pull/10764).

An app may run on any later host, whatever edition it was written for.
"""

_NO_SYNTAX: Final = frozenset({"parameters-items", "parameters-choice"})
"""For what OpenAI refuses a JSON Schema of an object although its reference does not say so."""

_COMBINING: Final = frozenset({"$ref", "allOf", "anyOf", "oneOf"})
"""What may bring a schema more properties than it lists."""

_SHOWN_VALUE: Final = 160
_MADE_UP_NAME = re.compile("assistantskilltrigger[0-9a-f]{10}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppView:
    """What a skill is judged in: its app, and an edition with the type and direction that it documents."""

    app: BuiltApp
    edition: str
    type: str
    direction: str


CriterionCheck = Callable[[DeclaredSkill, AppView], Iterable[Mismatch]]
"""Finds what is wrong with a skill; raises NotJudgedError where that can't be known."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that each skill is judged by.

    `slug` begins the case's id. Of `requirements` the one counts that concerns the app's surface; if the edition has
    none, there is nothing to judge. `key` is the member of the binding whose line a failure points at. `statement` says
    of a declaration what the requirement says of an implementation that refuses it. `remark` notes what violates
    nothing.
    """

    slug: str
    requirements: tuple[str, ...]
    title: str
    check: CriterionCheck
    key: str | None = None
    statement: str | None = None
    remark: Callable[[DeclaredSkill], Iterable[str]] | None = None


def _matching(pattern: Callable[[AppView], Mapping[str, Any]]) -> CriterionCheck:
    return lambda skill, view: differences(pattern(view), skill.binding, "binding")


def _check_direction(skill: DeclaredSkill, view: AppView) -> Iterator[Mismatch]:
    absent_is_in = view.direction == "in" and view.app.surface != "powershell"  # whose table demands a direction
    if not (absent_is_in and "direction" not in skill.binding):
        yield from differences({"direction": {"$any_case": view.direction}}, skill.binding, "binding")


def _check_binding_name(skill: DeclaredSkill, view: AppView) -> Iterator[Mismatch]:
    name = skill.binding.get("name", ABSENT)
    known = arguments_of(skill.function, view.app.surface)
    fold = fold_of(view.app.surface)
    if not isinstance(name, str) or not _BINDING_NAME.fullmatch(name):
        wanted = "a letter or an underscore, and up to 127 letters, digits and underscores: the host accepts no other"
        yield _wrong("name", name, wanted)
    elif _MADE_UP_NAME.fullmatch(name):
        yield _wrong("name", name, "the name of the function's argument (no name was given; this one was made up)")
    elif known is not None and fold(name) not in map(fold, known):
        yield _wrong("name", name, f"the name of the function's argument ({', '.join(known) or 'it has none'})")


def _check_name(skill: DeclaredSkill, view: AppView) -> Iterator[Mismatch]:
    name = name_of(skill, view.app.settings)
    yield from _refusals("the name for the model", name, {"name": name})


def _check_name_is_unique(skill: DeclaredSkill, view: AppView) -> Iterator[Mismatch]:
    name = name_of(skill, view.app.settings)
    if view.app.is_disabled(skill):
        raise NotJudgedError(f"has disabled {skill.function.name}")
    for other in view.app.skills:
        if other is skill:
            return
        if view.app.is_disabled(other) or other.function.name == skill.function.name:
            continue  # that one name stands for two functions is a case of its own
        try:
            taken = name_of(other, view.app.settings)
        except NotJudgedError:
            continue
        if str(taken).casefold() == str(name).casefold():
            wanted = f"a name that no other skill has ({other.function.name} has it, {view.app.place_of(other)})"
            yield Mismatch(what="the name for the model", got=json_values.show(name), wanted=wanted)


def _check_parameters_are_text(skill: DeclaredSkill, _: AppView) -> Iterator[Mismatch]:
    text = skill.binding.get("parameterDescriptionJson")
    if text is None:
        raise NotJudgedError("has a skill without a parameter description")
    if not isinstance(text, str):
        yield _wrong("parameterDescriptionJson", text, "JSON text")


def _check_parameters(skill: DeclaredSkill, _: AppView) -> Iterator[Mismatch]:
    try:
        parameters = parameters_of(skill)
    except ValueError as error:
        yield _wrong("parameterDescriptionJson", skill.binding["parameterDescriptionJson"], f"JSON ({error})")
        return
    yield from _refused_parameters(parameters, lambda rule: rule not in _NO_SYNTAX)


def _check_parameters_are_not_null(skill: DeclaredSkill, _: AppView) -> Iterator[Mismatch]:
    with suppress(ValueError):  # which another case is about
        if parameters_of(skill) is None:
            yield _wrong("parameterDescriptionJson", skill.binding["parameterDescriptionJson"], "an object schema")


def _note_other_argument(skill: DeclaredSkill) -> Iterator[str]:
    """Note a description that leaves out the one argument that the shipped extension hands over."""
    with suppress(ValueError, NotJudgedError):
        parameters, name = parameters_of(skill), skill.binding.get("name")
        is_given = isinstance(name, str) and not _MADE_UP_NAME.fullmatch(name)
        if not is_given or not isinstance(parameters, dict) or _COMBINING & parameters.keys():
            return
        properties = parameters.get("properties")
        if isinstance(properties, dict) and name not in properties:
            described = ", ".join(properties) or "none"
            yield f"the parameter description has no property {name} ({described}), so the function gets null"


def _check_parameters_are_taken(skill: DeclaredSkill, _: AppView) -> Iterator[Mismatch]:
    try:
        yield from _refused_parameters(parameters_of(skill), _NO_SYNTAX.__contains__)
    except ValueError as error:
        raise NotJudgedError(f"has a skill whose parameter description is not JSON ({error})") from error


def _refused_parameters(parameters: Any, concerns: Callable[[str], bool]) -> Iterator[Mismatch]:
    return _refusals("the parameter description", parameters, {"name": "skill", "parameters": parameters}, concerns)


def _check_model(skill: DeclaredSkill, _: AppView) -> Iterator[Mismatch]:
    model = skill.binding.get("model", ABSENT)
    if model == "DefaultChatModel" or not (model is ABSENT or isinstance(model, str)):
        yield _wrong("model", model, f"{DEFAULT_MODEL}, the name of another model, or absent")


def _check_programming_model(skill: DeclaredSkill, _: AppView) -> Iterator[Mismatch]:
    if skill.function.outdated is not None:
        yield Mismatch(
            what="the programming model",
            got=f"{skill.function.outdated} (a function.json for each function)",
            wanted="the one in which code declares the functions",
        )


def _wrong(key: str, value: Any, wanted: str) -> Mismatch:
    return Mismatch(what=f"binding.{key}", got="absent" if value is ABSENT else json_values.show(value), wanted=wanted)


def _refusals(
    what: str, value: Any, function: Mapping[str, Any], concerns: Callable[[str], bool] = lambda _: True
) -> Iterator[Mismatch]:
    """Say for what OpenAI refuses a tool of this function, and which declared value that comes from."""
    for violation in find_violations([{"type": "function", "function": function}]):
        if not concerns(violation.rule):
            continue
        said = violation.message.removeprefix("tools[0].")
        wanted = f"one that OpenAI accepts; it answers {violation.answer} ({said})"
        yield Mismatch(what=what, got=json_values.show(value, _SHOWN_VALUE), wanted=wanted)


# fmt: off
CRITERIA: Final = (
    Criterion("programming-model", ("AST-DECLARATION-NODE-MODEL", "AST-DECLARATION-PYTHON-MODEL"),
              "the function follows the documented programming model", _check_programming_model),
    Criterion("type", ("AST-BINDING-TYPE",),
              "the type of the binding is that of the trigger, ignoring case",
              _matching(lambda view: {"type": {"$any_case": view.type}}), "type"),
    Criterion("type-spelling", ("AST-BINDING-TYPE-SPELLING",),
              "the type of the binding is spelled exactly as that of the trigger",
              _matching(lambda view: {"type": view.type}), "type"),
    Criterion("direction", ("AST-BINDING-DIRECTION",),
              "the direction of the binding is the documented one, ignoring case", _check_direction, "direction"),
    Criterion("binding-name", ("AST-BINDING-NAME",),
              "the binding has a name that the host accepts, and that of the function's argument",
              _check_binding_name, "name"),
    Criterion("description", ("AST-DECLARATION-DESCRIPTION-REQUIRED",), "the function is described",
              _matching(lambda _: {"functionDescription": {"$text": True}}), "functionDescription",
              "Every skill has a description."),
    Criterion("parameters-text", ("AST-BINDING-PARAMETERS",),
              "the parameter description is a string", _check_parameters_are_text, "parameterDescriptionJson"),
    Criterion("parameters", ("AST-SCHEMA-SYNTAX",),
              "the parameter description has the syntax of the chat request's tools",
              _check_parameters, "parameterDescriptionJson", remark=_note_other_argument),
    Criterion("parameters-object", ("AST-DECLARATION-SCHEMA-FORM",), "the parameter description is not null",
              _check_parameters_are_not_null, "parameterDescriptionJson",
              "A parameter description is the JSON text of an object schema."),
    Criterion("parameters-accepted", ("AST-SERVICE-TOOLS",), "OpenAI accepts the parameter description",
              _check_parameters_are_taken, "parameterDescriptionJson"),
    Criterion("name", ("AST-DECLARATION-NAME-FORM",),
              "OpenAI accepts the name for the model", _check_name, "functionName",
              "The name of a skill is 1 to 64 letters, digits, underscores and dashes, as OpenAI accepts it."),
    Criterion("unique-name", ("AST-DECLARATION-NAME-UNIQUE",),
              "no other skill has the same name for the model, ignoring case", _check_name_is_unique, "functionName",
              "No two skills of an app have the same name, ignoring case."),
    Criterion("model", ("AST-MODEL-DEFAULT",), "the model is not a mistaken default", _check_model, "model"),
    Criterion("hosted", ("AST-DECLARATION-HOSTED",), "the Functions host and the language worker accept the function",
              lambda skill, view: find_refusals(skill.function, view.app)),
)
# fmt: on
