"""One HTTP exchange as plain values: what a transport hands to the service, and what it gets back."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What arrived: the method in capitals, the absolute URL, headers by lower-case name, and the body."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What goes back; `content-length` and the like are the transport's to add."""

    status: int
    headers: Mapping[str, str]
    body: bytes
