"""What some tests need beside Python: they are skipped without it, unless an environment variable demands it."""

import os

import pytest


def skip_or_fail(reason, what):
    """Skip for want of something, unless `CONFORMANCE_REQUIRE_<what>` is 1 and says that it must be there."""
    variable = f"CONFORMANCE_REQUIRE_{what}"
    if os.environ.get(variable) == "1":
        pytest.fail(f"{variable}=1, but {reason}")
    pytest.skip(reason)
