"""Where a request goes, who sends it, and whether its body can be read at all."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from conformance._service.request_view import RequestView
from conformance._service.rule import Finder, Objection, Refusal, gateway, invalid, make_rules
from conformance._service.rules.sources import CLIENT, ISSUES, REQUEST
from conformance._service.script import Provider
from conformance._service.wording import should

_VERSIONS_OF_V1: Final = (None, "v1", "preview", "latest")
_VERSION: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(-preview)?")
_STABLE: Final = ("2023-05-15", "2024-02-01", "2024-06-01", "2024-10-21")
_PREVIEWS: Final = (
    *("2023-03-15", "2023-06-01", "2023-07-01", "2023-08-01", "2023-09-01", "2023-10-01", "2023-12-01"),
    *("2024-02-15", "2024-03-01", "2024-04-01", "2024-05-01", "2024-07-01", "2024-08-01", "2024-09-01"),
    *("2024-10-01", "2024-12-01", "2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"),
)
_VERSIONS: Final = frozenset({*_STABLE, *(f"{preview}-preview" for preview in _PREVIEWS)})
"""The versions with chat completions: learn.microsoft.com/azure/ai-services/openai/api-version-deprecation."""

_FIRST_WITH_CALLS: Final = "2023-07-01"
"""The first version in which a model calls anything; `tools` came later in that year."""


def _find_another_host(view: RequestView) -> Iterable[Objection]:
    if not view.route.same_host:
        yield None, should("host of the request", view.route.origin, f"that of {view.script.endpoint}")


def _find_another_path(provider: Provider, paths: str) -> Finder:
    def find(view: RequestView) -> Iterable[Objection]:
        if view.script.provider != provider:
            return
        if view.route.form is None:
            yield None, should("path of the request", view.route.path, paths)
        elif view.request.method != "POST":
            yield None, should("method of the request", view.request.method, "POST")

    return find


def _find_missing_bearer(view: RequestView) -> Iterable[Objection]:
    if view.script.provider == "openai" and _bearer(view) is None:
        what = "is not of the form" if "authorization" in view.request.headers else "is missing, but should be"
        yield None, f"header Authorization {what} 'Bearer <key>'"


def _find_wrong_bearer(view: RequestView) -> Iterable[Objection]:
    if view.script.provider == "openai" and _bearer(view) not in {None, view.script.key}:
        yield None, "header Authorization has another key than the one given"


def _find_missing_azure_key(view: RequestView) -> Iterable[Objection]:
    # In the deployments form a Bearer token is one of Microsoft Entra, never the key, so that the key is read
    # from the header `api-key` only; the /openai/v1/ form takes the key either way.
    if view.script.provider != "azure":
        return
    key, sent = view.script.key, view.request.headers.get("api-key")
    if sent == key or (view.route.form == "v1" and _bearer(view) == key):
        return
    if sent is not None:
        yield None, "header api-key has another key than the one given"
    elif view.route.form == "v1":
        yield None, "headers api-key and Authorization lack the key, but one of them should have it"
    else:
        yield None, "header api-key is missing, but should have the key"


def _find_missing_version(view: RequestView) -> Iterable[Objection]:
    version = view.route.api_version
    if view.route.form == "deployments" and not _is_version(version):
        wanted = "one of Azure OpenAI's versions, with -preview if it is one"
        yield "api-version", should("api-version in the URL", version, wanted)


def _find_version_without_tools(view: RequestView) -> Iterable[Objection]:
    version = view.route.api_version
    if (
        view.route.form == "deployments"
        and version is not None
        and version < _FIRST_WITH_CALLS
        and "tools" in view.json
    ):
        wanted = f"{_FIRST_WITH_CALLS} or later for a request with tools"
        yield None, should("api-version in the URL", version, wanted)


def _find_version_on_v1(view: RequestView) -> Iterable[Objection]:
    version = view.route.api_version
    if view.route.form == "v1" and version not in _VERSIONS_OF_V1:
        yield "api-version", should("api-version in the URL", version, "absent in the /openai/v1/ form, or preview")


def _find_another_content_type(view: RequestView) -> Iterable[Objection]:
    sent = view.request.headers.get("content-type", "")
    if not sent:
        yield None, "header Content-Type is missing, but should be application/json"
    elif sent.partition(";")[0].strip().lower() != "application/json":
        yield None, should("header Content-Type", sent, "application/json")


def _find_unreadable_body(view: RequestView) -> Iterable[Objection]:
    if view.unreadable is not None:
        yield None, f"body = {len(view.request.body)} bytes, but should be JSON: {view.unreadable}"


def _find_body_that_is_not_an_object(view: RequestView) -> Iterable[Objection]:
    if view.unreadable is None and not isinstance(view.json, dict):
        yield None, should("body", view.json, "an object")


def _bearer(view: RequestView) -> str | None:
    scheme, _, key = view.request.headers.get("authorization", "").partition(" ")
    return key.strip() or None if scheme.lower() == "bearer" else None


def _is_version(text: str | None) -> bool:
    """Say whether there is such a version; any date after the last one known may become one."""
    match = _VERSION.fullmatch(text or "")
    if match is None:
        return False
    try:
        date.fromisoformat(match[1])
    except ValueError:
        return False
    return text in _VERSIONS or match[1] > _PREVIEWS[-1]


# A table reads by its rows.
ACCESS_RULES: Final = (
    *make_rules(
        "address", "url",
        ("url-host", "another host than the service's",
         Refusal(status=404, type="conformance_error", code="unknown_host"), "measured", CLIENT, _find_another_host),
        ("url-openai", "not a POST to OpenAI's chat completions", invalid(status=404), "issue",
         "github.com/chatboxai/chatbox/issues/199", _find_another_path("openai", "/v1/chat/completions")),
        ("url-azure", "not a POST to Azure OpenAI's chat completions", gateway("404", 404), "issue",
         "github.com/ThinkInAIXYZ/deepchat/issues/262",
         _find_another_path(
             "azure", "/openai/deployments/{deployment}/chat/completions or /openai/v1/chat/completions")),
    ),
    *make_rules(
        "access", "auth",
        ("openai-key-missing", "no key, or not as a Bearer token", invalid(status=401), "issue",
         ISSUES, _find_missing_bearer),
        ("openai-key-wrong", "another key", invalid("invalid_api_key", 401), "issue", ISSUES, _find_wrong_bearer),
        ("azure-key", "no key where Azure reads it, or another one", gateway("401", 401), "issue",
         ISSUES, _find_missing_azure_key),
    ),
    *make_rules(
        "access", "url",
        ("azure-api-version", "api-version missing, or not one", gateway("404", 404), "issue",
         f"{ISSUES}; of dates that were never one: github.com/microsoft/semantic-kernel/issues/10040",
         _find_missing_version),
        ("azure-api-version-v1", "an api-version of the other form in the /openai/v1/ form",
         gateway("BadRequest", 400), "unverified",
         "github.com/pydantic/pydantic-ai/issues/5066, of Azure AI Foundry", _find_version_on_v1),
    ),
    *make_rules(
        "access", "body",
        ("content-type", "a body that is not said to be JSON", invalid("unsupported_content_type"), "issue",
         "github.com/openai/openai-openapi/issues/194", _find_another_content_type),
    ),
    *make_rules(
        "document", "body",
        ("body-json", "body is not JSON", invalid(), "issue", ISSUES, _find_unreadable_body),
        ("body-object", "body is JSON, but not an object", invalid(), "specified",
         REQUEST, _find_body_that_is_not_an_object),
    ),
    *make_rules(
        "content", "url",
        ("azure-api-version-tools", "tools for an api-version that does not know them", invalid(status=404), "issue",
         "github.com/langchain-ai/opengpts/issues/166", _find_version_without_tools),
    ),
)  # fmt: skip
