"""What an implementation sees of the environment: access to the scripted service, and nothing that is a secret.

The settings of a single app are added where it is made (`_judging/local_player.py`, `_targets/hosting.py`).
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, contextmanager
from typing import Any

_SECRET_ENDINGS = ("KEY", "TOKEN", "SECRET", "PASSWORD")
"""Endings of names that may be those of secrets: PGPASSWORD is, MONKEY is not."""

SECRET_NAME = re.compile(rf"(?:.*_)?(?:{'|'.join(_SECRET_ENDINGS)})", re.IGNORECASE)
"""The names of variables that hold secrets."""

_SERVICE_NAME = re.compile(r"(?:AZURE_)?OPENAI_")
_PROXY_NAME = re.compile(r"(?:ALL|HTTP|HTTPS)_PROXY", re.IGNORECASE)
_LOOPBACK = "localhost,127.0.0.1"


def is_private(name: str) -> bool:
    """Say whether a variable has the name of a secret, or of the access to a service."""
    return bool(_SERVICE_NAME.match(name) or SECRET_NAME.fullmatch(name))


def _is_kept_back(name: str) -> bool:
    """Say whether a variable of the caller's is kept from implementations: it is private, or may be."""
    return bool(_SERVICE_NAME.match(name)) or name.upper().endswith(_SECRET_ENDINGS)


def public_environment() -> dict[str, str]:
    """Return the caller's environment without what is private, for a process of its own."""
    public = {name: value for name, value in os.environ.items() if not _is_kept_back(name)}
    return {**public, **direct_loopback(public)}


def direct_loopback(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that keep requests to this machine from a proxy which the others name, if one is named."""
    if not any(map(_PROXY_NAME.fullmatch, variables)):
        return {}
    exempt = variables.get("no_proxy") or variables.get("NO_PROXY")
    value = f"{_LOOPBACK},{exempt}" if exempt else _LOOPBACK
    return {"no_proxy": value, "NO_PROXY": value}


class CallersEnvironment:
    """The environment as the caller has it; its names are looked through again only when they change."""

    def __init__(self) -> None:
        self._names: AbstractSet[Any] = frozenset()
        self._private: list[str] = []
        self._has_proxy = False

    @contextmanager
    def replaced(self, settings: Mapping[str, str]) -> Iterator[None]:
        """Export an app's settings, hide what is private, and put everything back."""
        before = dict(_raw())
        if before.keys() != self._names:
            self._look_through(before.keys())
        direct = direct_loopback(os.environ) if self._has_proxy else {}
        for name in self._private:
            del os.environ[name]
        os.environ.update({**direct, **settings})
        try:
            yield
        finally:
            _restore(before)

    def _look_through(self, names: AbstractSet[Any]) -> None:
        self._names = frozenset(names)
        self._private = list(filter(_is_kept_back, os.environ))
        self._has_proxy = any(map(_PROXY_NAME.fullmatch, os.environ))


def environment(settings: Mapping[str, str]) -> AbstractContextManager[None]:
    """Export an app's settings once, hide what is private, and put everything back."""
    return CallersEnvironment().replaced(settings)


def _raw() -> Mapping[Any, Any]:
    """Return the variables as os.environ keeps them: to read them decoded costs as much as all else of a case."""
    raw: Mapping[Any, Any] = os.environ._data  # type: ignore[attr-defined]  # noqa: SLF001
    return raw


def _restore(before: Mapping[Any, Any]) -> None:
    """Put back the variables, which are as os.environ keeps them; only what has changed is decoded."""
    environ: Any = os.environ
    now = _raw()
    for name in now.keys() - before.keys():
        del environ[environ.decodekey(name)]
    for name, value in before.items():
        if now.get(name) != value:
            environ[environ.decodekey(name)] = environ.decodevalue(value)


def service_settings(settings: Mapping[str, str]) -> AbstractContextManager[None]:
    """Export settings that lead to a model service, hide those that lead to another, and put both back."""
    own = {**direct_loopback(os.environ), **settings}
    return _hidden(lambda name: name in own or bool(_SERVICE_NAME.match(name)), own)


def hide_secrets() -> AbstractContextManager[None]:
    """Hide what is private, and put it back; everything else that changes stays, as it does for an import."""
    return _hidden(_is_kept_back, {})


@contextmanager
def _hidden(is_hidden: Callable[[str], bool], instead: Mapping[str, str]) -> Iterator[None]:
    hidden = {name: value for name, value in os.environ.items() if is_hidden(name)}
    for name in hidden:
        del os.environ[name]
    os.environ.update(instead)
    try:
        yield
    finally:
        for name in instead:
            os.environ.pop(name, None)
        os.environ.update(hidden)
