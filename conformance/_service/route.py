"""Where a request was sent: the host, the form of the URL, the deployment and the api-version in it."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from conformance._service.script import Script
from conformance._service.wire import Request

Form: TypeAlias = Literal["openai", "deployments", "v1"]
"""The URL forms that chat completions have: OpenAI's, Azure's by deployment, and Azure's /openai/v1/."""

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """`form` is None for a URL that is not that of chat completions; `origin` is the host with its scheme and port."""

    origin: str
    same_host: bool
    path: str
    form: Form | None
    deployment: str | None
    api_version: str | None


def read_route(script: Script, request: Request) -> Route:
    """Take the URL of a request apart; a URL that cannot be read leads nowhere."""
    home = urlsplit(script.endpoint)
    try:
        url = urlsplit(request.url)
        origin = _origin(url)
    except ValueError:
        url, origin = SplitResult("", "", request.url, "", ""), request.url
    prefix = home.path.rstrip("/")
    path = url.path[len(prefix) :] if url.path.startswith(prefix) else ""
    form, deployment = _read_path(script, path)
    return Route(
        origin=origin,
        same_host=origin == _origin(home),
        path=url.path,
        form=form,
        deployment=deployment,
        api_version=parse_qs(url.query).get("api-version", [None])[0] if url.query else None,
    )


def _origin(url: SplitResult) -> str:
    port = url.port or _DEFAULT_PORTS.get(url.scheme)
    return f"{url.scheme}://{url.hostname}:{port}"


def _read_path(script: Script, path: str) -> tuple[Form | None, str | None]:
    if script.provider == "openai":
        return ("openai", None) if path == "/v1/chat/completions" else (None, None)
    # An endpoint is shown with a slash at its end, so clients have long sent //openai/… and were served.
    match f"/{path.lstrip('/')}".split("/"):
        case ["", "openai", "v1", "chat", "completions"]:
            return "v1", None
        case ["", "openai", "deployments", deployment, "chat", "completions"] if deployment:
            return "deployments", unquote(deployment)
    return None, None
