"""Laws about the other keys of a request: none keeps the model from what it says in the script."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from conformance._data.open_world.matching import Mismatch
from conformance._exploration.laws.law import LawGroup, differs
from conformance._exploration.reading.conversation_trace import Trace, TracedRequest
from conformance._service import Reply

ALLOWING: Final = LawGroup(needs="ask")

_MIN_TOKENS: Final = 16
"""How many tokens an answer has at least, whatever it says (requirement AST-TOOL-CALLABLE)."""


@ALLOWING.law("AST-TOOL-CALLABLE")
def model_is_free(trace: Trace) -> Iterator[Mismatch]:
    """Check that the model may make the calls, and give the answers, that the script has for each request."""
    for request in trace.requests:
        if isinstance(request.reply, Reply):
            body = request.tree["body"]
            yield from _forbidden_calls(request, body.get("tool_choice"), request.reply)
            yield from _cut_answers(request, body, request.reply)


def _forbidden_calls(request: TracedRequest, choice: Any, reply: Reply) -> Iterator[Mismatch]:
    if choice in (None, "auto"):
        return
    if choice == "none" and reply.calls:
        yield differs("body.tool_choice", choice, "auto", request.where)
    if choice != "none" and not reply.calls and not (isinstance(choice, dict) and _mode(choice) == "auto"):
        yield differs("body.tool_choice", choice, "auto", request.where)
    if isinstance(choice, dict):
        # What is not offered can't be called, whatever the model makes up.
        offered = [call.name for call in reply.calls if call.name in (request.tree.get("tools") or ())]
        if not set(offered) <= set(_names(choice)):
            yield differs("body.tool_choice", choice, "auto", request.where)


def _mode(choice: Mapping[str, Any]) -> Any:
    """Return how strictly some tools are allowed."""
    allowed = choice.get("allowed_tools")
    return allowed.get("mode") if isinstance(allowed, dict) else None


def _names(choice: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the names of the functions that a choice allows."""
    allowed = choice.get("allowed_tools")
    tools = allowed.get("tools") if isinstance(allowed, dict) else [choice]
    for tool in tools if isinstance(tools, list) else ():
        function = tool.get("function") if isinstance(tool, dict) else None
        yield function.get("name") if isinstance(function, dict) else None


def _cut_answers(request: TracedRequest, body: Mapping[str, Any], reply: Reply) -> Iterator[Mismatch]:
    if body.get("n") not in (None, 1):
        yield differs("body.n", body["n"], 1, request.where)
    for key in ("max_tokens", "max_completion_tokens"):
        if isinstance(body.get(key), int) and body[key] < _MIN_TOKENS:
            yield Mismatch(f"body.{key}", str(body[key]), f"{_MIN_TOKENS} at least", request.where)
    form = body.get("response_format")
    if isinstance(form, dict) and form.get("type") != "text":
        yield differs("body.response_format", form, {"type": "text"}, request.where)
    ends = body.get("stop")
    for end in [ends] if isinstance(ends, str) else ends or []:
        if not reply.calls and end in (reply.text or ""):
            yield Mismatch("body.stop", repr(end), "nothing that the answer has in it", request.where)
