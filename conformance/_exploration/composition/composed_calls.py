"""Composes the model's calls of skills: what they give, and what may be wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from json import dumps, loads  # by name: an implementation may patch the module
from typing import Any, Final, Literal, TypeAlias

from conformance._data.scenario import Declaration
from conformance._exploration.composition.cards import RARELY, Cards
from conformance._exploration.composition.outlines import Outline
from conformance._exploration.pool import calls as pool
from conformance._exploration.pool.json_samples import BIG_INTEGERS
from conformance._exploration.pool.narrowed import values_of
from conformance._exploration.pool.parameter_descriptions import much_escaped
from conformance._exploration.pool.texts import FORMATTED_TEXTS, MIXED_TEXTS
from conformance._service import ToolCall
from conformance.contract import JsonType

_Oddity: TypeAlias = Literal["malformed", "value alone", "unknown", "extra", "missing", "null", "no arguments"]

_ODDITIES: Final[tuple[_Oddity | None, ...]] = (
    *("malformed", "malformed", "malformed", "value alone", "value alone", "no arguments"),
    *("unknown", "unknown", "extra", "extra", "missing", "null"),
    *(None, None, None, None),
)
_MUCH: Final = "Milk, " * 200
_NEARLY_REPEATED: Final[Mapping[JsonType, Sequence[Any]]] = {
    "string": ("Milk", "Milk", "milk", "Milk ", _MUCH + "eggs", _MUCH + "bread"),
    "integer": (7, 7, -7, 70),
    "number": (0.5, 0.5, -0.5, 0.55),
    "boolean": (True, True, False),
    "array": (["Milk"], ["Milk"], ["milk"], [1], [True], ["1"]),
    "object": ({"id": 7}, {"id": 7}, {"id": "7"}, {"id": 7, "at": None}),
}
"""What repeated calls give: mostly the same, and sometimes what is nearly the same."""

_ALONE: Final[Mapping[JsonType, Sequence[Any]]] = {
    "string": ("Milk", "7"),
    "integer": (7, -7),
    "number": (7, -1.5),
    "boolean": (True,),
    "array": (["Milk"], [[7]]),
}
"""What stands in the place of the arguments as if it were the argument: an object would be arguments."""

_INSTEAD: Final[tuple[Mapping[str, Any], ...]] = (
    {},
    {"another": "Milk"},
    {"value": 7},
    {"arguments": {"{argument}": "Milk"}},
    {"parameters": {"{argument}": [7]}},
)
_EXTRA: Final = tuple(product(pool.EXTRA_ARGUMENTS, (True, False)))
"""What is given beside the argument, and whether it comes first."""

_SWAPPED: Final = "call_i{}"
"""Stands for the id of the call before, with letters of the other case."""

_FORMS: Final = ("one", "one", "formatted", "one", "mixed", "formatted")


class CallComposer:
    """Composes the calls of one scenario, which are numbered."""

    def __init__(self, cards: Cards, settings: Mapping[str, str], *, unbounded: bool) -> None:
        self._cards = cards
        self._settings = settings
        self._unbounded = unbounded
        self._numbers = 0
        self._last_id = ""
        self._ids = {""}
        self._schemas: dict[str, Mapping[str, Any]] = {}

    def compose(self, outline: Outline, skills: tuple[Declaration, ...]) -> ToolCall:
        """Compose the next call, of the next skill."""
        self._numbers += 1
        skill = skills[(self._numbers - 1) % len(skills)]
        oddity = self._cards.pick("oddity", _ODDITIES) if outline.odd else None
        name = self._unknown_tool(skill) if oddity == "unknown" else skill.tool_name(self._settings)
        return ToolCall(id=self._id(), name=name, arguments=self._arguments(skill, oddity, repeats=outline.repeats))

    def _unknown_tool(self, skill: Declaration) -> str:
        """Choose a name that no tool has, some of them nearly that of one."""
        tool = skill.tool_name(self._settings)
        near = (
            f"{tool[:60]}2",
            tool[:-1] or "Q",
            skill.function,
            tool.replace("_", "-") if "_" in tool else f"_{tool[:60]}",
        )
        is_near = self._cards.pick("whether an unknown tool is nearly known", (True, False))
        return self._cards.pick("near tool", near) if is_near else self._cards.pick("unknown tool", pool.UNKNOWN_TOOLS)

    def _id(self) -> str:
        """Choose an id, which may differ by case only from the one before."""
        form = self._cards.pick(
            "id", ("call_{}", "call_Zx9-{}", "{}", "call_a_very_long_identifier_of_40_{:0>5}", _SWAPPED)
        )
        swapped = self._last_id.swapcase()
        if form == _SWAPPED and swapped not in self._ids:
            self._last_id = swapped
        else:
            self._last_id = form.format(self._numbers)
        self._ids.add(self._last_id)
        return self._last_id

    def _arguments(self, skill: Declaration, oddity: _Oddity | None, *, repeats: bool) -> str:
        match oddity:
            case "malformed":
                return self._cards.pick("malformed", pool.MALFORMED).replace("{argument}", skill.argument.name)
            case "value alone" if skill.argument.type in _ALONE:
                return _compact(self._cards.pick(f"{skill.argument.type} alone", _ALONE[skill.argument.type]))
            case "no arguments":
                return ""
            case _:
                given = self._given(skill, oddity, repeats=repeats)
        if repeats:  # to the letter
            return _compact(given)
        return self._cards.pick("arguments' notation", _NOTATIONS)(given)

    def _given(self, skill: Declaration, oddity: _Oddity | None, *, repeats: bool) -> Mapping[str, Any]:
        """Choose arguments that are a JSON object."""
        name = skill.argument.name
        match oddity:
            case "missing":
                return _others(self._cards.pick("what is given instead", _INSTEAD), name)
            case "null":
                alone = self._cards.pick("whether null stands alone", (True, False))
                return {name: None} if alone else self._with_more(name, None)
            case "extra":
                return {**self._required(skill), **self._with_more(name, self._value(skill, repeats=repeats))}
        return {**self._required(skill), name: self._value(skill, repeats=repeats)}

    def _with_more(self, name: str, value: Any) -> Mapping[str, Any]:
        """Put arguments that the function does not have before or after its own."""
        extra, comes_first = self._cards.unmarked.pick("extra arguments", _EXTRA)
        more = _others(extra, name)
        return {**more, name: value} if comes_first else {name: value, **more}

    def _value(self, skill: Declaration, *, repeats: bool) -> Any:
        """Choose an argument; those that repeat differ little, if at all."""
        kind = skill.argument.type
        if repeats:
            nearly = _NEARLY_REPEATED[kind][:1] if skill.raises_on != "every" else _NEARLY_REPEATED[kind]
            return self._cards.pick(f"repeated {kind}, {len(nearly)}", nearly)
        narrowed = self._narrowed_values(skill)
        if narrowed is not None:
            return self._cards.pick(f"narrowed {narrowed}", narrowed)
        if kind == "object" and self._cards.pick("whether an object has a member of the argument's name", RARELY):
            return {skill.argument.name: "Milk"}
        if kind == "integer" and self._cards.pick("whether big", RARELY):
            big = self._cards.pick("big integer", BIG_INTEGERS)
            if self._unbounded:
                return big
        return self._echoed(kind) if skill.echoes else self._cards.value("argument", kind)

    def _echoed(self, kind: JsonType) -> Any:
        """Choose an argument that comes back."""
        form = self._cards.pick("form of a text", _FORMS) if kind == "string" else "one"
        match form:
            case "formatted":
                return self._cards.unmarked.pick("formatted text", FORMATTED_TEXTS)
            case "mixed":
                return self._cards.pick("mixed text", MIXED_TEXTS)
        return self._cards.value("argument that comes back", kind)

    def _narrowed_values(self, skill: Declaration) -> Sequence[Any] | None:
        """Return the values that agree with what a skill says of its argument, if it narrows that."""
        own = self._schema(skill).get("properties", {}).get(skill.argument.name, {})
        return values_of(own, skill.argument.type)

    def _required(self, skill: Declaration) -> Mapping[str, Any]:
        """Return the other arguments that a skill demands."""
        schema = self._schema(skill)
        names = [name for name in schema.get("required", ()) if name != skill.argument.name]
        return {name: schema.get("properties", {}).get(name, {}).get("example", "Milk") for name in names}

    def _schema(self, skill: Declaration) -> Mapping[str, Any]:
        """Return a skill's parameter description, an empty one if it has none."""
        if skill.function not in self._schemas:
            text = skill.trigger.get("parameterDescriptionJson")
            self._schemas[skill.function] = loads(text) if isinstance(text, str) else text or {}
        return self._schemas[skill.function]


def _others(template: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Fill in an argument's name where it is a part of others, and leave out the argument itself."""
    text = dumps(template).replace("{argument}", name).replace("{swapped}", name.swapcase())
    return {key: value for key, value in loads(text).items() if key != name}


def _compact(value: Any) -> str:
    return dumps(value, ensure_ascii=False, separators=(",", ":"))


_NOTATIONS: Final[tuple[Callable[[Any], str], ...]] = (
    _compact,
    lambda value: dumps(value, ensure_ascii=False, indent=2),
    dumps,
    lambda value: f"\n {dumps(value, ensure_ascii=False)} \r\n",
    lambda value: much_escaped(dumps(value)),
)
"""Ways to write the same arguments."""
