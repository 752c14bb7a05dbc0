"""What is worth knowing beside the findings of a result: warnings, where errors came from, what explains a finding."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from conformance._data.open_world.matching import Cause
from conformance._judging.observation import Observation, request_tree
from conformance._judging.result import Finding, Outcome
from conformance._service import Exchange

_PARAMETERS: Final = re.compile(r"tools\.([^.]+)\.parameters")

_EMPTIED: Final = (
    "a list or a mapping that a function returned is emptied when a function runs again, as real ones go on changing "
    "theirs; requests should repeat what the model was told"
)


def notes(seen: Observation, outcome: Outcome, findings: Iterable[Finding] = ()) -> tuple[str, ...]:
    """Say what is worth knowing though it violates nothing; where errors came from only if they explain a finding."""
    warnings = [
        f"request {number}: {violation.message} (not known for certain to be refused)"
        for number, exchange in enumerate(seen.exchanges, 1)
        for violation in exchange.violations
        if not violation.certain
    ]
    told = list(findings)
    raised = [note for note in seen.raised if outcome == "errored" or any(_is_explained(one, note) for one in told)]
    emptied = [_EMPTIED] if told and _shows_emptied(seen) else []
    return (*seen.notes, *warnings, *raised, *_name_mixed_up(seen, told), *emptied)


def find_cause(seen: Observation, findings: Sequence[Finding]) -> Cause | None:
    """Return what a result comes from, where no finding says it: an error, mixed up tools, or that nothing was sent."""
    if any(_name_mixed_up(seen, findings)):
        return Cause(kind="mixed up")
    return Cause(kind="silence") if findings and seen.posts and not seen.exchanges else seen.crashed_by


def _is_explained(finding: Finding, raised: str) -> bool:
    """Say whether a finding names the class of an error that was raised, or is that the reply is missing."""
    is_silence = finding.got == "absent" and finding.what.startswith(("answers", "the reply"))
    return is_silence or raised.partition(" ")[0] in str(finding)


def _name_mixed_up(seen: Observation, findings: Iterable[Finding]) -> Iterator[str]:
    """Say of each tool whose parameters are wrong whether they are those of a tool whose are right."""
    wrong = {match[1] for one in findings if (match := _PARAMETERS.match(one.what))}
    tools = request_tree(seen.exchanges[0]).get("tools") if wrong and seen.exchanges else None
    if not isinstance(tools, dict):
        return
    for name in sorted(wrong & tools.keys()):
        others = (other for other in tools.keys() - wrong if _parameters(tools[other]) == _parameters(tools[name]))
        if other := min(others, default=None):
            yield f"{name} is offered with the parameters of {other}"


def _parameters(tool: Any) -> Any:
    return tool.get("parameters") if isinstance(tool, dict) else None


def _shows_emptied(seen: Observation) -> bool:
    """Say whether a request tells an earlier result anew, as it is since the function emptied it."""
    return any(
        call in before and before[call] != content and any(empty in str(content) for empty in ("[]", "{}"))
        for before, after in pairwise(map(_told, seen.exchanges))
        for call, content in after.items()
    )


def _told(exchange: Exchange) -> dict[tuple[int, str], Any]:
    """Return what a request tells of each call, by the place and the id of the message."""
    messages = enumerate(request_tree(exchange).get("messages", ()))
    tools = ((place, one) for place, one in messages if isinstance(one, dict) and one.get("role") == "tool")
    return {(place, str(one.get("tool_call_id"))): one.get("content") for place, one in tools}
