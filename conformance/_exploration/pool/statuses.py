"""The statuses with which the service may fail."""

from typing import Final

from conformance._service import Fault

COMMON_STATUSES: Final[tuple[int, ...]] = (429, 500, 503, 400, 401, 403, 404, 408, 409, 422, 502, 504)
"""Statuses that the service is known to use, and those of what stands before it."""

STATUSES: Final[tuple[int, ...]] = (
    *COMMON_STATUSES,
    *(402, 405, 406, 410, 411, 412, 413, 414, 415, 416, 418, 421, 423, 424, 425, 426, 428, 431, 451, 499),
    *(501, 505, 506, 507, 508, 510, 511, 520, 521, 522, 524, 529, 530, 599),
)
"""Statuses of a fault, those that the usual clients try again among them."""


def is_temporary(status: int) -> bool:
    """Say whether the usual clients send a request again after a status."""
    return status in {408, 409, 429} or status >= 500  # noqa: PLR2004  # the server's faults


def is_lasting(fault: Fault) -> bool:
    """Say whether a request that is sent again meets a fault again, or the usual clients do not send it again."""
    return fault.lasts != "once" or not is_temporary(fault.status)
