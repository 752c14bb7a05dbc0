"""The statuses with which the service may fail."""

from __future__ import annotations

from typing import Final

__all__ = ["STATUSES", "is_temporary"]

STATUSES: Final[tuple[int, ...]] = (
    429,
    500,
    503,
    400,
    408,
    409,
    502,
    504,
    401,
    403,
    404,
    413,
    422,
    418,
    402,
    405,
    410,
    415,
    424,
    425,
    431,
    451,
    499,
    501,
    507,
    520,
    529,
    599,
)
"""Statuses of a fault, those that the usual clients try again among them."""


def is_temporary(status: int) -> bool:
    """Say whether the usual clients send a request again after a status."""
    return status in {408, 409, 429} or status >= 500  # noqa: PLR2004  # the server's faults
