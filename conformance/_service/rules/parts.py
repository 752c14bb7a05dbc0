"""The fields of content parts: text, refusals, images, audio and files."""

from typing import Final

from conformance._service.shapes import Either, Field, Items, Record, Shape, Tagged, Text

CONTENT: Final = Text(longest=10_485_760)
"""A text as a whole; longer ones were refused in public issues with this very number."""

_CACHE_BREAKPOINT: Final = Field(
    "prompt_cache_breakpoint",
    Record(
        "PromptCacheBreakpointParam",
        (
            Field("mode", Text(words=("explicit",)), required=True),
            Field("ttl", Text(words=("30m", "12h")), source="types of openai 3.57"),
        ),
    ),
    null="doubtful",
)
_URL: Final = Text(pattern=r"(?si)(https?://|data:).+", form="an http(s) URL, or a data: URL with the image in base64")

TEXT_PART: Final = Record(
    "ChatCompletionRequestMessageContentPartText",
    (
        Field("type", Text(words=("text",)), required=True),
        Field("text", CONTENT, required=True),
        _CACHE_BREAKPOINT,
    ),
    unknown="unknown_in_text",
)
_REFUSAL_PART: Final = Record(
    "ChatCompletionRequestMessageContentPartRefusal",
    (Field("type", Text(words=("refusal",)), required=True), Field("refusal", Text(), required=True)),
)
_IMAGE_PART: Final = Record(
    "ChatCompletionRequestMessageContentPartImage",
    (
        Field("type", Text(words=("image_url",)), required=True),
        Field(
            "image_url",
            Record(
                "ChatCompletionRequestMessageContentPartImage",
                (
                    Field("url", _URL, required=True, source="github.com/Alibaba-NLP/OmniSearch/issues/3"),
                    Field("detail", Text(words=("auto", "low", "high", "original")), null="doubtful"),
                ),
            ),
            required=True,
        ),
        _CACHE_BREAKPOINT,
    ),
)
_AUDIO_PART: Final = Record(
    "ChatCompletionRequestMessageContentPartAudio",
    (
        Field("type", Text(words=("input_audio",)), required=True),
        Field(
            "input_audio",
            Record(
                "ChatCompletionRequestMessageContentPartAudio",
                (
                    Field("data", Text(), required=True),
                    Field("format", Text(words=("wav", "mp3")), required=True),
                ),
            ),
            required=True,
        ),
        _CACHE_BREAKPOINT,
    ),
)
_FILE_PART: Final = Record(
    "ChatCompletionRequestMessageContentPartFile",
    (
        Field("type", Text(words=("file",)), required=True),
        Field(
            "file",
            Record(
                "ChatCompletionRequestMessageContentPartFile",
                (
                    Field("file_id", Text(), null="doubtful"),
                    Field("file_data", Text(), null="doubtful"),
                    Field("filename", Text(), null="doubtful"),
                ),
            ),
            required=True,
        ),
        _CACHE_BREAKPOINT,
    ),
)
_PARTS: Final = {
    "text": TEXT_PART,
    "refusal": _REFUSAL_PART,
    "image_url": _IMAGE_PART,
    "input_audio": _AUDIO_PART,
    "file": _FILE_PART,
}


def content_of(*types: str) -> Shape:
    """Return the shape of a message's content: a text, or parts of the types."""
    return Either((CONTENT, Items(of=Tagged("type", {name: _PARTS[name] for name in types}), fewest=1)))
