"""How the answer is drawn: the numbers, and which model takes which of them."""

import re
from collections.abc import Iterable
from typing import Any, Final

from conformance._service.request_view import RequestView
from conformance._service.rule import Finder, Known, Objection, find_both, find_unless, invalid, make_rules
from conformance._service.rules.sources import RECORDED, REQUEST
from conformance._service.shapes import Either, Entries, Field, Flag, Items, Number, Text
from conformance._service.wording import should

_COUNT: Final = Number(whole=True, least=1)
_COUNT_SOURCE: Final = f"{REQUEST}; github.com/OpenBMB/ChatDev/issues/446"
_PENALTY: Final = Number(least=-2, most=2)
_MOST_STOPS: Final = 4

SAMPLING_FIELDS: Final = (
    Field("temperature", Number(least=0, most=2), null="taken"),
    Field("top_p", Number(least=0, most=1), null="taken"),
    Field("presence_penalty", _PENALTY, null="taken"),
    Field("frequency_penalty", _PENALTY, null="taken"),
    Field("n", Number(whole=True, least=1, most=128), null="taken"),
    Field("max_tokens", _COUNT, null="taken", source=_COUNT_SOURCE),
    Field("max_completion_tokens", _COUNT, null="taken", source=_COUNT_SOURCE),
    Field("seed", Number(whole=True), null="taken"),
    # The description demands at least one word, but an empty array has long been taken.
    Field("stop", Either((Text(), Items(of=Text(), most=_MOST_STOPS))), null="taken"),
    Field("logit_bias", Entries(of=Number(whole=True, least=-100, most=100)), null="taken"),
    Field("logprobs", Flag(), null="taken"),
    Field("top_logprobs", Number(whole=True, least=0, most=20), null="taken"),
)

_O_SERIES: Final = r"o[134](-.+)?"
_O3_MINI: Final = r"o3-mini(-.+)?"
_GPT_5: Final = r"gpt-5(-mini|-nano)?(-\d{4}-\d\d-\d\d)?"
_REASONING: Final = rf"{_O_SERIES}|{_GPT_5}"
"""Models that always reason; later ones of gpt-5 do so on request, and then take the sampling parameters."""
_GPT_5_FAMILY: Final = r"gpt-5(\.\d+)?(-(?!.*\bchat\b).+)?"
_WITHOUT_STOP: Final = rf"o3(-(?!mini).+)?|o4-mini(-.+)?|{_GPT_5}|gpt-5\.[12](-\d{{4}}-\d\d-\d\d)?"
_NOT_REASONING: Final = r"gpt-(3\.5|4)(.+)?|chatgpt-4o-latest"

_SEARCH: Final = r"gpt-4o(-mini)?-search-preview(-\d{4}-\d\d-\d\d)?"
_NOT_FOR_SEARCH: Final = ("temperature", "top_p", "presence_penalty", "frequency_penalty")

# Key, models, the values that they take nevertheless, code, how it is known, source. A table reads by its rows.
# fmt: off
_UNSUPPORTED: Final[tuple[tuple[str, str, tuple[Any, ...], str | None, Known, str], ...]] = (
    ("max_tokens", rf"{_O_SERIES}|{_GPT_5_FAMILY}", (), "unsupported_parameter", "recorded",
     f"{RECORDED} (gpt-5); github.com/pydantic/pydantic-ai/issues/1205 (o3-mini)"),
    ("temperature", _O3_MINI, (1,), "unsupported_parameter", "issue", "github.com/chatboxai/chatbox/issues/1830"),
    ("temperature", rf"(?!o3-mini)({_REASONING})", (1,), "unsupported_value", "issue",
     "github.com/diffbot/code-gpt-docs/issues/445 (gpt-5), github.com/griptape-ai/griptape/issues/1915 (o4-mini)"),
    ("top_p", _REASONING, (1,), "unsupported_parameter", "issue",
     "github.com/chatboxai/chatbox/issues/2627 (gpt-5), github.com/lobehub/lobehub/pull/7747 (o4-mini)"),
    ("presence_penalty", _REASONING, (0,), "unsupported_parameter", "issue",
     "github.com/nextai-translator/nextai-translator/issues/1781 (gpt-5-mini)"),
    ("frequency_penalty", _REASONING, (0,), "unsupported_parameter", "issue",
     "github.com/oracle/ai-optimizer/issues/240 (gpt-5)"),
    ("logprobs", _REASONING, (False,), "unsupported_parameter", "specified", "OpenAI's guide to reasoning models"),
    ("logit_bias", _REASONING, ({},), "unsupported_parameter", "specified", "Azure's guide to reasoning models"),
    ("stop", _WITHOUT_STOP, ([],), "unsupported_parameter", "issue",
     "StopConfiguration; github.com/langgenius/dify/issues/18971, github.com/huggingface/smolagents/issues/1893"),
    ("reasoning_effort", _NOT_REASONING, (), None, "unverified",
     "github.com/davidmigloz/langchain_dart/issues/712, but in no description"),
    ("verbosity", _NOT_REASONING, ("medium",), "unsupported_value", "unverified",
     "github.com/google-deepmind/concordia/issues/164, but in no description"),
    ("parallel_tool_calls", _O_SERIES, (), "unsupported_parameter", "unverified", "Azure's guide to reasoning models"),
)
# fmt: on


def _find_unsupported(key: str, models: str, taken: tuple[Any, ...]) -> Finder:
    """Find whether a key is sent to a model that does not take it.

    What model is behind an Azure deployment cannot be seen from its name.
    """
    fits = re.compile(models).fullmatch

    def find(view: RequestView) -> list[Objection]:
        value = view.body.get(key)
        if value is None or value in taken or view.script.provider == "azure" or fits(view.model or "") is None:
            return []
        instead = "; it accepts max_completion_tokens" if key == "max_tokens" else ""
        return [(key, should(key, value, f"absent, since {view.model} does not support it{instead}"))]

    return find


def _find_sampling_of_search(view: RequestView) -> Iterable[Objection]:
    for find in _FIND_SAMPLING_OF_SEARCH:
        for _, message in find(view):
            yield None, message  # this error names its key in the message only


_FIND_SAMPLING_OF_SEARCH: Final = [_find_unsupported(key, _SEARCH, ()) for key in _NOT_FOR_SEARCH]


def _find_words_as_tokens(view: RequestView) -> Iterable[Objection]:
    for key in view.body.get("logit_bias") or ():
        if not (key.isascii() and key.isdigit()):
            yield "logit_bias", should("key of logit_bias", key, "the number of a token")


# A table reads by its rows.
SAMPLING_RULES: Final = make_rules(
    "content", "body",
    *(
        (f"{key.replace('_', '-')}-unsupported{'' if models != _O3_MINI else '-o3-mini'}",
         f"{key} for a model that does not accept it", invalid(code), known, source,
         _find_unsupported(key, models, taken))
        for key, models, taken, code, known, source in _UNSUPPORTED
    ),
    ("search-sampling", "sampling parameters for a model that searches", invalid(), "issue",
     "github.com/raycast/extensions/issues/18304, github.com/ChatGPTNextWeb/NextChat/issues/6569",
     _find_sampling_of_search),
    ("both-token-limits", "max_tokens together with max_completion_tokens",
     invalid("invalid_parameter_combination"), "issue",
     "github.com/langchain-ai/langgraph/issues/5943", find_both("max_tokens", "max_completion_tokens")),
    ("top-logprobs-alone", "top_logprobs without logprobs", invalid(), "specified",
     REQUEST, find_unless("top_logprobs", "logprobs")),
    ("logit-bias-key", "logit_bias for something else than a token", invalid(), "issue",
     "github.com/OkGoDoIt/OpenAI-API-dotnet/issues/163", _find_words_as_tokens),
)  # fmt: skip
