"""The fields of content parts: text, refusals, images, audio and files."""

from typing import Final

from conformance._service.shapes import Either, Field, Items, Record, Shape, Tagged, Text, by_type, must_be

CONTENT: Final = Text(longest=10_485_760)
"""A text as a whole; longer ones were refused in public issues with this very number."""

_CACHE_BREAKPOINT: Final = Field(
    "prompt_cache_breakpoint",
    Record(
        "PromptCacheBreakpointParam",
        (
            must_be("mode", "explicit"),
            Field("ttl", Text(words=("30m", "12h")), source="types of openai 3.57"),
        ),
    ),
    null="doubtful",
)
_URL: Final = Text(pattern=r"(?si)(https?://|data:).+", form="an http(s) URL, or a data: URL with the image in base64")

TEXT_PART: Final = Record(
    "ChatCompletionRequestMessageContentPartText",
    (*by_type("text", CONTENT), _CACHE_BREAKPOINT),
    unknown="unknown_in_text",
)
_REFUSAL_PART: Final = Record("ChatCompletionRequestMessageContentPartRefusal", by_type("refusal", Text()))
_IMAGE: Final = Record(
    "ChatCompletionRequestMessageContentPartImage",
    (
        Field("url", _URL, required=True, source="github.com/Alibaba-NLP/OmniSearch/issues/3"),
        Field("detail", Text(words=("auto", "low", "high", "original")), null="doubtful"),
    ),
)
_AUDIO: Final = Record(
    "ChatCompletionRequestMessageContentPartAudio",
    (Field("data", Text(), required=True), must_be("format", "wav", "mp3")),
)
_FILE: Final = Record(
    "ChatCompletionRequestMessageContentPartFile",
    tuple(Field(name, Text(), null="doubtful") for name in ("file_id", "file_data", "filename")),
)


def _part(name: str, shape: Record) -> Record:
    return Record(shape.source, (*by_type(name, shape), _CACHE_BREAKPOINT))


_PARTS: Final = {
    "text": TEXT_PART,
    "refusal": _REFUSAL_PART,
    "image_url": _part("image_url", _IMAGE),
    "input_audio": _part("input_audio", _AUDIO),
    "file": _part("file", _FILE),
}


def content_of(*types: str) -> Shape:
    """Return the shape of a message's content: a text, or parts of the types."""
    return Either((CONTENT, Items(of=Tagged("type", {name: _PARTS[name] for name in types}), fewest=1)))
