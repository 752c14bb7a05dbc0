"""The log probabilities of what a reply says, for clients that ask for them."""

import re
from collections.abc import Mapping
from typing import Any, Final

_ODDS: Final = -0.125  # no client should rest on the number; this one is exact in binary


def odds_of(body: Mapping[str, Any], text: str | None, refusal: str | None) -> dict[str, Any]:
    """Return what stands beside a message or a delta: nothing, unless the body asks for `logprobs`."""
    if body.get("logprobs") is not True:
        return {}
    top = body.get("top_logprobs") or 0
    return {"logprobs": {"content": _tokens(text, top), "refusal": _tokens(refusal, top)}}


def _tokens(text: str | None, top: float) -> list[dict[str, Any]] | None:
    if text is None:
        return None
    tokens = (_token(word) for word in re.findall(r"\s*\S+|\s+$", text))
    return [{**token, "top_logprobs": [token] if top else []} for token in tokens]


def _token(word: str) -> dict[str, Any]:
    return {"token": word, "logprob": _ODDS, "bytes": list(word.encode("utf-8", "surrogatepass"))}
