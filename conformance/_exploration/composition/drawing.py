"""Draws scenarios with hypothesis: any outline, and texts and values that nobody thought of beside those of the pool.

Hypothesis is driven by bytes: number n of a seed is the same scenario whatever was drawn before it, in whichever
process. It keeps no examples and sets no deadline; texts are lists of characters, for which it needs no tables on disk.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final, TypeVar, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance._data.scenario import Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.composition.cards import Cards, ValueKind
from conformance._exploration.composition.composing import compose
from conformance._exploration.composition.outlines import Faults, Outline
from conformance._exploration.languages import UNBOUNDED
from conformance._exploration.pool.json_samples import KEYS
from conformance._exploration.pool.texts import ALPHABET

T = TypeVar("T")

_BEYOND: Final = 0.1
"""The share of texts and values that are not from the pool."""

_BYTES: Final = 8192
"""Bytes that are drawn from: a scenario that needs more is left out, and the next ones are tried."""

_MAX_TRIES: Final = 20

_SEEDS: Final = st.integers(0, 2**64 - 1)
_CHARACTERS: Final = st.sampled_from(ALPHABET)
_ANY_TEXT: Final = st.lists(_CHARACTERS, max_size=30).map("".join)
_SPOKEN: Final = st.lists(_CHARACTERS, min_size=1, max_size=30).map("".join).filter(str.strip)
_INTEGERS: Final = st.integers(-(2**63), 2**63 - 1) | st.integers(-1000, 1000)
_NUMBERS: Final = st.floats(allow_nan=False, allow_infinity=False)
_LEAVES: Final = st.none() | st.booleans() | _INTEGERS | _NUMBERS | _ANY_TEXT
_KEYS: Final = st.sampled_from(KEYS) | _ANY_TEXT
_VALUES: Final = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=8
)
_OF_KIND: Final[dict[ValueKind, st.SearchStrategy[Any]]] = {
    "text": _SPOKEN,
    "string": _ANY_TEXT,
    "integer": _INTEGERS,
    "number": _NUMBERS,
    "boolean": st.booleans(),
    "array": st.lists(_VALUES, max_size=5),
    "object": st.dictionaries(_KEYS, _VALUES, max_size=5),
}
_OUTLINES: Final = st.builds(
    Outline,
    skills=st.sampled_from((1, 2, 3, 0, 4, 5, 8, 13, 20, 25)),
    prompts=st.sampled_from((1, 2, 3, 4, 5, 8)),
    rounds=st.sampled_from((0, 1, 2, 3, 5, 15)),
    calls=st.sampled_from((1, 2, 3, 4, 8, 25)),
    provider=st.sampled_from(("openai", "azure")),
    faults=st.sampled_from(("none",) * 3 + get_args(Faults)),
    before=st.sampled_from(("none", "none", "none", "the same", "another")),
    odd=st.booleans(),
    repeats=st.sampled_from((False, False, False, True)),
    endings=st.sampled_from((False, False, True)),
).filter(lambda outline: outline.prompts * outline.rounds * outline.calls <= _MAX_CALLS)
_MAX_CALLS: Final = 60
"""Calls of a scenario, so that none takes much longer than the others."""


class _Drawn:
    """Chooses from the pool at random, and lets hypothesis draw what goes beyond it: a draw takes its time."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw
        self._random = Random(draw(_SEEDS))  # noqa: S311  # not for secrets

    def choose(self, role: str, options: Sequence[T], kind: ValueKind | None) -> T:
        """Choose one of the options, or draw a value of the kind."""
        del role
        if kind is not None and self._random.random() < _BEYOND:
            drawn: T = self._draw(_OF_KIND[kind])
            return drawn
        return self._random.choice(options)


class Drawing:
    """Draws scenarios for one surface of one edition."""

    def __init__(self, edition: str, spelling: Spelling) -> None:
        self._name = f"{edition}/{spelling.surface}"
        self._drawn: list[Scenario] = []

        @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
        @given(_OUTLINES, st.data())
        def keep(outline: Outline, data: st.DataObject) -> None:
            composed = compose(outline, Cards(_Drawn(data.draw)), unbounded=spelling.surface in UNBOUNDED)
            self._drawn.append(composed.spelled(edition, spelling))

        self._draw = keep.hypothesis.fuzz_one_input  # type: ignore[attr-defined]  # what `given` adds

    def draw(self, seed: str) -> Scenario:
        """Draw the scenario of a seed."""
        random = Random(f"{self._name}/{seed}")  # noqa: S311  # not for secrets
        for _ in range(_MAX_TRIES):
            self._draw(random.randbytes(_BYTES))
            if self._drawn:
                return self._drawn.pop()
        raise RuntimeError(f"no scenario could be drawn for the seed {seed!r}")
