"""Judges an observation by what its case expects, and by the rules of the service."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from conformance._data.case import Case
from conformance._data.expectation import (
    BindingsExpected,
    ConstructExpected,
    ConversationExpected,
    LawExpected,
    RefusalExpected,
)
from conformance._data.open_world.matching import ABSENT, Cause, Mismatch, differences, word_of
from conformance._data.scenario import Declaration, Scenario
from conformance._data.surfaces import PARAMETERS
from conformance._judging.observation import (
    Observation,
    Post,
    refusals,
    request_tree,
    trigger_bindings,
    went_elsewhere,
)
from conformance._judging.result import Finding
from conformance._service import Fault
from conformance._text import json_values

_LEFT: Final = "replies never requested"

_SHOWN_MEMBER: Final = 80
_SHOWN_DECLARATION: Final = 160
"""Characters of what is shown of a declaration."""


def check_by_expectation(case: Case, seen: Observation) -> Iterator[Finding]:
    """Yield every violation that the observation shows."""
    if isinstance(case.expectation, RefusalExpected) and seen.refusal is None:
        for declaration in seen.accepted:
            yield from _check_what_is_not_refused(case, case.expectation, declaration, seen)
    if seen.refusal is not None:
        got = f"refused ({seen.refusal})"
        yield _judge(case, Mismatch(_name_refused(case, seen), got, "accepted", cause=seen.refusal))
        return
    if seen.broken_before is not None:
        # A request of the app before that was refused is the reason.
        yield from list(_check_violations(case, seen)) or [_judge(case, seen.broken_before)]
        return
    match case.expectation:
        case BindingsExpected() as expected:
            yield from _check_bindings(case, expected, seen)
        case ConstructExpected(construct=pattern):
            yield from _judge_all(case, differences(pattern, seen.construct, "construct"))
        case ConversationExpected() as expected:
            error = None if expected.error else _error(case, seen)
            yield from _explain(
                (*_check_conversation(case, expected, seen), *_check_service(case, expected, seen)), error
            )
        case LawExpected():
            raise TypeError(f"{case.id} is to be checked by laws")


def _check_what_is_not_refused(
    case: Case, expected: RefusalExpected, declaration: Declaration, seen: Observation
) -> Iterator[Finding]:
    """Judge an accepted declaration that is to be refused: the fault may be kept from its binding instead."""
    if expected.or_binding is None:
        got = f"accepted {_tell_fault(case, expected.control, declaration)}"
        yield _judge(case, Mismatch(what=f"the declaration of {declaration.function}", got=got, wanted="refused"))
        return
    binding = trigger_bindings(seen.bindings_of_refused or {}).get(declaration.function, ABSENT)
    where = f"{declaration.function}, whose declaration is not refused"
    yield from _judge_all(case, differences(expected.or_binding, binding, "binding"), where)


def _tell_fault(case: Case, control: Declaration, declaration: Declaration) -> str:
    """Say what is wrong with a declaration: what its control has otherwise."""
    given, right = declaration.given, control.given
    member = next((name for name in PARAMETERS if given.get(name) != right.get(name)), None)
    if member is None:
        return "with the function's own name"
    if member not in given:
        return f"without {member}"
    said = f"with {member} {json_values.show(given[member], _SHOWN_MEMBER)}"
    filled = declaration.tool_name(case.scenario.episode.settings)
    is_filled = member == "functionName" and filled != given[member]
    return f"{said}, which the settings make {json_values.show(filled)}" if is_filled else said


def _name_refused(case: Case, seen: Observation) -> str:
    """Name the declaration that was refused, with what was declared if it is known."""
    control = case.expectation.control if isinstance(case.expectation, RefusalExpected) else None
    skill = seen.declaring
    name = "the control declaration" if control is not None and skill in (None, control) else "the declaration"
    if skill is None:
        return name
    return f"{name} of {skill.function} with {json_values.show(dict(skill.trigger), _SHOWN_DECLARATION)}"


def _judge(case: Case, mismatch: Mismatch, where: str | None = None) -> Finding:
    surplus = mismatch.surplus and _may_be_left(case.scenario, mismatch.what)
    mismatch = mismatch._replace(where=where or mismatch.where, surplus=surplus)
    return Finding.of(case.requirement, case.surface, mismatch)


def _may_be_left(scenario: Scenario, what: str) -> bool:
    """Say whether the app before may have left what should not be there: a tool only if it is one of that app's."""
    before, tool = scenario.before, re.fullmatch(r"tools\.([^.]+)", what)
    if before is None or tool is None:
        return True
    return tool[1] in {skill.tool_name(before.settings) for skill in before.skills}


def _judge_all(case: Case, mismatches: Iterator[Mismatch], where: str | None = None) -> Iterator[Finding]:
    for mismatch in mismatches:
        yield _judge(case, mismatch, where)


def _check_bindings(case: Case, expected: BindingsExpected, seen: Observation) -> Iterator[Finding]:
    first = trigger_bindings(seen.bindings or {})
    if expected.binding is not None:
        function = case.scenario.episode.skills[0].function
        binding = first.get(function, ABSENT)
        yield from _judge_all(case, differences(expected.binding, binding, "binding"), function)
    if expected.bindings is not None:
        yield from _judge_all(case, differences(expected.bindings, first, "bindings"))
    if seen.again_error is not None:
        mismatch = Mismatch(what="bindings", got=f"an error raised ({seen.again_error})", wanted="the same as before")
        yield _judge(case, mismatch, "later")
        return
    readings = (
        (expected.bindings_again, seen.bindings_again, "second reading"),
        (expected.bindings_after, seen.bindings_after, "after the conversation"),
    )
    for pattern, bindings, where in readings:
        if pattern is not None:
            found = trigger_bindings(bindings or {})
            wanted = pattern if any(differences(pattern, found, "bindings")) else _unchanged(first)
            yield from _judge_all(case, differences(wanted, found, "bindings"), where)


def _unchanged(bindings: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Make a pattern of bindings that the documented members of a further reading match if they are the same."""
    return {
        function: {key: {"$equals": binding[key]} if key in binding else {"$absent": True} for key in PARAMETERS}
        for function, binding in bindings.items()
    }


def _check_conversation(case: Case, expected: ConversationExpected, seen: Observation) -> Iterator[Finding]:
    trees = [request_tree(exchange) for exchange in seen.exchanges if not went_elsewhere(exchange)]
    if isinstance(expected.requests, list):
        yield from _check_requests(case, expected.requests, trees)
    elif expected.requests is not None:
        yield from _judge_all(case, map(_in_its_request, differences(expected.requests, trees, "requests")))
    if expected.invocations is not None:
        ran = [{"skill": one.skill, "argument": one.argument} for one in seen.invocations]
        yield from _judge_all(case, differences(expected.invocations, ran, "invocations"))
    yield from _check_answers(case, expected, seen)


def _check_requests(case: Case, patterns: list[Any], trees: list[dict[str, Any]]) -> Iterator[Finding]:
    if len(trees) != len(patterns):
        yield _judge(case, Mismatch(what="number of chat requests", got=str(len(trees)), wanted=str(len(patterns))))
    for number, (pattern, tree) in enumerate(zip(patterns, trees, strict=False), 1):
        yield from _judge_all(case, differences(_closed_tools(pattern, tree), tree, ""), f"request {number}")


def _in_its_request(mismatch: Mismatch) -> Mismatch:
    """Tell which request a difference is in, as for patterns of single requests."""
    inside = re.fullmatch(r"(length of )?requests\[(\d+)\]\.(.+)", mismatch.what, re.DOTALL)
    if inside is None:
        return mismatch
    return mismatch._replace(what=(inside[1] or "") + inside[3], where=f"request {int(inside[2]) + 1}")


def _closed_tools(pattern: Any, tree: Mapping[str, Any]) -> Any:
    """Make a pattern that names the tools refuse every tool that it does not name."""
    tools, sent = pattern.get("tools") if isinstance(pattern, dict) else None, tree.get("tools")
    if not isinstance(tools, dict) or word_of(tools) or not isinstance(sent, dict):
        return pattern
    strange = {name: {"$absent": True} for name in sent if name not in tools}
    return {**pattern, "tools": {**tools, **strange}}


def _check_answers(case: Case, expected: ConversationExpected, seen: Observation) -> Iterator[Finding]:
    answers = [ABSENT if post.reply is None else post.reply for post in seen.posts]
    if expected.answers is not None:
        yield from _judge_all(case, differences(expected.answers, answers, "answers"))
    if expected.answer is not None:
        last = answers[-1] if answers else ABSENT
        yield from _judge_all(case, differences(expected.answer, last, "the reply"))
    if expected.error and seen.posts and seen.posts[-1].error is None:
        got = f"returned {json_values.show(seen.posts[-1].reply)}"
        yield _judge(case, Mismatch(what="ask", got=got, wanted="an error raised"))
    silent = expected.answers is None and expected.answer is None and not expected.error
    if silent and not _refused(seen):
        for post in seen.posts:
            if post.error is not None:
                yield _judge(case, Mismatch("ask", f"raised {post.error}", "a reply", cause=post.error))


def _explain(findings: Iterable[Finding], error: Cause | None) -> Iterator[Finding]:
    """Say once, with the first finding that does not say where, which error ended the conversation.

    What is missing there follows from the error, and that there was one and that replies are left says nothing more.
    """
    if error is None:
        yield from findings
        return
    told = False
    for finding in findings:
        if finding.where is not None:
            yield finding
        elif not told:
            yield finding if finding.what == "ask" else replace(finding, where=f"ask raised {error}", cause=error)
            told = True
        elif finding.what != _LEFT and finding.cause != error:
            yield finding


def _error(case: Case, seen: Observation) -> Cause | None:
    """Return what `ask` raised first, unless a fault of the service had come: what is missing follows from that."""
    errors = (post for post in seen.posts if post.error is not None and not _follows_a_fault(case, seen, post))
    return next((post.error for post in errors), None)


def _follows_a_fault(case: Case, seen: Observation, post: Post) -> bool:
    replies = [exchange.reply for exchange in seen.exchanges[: post.requests] if exchange.reply is not None]
    return bool(replies) and isinstance(case.scenario.model_replies[replies[-1]], Fault)


def _refused(seen: Observation) -> bool:
    """Say whether the service refused a request: what follows from that is not judged a second time."""
    return any(True for _ in refusals(seen))


def _check_violations(case: Case, seen: Observation) -> Iterator[Finding]:
    for area, mismatch in refusals(seen):
        yield Finding.of(case.service[area], case.surface, mismatch)


def _check_service(case: Case, expected: ConversationExpected, seen: Observation) -> Iterator[Finding]:
    yield from _check_violations(case, seen)
    for number, exchange in enumerate(seen.exchanges, 1):
        if exchange.unscripted:
            mismatch = Mismatch(what="the request", got="one more", wanted="none after the last reply")
            yield _judge(case, mismatch, f"request {number}")
    if seen.unused and not _refused(seen) and not _gave_up(case, expected, seen):
        yield _judge(case, Mismatch(what=_LEFT, got=str(seen.unused), wanted="0"))


def _gave_up(case: Case, expected: ConversationExpected, seen: Observation) -> bool:
    """Say whether an error ended the conversation, as it may: after a fault, or a reply that a case lets end it."""
    raised = [number for number, post in enumerate(seen.posts) if post.error is not None]
    if not raised or case.scenario.episode.has_faults:
        return bool(raised)
    before = [0, *(post.requests for post in seen.posts)]
    replied = any(seen.posts[number].requests > before[number] for number in raised)
    return replied and expected.answers is not None and next(_check_answers(case, expected, seen), None) is None
