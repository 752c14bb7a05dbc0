"""Judges an observation by what its case expects, and by the rules of the service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance._data.case import Case
from conformance._data.matching import ABSENT, Mismatch, differences, word_of
from conformance._judging.observation import Observation, request_tree, trigger_bindings, went_elsewhere
from conformance._judging.result import Finding
from conformance._service import Fault
from conformance._text import json_values


def check(case: Case, seen: Observation) -> Iterator[Finding]:
    """Yield every violation that the observation shows."""
    if case.refused is not None and seen.refused is None and seen.refusal is None:
        yield _judge(case, Mismatch(what="the declaration", got="accepted", wanted="refused"))
    if seen.refusal is not None:
        what = "the declaration" if case.refused is None else "the control declaration"
        yield _judge(case, Mismatch(what=what, got=f"refused ({seen.refusal})", wanted="accepted"))
        return
    if seen.broken_before is not None:
        yield from _check_before(case, seen)
        return
    match case.view:
        case "binding":
            yield from _check_bindings(case, seen)
        case "construct":
            yield from _judge_all(case, differences(case.expect["construct"], seen.construct, "construct"))
        case "ask":
            yield from _check_conversation(case, seen)
            yield from _check_service(case, seen)
        case "accepted":
            pass


def _judge(case: Case, mismatch: Mismatch, where: str | None = None) -> Finding:
    return Finding.of(case.requirement, what=mismatch.what, got=mismatch.got, wanted=mismatch.wanted, where=where)


def _judge_all(case: Case, mismatches: Iterator[Mismatch], where: str | None = None) -> Iterator[Finding]:
    for mismatch in mismatches:
        yield _judge(case, mismatch, where)


def _check_before(case: Case, seen: Observation) -> Iterator[Finding]:
    """Judge a case whose app before did not come to its end: by the refused request, if that was the reason."""
    if _refused(seen):
        yield from _check_violations(case, seen)
    else:
        mismatch = Mismatch(what="its conversation", got=str(seen.broken_before), wanted="as the script has it")
        yield _judge(case, mismatch, "the app before")


def _check_bindings(case: Case, seen: Observation) -> Iterator[Finding]:
    first = trigger_bindings(seen.bindings or {})
    if "binding" in case.expect:
        function = case.episode.skills[0].function
        binding = first.get(function, ABSENT)
        yield from _judge_all(case, differences(case.expect["binding"], binding, "binding"), function)
    if "bindings" in case.expect:
        yield from _judge_all(case, differences(case.expect["bindings"], first, "bindings"))
    if seen.again_error is not None:
        mismatch = Mismatch(what="bindings", got=f"an error raised ({seen.again_error})", wanted="the same as before")
        yield _judge(case, mismatch, "second reading")
    elif "bindings_again" in case.expect:
        again = trigger_bindings(seen.bindings_again or {})
        yield from _judge_all(case, differences(case.expect["bindings_again"], again, "bindings"), "second reading")


def _check_conversation(case: Case, seen: Observation) -> Iterator[Finding]:
    expect = case.expect
    requests = [exchange for exchange in seen.exchanges if not went_elsewhere(exchange)]
    patterns = [expect["request"]] if "request" in expect else expect.get("requests", [])
    if not isinstance(patterns, list):
        trees = [request_tree(exchange) for exchange in requests]
        yield from _judge_all(case, differences(patterns, trees, "requests"))
        patterns = []
    if patterns and len(requests) != len(patterns):
        yield _judge(case, Mismatch(what="number of chat requests", got=str(len(requests)), wanted=str(len(patterns))))
    for number, (pattern, exchange) in enumerate(zip(patterns, requests, strict=False), 1):
        tree = request_tree(exchange)
        yield from _judge_all(case, differences(_closed_tools(pattern, tree), tree, ""), f"request {number}")
    if "calls" in expect:
        calls = [{"skill": call.skill, "argument": call.argument} for call in seen.calls]
        yield from _judge_all(case, differences(expect["calls"], calls, "calls"))
    yield from _check_posts(case, seen)


def _closed_tools(pattern: Any, tree: Mapping[str, Any]) -> Any:
    """Make a pattern that names the tools refuse every tool that it does not name."""
    tools, sent = pattern.get("tools") if isinstance(pattern, dict) else None, tree.get("tools")
    if not isinstance(tools, dict) or word_of(tools) or not isinstance(sent, dict):
        return pattern
    strange = {name: {"$absent": True} for name in sent if name not in tools}
    return {**pattern, "tools": {**tools, **strange}}


def _check_posts(case: Case, seen: Observation) -> Iterator[Finding]:
    expect = case.expect
    replies = [ABSENT if post.reply is None else post.reply for post in seen.posts]
    if "replies" in expect:
        yield from _judge_all(case, differences(expect["replies"], replies, "replies"))
    if "reply" in expect:
        last = replies[-1] if replies else ABSENT
        yield from _judge_all(case, differences(expect["reply"], last, "the reply"), _errors(seen))
    if "error" in expect and seen.posts and seen.posts[-1].error is None:
        got = f"returned {json_values.show(seen.posts[-1].reply)}"
        yield _judge(case, Mismatch(what="ask", got=got, wanted="an error raised"))
    if not {"reply", "replies", "error"} & expect.keys() and not _refused(seen):
        for post in seen.posts:
            if post.error is not None:
                yield _judge(case, Mismatch(what="ask", got=f"raised {post.error}", wanted="a reply"))


def _errors(seen: Observation) -> str | None:
    """Say what `ask` raised, as the place of a reply that is missing."""
    errors = [post.error for post in seen.posts if post.error is not None]
    return f"ask raised {errors[-1]}" if errors else None


def _refused(seen: Observation) -> bool:
    """Tell whether the service refused a request: what follows from that is not judged a second time."""
    return any(violation.certain for exchange in seen.exchanges for violation in exchange.violations)


def _check_violations(case: Case, seen: Observation) -> Iterator[Finding]:
    for number, exchange in enumerate(seen.exchanges, 1):
        for violation in exchange.violations:
            if violation.certain:
                yield Finding.of(
                    case.service[violation.area],
                    what="the request",
                    got=f"refused with {violation.status} {violation.code or violation.type} ({violation.message})",
                    wanted="accepted by the service",
                    where=f"request {number}",
                )


def _check_service(case: Case, seen: Observation) -> Iterator[Finding]:
    yield from _check_violations(case, seen)
    for number, exchange in enumerate(seen.exchanges, 1):
        if exchange.unscripted:
            mismatch = Mismatch(what="the request", got="one more", wanted="none after the last reply")
            yield _judge(case, mismatch, f"request {number}")
    if seen.unused and not _refused(seen) and not _gave_up(case, seen):
        wanted = "every scripted reply asked for"
        yield _judge(case, Mismatch(what="replies never asked for", got=str(seen.unused), wanted=wanted))


def _gave_up(case: Case, seen: Observation) -> bool:
    """Tell whether a scripted fault ended the conversation, as it may."""
    faulty = any(isinstance(reply, Fault) for reply in case.episode.replies)
    return faulty and any(post.error is not None for post in seen.posts)


def notes(seen: Observation) -> list[str]:
    """Say what is worth knowing though it violates nothing."""
    warnings = [
        f"request {number}: {violation.message} (not known for certain to be refused)"
        for number, exchange in enumerate(seen.exchanges, 1)
        for violation in exchange.violations
        if not violation.certain
    ]
    return [*seen.notes, *warnings]
