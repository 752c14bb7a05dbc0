"""What a case must be beyond its form: worded to be read, able to fail, and about one thing."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from conformance._data.case import Case
from conformance._data.expectation import BindingsExpected, ConversationExpected, RefusalExpected, patterns_of
from conformance._data.open_world.matching import matches, word_of
from conformance._data.scenario import Declaration, Episode
from conformance._service import Fault, Reply
from conformance._text import json_values
from conformance._text.schema_patterns import UnreadSchemaError

LintCheck: TypeAlias = Callable[[Case], Iterator[str]]

_SAYS_NOTHING: Final = frozenset({"check", "checks", "example", "misc", "ok", "should", "test", "tests", "works"})
_PLACEHOLDER: Final = re.compile(r"\$\{|\{\{|\}\}|\b(?:TODO|TBD|FIXME|XXX)\b")
_ANY_VALUES: Final[tuple[Any, ...]] = (None, True, 0, 1.5, "", "text", [], [1], {}, {"a": 1})


def check_id(case: Case) -> Iterator[str]:
    """Check that the id says a behaviour."""
    words = case.id.case.lower().split("-")
    if len(words) == 1:
        yield "one word does not describe a behaviour; expected what is done, and how or to what"
    yield from (f"{word!r} in an id says nothing" for word in words if word in _SAYS_NOTHING)


def check_title(case: Case) -> Iterator[str]:
    """Check that the title is a sentence about what is so."""
    title = case.title
    if re.search(r"\bshould\b", title, re.IGNORECASE):
        yield "'should' in the title; expected what is true when the case passes"
    if not title.endswith("."):
        yield f"the title ends in {title[-1]!r}; expected a full stop"
    if title[0].islower():
        yield "the title begins in lower case; expected a sentence"
    if left := _PLACEHOLDER.search(title):
        yield f"{left[0]!r} was not replaced in the title; expected words"


def check_replies(case: Case) -> Iterator[str]:
    """Check that every scripted reply can be asked for, and that the script is long enough."""
    for where, episode in (("before: ", case.scenario.before), ("", case.scenario.episode)):
        if episode is not None:
            yield from (where + message for message in _count_replies(episode))


def _count_replies(episode: Episode) -> Iterator[str]:
    """Follow the prompts, a client that tries again after every fault being the one that asks for the most."""
    prompts = len(episode.prompts)
    answered = 0
    for number, reply in enumerate(episode.model_replies, 1):
        answered += isinstance(reply, Reply) and not reply.calls
        is_last = answered == prompts or (isinstance(reply, Fault) and reply.lasts == "always")
        if is_last and number < len(episode.model_replies):
            yield f"reply {number + 1} of {len(episode.model_replies)} is never requested; expected fewer replies"
            return
    ends = sum(isinstance(reply, Fault) or not reply.calls for reply in episode.model_replies)
    last = episode.model_replies[-1] if episode.model_replies else None
    if ends < prompts or (isinstance(last, Reply) and last.calls):
        yield f"{ends} of {prompts} prompts come to an end; expected a text or a fault after the last calls of each"


def check_control(case: Case) -> Iterator[str]:
    """Check that a refusal and its control differ in the one fault."""
    if not isinstance(case.expectation, RefusalExpected):
        return
    refused, control = _facts(case.scenario.refused[0]), _facts(case.expectation.control)
    different = [key for key in refused | control if not _same(refused, control, key)]
    if len(different) != 1:
        found = ", ".join(different) or "nothing"
        yield f"the control differs from the refusal in {found}; expected exactly one thing"


def _facts(declaration: Declaration) -> dict[str, Any]:
    own = {"the function": declaration.function, "the argument": (declaration.argument.name, declaration.argument.type)}
    does = {"what it does": [declaration.returns, declaration.echoes, declaration.raises]}
    return {**own, **does, **declaration.trigger}


def _same(left: Mapping[str, Any], right: Mapping[str, Any], key: str) -> bool:
    return key in left and key in right and json_values.equal(left[key], right[key])


def check_calls(case: Case) -> Iterator[str]:
    """Check that a case whose model calls a skill says that the skill ran, and the other way round."""
    expected, episode = case.expectation, case.scenario.episode
    if not isinstance(expected, ConversationExpected):
        return
    called = {call.name.lower() for reply in episode.model_replies if isinstance(reply, Reply) for call in reply.calls}
    skills = {skill.tool_name(episode.settings).lower() for skill in episode.skills}
    run = ", ".join(sorted(called & skills))
    if run and expected.invocations is None:
        yield f"the model calls {run}, but the expectation does not say with what; expected invocations"
    if expected.invocations and not run:
        yield "skills are expected to run, but the model calls none of them"


def check_names(case: Case) -> Iterator[str]:
    """Check that no case but those about names depends on what happens to a skill that is given none."""
    if "NAME" in case.requirement.id.split("-"):
        return
    declared = [skill for episode in case.scenario.episodes for skill in episode.skills]
    if isinstance(case.expectation, RefusalExpected):
        declared.append(case.expectation.control)
    for skill in declared:
        if "functionName" not in skill.given:
            yield f"the skill {skill.function} has no functionName, which {case.requirement.id} is not about"


def check_patterns(case: Case) -> Iterator[str]:
    """Check that no pattern matches whatever comes."""
    expected = case.expectation
    if isinstance(expected, BindingsExpected) and expected.binding == {}:
        yield "binding = {} matches every binding; expected something that it must contain"
    if isinstance(expected, ConversationExpected) and expected.requests is not None and not _demands(expected.requests):
        yield "requests match any requests of that number; expected something that one of them must contain"
    yield from _find_vacuous(patterns_of(expected), "")


def _demands(pattern: Any) -> bool:
    """Say whether a pattern of requests demands anything of one."""
    if isinstance(pattern, dict) and word_of(pattern) == "$one_of":
        return all(map(_demands, pattern["$one_of"]))
    return not isinstance(pattern, list) or any(item != {} for item in pattern)


def _find_vacuous(pattern: Any, where: str) -> Iterator[str]:
    word = word_of(pattern)
    if word in {"$absent", "$equals", "$result"}:
        return
    if word == "$one_of" and {} in pattern[word]:
        yield f"{where} = {json_values.show(pattern, 80)} matches every object; expected no {{}} among its options"
    elif word is not None and _matches_everything(pattern):
        yield f"{where} = {json_values.show(pattern, 80)} matches every value; expected one that some values fail"
    elif isinstance(pattern, dict):
        for key, member in pattern.items():
            yield from _find_vacuous(member, f"{where}.{key}" if where and word is None else where or key)
    elif isinstance(pattern, list):
        for number, item in enumerate(pattern):
            yield from _find_vacuous(item, f"{where}[{number}]")


def _matches_everything(pattern: Any) -> bool:
    try:
        return all(matches(pattern, value) for value in _ANY_VALUES)
    except UnreadSchemaError:  # a run tells, if it comes to that
        return False


CASE_RULES: Final[Mapping[str, LintCheck]] = {
    "id": check_id,
    "title": check_title,
    "replies": check_replies,
    "control": check_control,
    "calls": check_calls,
    "names": check_names,
    "patterns": check_patterns,
}
"""The rules about single cases, by the names that findings have."""

OWN_CASE_RULES: Final[Mapping[str, LintCheck]] = {
    rule: check for rule, check in CASE_RULES.items() if rule not in {"calls", "names"}
}
"""Those that users' cases must keep too: only the suite's have to be about one thing, which no saved find need be."""
