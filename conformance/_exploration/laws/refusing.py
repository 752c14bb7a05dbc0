"""Laws about what is refused: each declaration has one fault, and is made in an app of its own."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from conformance._data.scenario import Declaration, Episode
from conformance._exploration.hearing import Hearing
from conformance._exploration.laws.law import Contradiction, LawCheck, LawGroup
from conformance._service import TOOL_NAME
from conformance._text import json_values

_IsWrong: TypeAlias = Callable[[Declaration, Episode], bool]

REFUSING: Final = LawGroup(needs=None)
REFUSING_TO_TELL: Final = LawGroup(needs="ask")
"""What only those refuse who build chat requests."""


def faults_of(declaration: Declaration, episode: Episode) -> frozenset[str]:
    """Return the requirements for which a declaration is refused after the skills of an app."""
    return frozenset(requirement for requirement, is_wrong in FAULTS.items() if is_wrong(declaration, episode))


def _lacks_description(declaration: Declaration, episode: Episode) -> bool:
    del episode
    return "functionDescription" not in declaration.given


def _describes_no_object(declaration: Declaration, episode: Episode) -> bool:
    del episode
    text = declaration.given.get("parameterDescriptionJson")
    if not text:
        return False
    try:
        schema = json_values.parse(text)
    except ValueError:
        return True
    return not isinstance(schema, dict) or schema.get("type") != "object"


def _is_misnamed(declaration: Declaration, episode: Episode) -> bool:
    name = declaration.tool_name(episode.settings)
    return "%" not in name and not TOOL_NAME.fullmatch(name)


def _has_a_taken_name(declaration: Declaration, episode: Episode) -> bool:
    taken = {skill.tool_name(episode.settings).casefold() for skill in episode.skills}
    return declaration.tool_name(episode.settings).casefold() in taken


FAULTS: Final[Mapping[str, _IsWrong]] = {
    "AST-DECLARATION-DESCRIPTION-REQUIRED": _lacks_description,
    "AST-DECLARATION-SCHEMA-FORM": _describes_no_object,
    "AST-DECLARATION-NAME-FORM": _is_misnamed,
    "AST-DECLARATION-NAME-UNIQUE": _has_a_taken_name,
}


def _refused_for(requirement: str) -> LawCheck:
    def check(hearing: Hearing) -> Iterator[Contradiction]:
        for declaration in hearing.seen.accepted:
            if hearing.seen.refusal is None and requirement in faults_of(declaration, hearing.scenario.episode):
                got = f"accepted {_fault_in_words(requirement, declaration, hearing.scenario.episode)}"
                yield Contradiction(f"the declaration of {declaration.function}", got, "refused")

    return check


def _fault_in_words(requirement: str, declaration: Declaration, episode: Episode) -> str:
    match requirement:
        case "AST-DECLARATION-DESCRIPTION-REQUIRED":
            return "without a description"
        case "AST-DECLARATION-SCHEMA-FORM":
            return f"with the parameters {json_values.show(declaration.given['parameterDescriptionJson'])}"
    return f"with the name {json_values.show(declaration.tool_name(episode.settings))}"


for _requirement in FAULTS:
    _group = REFUSING if FAULTS[_requirement] is _lacks_description else REFUSING_TO_TELL
    _group.law(_requirement)(_refused_for(_requirement))
