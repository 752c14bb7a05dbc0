"""The model, or the deployment, that is to answer."""

import re
from collections.abc import Iterable
from typing import Final

from conformance._service.request_view import RequestView
from conformance._service.rule import Finder, Objection, gateway, invalid, make_rules
from conformance._service.rules.sources import ISSUES, RECORDED, REQUEST
from conformance._service.script import Provider
from conformance._service.wording import listed, should

_PUBLISHED: Final = re.compile(
    r"""
      gpt-\d (\.\d+)? o? (-.+)?   # gpt-3.5-turbo, gpt-4o-mini, gpt-5.2; not gpt-35-turbo, as Azure spells it
    | gpt-audio (-.+)?
    | chatgpt-.+
    | codex-.+
    | o\d (-.+)?
    | ft:.+                      # fine-tuned
    """,
    re.VERBOSE,
)
"""The families of chat models. New members appear every month, so any name in a family is taken for one."""


_NO_CHAT: Final = re.compile(r"gpt-3\.5-turbo-instruct(-.+)?|o1-pro(-.+)?|gpt-.*realtime(-.+)?")
"""Models of those families that only other endpoints take: public issues show it of each."""


def _find_no_model(view: RequestView) -> Iterable[Objection]:
    if isinstance(view.json, dict) and not view.model:
        yield None, "model is missing, but should be the name of one"


def _find_unknown(provider: Provider, what: str, wanted: str) -> Finder:
    """Find a model that is not one of those that exist, if those are known, or else not `wanted`."""

    def find(view: RequestView) -> Iterable[Objection]:
        if view.script.provider == provider and not _exists(view):
            existing = view.script.models
            yield None, should(what, view.model, wanted if existing is None else f"one of {listed(sorted(existing))}")

    return find


def _find_no_chat(view: RequestView) -> Iterable[Objection]:
    if view.script.provider == "openai" and view.script.models is None and _NO_CHAT.fullmatch(view.model or ""):
        yield "model", should("model", view.model, "a chat model, since no other is supported at /v1/chat/completions")


def _exists(view: RequestView) -> bool:
    model, existing = view.model, view.script.models
    if not model:
        return True  # another rule's violation
    if existing is not None:
        return model in existing
    return view.script.provider == "azure" or _PUBLISHED.fullmatch(model) is not None


# A table reads by its rows.
MODEL_RULES: Final = (
    *make_rules(
        "document", "model",  # before anything else in the body, as the service does
        ("model-missing", "no model, or an empty one", invalid(), "specified",
         f"{REQUEST}; the error of one third party's probes", _find_no_model),
    ),
    *make_rules(
        "content", "model",
        ("openai-model-unknown", "OpenAI has no such model", invalid("model_not_found", 404), "recorded",
         RECORDED, _find_unknown("openai", "model", "a name of a published family of chat models")),
        ("openai-model-without-chat", "the model is for other endpoints", invalid(status=404), "issue",
         f"{ISSUES}: SciSharp/BotSharp#959, langbot-app/LangBot#400, sigoden/aichat#1318", _find_no_chat),
        ("azure-deployment-unknown", "the Azure resource has no such deployment",
         gateway("DeploymentNotFound", 404), "issue", ISSUES, _find_unknown("azure", "deployment", "a name")),
    ),
)  # fmt: skip
