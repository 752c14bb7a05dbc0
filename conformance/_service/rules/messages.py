"""The messages: their fields by role, and what one message has to say.

`parts.py` has the fields of content parts, `history.py` the rules about several messages (that every tool call is
answered before anything else is said).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from conformance._service.request_view import RequestView
from conformance._service.rule import Objection, invalid, make_rules
from conformance._service.rules.parts import content_of
from conformance._service.rules.sources import UNSEEN
from conformance._service.rules.tool_names import NAME, TOOL_NAME
from conformance._service.shapes import Anything, Field, Items, Record, Tagged, Text, by_type, must_be
from conformance._service.wording import dotted, should

_PARTICIPANT: Final = Field(
    "name",
    Text(pattern=r"[^\s<|\\/>]+", form=r"without white space and < | \ / >", filled=True, longest=64),
    null="doubtful",
    source="github.com/FlowiseAI/Flowise/issues/2948; later bodies name the pattern used here",
)
_CALL_ID: Final = Text(longest=40)  # 40 in many public issues; one probe of 2026 saw 51 accepted
_CALL_ID_SOURCE: Final = "ChatCompletionMessageToolCall; github.com/langmanus/langmanus/issues/119"


def _of_texts(section: str, *keys: str) -> Record:
    return Record(section, tuple(Field(key, Text(), required=True) for key in keys))


_FUNCTION_CALL: Final = _of_texts("ChatCompletionMessageToolCall", "name", "arguments")
_CUSTOM_CALL: Final = _of_texts("ChatCompletionMessageCustomToolCall", "name", "input")
_SPARE: Final = frozenset({"annotations", "audio", "function_call", "name", "refusal", "tool_call_id", "tool_calls"})


def _message(section: str, role: str, *fields: Field) -> Record:
    return Record(section, (must_be("role", role), *fields), _SPARE)


def _call(kind: str, shape: Record) -> Record:
    return Record(shape.source, (Field("id", _CALL_ID, required=True, source=_CALL_ID_SOURCE), *by_type(kind, shape)))


def _content(*types: str) -> Field:
    return Field("content", content_of(*types), required=True, null="as missing", older=True)


_AUDIO_ANSWER: Final = Record(
    "ChatCompletionRequestAssistantMessage",
    (
        Field("id", Text(), required=True),
        # The rest of what the service sent, when it is played back whole.
        *(Field(name, Anything(), null="taken") for name in ("data", "expires_at", "transcript")),
    ),
)
_OLD_CALL: Final = _of_texts("ChatCompletionRequestAssistantMessage", "name", "arguments")
_TOOL_CALL: Final = Tagged(
    "type", {"function": _call("function", _FUNCTION_CALL), "custom": _call("custom", _CUSTOM_CALL)}
)

MESSAGE: Final = Tagged(
    "role",
    {
        "system": _message("ChatCompletionRequestSystemMessage", "system", _content("text", "image_url"), _PARTICIPANT),
        "developer": _message(
            "ChatCompletionRequestDeveloperMessage", "developer", _content("text", "image_url"), _PARTICIPANT
        ),
        "user": _message(
            "ChatCompletionRequestUserMessage",
            "user",
            _content("text", "image_url", "input_audio", "file"),
            _PARTICIPANT,
        ),
        "assistant": _message(
            "ChatCompletionRequestAssistantMessage",
            "assistant",
            Field("content", content_of("text", "refusal", "image_url"), null="taken"),
            Field("refusal", Text(), null="taken"),
            _PARTICIPANT,
            Field("audio", _AUDIO_ANSWER, null="taken"),
            Field(
                "tool_calls",
                Items(of=_TOOL_CALL, fewest=1),
                null="doubtful",
            ),
            Field("function_call", _OLD_CALL, null="taken"),
            Field("annotations", Items(of=Anything()), null="taken", source="ChatCompletionResponseMessage"),
        ),
        "tool": _message(
            "ChatCompletionRequestToolMessage",
            "tool",
            _content("text", "image_url"),
            Field("tool_call_id", _CALL_ID, required=True, null="as missing", older=True),
            # In no description, but in OpenAI's own examples for years.
            _PARTICIPANT,
        ),
        "function": _message(
            "ChatCompletionRequestFunctionMessage",
            "function",
            Field("content", Text(), required=True, null="taken"),
            Field("name", Text(), required=True),
        ),
    },
)

_INSTEAD_OF_CONTENT: Final = ("tool_calls", "function_call", "refusal", "audio")
"""With one of these an assistant message needs no content; a refusal because the service sends it so."""


def _find_silence(view: RequestView) -> Iterable[Objection]:
    for where, message in view.messages:
        instead = (message.get(key) for key in _INSTEAD_OF_CONTENT)
        if message["role"] == "assistant" and message.get("content") is None and not any(instead):
            wanted = f"a string, an array of parts, or one of {', '.join(_INSTEAD_OF_CONTENT)} beside it"
            yield dotted(f"{where}.content"), should(f"{where}.content", None, wanted)


def _find_images(view: RequestView) -> Iterable[Objection]:
    for where, message in view.messages:
        if message["role"] != "user" and any(part["type"] == "image_url" for part in _parts(message)):
            yield where, f"{where} has an image and the role {message['role']}, but only a user's should have one"


def _find_empty_files(view: RequestView) -> Iterable[Objection]:
    for where, message in view.messages:
        for index, part in enumerate(_parts(message)):
            if part["type"] == "file" and not {"file_id", "file_data"} & part["file"].keys():
                place = f"{where}.content[{index}].file.file_id"
                yield place, f"{place} is missing, but should be there, or file_data instead"


def _parts(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    content = message.get("content")
    return content if isinstance(content, list) else []


def _find_repeated_ids(view: RequestView) -> Iterable[Objection]:
    for where, message in view.messages:
        seen: set[str] = set()
        for index, call in enumerate(message.get("tool_calls") or ()):
            if call["id"] in seen:
                place = f"{where}.tool_calls[{index}].id"
                yield place, should(place, call["id"], "another id than the calls before it")
            seen.add(call["id"])


def _find_called_names(view: RequestView) -> Iterable[Objection]:
    for where, message in view.messages:
        for index, call in enumerate(message.get("tool_calls") or ()):
            kind = call["type"]
            name = call[kind]["name"]
            if not TOOL_NAME.fullmatch(name):
                place = f"{where}.tool_calls[{index}].{kind}.name"
                yield place, should(place, name, f"1 to {NAME.longest} {NAME.form}")


# A table reads by its rows.
MESSAGE_RULES: Final = make_rules(
    "content", "messages",
    ("assistant-silent", "an assistant message that says nothing", invalid(), "issue",
     "github.com/langchain4j/langchain4j/issues/1105", _find_silence),
    ("image-not-of-user", "an image in a message that is not the user's", invalid("invalid_value"), "issue",
     "github.com/OpenHands/OpenHands/issues/7700", _find_images),
    ("file-empty", "a file with neither an id nor data", invalid("missing_required_parameter"), "specified",
     "ChatCompletionRequestMessageContentPartFile", _find_empty_files),
    ("tool-call-id-repeated", "two calls of one id in a message", invalid(), "unverified", UNSEEN, _find_repeated_ids),
    ("called-name-form", "a call by a name that no tool can have", invalid("invalid_value"), "unverified",
     "github.com/mcp-use/mcp-use/issues/90, but it is the model that makes such names up", _find_called_names),
)  # fmt: skip
