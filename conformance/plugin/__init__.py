"""The pytest plugin: without `--impl` it adds options and does nothing else.

This package is the only place that imports pytest.
"""

from __future__ import annotations

import pytest

from conformance.plugin.options import IMPL, Options, add_options

__all__ = ["pytest_addoption", "pytest_configure"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option group, each option with an ini option of the same meaning."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Take over if an implementation is named; raise pytest.UsageError for one that can't be judged."""
    if IMPL.read(config):
        # Imported here because a run without --impl is to load nothing of the suite.
        from conformance.plugin.run import ConformanceRun  # noqa: PLC0415

        config.pluginmanager.register(ConformanceRun(config, Options.read(config)), "conformance-run")
