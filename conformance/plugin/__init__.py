"""The pytest plugin: without `--impl` it adds options and does nothing else.

This package is the only place that imports pytest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from conformance.plugin.chosen_options import Options
from conformance.plugin.options import IMPL, add_options

if TYPE_CHECKING:
    from conformance.testing import StartScriptedOpenAI

__all__ = ["pytest_addoption", "pytest_configure", "scripted_openai"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option group, each option with an ini option of the same meaning."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Take over if an implementation is named; raise pytest.UsageError for one that can't be judged."""
    if IMPL.read(config):
        # Imported here because a run without --impl is to load nothing of the suite.
        from conformance.plugin.run import ConformanceRun  # noqa: PLC0415

        config.pluginmanager.register(ConformanceRun(config, Options.read(config)), "conformance-run")


@pytest.fixture
def scripted_openai(request: pytest.FixtureRequest) -> Iterator[StartScriptedOpenAI]:
    """Start the strict scripted OpenAI or Azure OpenAI, until the end of the test: see docs/testing.md."""
    # Imported here because tests that do not ask for it are to load nothing of the suite.
    from conformance.plugin.scripted_fixture import serve  # noqa: PLC0415

    for services in serve(request):
        yield services.start
