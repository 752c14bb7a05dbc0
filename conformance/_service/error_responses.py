"""The errors that the service answers with, in the provider's form."""

from http import HTTPStatus
from json import dumps  # by name: an implementation may patch the module
from typing import Any, Final

from conformance._service.script import Fault, Provider
from conformance._service.violation import Violation
from conformance._service.wire import Response

_FAULTS: Final[dict[tuple[Provider, int], tuple[str | None, str | None]]] = {
    ("openai", 401): ("invalid_request_error", "invalid_api_key"),
    ("openai", 404): ("invalid_request_error", "model_not_found"),
    ("openai", 429): ("requests", "rate_limit_exceeded"),
    ("azure", 400): (None, "content_filter"),
    ("azure", 401): (None, "401"),
    ("azure", 404): (None, "DeploymentNotFound"),
    ("azure", 429): (None, "429"),
}
"""Type and code of scripted errors; type None has the form of Azure's gateway, as in `Refusal`."""

_BEFORE_THE_SERVICE: Final = frozenset({502, 504, *range(520, 528), 530})
"""Statuses of the gateways that stand before the service: users quote the pages that they answer with."""


def refuse(violation: Violation) -> Response:
    """Answer a request that breaks a rule as the real service would."""
    error = _error(violation.message, violation.type, violation.param, violation.code)
    return _response(violation.status, error, {})


def decline() -> Response:
    """Answer a request that is for somebody else: nobody is there."""
    return _response(404, _error("there is no such host here", "conformance_error", None, "unknown_host"), {})


def report_fault(fault: Fault, provider: Provider) -> Response:
    """Answer with a scripted error of the provider or of a gateway before it, and with how long to wait."""
    wait = {"retry-after-ms": str(fault.retry_after_ms)}
    if fault.status in _BEFORE_THE_SERVICE:
        return _page(fault.status, wait)
    other = "server_error" if fault.status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error"
    error_type, code = _FAULTS.get((provider, fault.status), (other, None))
    error = _error(f"scripted fault with status {fault.status}", error_type, None, code)
    return _response(fault.status, error, wait)


def report_end_of_script(replies: int) -> Response:
    """Answer a good request that nothing is scripted for: in no service's form, and never retried."""
    message = f"the script has no reply left (it has {replies}), but the client asked for one more"
    error = _error(message, "conformance_error", None, "unscripted")
    return _response(400, error, {"x-should-retry": "false"})


def _error(message: str, error_type: str | None, param: str | None, code: str | None) -> dict[str, Any]:
    if error_type is None:
        return {"code": code, "message": message}
    return {"message": message, "type": error_type, "param": param, "code": code}


def _response(status: int, error: dict[str, Any], headers: dict[str, str]) -> Response:
    body = dumps({"error": error}).encode()
    return Response(status=status, headers={"content-type": "application/json", **headers}, body=body)


def _page(status: int, headers: dict[str, str]) -> Response:
    """Answer with a page for people, as a gateway does that knows nothing of the service's errors."""
    title = f"Error {status}"
    page = f"<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center></body></html>"
    return Response(status=status, headers={"content-type": "text/html", **headers}, body=page.encode())
