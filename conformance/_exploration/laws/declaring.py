"""Laws about the bindings that declarations become."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from conformance._data.editions import edition_of
from conformance._data.open_world.matching import Mismatch, differences
from conformance._data.scenario import Scenario
from conformance._data.surfaces import DEFAULT_MODEL
from conformance._exploration.languages import is_exact
from conformance._exploration.laws.law import LawCheck, LawGroup, differs
from conformance._exploration.reading.conversation_trace import Trace
from conformance._exploration.reading.predicted_calls import MADE_UP, PredictedSkill, read_skills
from conformance._text import json_values

DECLARING: Final = LawGroup(needs="bindings")

TRIGGER_TYPE: Final = "AssistantSkillTrigger"

BindingPattern: TypeAlias = Callable[[Scenario, PredictedSkill], Mapping[str, Any]]


@DECLARING.law("AST-BINDING-EACH")
def each_has_its_binding(trace: Trace) -> Iterator[Mismatch]:
    """Check that every function has a binding, and no function that is not a skill has a trigger."""
    seen = trace.triggers
    declared = [skill.function for skill in trace.skills]
    triggered = [name for name, one in seen.items() if name in declared or _is_word(one.get("type"), TRIGGER_TYPE)]
    if sorted(triggered) != sorted(declared):
        yield differs("functions with the trigger", triggered, declared)
    for name, bindings in (trace.seen.bindings or {}).items():
        count = sum(
            _is_word(value, TRIGGER_TYPE) for one in bindings for key, value in one.items() if _is_word(key, "type")
        )
        if count > 1:
            yield Mismatch("triggers", str(count), "one", name)


@DECLARING.law("AST-BINDING-EACH")
def each_binding_is_its_own(trace: Trace) -> Iterator[Mismatch]:
    """Check that no binding has a name, a model or a description of parameters that was given for another function."""
    bound = list(_bound(trace))
    for skill, binding in bound:
        others = [other for other, _ in bound if other is not skill]
        name, text = binding.get("functionName"), binding.get("parameterDescriptionJson")
        is_own = "functionName" in skill.given or name in (None, skill.function)
        if not is_own and any(other.given.get("functionName") == name for other in others):
            yield differs("functionName", name, None, skill.function)
        model = None if "model" in skill.given else binding.get("model")
        if model not in (None, DEFAULT_MODEL) and any(other.given.get("model") == model for other in others):
            yield differs("model", model, None, skill.function)
        if skill.schema is MADE_UP and any(_describes_another(text, skill, other) for other in others):
            yield differs("parameterDescriptionJson", text, None, skill.function)


def _describes_another(text: Any, skill: PredictedSkill, other: PredictedSkill) -> bool:
    """Say whether a text is the description that was given for another skill, with other parameters."""
    properties = other.schema.get("properties") if isinstance(other.schema, dict) else None
    is_other = isinstance(properties, dict) and skill.declaration.argument.name not in properties
    return is_other and _is_json_text(text, other.schema)


def _bound(trace: Trace) -> Iterator[tuple[PredictedSkill, Mapping[str, Any]]]:
    """Yield each skill beside its binding, where it has one."""
    bindings = trace.triggers
    return ((skill, bindings[skill.function]) for skill in trace.skills if skill.function in bindings)


def _is_word(value: Any, word: str) -> bool:
    return isinstance(value, str) and value.casefold() == word.casefold()


def _given(key: str) -> BindingPattern:
    return lambda _, skill: {key: skill.given[key]} if key in skill.given else {}


def _parameters(scenario: Scenario, skill: PredictedSkill) -> Mapping[str, Any]:
    if skill.schema is MADE_UP or not is_exact(skill.schema, scenario.surface):
        return {}
    return {"parameterDescriptionJson": {"$json": {"$equals": skill.schema}}}


def _direction(scenario: Scenario, _: PredictedSkill) -> Mapping[str, Any]:
    """Return the direction that the edition documents; none means in to the host, but PowerShell's table demands it."""
    documented = edition_of(scenario.edition).spellings[scenario.surface].direction
    wanted = {"$any_case": documented}
    is_demanded = documented != "in" or scenario.surface == "powershell"
    return {"direction": wanted if is_demanded else {"$one_of": [wanted, {"$absent": True}]}}


BINDING_PATTERNS: Final[Mapping[str, BindingPattern]] = {
    "AST-BINDING-TYPE": lambda *_: {"type": {"$any_case": TRIGGER_TYPE}},
    "AST-BINDING-DIRECTION": _direction,
    "AST-BINDING-NAME": lambda _, skill: {"name": skill.given.get("name", skill.declaration.argument.name)},
    "AST-BINDING-FUNCTION-NAME": _given("functionName"),
    "AST-BINDING-DESCRIPTION": _given("functionDescription"),
    "AST-BINDING-PARAMETERS": _parameters,
}
"""What the binding of each skill must match, by requirement."""


def _matches(pattern: BindingPattern) -> LawCheck:
    def check(trace: Trace) -> Iterator[Mismatch]:
        for skill, binding in _bound(trace):
            for one in differences(pattern(trace.scenario, skill), binding, ""):
                yield one._replace(where=skill.function)

    return check


for _name, _pattern in BINDING_PATTERNS.items():
    DECLARING.law(_name)(_matches(_pattern))


@DECLARING.law("AST-BINDING-TYPE-SPELLING")
def binding_type_spelled(trace: Trace) -> Iterator[Mismatch]:
    """Check that each binding's type is spelled as the documentation spells it."""
    for skill, binding in _bound(trace):
        if _is_word(binding.get("type"), TRIGGER_TYPE) and binding["type"] != TRIGGER_TYPE:
            yield differs("type", binding["type"], TRIGGER_TYPE, skill.function)


def _is_json_text(text: Any, value: Any) -> bool:
    try:
        return isinstance(text, str) and json_values.equal(json_values.parse(text), value)
    except ValueError:
        return False


@DECLARING.law("AST-MODEL-GIVEN")
def binding_model(trace: Trace) -> Iterator[Mismatch]:
    """Check that a binding that carries a model carries the one that is given."""
    for skill, binding in _bound(trace):
        model = binding.get("model")
        if "model" in skill.given and model is not None and model != skill.given["model"]:
            yield differs("model", model, skill.given["model"], skill.function)


@DECLARING.law("AST-BINDING-REPEATABLE")
def bindings_repeat(trace: Trace) -> Iterator[Mismatch]:
    """Check that the bindings are the same when they are read again, at once and after the conversation."""
    seen = trace.seen
    if seen.again_error is not None:
        yield Mismatch("bindings", f"an error raised ({seen.again_error})", "the same again", "second reading")
    for where, again in (("second reading", seen.bindings_again), ("after the conversation", seen.bindings_after)):
        if again is not None and not json_values.equal(again, seen.bindings):
            yield differs("bindings", again, seen.bindings, where)


@DECLARING.law("AST-BINDING-ISOLATED")
def bindings_of_this_app_only(trace: Trace) -> Iterator[Mismatch]:
    """Check that a binding has nothing that only an app before gave its function."""
    before = trace.scenario.before
    earlier = read_skills(before) if before is not None else ()
    # What is made up for the same argument may be what was given for it.
    others = {skill.function: skill for skill in earlier}
    for skill, binding in _bound(trace):
        other = others.get(skill.function)
        if other is None or other.declaration.argument.name == skill.declaration.argument.name:
            continue
        for key in ("functionName", "parameterDescriptionJson"):
            if key in other.given and key not in skill.given and binding.get(key) == other.given[key]:
                got, wanted = json_values.show(binding[key]), "nothing of an app before"
                yield Mismatch(key, got, wanted, skill.function, surplus=True)
