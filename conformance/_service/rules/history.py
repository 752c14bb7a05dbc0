"""How the messages of a conversation hang together: tool calls, and the messages that answer them."""

from collections.abc import Iterable
from typing import Final

from conformance._service.request_view import RequestView
from conformance._service.rule import Objection, invalid, make_rules
from conformance._service.wording import dotted, listed, should


def _find_loose_ends(view: RequestView) -> Iterable[Objection]:
    """Follow the conversation once: a look-up for each message, however many calls are waiting."""
    asked: set[str] = set()
    waiting: dict[str, None] = {}  # in the order of the calls
    for where, message in view.messages:
        if message["role"] == "tool":
            answered = message["tool_call_id"]
            if answered not in asked:
                wanted = "the id of one of the tool_calls before it"
                yield dotted(f"{where}.role"), should(f"{where}.tool_call_id", answered, wanted)
            waiting.pop(answered, None)
            continue
        if waiting:
            said = f"{where} should be a tool message, since these calls wait: {listed(waiting)}"
            yield dotted(f"{where}.role"), said
        waiting = dict.fromkeys(call["id"] for call in message.get("tool_calls") or ())
        asked = set(waiting)
    if waiting:
        where, _ = view.messages[-1]
        said = f"{where} should not be the last, since these calls wait: {listed(waiting)}"
        yield dotted(f"{where}.role"), said


# A table reads by its rows.
HISTORY_RULES: Final = make_rules(
    "content", "messages",
    ("tool-calls-unanswered", "a call without its tool message right after it, or a tool message without its call",
     invalid(), "issue", "github.com/RamiAwar/dataline/issues/172, github.com/smarter-sh/smarter/issues/264",
     _find_loose_ends),
)  # fmt: skip
