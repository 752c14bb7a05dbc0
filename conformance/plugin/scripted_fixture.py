"""What the fixture `scripted_openai` does; `plugin/__init__.py` declares it, and loads this for the first test."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from typing import Final, Unpack

import pytest

from conformance.testing import ModelReply, ScriptedOpenAI
from conformance.testing.starting import ServiceChoices, started

_NAME: Final = "conformance-scripted-openai"


class ScriptedServices:
    """The services that a test starts; they end with it."""

    def __init__(self) -> None:
        self._services: list[ScriptedOpenAI] = []
        self._resources = ExitStack()

    def start(self, *replies: ModelReply, **choices: Unpack[ServiceChoices]) -> ScriptedOpenAI:
        """Start one more."""
        service = self._resources.enter_context(started(*replies, **choices))
        self._services.append(service)
        return service

    def explain(self, error: Exception) -> None:
        """Add to what a test raised what the services were asked; they are not checked any more."""
        for service in self._services:
            service.explain(error)
        self._services.clear()

    def check(self) -> None:
        """Check each of the services, once."""
        services, self._services = self._services, []
        for service in services:
            service.check()

    def close(self) -> None:
        """End the services."""
        self._resources.close()


_SERVICES: Final = pytest.StashKey[ScriptedServices]()


class _Checking:
    """Checks the services at the end of a test's call, so that the test fails and not its teardown."""

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        services = pyfuncitem.stash.get(_SERVICES, None)
        try:
            result = yield
        except Exception as error:
            if services is not None:
                services.explain(error)
            raise
        if services is not None:
            services.check()
        return result


def serve(request: pytest.FixtureRequest) -> Iterator[ScriptedServices]:
    """Let a test start services; what is not checked with its call is checked when it is torn down."""
    manager = request.config.pluginmanager
    if not manager.has_plugin(_NAME):
        manager.register(_Checking(), _NAME)
    with closing(ScriptedServices()) as services:
        request.node.stash[_SERVICES] = services
        yield services
        services.check()
