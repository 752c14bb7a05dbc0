"""What a case expects to be seen: one of six kinds, each with its own fields.

A pattern is JSON with the words of `matching`; None in place of one says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from conformance._data.scenario import Declaration

Reading: TypeAlias = Literal["construct", "bindings", "bindings again", "bindings after", "conversation"]
"""What is read of an app: "bindings again" is a second reading, "bindings after" one after the conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalExpected:
    """What is to be refused is refused; `control`, the same with the one fault corrected, is accepted.

    With `or_binding`, it may be accepted as well, if the fault does not reach the binding: that matches the pattern.
    """

    control: Declaration
    or_binding: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceExpected:
    """Every declaration is accepted; nothing more is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingsExpected:
    """Patterns of the trigger bindings: of the one skill's, of all by function name, of all at a further reading.

    `bindings_again` is a second reading, `bindings_after` one after the case's conversation.
    """

    binding: Any = None
    bindings: Any = None
    bindings_again: Any = None
    bindings_after: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstructExpected:
    """A pattern of what the surface's attribute, annotation or decorator is called."""

    construct: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationExpected:
    """Patterns of what a conversation shows.

    `requests` is a list with a pattern for each chat request, or a word about the list of them; `invocations` is
    about the runs of the skills' functions, `answers` about what each prompt was answered, `answer` about the last
    answer. With `error` the last prompt raises one instead of being answered.
    """

    requests: Any = None
    invocations: Any = None
    answers: Any = None
    answer: Any = None
    error: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LawExpected:
    """What the requirement that the case covers says of every scenario holds in this one."""


Expectation: TypeAlias = (
    RefusalExpected | AcceptanceExpected | BindingsExpected | ConstructExpected | ConversationExpected | LawExpected
)


BINDINGS_KEYS: Final = ("binding", "bindings", "bindings_again", "bindings_after")
"""The keys of an expectation of bindings."""

_PATTERNS: Final = ("or_binding", *BINDINGS_KEYS, "construct", "requests", "invocations", "answers", "answer")


def patterns_of(expectation: Expectation) -> dict[str, Any]:
    """Return the patterns of an expectation by the keys that a case file has for them."""
    patterns = {key: getattr(expectation, key, None) for key in _PATTERNS}
    return {key: pattern for key, pattern in patterns.items() if pattern is not None}


def read_expectation(record: Mapping[str, Any]) -> Expectation:
    """Make the expectation that a case file's `expect` is, which has keys of one kind only."""
    if "accepted" in record:
        return AcceptanceExpected()
    if "law" in record:
        return LawExpected()
    if "construct" in record:
        return ConstructExpected(construct=record["construct"])
    if not record.keys().isdisjoint(BINDINGS_KEYS):
        return BindingsExpected(**record)
    requests = {"requests": [record["request"]]} if "request" in record else {}
    return ConversationExpected(**{key: value for key, value in record.items() if key != "request"} | requests)


def readings_of(expectation: Expectation) -> frozenset[Reading]:
    """Return what has to be read of an app for an expectation to be judged."""
    match expectation:
        case BindingsExpected(bindings_again=again, bindings_after=after):
            further: dict[Reading, Any] = {"bindings again": again, "conversation": after, "bindings after": after}
            return frozenset({"bindings", *(reading for reading, pattern in further.items() if pattern is not None)})
        case ConstructExpected():
            return frozenset({"construct"})
        case ConversationExpected():
            return frozenset({"conversation"})
        case LawExpected():
            return frozenset({"bindings again", "conversation", "bindings after"})
        case _:
            return frozenset()
