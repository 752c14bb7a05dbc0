"""The top level of the body: the table of all fields, for OpenAI and for Azure."""

from collections.abc import Iterable, Mapping
from typing import Final

from conformance._service.request_view import RequestView
from conformance._service.rule import Objection, invalid, make_rules
from conformance._service.rules.answer import ANSWER_FIELDS
from conformance._service.rules.messages import MESSAGE
from conformance._service.rules.sampling import SAMPLING_FIELDS
from conformance._service.rules.sources import AZURE, REQUEST
from conformance._service.rules.tools import TOOL_FIELDS
from conformance._service.script import Provider
from conformance._service.shapes import Anything, Entries, Field, Flag, Items, Record, Text, must_be
from conformance._service.wording import should

_MODE: Final = Record("ModerationConfigParam", (must_be("mode", "score", "block"),))
_MODERATION: Final = Record(
    "ModerationParam",
    (
        Field("model", Text(), required=True),
        Field(
            "policy",
            Record(
                "ModerationPolicyParam",
                (Field("input", _MODE, null="taken"), Field("output", _MODE, null="taken")),
            ),
            null="taken",
        ),
    ),
)
_CACHE_OPTIONS: Final = Record(
    "PromptCacheOptionsParam",
    (
        Field("mode", Text(words=("implicit", "explicit")), null="doubtful"),
        Field("ttl", Text(words=("30m", "12h")), null="doubtful"),
    ),
)
_METADATA: Final = Entries(of=Text(longest=512), most=16, longest_key=64)

_FIELDS: Final = (
    Field("messages", Items(of=MESSAGE, fewest=1), required=True),
    Field("model", Text(), null="taken"),  # a rule of its own tells whether it may be missing
    *TOOL_FIELDS,
    *SAMPLING_FIELDS,
    *ANSWER_FIELDS,
    Field("metadata", _METADATA, null="taken", source="Metadata"),
    Field("store", Flag(), null="taken"),
    Field("user", Text(), null="doubtful", source="ModelResponseProperties"),
    # 64 in the description, 128 in the client's documentation of the same year.
    Field("safety_identifier", Text(longest=128), null="taken", source="ModelResponseProperties"),
    Field("prompt_cache_key", Text(longest=64), null="taken", source="github.com/theopenco/llmgateway/pull/3110"),
    Field(
        "prompt_cache_retention",
        Text(words=("in_memory", "in-memory", "24h")),
        null="taken",
        source="ModelResponseProperties",
    ),
    Field("prompt_cache_options", _CACHE_OPTIONS, null="doubtful"),
    Field(
        "service_tier",
        Text(words=("auto", "default", "flex", "scale", "priority", "fast")),
        null="taken",
        source="ServiceTier",
    ),
    Field("moderation", _MODERATION, null="taken"),
)
_AZURE_FIELDS: Final = (
    Field("data_sources", Items(of=Anything(object_only=True)), null="doubtful", source=AZURE),
    Field("user_security_context", Anything(object_only=True), null="doubtful", source=AZURE),
)

_ORDER: Final = (
    "messages", "functions", "function_call", "tools", "tool_choice", "parallel_tool_calls",
    "max_completion_tokens", "n", "temperature", "top_p", "presence_penalty", "frequency_penalty",
    "logprobs", "top_logprobs", "user", "seed", "moderation", "safety_identifier",
    "prompt_cache_options", "prompt_cache_key", "prompt_cache_retention", "response_format",
    "service_tier", "max_tokens", "reasoning_effort", "logit_bias", "stop", "stream", "stream_options",
    "store", "metadata", "prediction", "verbosity",
)  # fmt: skip
"""The order in which the service looks at the fields, as a third party measured it; the others come last."""


def _ordered(*fields: Field) -> Record:
    order = {name: place for place, name in enumerate(_ORDER)}
    return Record(REQUEST, tuple(sorted(fields, key=lambda field: order.get(field.name, len(order)))))


BODY_TABLES: Final[Mapping[Provider, Record]] = {
    "openai": _ordered(*_FIELDS),
    "azure": _ordered(*_FIELDS, *_AZURE_FIELDS),
}
"""What the body of a chat completion may hold."""


def _find_unstored_metadata(view: RequestView) -> Iterable[Objection]:
    metadata = view.body.get("metadata")
    if metadata and view.body.get("store") is not True:
        yield "metadata", should("metadata", metadata, "absent, since store is not true")


# A table reads by its rows.
BODY_RULES: Final = make_rules(
    "content", "body",
    ("metadata-unstored", "metadata of an answer that is not stored", invalid(), "unverified",
     "github.com/tmc/langchaingo/issues/1484, but in no description, and later seen to be taken",
     _find_unstored_metadata),
)  # fmt: skip
