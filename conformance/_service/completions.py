"""The scripted replies as chat completions: whole, or streamed as server-sent events."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, zip_longest
from json import dumps  # by name: an implementation may patch the module
from math import ceil
from typing import Any, Final

from conformance._service.request_view import RequestView
from conformance._service.script import Reply, ToolCall
from conformance._service.token_odds import odds_of
from conformance._service.wire import Response

_CREATED: Final = 1_713_052_800  # the same for all, so that answers do not differ between runs
_MODEL_BEHIND_DEPLOYMENT: Final = "gpt-35-turbo"
"""What Azure names as the model of its answers: never the deployment."""

_PIECE: Final = 12  # characters in a chunk of a stream: short, so that clients have to join them
_MAX_PIECES: Final = 64  # of one text, whose pieces are longer where that is long: a client spends time on each chunk
_BYTES_IN_TOKEN: Final = 4  # a rule of thumb; nothing should rest on the usage


def complete(reply: Reply, view: RequestView, number: int) -> Response:
    """Answer a good request, the number-th of its service, with the choices of a reply."""
    choices = _choices(reply, view.body)
    head = {
        "id": f"chatcmpl-{number:029d}",
        "created": _CREATED,
        "model": _MODEL_BEHIND_DEPLOYMENT if view.script.provider == "azure" else view.model,
        "system_fingerprint": "fp_conformance",
    }
    if view.body.get("stream") is True:
        options = view.body.get("stream_options") or {}
        usage = _usage(choices, view) if options.get("include_usage") else None
        return _response("text/event-stream; charset=utf-8", number, _events(_chunks(choices, view, head, usage)))
    completion = {
        **head,
        "object": "chat.completion",
        "choices": [_choice(index, choice, view) for index, choice in enumerate(choices)],
        "usage": _usage(choices, view),
    }
    return _response("application/json", number, _encode(completion))


def _choices(reply: Reply, body: Mapping[str, Any]) -> tuple[Reply, ...]:
    """Return the choices of an answer."""
    if reply.further_choices and not withholds_choices(reply, body):
        return (reply, *reply.further_choices)
    return (reply,) * int(body.get("n") or 1)


def withholds_choices(reply: Reply, body: Mapping[str, Any]) -> bool:
    """Say whether a client gets one of several choices: it streams and asks for one, and may not know of more."""
    return bool(reply.further_choices) and body.get("stream") is True and int(body.get("n") or 1) == 1


def _choice(index: int, choice: Reply, view: RequestView) -> dict[str, Any]:
    odds = odds_of(view.body, choice.text, choice.refusal)
    return {"index": index, "message": _message(choice, view), **odds, "finish_reason": _finish(choice, view)}


def _message(choice: Reply, view: RequestView) -> dict[str, Any]:
    message: dict[str, Any] = {
        "role": "assistant",
        "content": choice.text,
        "refusal": choice.refusal,
        "annotations": [],
    }
    if choice.calls and _is_old(view):
        return {**message, "function_call": _old_call(choice.calls[0])}
    if choice.calls:
        return {**message, "tool_calls": [_call(call, call.arguments) for call in choice.calls]}
    return message


def _is_old(view: RequestView) -> bool:
    """Say whether a client declares `functions`: then it is answered with one `function_call`."""
    return view.body.get("tools") is None and view.body.get("functions") is not None


def _call(call: ToolCall, arguments: str) -> dict[str, Any]:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": arguments}}


def _old_call(call: ToolCall) -> dict[str, Any]:
    return {"name": call.name, "arguments": call.arguments}


def _finish(choice: Reply, view: RequestView) -> str:
    calls = "function_call" if _is_old(view) else "tool_calls"
    return choice.finish_reason or (calls if choice.calls else "stop")


def _usage(choices: tuple[Reply, ...], view: RequestView) -> dict[str, int]:
    said = sum(len(text) for choice in choices for text in _texts(choice))
    prompt = len(view.request.body) // _BYTES_IN_TOKEN + 1
    completion = said // _BYTES_IN_TOKEN + 1
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _texts(choice: Reply) -> Iterator[str]:
    yield choice.text or choice.refusal or ""
    yield from (call.name + call.arguments for call in choice.calls)


def _chunks(
    choices: tuple[Reply, ...], view: RequestView, head: dict[str, Any], usage: dict[str, int] | None
) -> Iterable[dict[str, Any]]:
    # With usage asked for, each chunk has the key: null until the last one, which has no choices.
    head = {**head, "object": "chat.completion.chunk", **({"usage": None} if usage else {})}
    streams = (_choice_chunks(index, choice, view) for index, choice in enumerate(choices))
    for chunk in chain.from_iterable(zip_longest(*streams)):  # the choices arrive side by side
        if chunk is not None:
            yield {**head, "choices": [chunk]}
    if usage:
        yield {**head, "choices": [], "usage": usage}


def _choice_chunks(index: int, choice: Reply, view: RequestView) -> Iterable[dict[str, Any]]:
    for delta in _deltas(choice, view):
        odds = odds_of(view.body, delta.get("content"), delta.get("refusal"))
        yield {"index": index, "delta": delta, **odds, "finish_reason": None}
    yield {"index": index, "delta": {}, "finish_reason": _finish(choice, view)}


def _deltas(choice: Reply, view: RequestView) -> Iterable[dict[str, Any]]:
    yield {"role": "assistant", "content": None if choice.text is None else "", "refusal": None}
    yield from ({"content": piece} for piece in _pieces(choice.text or ""))
    yield from ({"refusal": piece} for piece in _pieces(choice.refusal or ""))
    if choice.calls and _is_old(view):
        yield {"function_call": _old_call(choice.calls[0])}
        return
    for index, call in enumerate(choice.calls):
        yield {"tool_calls": [{"index": index, **_call(call, "")}]}
        for piece in _pieces(call.arguments):
            yield {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}


def _pieces(text: str) -> Iterable[str]:
    size = max(_PIECE, ceil(len(text) / _MAX_PIECES))
    return (text[start : start + size] for start in range(0, len(text), size))


def _events(chunks: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(b"data: %b\n\n" % data for data in (*map(_encode, chunks), b"[DONE]"))


def _encode(value: Any) -> bytes:
    # In UTF-8, as the service writes; a lone surrogate, which UTF-8 has not, becomes its JSON escape.
    return dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _response(content_type: str, number: int, body: bytes) -> Response:
    headers = {"content-type": content_type, "x-request-id": f"req_{number:032d}"}
    return Response(status=200, headers=headers, body=body)
