"""The skills of an app that is played: functions that do what their declarations say, as real ones would."""

from collections.abc import Callable
from copy import deepcopy
from errno import EACCES
from functools import partial
from itertools import count
from typing import Any, Final
from zlib import adler32

from conformance._data.scenario import Declaration
from conformance._judging.foreign_values import as_json
from conformance._judging.observation import Invocation
from conformance._service import Service
from conformance._targets.handlers import make_handler
from conformance.contract import Skill


class PlayedSkills:
    """Makes the skills of one app; each run of a function is written down in `invocations`.

    What a function returns stays its own: when the model has been told of it, it may change, as a list of todos does
    that a function returns and goes on filling.
    """

    def __init__(self, service: Service, invocations: list[Invocation]) -> None:
        self._service = service
        self._invocations = invocations
        self._returned: list[tuple[int, Any]] = []

    def skill(self, declaration: Declaration) -> Skill:
        """Return a declaration as an implementation gets it; its changes to it are not the next one's case."""
        runs = count()

        def respond(argument: Any) -> Any:
            self._change_what_was_told()
            given = as_json(argument)
            self._invocations.append(Invocation(skill=declaration.function, argument=given))
            first = next(runs) == 0
            if declaration.raises is not None and declaration.raises_on in {"every", "first" if first else "later"}:
                raise _error(declaration.raises)
            if not declaration.echoes:
                return self._own(declaration.returns)
            # A copy in our own types: those of the implementation may refuse to be copied, or to change.
            return self._own(given) if isinstance(argument, list | dict) else argument

        return Skill(
            name=declaration.function,
            trigger=deepcopy(dict(declaration.trigger)),
            argument=declaration.argument,
            handler=make_handler(declaration.function, declaration.argument, respond),
        )

    def _own(self, value: Any) -> Any:
        """Return a copy of a result, and remember it if it can change."""
        if not isinstance(value, list | dict):
            return value
        result = deepcopy(value)
        self._returned.append((self._service.count, result))
        return result

    def _change_what_was_told(self) -> None:
        """Empty the results that requests have told the model of."""
        requests = self._service.count
        for _, result in (one for one in self._returned if one[0] < requests):
            result.clear()
        self._returned = [one for one in self._returned if one[0] == requests]


class TodoStoreError(Exception):
    """An error of the function's own kind."""


_ERRORS: Final[tuple[Callable[[str], Exception], ...]] = (
    ValueError,
    RuntimeError,
    KeyError,
    TypeError,
    AttributeError,
    TimeoutError,
    partial(PermissionError, EACCES),  # as the system makes it, with a number before its text
    TodoStoreError,
)


def _error(text: str) -> Exception:
    """Return an error of a kind that depends on its text: a function may raise any."""
    return _ERRORS[adler32(text.encode()) % len(_ERRORS)](text)
