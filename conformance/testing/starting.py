"""Starts the scripted service, and ends it with its checks."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Final, Protocol, TypedDict, Unpack

from conformance._data.script_file import load_script
from conformance._isolation.environment import service_settings
from conformance._service import Provider, Script, Service
from conformance._transport.answering import answering
from conformance._transport.endpoints import Transport
from conformance._transport.switchboard import Switchboard
from conformance.testing.scripted import ScriptedOpenAI
from conformance.testing.scripted_replies import ModelReply, make_replies

__all__ = ["KEY", "ServiceChoices", "StartScriptedOpenAI", "scripted_openai", "started"]

KEY: Final = "sk-scripted"


class ServiceChoices(TypedDict, total=False):
    """What can be chosen of a scripted service; `scripted_openai` says what each means, and its default."""

    script: str | PathLike[str] | None
    provider: Provider
    models: Collection[str] | None
    transport: Transport


class StartScriptedOpenAI(Protocol):
    """What the pytest fixture `scripted_openai` is: it starts a service that ends with the test."""

    def __call__(self, *replies: ModelReply, **choices: Unpack[ServiceChoices]) -> ScriptedOpenAI:
        """Start a service; the arguments are those of `conformance.testing.scripted_openai`."""


@contextmanager
def scripted_openai(
    *replies: ModelReply,
    script: str | PathLike[str] | None = None,
    provider: Provider = "openai",
    models: Collection[str] | None = None,
    transport: Transport = "intercepted",
) -> Iterator[ScriptedOpenAI]:
    """Let a strict scripted service answer in place of OpenAI or Azure OpenAI until the end of the block.

    The model replies `replies`, one to each request, or what the YAML file `script` says (`cases/script.schema.json`;
    the file then names provider and models too). `models` are those that exist (on Azure OpenAI the deployments);
    without it any name of a published family does. With `intercepted` every client on httpx or httpx2 in this process
    is answered, so every release of the package openai; with `loopback` the service is served on 127.0.0.1, for any
    client in any process. The environment variables that lead there are set, and all others of OpenAI's and Azure
    OpenAI's hidden, until the end.

    At the end of a block that did not raise, raises AssertionError if the service refused a request (unless
    `assert_refused` was told to expect that), was sent more requests than it has replies, or has replies left. Raises
    CaseFileError for a script that can't be used.
    """
    with started(*replies, script=script, provider=provider, models=models, transport=transport) as service:
        try:
            yield service
        except Exception as error:
            service.explain(error)
            raise
    service.check()


@contextmanager
def started(
    *replies: ModelReply,
    script: str | PathLike[str] | None = None,
    provider: Provider = "openai",
    models: Collection[str] | None = None,
    transport: Transport = "intercepted",
) -> Iterator[ScriptedOpenAI]:
    """Start the service and end it, without a check."""
    board = Switchboard()
    with answering(board, {transport}) as endpoints:
        place = endpoints[transport]
        if script is None:
            made = Script(
                provider=provider,
                key=KEY,
                endpoint=place.of(provider),
                replies=tuple(make_replies(replies)),
                models=None if models is None else frozenset(models),
            )
        elif replies or provider != "openai" or models is not None:
            raise TypeError(
                "replies, provider or models were given as well as a script, but the script should contain them"
            )
        else:
            made = load_script(Path(script), place.of)
        answers = Service(made)
        service = ScriptedOpenAI(made, answers, place.settings(made.provider, made.key))
        with board.serving(made.key, answers), service_settings(service.settings):
            yield service
