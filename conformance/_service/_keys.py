"""The top-level keys of a chat completion request, as the OpenAPI description publishes them."""

from collections.abc import Mapping
from typing import Final

__all__ = ["KEYS", "RANGES"]

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(kinds.split(" or "))
    for kinds, names in {
        "array": "functions messages modalities tools",
        "boolean": "logprobs parallel_tool_calls store stream",
        "integer": "max_completion_tokens max_tokens n seed top_logprobs",
        "number": "frequency_penalty presence_penalty temperature top_p",
        "object": "audio logit_bias metadata moderation prediction prompt_cache_options response_format"
        " stream_options web_search_options",
        "string": "model prompt_cache_key prompt_cache_retention reasoning_effort safety_identifier"
        " service_tier user verbosity",
        "string or array": "stop",
        "string or object": "function_call tool_choice",
    }.items()
    for name in names.split()
}
"""Each key with the kinds of JSON value that it takes, beside null."""

RANGES: Final[Mapping[str, tuple[float, float | None]]] = {
    "frequency_penalty": (-2, 2),
    "max_tokens": (1, None),
    "n": (1, 128),
    "presence_penalty": (-2, 2),
    "temperature": (0, 2),
    "top_logprobs": (0, 20),
    "top_p": (0, 1),
}
"""The least and the greatest value of the keys that hold numbers."""
