"""The scripted replies as chat completions: whole, or streamed as server-sent events."""

import json
from collections.abc import Iterable
from typing import Any, Final

from conformance._service.request_view import RequestView
from conformance._service.script import Reply, ToolCall
from conformance._service.wire import Response

__all__ = ["complete"]

_CREATED: Final = 1_713_052_800  # the same for all, so that answers do not differ between runs
_MODEL_BEHIND_DEPLOYMENT: Final = "gpt-35-turbo"
"""What Azure names as the model of its answers: never the deployment."""
_MODEL_OF_NO_MODEL: Final = "gpt-3.5-turbo"

_PIECE: Final = 12  # characters in a chunk of a stream: short, so that clients have to join them
_BYTES_IN_TOKEN: Final = 4  # a rule of thumb; nothing should rest on the usage


def complete(reply: Reply, view: RequestView, number: int) -> Response:
    """Answer a good request, the number-th of its service; `n` is not heeded, since one reply is scripted."""
    model = view.model or _MODEL_OF_NO_MODEL
    head = {
        "id": f"chatcmpl-{number:029d}",
        "created": _CREATED,
        "model": _MODEL_BEHIND_DEPLOYMENT if view.script.provider == "azure" else model,
        "system_fingerprint": "fp_conformance",
    }
    if view.body.get("stream") is True:
        options = view.body.get("stream_options")
        usage = _usage(reply, view) if isinstance(options, dict) and options.get("include_usage") else None
        return _response("text/event-stream; charset=utf-8", number, _events(_chunks(reply, head, usage)))
    completion = {
        **head,
        "object": "chat.completion",
        "choices": [{"index": 0, "message": _message(reply), "finish_reason": _finish(reply)}],
        "usage": _usage(reply, view),
    }
    return _response("application/json", number, _encode(completion))


def _message(reply: Reply) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text, "refusal": None, "annotations": []}
    if reply.calls:
        message["tool_calls"] = [_call(call, call.arguments) for call in reply.calls]
    return message


def _call(call: ToolCall, arguments: str) -> dict[str, Any]:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": arguments}}


def _finish(reply: Reply) -> str:
    return "tool_calls" if reply.calls else "stop"


def _usage(reply: Reply, view: RequestView) -> dict[str, int]:
    said = (reply.text or "") + "".join(call.name + call.arguments for call in reply.calls)
    prompt = len(view.request.body) // _BYTES_IN_TOKEN + 1
    completion = len(said) // _BYTES_IN_TOKEN + 1
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _chunks(reply: Reply, head: dict[str, Any], usage: dict[str, int] | None) -> Iterable[dict[str, Any]]:
    # With usage asked for, each chunk has the key: null until the last one, which has no choices.
    head = {**head, "object": "chat.completion.chunk", **({"usage": None} if usage else {})}
    for delta in _deltas(reply):
        yield {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    yield {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": _finish(reply)}]}
    if usage:
        yield {**head, "choices": [], "usage": usage}


def _deltas(reply: Reply) -> Iterable[dict[str, Any]]:
    yield {"role": "assistant", "content": None if reply.text is None else "", "refusal": None}
    for piece in _pieces(reply.text or ""):
        yield {"content": piece}
    for index, call in enumerate(reply.calls):
        yield {"tool_calls": [{"index": index, **_call(call, "")}]}
        for piece in _pieces(call.arguments):
            yield {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}


def _pieces(text: str) -> Iterable[str]:
    return (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))


def _events(chunks: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(b"data: %b\n\n" % data for data in (*map(_encode, chunks), b"[DONE]"))


def _encode(value: Any) -> bytes:
    # In UTF-8, as the service writes; a lone surrogate, which UTF-8 has not, becomes its JSON escape.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _response(content_type: str, number: int, body: bytes) -> Response:
    headers = {"content-type": content_type, "x-request-id": f"req_{number:032d}"}
    return Response(status=200, headers=headers, body=body)
