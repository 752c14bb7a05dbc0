"""Checks of where a request goes and who sends it, before its body is looked at."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from conformance._service._script import Provider
from conformance._service._subject import Subject
from conformance._service._wording import Finding, should

__all__ = [
    "find_another_azure_path",
    "find_another_host",
    "find_another_openai_path",
    "find_body_that_is_no_object",
    "find_missing_azure_key",
    "find_missing_bearer",
    "find_missing_version",
    "find_unreadable_body",
    "find_version_on_v1",
    "find_wrong_bearer",
]

_VERSION: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(-preview)?")


def find_another_host(subject: Subject) -> Iterable[Finding]:
    """Find whether scheme, host or port are not the endpoint's."""
    if not subject.route.same_host:
        yield None, should("host of the request", subject.route.origin, f"that of {subject.script.endpoint}")


def find_another_openai_path(subject: Subject) -> Iterable[Finding]:
    """Find whether method and path are not those of OpenAI's chat completions."""
    return _is_elsewhere(subject, "openai", "/v1/chat/completions")


def find_another_azure_path(subject: Subject) -> Iterable[Finding]:
    """Find whether method and path are not those of Azure OpenAI's chat completions, in either form."""
    forms = "/openai/deployments/{deployment}/chat/completions or /openai/v1/chat/completions"
    return _is_elsewhere(subject, "azure", forms)


def find_missing_bearer(subject: Subject) -> Iterable[Finding]:
    """Find whether no key is sent in the form that OpenAI reads."""
    if subject.script.provider == "openai" and _bearer(subject) is None:
        what = "is not of the form" if "authorization" in subject.request.headers else "is missing, but should be"
        yield None, f"header Authorization {what} 'Bearer <key>'"


def find_wrong_bearer(subject: Subject) -> Iterable[Finding]:
    """Find whether a key is sent, but another one; the message does not show it."""
    if subject.script.provider == "openai" and _bearer(subject) not in {None, subject.script.key}:
        yield None, "header Authorization has another key than the one given"


def find_missing_azure_key(subject: Subject) -> Iterable[Finding]:
    """Find whether the key is not sent where Azure reads it.

    In the deployments form a Bearer token is one of Microsoft Entra, never the key, so that the key is read
    from the header `api-key` only; the /openai/v1/ form takes the key either way.
    """
    if subject.script.provider != "azure":
        return
    key, sent = subject.script.key, subject.request.headers.get("api-key")
    if sent == key or (subject.route.form == "v1" and _bearer(subject) == key):
        return
    if sent is not None:
        yield None, "header api-key has another key than the one given"
    elif subject.route.form == "v1":
        yield None, "headers api-key and Authorization lack the key, but one of them should have it"
    else:
        yield None, "header api-key is missing, but should have the key"


def find_missing_version(subject: Subject) -> Iterable[Finding]:
    """Find whether the deployments form lacks an api-version that looks like one."""
    if subject.route.form == "deployments" and not _is_version(subject.route.api_version):
        yield (
            "api-version",
            should("api-version in the URL", subject.route.api_version, "a date, or one with -preview"),
        )


def find_version_on_v1(subject: Subject) -> Iterable[Finding]:
    """Find whether the /openai/v1/ form has a dated api-version, which belongs to the other form."""
    if subject.route.form == "v1" and _is_version(subject.route.api_version):
        yield (
            "api-version",
            should("api-version in the URL", subject.route.api_version, "absent in the /openai/v1/ form"),
        )


def find_unreadable_body(subject: Subject) -> Iterable[Finding]:
    """Find whether the body cannot be read as JSON in UTF-8."""
    if subject.unreadable is not None:
        yield None, f"body = {len(subject.request.body)} bytes, but should be JSON: {subject.unreadable}"


def find_body_that_is_no_object(subject: Subject) -> Iterable[Finding]:
    """Find whether the body is JSON, but no object."""
    if subject.unreadable is None and not isinstance(subject.json, dict):
        yield None, should("body", subject.json, "an object")


def _is_elsewhere(subject: Subject, provider: Provider, paths: str) -> Iterable[Finding]:
    if subject.script.provider != provider:
        return
    if subject.route.form is None:
        yield None, should("path of the request", subject.route.path, paths)
    elif subject.request.method != "POST":
        yield None, should("method of the request", subject.request.method, "POST")


def _bearer(subject: Subject) -> str | None:
    scheme, _, key = subject.request.headers.get("authorization", "").partition(" ")
    return key.strip() or None if scheme.lower() == "bearer" else None


def _is_version(text: str | None) -> bool:
    match = _VERSION.fullmatch(text or "")
    if match is None:
        return False
    try:
        date.fromisoformat(match[1])
    except ValueError:
        return False
    return True
