"""What form the answer is to have: text or JSON, whole or streamed, spoken or predicted."""

from collections.abc import Iterable
from json import dumps  # by name: an implementation may patch the module
from typing import Final

from conformance._service.request_view import RequestView
from conformance._service.rule import Objection, find_unless, invalid, make_rules
from conformance._service.rules.parts import CONTENT, TEXT_PART
from conformance._service.rules.sources import REQUEST
from conformance._service.rules.tool_names import NAME
from conformance._service.shapes import Anything, Either, Field, Flag, Items, Record, Tagged, Text, by_type, must_be

_JSON_SCHEMA: Final = Record(
    "ResponseFormatJsonSchema",
    (
        Field("name", NAME, required=True),
        Field("description", Text(), null="doubtful"),
        Field(
            "schema",
            Anything(object_only=True),
            required=True,
            source="ResponseFormatJsonSchemaSchema; github.com/openai/openai-python/issues/1869",
        ),
        Field("strict", Flag(), null="taken"),
    ),
)

_FORMATS: Final = Tagged(
    "type",
    {
        "text": Record("ResponseFormatText", (must_be("type", "text"),)),
        "json_object": Record("ResponseFormatJsonObject", (must_be("type", "json_object"),)),
        "json_schema": Record("ResponseFormatJsonSchema", by_type("json_schema", _JSON_SCHEMA)),
    },
)
_VOICE: Final = Either((Text(filled=True), Record("VoiceIdsOrCustomVoice", (Field("id", Text(), required=True),))))
_AUDIO: Final = Record(
    REQUEST,
    (Field("voice", _VOICE, required=True), must_be("format", "wav", "aac", "mp3", "flac", "opus", "pcm16")),
)
_PREDICTION: Final = Record("PredictionContent", by_type("content", Either((CONTENT, Items(of=TEXT_PART, fewest=1)))))
_STREAM_OPTIONS: Final = Record(
    "ChatCompletionStreamOptions",
    (
        Field("include_usage", Flag(), null="doubtful"),
        Field("include_obfuscation", Flag(), null="doubtful"),
    ),
)
_PLACE: Final = Record(
    "WebSearchLocation",
    tuple(Field(name, Text(), null="doubtful") for name in ("country", "region", "city", "timezone")),
)
_WEB_SEARCH: Final = Record(
    REQUEST,
    (
        Field("user_location", Record(REQUEST, by_type("approximate", _PLACE)), null="taken"),
        Field(
            "search_context_size",
            Text(words=("low", "medium", "high")),
            null="doubtful",
            source="WebSearchContextSize",
        ),
    ),
)

ANSWER_FIELDS: Final = (
    Field("response_format", _FORMATS, null="doubtful"),
    Field("stream", Flag(), null="taken"),
    Field("stream_options", _STREAM_OPTIONS, null="taken"),
    Field("modalities", Items(of=Text(words=("text", "audio"))), null="taken", source="ChatCompletionModalities"),
    Field("audio", _AUDIO, null="taken"),
    Field("prediction", _PREDICTION, null="taken"),
    Field("web_search_options", _WEB_SEARCH, null="doubtful"),
    Field("verbosity", Text(words=("low", "medium", "high")), null="taken", source="Verbosity"),
    Field(
        "reasoning_effort",
        Text(words=("none", "minimal", "low", "medium", "high", "xhigh", "max")),
        null="taken",
        source="ReasoningEffort",
    ),
)


def _find_speechless_audio(view: RequestView) -> Iterable[Objection]:
    if "audio" in (view.body.get("modalities") or ()) and view.body.get("audio") is None:
        yield "audio", "audio is missing, but should be there, since modalities have it"


def _find_unmentioned_json(view: RequestView) -> Iterable[Objection]:
    wanted = view.body.get("response_format") or {}
    if wanted.get("type") == "json_object" and "json" not in dumps(view.body["messages"]).lower():
        yield "messages", "messages should have the word JSON somewhere, since the response_format is json_object"


# A table reads by its rows.
ANSWER_RULES: Final = make_rules(
    "content", "body",
    ("stream-options-alone", "stream_options without stream", invalid(), "issue",
     "github.com/BerriAI/litellm/issues/5803", find_unless("stream_options", "stream")),
    ("audio-missing", "audio asked for, but not which", invalid("missing_required_parameter"), "specified",
     REQUEST, _find_speechless_audio),
    ("json-unmentioned", "JSON asked for in response_format only", invalid(), "issue",
     "github.com/meta-llama/PurpleLlama/issues/94, github.com/mem0ai/mem0/issues/3008", _find_unmentioned_json),
)  # fmt: skip
