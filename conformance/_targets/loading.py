"""Makes what can be judged of what `--impl` names, by the form of its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from conformance._isolation import handlers_kept, hide_secrets
from conformance._targets import remote
from conformance._targets.module import load_module
from conformance._targets.target import Target
from conformance._transport.endpoints import Transport
from conformance.contract import EDITIONS, Context

APP: Final = "app:"


def load_target(spec: str, *, transport: Transport = "intercepted", seconds: float = remote.START_SECONDS) -> Target:
    """Load a module (`transport` says how its requests are answered), start a program, or read an app on disk.

    Raises ImplementationError, or AppError for an app. A program gets `seconds` to start, and not less than
    START_SECONDS.
    """
    if spec.startswith(remote.PREFIX):
        return remote.load_remote(spec, max(seconds, remote.START_SECONDS))
    if spec.startswith(APP):
        return _read_app(spec)
    with hide_secrets(), handlers_kept():
        return replace(load_module(spec), transport=transport)


def _read_app(spec: str) -> Target:
    from conformance import _apps  # noqa: PLC0415  # for those who judge an app

    app = _apps.load_app(spec, Path(spec.removeprefix(APP)))
    return Target(
        name=app.name,
        spec=spec,
        version=None,
        surfaces=(app.surface,),
        editions=EDITIONS,
        create_app=_refuse,
        declared=partial(_apps.judge_app, app),
    )


def _refuse(_: Context) -> object:
    raise NotImplementedError("what is built takes no further declarations")


def tell_apart(targets: Sequence[Target]) -> list[Target]:
    """Name those that share a name as `--impl` does."""
    names = Counter(target.name for target in targets)
    return [replace(one, name=one.spec) if names[one.name] > 1 else one for one in targets]
