"""Laws about what is refused: each declaration has one fault, and is made after right ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from conformance._data.case import Need
from conformance._data.open_world.matching import Mismatch
from conformance._data.scenario import Declaration, Episode
from conformance._exploration.laws.law import Law, LawCheck
from conformance._exploration.reading.conversation_trace import Trace
from conformance._service import TOOL_NAME
from conformance._text import json_values


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationFault:
    """A fault for which a requirement has a declaration refused, after the skills of an app.

    `needs` is what those offer who have to refuse it, and `in_words` says what is wrong with a declaration.
    """

    requirement: str
    needs: Need | None
    has: Callable[[Declaration, Episode], bool]
    in_words: Callable[[Declaration, Episode], str]


def faults_of(declaration: Declaration, episode: Episode) -> frozenset[str]:
    """Return the requirements for which a declaration is refused after the skills of an app."""
    return frozenset(fault.requirement for fault in FAULTS if fault.has(declaration, episode))


def _lacks_description(declaration: Declaration, _: Episode) -> bool:
    return "functionDescription" not in declaration.given


def _describes_no_object(declaration: Declaration, _: Episode) -> bool:
    given = declaration.given.get("parameterDescriptionJson", "")
    if given == "":
        return False
    try:
        schema = json_values.parse(given) if isinstance(given, str) else given
    except ValueError:
        return True
    return not isinstance(schema, dict) or schema.get("type") != "object"


def _is_misnamed(declaration: Declaration, episode: Episode) -> bool:
    name = declaration.tool_name(episode.settings)
    return "%" not in name and not TOOL_NAME.fullmatch(name)


def _owner(declaration: Declaration, episode: Episode) -> str | None:
    """Return the function of the skill that has a declaration's name, ignoring case."""
    name = declaration.tool_name(episode.settings).casefold()
    owners = (skill for skill in episode.skills if skill.tool_name(episode.settings).casefold() == name)
    return next((skill.function for skill in owners), None)


def _name_in_words(declaration: Declaration, episode: Episode) -> str:
    return f"with the name {json_values.show(declaration.tool_name(episode.settings))}"


FAULTS: Final[tuple[DeclarationFault, ...]] = (
    DeclarationFault(
        requirement="AST-DECLARATION-DESCRIPTION-REQUIRED",
        needs=None,
        has=_lacks_description,
        in_words=lambda *_: "without a description",
    ),
    DeclarationFault(
        requirement="AST-DECLARATION-SCHEMA-FORM",
        needs="ask",
        has=_describes_no_object,
        in_words=lambda one, _: f"with the parameters {json_values.show(one.given['parameterDescriptionJson'])}",
    ),
    DeclarationFault(requirement="AST-DECLARATION-NAME-FORM", needs="ask", has=_is_misnamed, in_words=_name_in_words),
    DeclarationFault(
        requirement="AST-DECLARATION-NAME-UNIQUE",
        needs="ask",
        has=lambda one, episode: _owner(one, episode) is not None,
        in_words=lambda one, episode: f"{_name_in_words(one, episode)}, which {_owner(one, episode)} has",
    ),
)


def _refused_for(fault: DeclarationFault) -> LawCheck:
    def check(trace: Trace) -> Iterator[Mismatch]:
        episode = trace.scenario.episode
        for declaration in trace.seen.accepted:
            if trace.seen.refusal is None and fault.has(declaration, episode):
                what = f"the declaration of {declaration.function}"
                yield Mismatch(what, f"accepted {fault.in_words(declaration, episode)}", "refused")

    return check


REFUSING: Final = tuple(
    Law(requirements=(fault.requirement,), needs=fault.needs, check=_refused_for(fault)) for fault in FAULTS
)
"""Those that hold for everybody, and those for who builds chat requests: others leave it to the host."""
