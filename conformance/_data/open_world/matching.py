"""Open-world matching of what was seen against what a case expects.

A mapping matches if each member that it names matches; a list matches element by element; anything else matches
if it is equal as JSON. A mapping of one key that begins with `$` is one of the words in `WORDS`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final, Literal, NamedTuple
from unicodedata import is_normalized, normalize

from conformance._data.open_world.assignment import unassigned
from conformance._data.open_world.result_matching import holds
from conformance._text import json_values
from conformance._text.schema_meaning import accepts, asking_only_for, errors_of, find_property, lacks_items
from conformance._text.schemas import say_demand


class _Absent:
    """Stands for what is not there; never a JSON value."""

    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = _Absent()

_DEMANDS: Final = {"a reply": "reply", "an error raised": "raise an error"}
"""What should have happened, in words that follow `should`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What a mismatch follows from, or whatever else was found of a case.

    `said` is the text of an error, or the id of the service's rule. `origin` is the class of an error with the place in
    the implementation's code that raised it, and the one that called that, if they are known.
    """

    kind: Literal["refused request", "refused declaration", "error", "mixed up", "silence"]
    said: str = ""
    origin: str | None = None

    def __str__(self) -> str:
        return self.said


class Mismatch(NamedTuple):
    """One thing that is not as it should be: `what` (such as `requests[0].model`), and perhaps `where` it was seen.

    `got` is a value, or what happened: `refused (…)`, `accepted …`, `raised …` or `returned …`. It is a `surplus` if
    nothing should be there.
    """

    what: str
    got: str
    wanted: str
    where: str | None = None
    cause: Cause | None = None
    surplus: bool = False

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        wanted = _DEMANDS.get(self.wanted, f"be {self.wanted}")
        got = self.got.replace(f" ({self.where})", "") if self.where else self.got  # an error is said once
        if got != self.wanted and normalize("NFC", got) == normalize("NFC", self.wanted):  # they look the same
            got, wanted = map(_with_escapes, (got, wanted))
        what = self.what if is_normalized("NFC", self.what) else _with_escapes(self.what)
        return f"{where}{what} {self._happened()}{got}, but should {wanted}"

    def _happened(self) -> str:
        """Return what stands between the subject and what was got."""
        match self.got.partition(" ")[0]:
            case "refused" | "accepted":
                return "were " if self.what.partition(" of ")[0].endswith("s") else "was "
            case "raised" | "returned":
                return ""
        return "= "


def _with_escapes(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode()


def differences(pattern: Any, value: Any, what: str) -> Iterator[Mismatch]:
    """Yield every difference of `value` (JSON, or ABSENT) from `pattern`; `what` names the value."""
    word = word_of(pattern)
    if word is not None:
        yield from WORDS[word](pattern[word], value, what)
    elif isinstance(pattern, dict):
        yield from _members(pattern, value, what)
    elif isinstance(pattern, list):
        yield from _elements(pattern, value, what)
    elif value is ABSENT or not json_values.equal(pattern, value):
        yield _unequal(what, value, pattern)


def word_of(pattern: Any) -> str | None:
    """Return the matching word that a pattern is made of, or None if it is a plain one."""
    if isinstance(pattern, dict) and len(pattern) == 1:
        (key,) = pattern
        return key if key in WORDS else None
    return None


def matches(pattern: Any, value: Any) -> bool:
    """Say whether nothing differs."""
    return next(differences(pattern, value, ""), None) is None


def _mismatch(what: str, value: Any, wanted: str) -> Mismatch:
    got = "absent" if value is ABSENT else json_values.show(value)
    return Mismatch(what, got, wanted, surplus=wanted == "absent" != got)


def _unequal(what: str, value: Any, wanted: Any) -> Mismatch:
    if value is ABSENT:
        return _mismatch(what, value, json_values.show(wanted))
    return Mismatch(what, *json_values.show_apart(value, wanted))


def _members(pattern: Mapping[str, Any], value: Any, what: str) -> Iterator[Mismatch]:
    if not isinstance(value, Mapping):
        yield _mismatch(what, value, f"an object with {', '.join(pattern) or 'any members'}")
        return
    for key, member in pattern.items():
        yield from differences(member, value.get(key, ABSENT), f"{what}.{key}" if what else key)


def _elements(pattern: list[Any], value: Any, what: str) -> Iterator[Mismatch]:
    if not isinstance(value, list):
        yield _mismatch(what, value, f"a list of {len(pattern)}")
        return
    pairs = enumerate(zip(pattern, value, strict=False))
    found = [one for index, pair in pairs for one in differences(*pair, f"{what}[{index}]")]
    if len(value) != len(pattern):
        first = f"; the first difference: {found[0]}" if found else ""
        # What another app left stands in front, and is more than one: a prompt and its answer.
        is_surplus = len(value) > len(pattern) + 1 and bool(found)
        yield _mismatch(f"length of {what}", len(value), f"{len(pattern)}{first}")._replace(surplus=is_surplus)
    yield from found


def _absent(pattern: Any, value: Any, what: str) -> Iterator[Mismatch]:
    if (value is ABSENT) is not pattern:
        yield _mismatch(what, value, "absent" if pattern else "present")


def unequal(wanted: Any, value: Any, what: str) -> Iterator[Mismatch]:
    """Yield where a value is not equal to another as JSON: the members that differ, or else the whole of it."""
    if value is not ABSENT and json_values.equal(wanted, value):
        return
    if isinstance(wanted, Mapping) and isinstance(value, Mapping):
        for key in dict.fromkeys((*wanted, *value)):
            place = f"{what}.{key}" if what else key
            if key not in wanted:
                yield _mismatch(place, value[key], "absent")
            else:
                yield from unequal(wanted[key], value.get(key, ABSENT), place)
    elif isinstance(wanted, list) and isinstance(value, list) and len(wanted) == len(value):
        for index, (element, item) in enumerate(zip(wanted, value, strict=True)):
            yield from unequal(element, item, f"{what}[{index}]")
    else:
        yield _unequal(what, value, wanted)


def _json_text(pattern: Any, value: Any, what: str) -> Iterator[Mismatch]:
    try:
        parsed = json_values.parse(value)
    except (TypeError, ValueError):
        yield _mismatch(what, value, "JSON text")
        return
    yield from differences(pattern, parsed, f"{what} (as JSON)")


def _result(pattern: Any, value: Any, what: str) -> Iterator[Mismatch]:
    if not holds(value, pattern):
        yield _mismatch(what, value, f"a message that holds the result {json_values.show(pattern)}")


def _differ(pattern: list[str], value: Any, what: str) -> Iterator[Mismatch]:
    members = value if isinstance(value, Mapping) else {}
    for key in pattern:
        if key not in members:
            yield _mismatch(f"{what}.{key}", ABSENT, "present")
    told = [members[key] for key in pattern if key in members]
    if len(told) == len(pattern) and any(json_values.equal(told[0], other) for other in told[1:]):
        others = " and ".join(f"{what}.{key}" for key in pattern[1:])
        yield _mismatch(f"{what}.{pattern[0]}", told[0], f"different from {others}, or nobody can tell them apart")


def _takes(pattern: Mapping[str, list[Any]], value: Any, what: str) -> Iterator[Mismatch]:
    """Match a JSON Schema by the values that it accepts, apart from other properties, and refuses."""
    try:
        for instance in pattern.get("accepts", ()):
            if not accepts(asking_only_for(value, instance if isinstance(instance, dict) else ()), instance):
                yield _mismatch(what, value, f"a schema that accepts {json_values.show(instance, 80)}")
        for instance in pattern.get("refuses", ()):
            if accepts(value, instance):
                yield _mismatch(what, value, f"a schema that refuses {json_values.show(instance, 80)}")
    except ValueError as error:
        yield _mismatch(what, value, f"a JSON Schema; it is {error}")


def _has_items(pattern: str, value: Any, what: str) -> Iterator[Mismatch]:
    described = find_property(value, pattern)
    place = f"{what}.properties.{pattern}"
    if not described:
        yield _mismatch(place, ABSENT, "present")
    elif any(map(lacks_items, described)):
        yield _mismatch(place, described[0], "an array schema with items")


def _one_of(pattern: list[Any], value: Any, what: str) -> Iterator[Mismatch]:
    """Match any of several patterns; of larger ones, say how the value differs from the nearest."""
    if any(matches(option, value) for option in pattern):
        return
    if all(isinstance(option, dict | list) and word_of(option) is None for option in pattern):
        nearest = min(pattern, key=lambda option: _distance(option, value))
        yield from differences(nearest, value, what)
    else:
        yield _mismatch(what, value, " or ".join(_describe(option) for option in pattern))


def _distance(pattern: Any, value: Any) -> tuple[bool, int]:
    """Return how far a value is from a pattern: a list of another length is farther than one with other elements."""
    has_another_length = isinstance(pattern, list) and isinstance(value, list) and len(pattern) != len(value)
    return has_another_length, len(list(differences(pattern, value, "")))


def _any_case(pattern: str, value: Any, what: str) -> Iterator[Mismatch]:
    if not isinstance(value, str) or value.casefold() != pattern.casefold():
        yield _mismatch(what, value, f"{json_values.show(pattern)} (ignoring case)")


def _letters(pattern: str, value: Any, what: str) -> Iterator[Mismatch]:
    if not isinstance(value, str) or _only_letters(value) != _only_letters(pattern):
        yield _mismatch(what, value, f"{json_values.show(pattern)} (ignoring case and underscores)")


def _only_letters(text: str) -> str:
    return text.replace("_", "").casefold()


def _text(pattern: Any, value: Any, what: str) -> Iterator[Mismatch]:
    del pattern
    if not isinstance(value, str) or not value.strip():
        yield _mismatch(what, value, "some text")


def _schema(pattern: Any, value: Any, what: str) -> Iterator[Mismatch]:
    if value is ABSENT:
        yield _mismatch(what, value, f"valid against {json_values.show(pattern)}")
        return
    for error in errors_of(pattern, value):
        wanted = say_demand(error.validator, error.validator_value)
        yield _mismatch(what + error.json_path[1:], error.instance, wanted)


def _unordered(pattern: list[Any], value: Any, what: str) -> Iterator[Mismatch]:
    if not isinstance(value, list):
        yield _mismatch(what, value, f"a list of {len(pattern)}")
        return
    if len(value) == len(pattern) and all(map(matches, pattern, value)):
        return  # each stands where it is named, as nearly always: no need to try each with every other
    fitting = [[number for number, item in enumerate(value) if matches(element, item)] for element in pattern]
    left = list(unassigned(fitting))
    odd = [number for number in range(len(value)) if not any(number in fits for fits in fitting)]
    for index, number in zip_longest(left, odd if len(odd) == len(left) else ()):
        if number is None:
            yield _mismatch(what, value, f"a list that holds {_describe(pattern[index])}")
        else:
            yield from differences(pattern[index], value[number], f"{what}[{number}]")
    if len(value) > len(pattern):
        yield _mismatch(f"length of {what}", len(value), str(len(pattern)))


def _describe(pattern: Any) -> str:
    """Say what a pattern wants, in the words that its own mismatch would use."""
    match word_of(pattern):
        case "$absent":
            return "absent" if pattern["$absent"] else "present"
        case "$any_case" | "$letters":
            return next(differences(pattern, ABSENT, "")).wanted
        case _:
            return json_values.show(pattern)


Word = Callable[[Any, Any, str], Iterator[Mismatch]]

WORDS: Final[Mapping[str, Word]] = {
    "$absent": _absent,
    "$any_case": _any_case,
    "$differ": _differ,
    "$equals": unequal,
    "$has_items": _has_items,
    "$json": _json_text,
    "$letters": _letters,
    "$one_of": _one_of,
    "$result": _result,
    "$schema": _schema,
    "$takes": _takes,
    "$text": _text,
    "$unordered": _unordered,
}
"""The words of a pattern, each with how it is matched."""
