"""Checks of the model and of the body's top-level keys."""

import re
from collections.abc import Iterable
from typing import Final

from conformance._service._checks import Check
from conformance._service._keys import KEYS, RANGES
from conformance._service._kinds import is_number, is_of_kinds
from conformance._service._subject import Subject
from conformance._service._wording import Finding, should

__all__ = [
    "find_cap_on_reasoning_model",
    "find_keys_of_wrong_kind",
    "find_missing_model",
    "find_unknown_deployment",
    "find_unknown_keys",
    "find_unknown_model",
    "is_out_of_range",
]

_JUDGED_APART: Final = frozenset({"messages", "model", "tools"})
_ACCEPTS: Final = {key: is_of_kinds(*kinds, "null") for key, kinds in KEYS.items() if key not in _JUDGED_APART}

_PUBLISHED_MODELS: Final = re.compile(
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
_REASONING_MODELS: Final = re.compile(r"(o\d|gpt-5(\.\d+)?)(-(?!.*\bchat\b).+)?")  # gpt-5-chat does not reason


def find_missing_model(subject: Subject) -> Iterable[Finding]:
    """Find whether no model is named, neither in the path nor in the body."""
    if subject.model is None:
        yield None, "model is missing, but should be there"


def find_unknown_model(subject: Subject) -> Iterable[Finding]:
    """Find whether OpenAI has no chat model of that name."""
    if subject.script.provider == "openai" and not _exists(subject):
        yield None, should("model", subject.model, _existing(subject, "the name of a published chat model"))


def find_unknown_deployment(subject: Subject) -> Iterable[Finding]:
    """Find whether the Azure resource has no deployment of that name."""
    if subject.script.provider == "azure" and not _exists(subject):
        yield None, should("deployment", subject.model, _existing(subject, "a name"))


def find_cap_on_reasoning_model(subject: Subject) -> Iterable[Finding]:
    """Find whether `max_tokens` is sent to a model that takes `max_completion_tokens` instead.

    What model is behind an Azure deployment cannot be seen from its name.
    """
    cap, model = subject.body.get("max_tokens"), subject.model
    if cap is None or subject.script.provider == "azure" or not isinstance(model, str):
        return
    if _REASONING_MODELS.fullmatch(model):
        yield "max_tokens", should("max_tokens", cap, f"absent: {model} takes max_completion_tokens")


def find_unknown_keys(subject: Subject) -> Iterable[Finding]:
    """Find top-level keys that are not published."""
    return [(key, f"{key} is no known key of a chat completion") for key in subject.body if key not in KEYS]


def find_keys_of_wrong_kind(subject: Subject) -> Iterable[Finding]:
    """Find top-level keys whose value is of another kind than published; null counts as absent."""
    return [
        (key, should(key, value, " or ".join(KEYS[key])))
        for key, value in subject.body.items()
        if key in _ACCEPTS and not _ACCEPTS[key](value)
    ]


def is_out_of_range(kind: str, side: int) -> Check:
    """Check the keys of one kind, integer or number, against their lower (side -1) or upper limit (1)."""
    sides = [(key, low if side < 0 else high) for key, (low, high) in RANGES.items() if KEYS[key] == (kind,)]
    limits = [(key, limit) for key, limit in sides if limit is not None]
    wanted = "at least" if side < 0 else "at most"

    def check(subject: Subject) -> list[Finding]:
        return [
            (key, should(key, value, f"{wanted} {limit}"))
            for key, limit in limits
            if key in subject.body and is_number(value := subject.body[key]) and (value - limit) * side > 0
        ]

    return check


def _exists(subject: Subject) -> bool:
    model, existing = subject.model, subject.script.models
    if not isinstance(model, str):
        return True  # another rule's finding
    if existing is not None:
        return model in existing
    return subject.script.provider == "azure" or _PUBLISHED_MODELS.fullmatch(model) is not None


def _existing(subject: Subject, otherwise: str) -> str:
    existing = subject.script.models
    return f"one of {', '.join(sorted(existing))}" if existing is not None else otherwise
