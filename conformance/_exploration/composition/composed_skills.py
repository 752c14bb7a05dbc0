"""Composes the skills of an app: what is declared, and what the functions do."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count, repeat
from json import loads  # by name: an implementation may patch the module
from typing import Any, Final, Literal, TypeAlias

from conformance._data.scenario import Declaration
from conformance._data.surfaces import DEFAULT_MODEL
from conformance._exploration.composition.cards import SELDOM, Cards
from conformance._exploration.composition.composed_names import NameComposer, function_named
from conformance._exploration.pool.calls import FAILURE_TEXTS
from conformance._exploration.pool.flavours import FLAVOURS
from conformance._exploration.pool.names import ARGUMENT_NAMES, DEPLOYMENTS, MODELS
from conformance._exploration.pool.narrowed import NARROWED
from conformance._exploration.pool.parameter_descriptions import NOTATIONS, Flavour, describe
from conformance._exploration.pool.texts import LONG_DESCRIPTIONS, MIXED_TEXTS
from conformance._service import Provider
from conformance.contract import JSON_TYPES, Argument, JsonType

_Described: TypeAlias = tuple[Argument, dict[str, Any]]
_Behaviour: TypeAlias = Literal[
    "echoes", "returns", "returns text", "returns an empty text", "nothing", "raises", "raises first", "raises later"
]

_Difference: TypeAlias = Literal["own text", "last text", "argument"]

_DIFFERENCES: Final[tuple[_Difference, ...]] = ("own text", "own text", "last text", "argument")
_ELSEWHERE: Final = "As it stands in the other list"
_OTHER: Final = "otherOne"
_OPTIONAL: Final = ("functionName", "parameterDescriptionJson", "model")
_OUTCOMES: Final[tuple[_Behaviour, ...]] = (
    *("echoes",) * 14,
    "returns",
    "returns text",
    "returns an empty text",
    "nothing",
    "raises",
    "raises first",
    "raises later",
)
_TYPES: Final = (*JSON_TYPES, "string", "string")  # there are most values of it
_REPEATED_TYPES: Final[tuple[JsonType, ...]] = ("string", "object", "array", "string", "integer", "number")
_DESCRIPTIONS: Final = (*("one",) * 13, *("mixed",) * 6, "long")
SETTINGS: Final[tuple[Mapping[str, str], ...]] = (
    {"SKILL_NAME": "NameFromASetting", "SkillAlias": "NameFromASetting", "todoVerb": "Get", "Skills:Noun": "Todo"},
    {"SKILL_NAME": "AnotherName", "SkillAlias": "AnotherName", "todoVerb": "List", "Skills:Noun": "Task"},
)
"""Settings of an app, which names of tools may refer to; an app before has the other ones."""

LATER_RESULT: Final = "added at the second attempt"
"""What a function returns that fails the first time: no app says so of a failure."""

_FAILING: Final[Mapping[str, Mapping[str, Any]]] = {
    "raises": {},
    "raises first": {"raises_on": "first", "returns": LATER_RESULT},
    "raises later": {"raises_on": "later", "returns": "added at the first attempt"},
}

_MODELS_GIVEN: Final = (
    *("one", "none", "one by some", "one by the first", "one by the second", "one by the last", "none", "different"),
)


class SkillComposer:
    """Composes the skills of one app."""

    def __init__(self, cards: Cards, provider: Provider) -> None:
        self._cards = cards
        self._provider = provider
        self._names = NameComposer(cards)
        self._called = 0
        self._identifier: str | None = None

    def compose(self, number: int, *, called: int, repeats: bool, least: bool) -> tuple[Declaration, ...]:
        """Compose so many skills, the first of which are `called`; nearly alike if something `repeats`.

        Each declares what is dealt or, of an app that follows another one, the `least`: only a description.
        """
        self._names.expect(number)
        self._called = called
        models = repeat(None) if least else self._models(number)
        same = self._nearly_alike() if repeats else None
        skills = tuple(
            self._skill(
                place, next(models), self._described(is_called=place < called) if same is None else same[place % 2]
            )
            for place in range(number)
        )
        return tuple(map(self._reduced, skills)) if least else skills

    def further(self, place: int, model: str | None) -> Declaration:
        """Compose a skill after so many others, whose function is not called."""
        return self._skill(place, model, self._described(is_called=False))

    def _reduced(self, skill: Declaration) -> Declaration:
        """Leave a skill its description only, and a name that a setting gives."""
        left_out = {*_OPTIONAL}
        if "%" in skill.trigger.get("functionName", ""):
            left_out.remove("functionName")
        return replace(skill, trigger={key: one for key, one in skill.trigger.items() if key not in left_out})

    def precede(self, later: tuple[Declaration, ...], settings: Mapping[str, str]) -> tuple[Declaration, ...]:
        """Compose the skills of an app before, which declare all that the later ones (with settings) leave out."""
        self._called = len(later)
        model = self._model("earlier ", but=DEFAULT_MODEL)
        return tuple(self._earlier(place, skill, model, settings) for place, skill in enumerate(later))

    def _earlier(self, place: int, later: Declaration, model: str, settings: Mapping[str, str]) -> Declaration:
        """Compose a skill for the function of a later one: named otherwise, or alike, or alike but for case."""
        tool = later.tool_name(settings)
        described = self._described()
        given = str(later.trigger.get("functionName"))
        name = given if "%" in given else f"Before{later.function}"[:64]
        if place % 3 == 1:  # what is kept by these names shows by the type
            other = JSON_TYPES[(JSON_TYPES.index(later.argument.type) + 1) % len(JSON_TYPES)]
            name, described = tool, self._described(replace(later.argument, type=other))
        elif place % 3 == 2:  # noqa: PLR2004  # of three ways
            name = tool.swapcase()
        argument, said = described
        if place % 2 == 1:
            schema = describe(argument, self._cards.pick("flavour", FLAVOURS), "What an app before said of it", "Title")
            said["parameterDescriptionJson"] = NOTATIONS[0](schema)
        else:
            said.pop("parameterDescriptionJson", None)
        return self._skill(place, model, described, name)

    def _nearly_alike(self) -> tuple[_Described, _Described]:
        """Say of two skills nearly the same, as where one declaration was copied from another."""
        difference = self._cards.pick("what tells skills apart", _DIFFERENCES)
        return _twins(self._described(self._repeated()), difference)

    def _repeated(self) -> Argument:
        """Choose the argument that all skills have if something repeats, so that all types do."""
        kind = self._cards.unmarked.pick("type of what repeats", _REPEATED_TYPES)
        return Argument(name=self._cards.pick("argument's name", ARGUMENT_NAMES), type=kind)

    def _models(self, number: int) -> Iterator[str | None]:
        """Choose the model that each skill declares: which is asked is left open where they are different."""
        given = self._cards.pick("whether models are given", _MODELS_GIVEN)
        one = None if given in {"none", "different"} else self._model()
        for left in count(number - 1, -1):
            names_it = {
                "one": True,
                "one by some": left % 2 == 0,
                "one by the first": left == number - 1,
                "one by the second": left == max(number - 2, 0),
                "one by the last": left == 0,
            }.get(given)
            yield self._model("another ") if given == "different" else one if names_it else None

    def _model(self, which: str = "", *, but: str | None = None) -> str:
        """Choose a model or, on Azure OpenAI, a deployment: any but the default where it must show in a later app."""
        is_azure = self._provider == "azure"
        known = DEPLOYMENTS if is_azure else MODELS
        kind = "deployment" if is_azure else "model"
        return self._cards.pick(f"{which}{kind}", tuple(one for one in known if one != but))

    def _described(self, argument: Argument | None = None, *, is_called: bool = True) -> _Described:
        """Choose an argument unless it is given, and what is said of it and of the function.

        Only an argument that calls give may be narrowed: it shows by what they give.
        """
        cards = self._cards
        may_be_narrowed = argument is None and is_called
        argument = argument or Argument(
            name=cards.pick("argument's name", ARGUMENT_NAMES), type=cards.pick("argument's type", _TYPES)
        )
        said = {"functionDescription": self._description()}
        if cards.pick("whether parameters are described", (True, False)):
            narrows = may_be_narrowed and cards.pick("whether an argument is narrowed", (True, False))
            schema = describe(
                argument,
                cards.pick("flavour", FLAVOURS),
                cards.text("text in a schema"),
                cards.text("text in a schema"),
                cards.pick(f"narrowed {argument.type}", NARROWED[argument.type]).keywords if narrows else None,
            )
            if self._identifier is not None:  # as where one description was copied from another
                schema = {"$id": self._identifier, **schema}
            self._identifier = schema.get("$id") if self._identifier is None else None
            said["parameterDescriptionJson"] = cards.pick("notation", NOTATIONS)(schema)
        return argument, said

    def _description(self) -> str:
        match self._cards.pick("form of a description", _DESCRIPTIONS):
            case "mixed":
                return self._cards.pick("mixed description", MIXED_TEXTS)
            case "long":
                return self._cards.pick("long", LONG_DESCRIPTIONS)
        return self._cards.text("description")

    def _skill(self, number: int, model: str | None, described: _Described, name: str | None = None) -> Declaration:
        argument, said = described
        named = {"functionName": name} if name is not None else self._names.compose(number)
        if self._cards.pick("whether a name describes", SELDOM):
            said = {**said, "functionDescription": named.get("functionName", function_named(number))}
        trigger = {**said, **named, **({} if model is None else {"model": model})}
        return Declaration(function=function_named(number), argument=argument, trigger=trigger, **self._outcome(number))

    def _outcome(self, number: int) -> dict[str, Any]:
        """Choose what a function does; what one would return that is never called can't be seen."""
        cards = self._cards
        match cards.pick("outcome", _OUTCOMES) if number < self._called else "echoes":
            case "echoes":
                return {"echoes": True}
            case "returns":
                return {"returns": cards.value("result", cards.pick("result's type", JSON_TYPES))}
            case "returns text":
                return {"returns": cards.value("result", "string")}
            case "returns an empty text":
                return {"returns": ""}
            case "raises" | "raises first" | "raises later" as fails:
                return {"raises": cards.pick("failure", FAILURE_TEXTS), **_FAILING[fails]}
        return {}


def _twins(described: _Described, difference: _Difference) -> tuple[_Described, _Described]:
    """Say of another skill what is said of one, but for one thing about its parameters."""
    argument, said = described
    given = said.get("parameterDescriptionJson")
    if given is None and difference == "own text":
        return described, described
    schema = describe(argument, Flavour(), "What it is", "Title") if given is None else loads(given)
    properties = schema["properties"]
    if argument.name not in properties:
        return described, described
    own = properties[argument.name]
    if difference == "argument" and "required" not in schema:
        shared = {**schema, "properties": {**properties, _OTHER: own}}
        said = {**said, "parameterDescriptionJson": NOTATIONS[0](shared)}
        return (argument, said), (replace(argument, name=_OTHER), said)
    if difference == "last text":
        long = {**schema, "description": "As it stands in the list. " * 20}
        described = argument, {**said, "parameterDescriptionJson": NOTATIONS[0](long)}
        twin = {**long, "$defs": {**schema.get("$defs", {}), "label": {"title": _ELSEWHERE}}}
    else:
        twin = {**schema, "properties": {**properties, argument.name: {**own, "description": _ELSEWHERE}}}
    return described, (argument, {**said, "parameterDescriptionJson": NOTATIONS[0](twin)})
