"""Composes the names of an app's tools: given, near to another one, from a setting, or the function's own."""

from typing import Final

from conformance._exploration.composition.cards import Cards
from conformance._exploration.pool.names import FUNCTIONS, SETTING_NAMES, TOOL_NAMES

_NAMED: Final = ("given", "near", "given", "function", "setting", "numbered", "neighbour")
"""How a tool is named: a neighbour is the function before it or after it, whose own name the tool has."""


def function_named(number: int) -> str:
    """Return the own name of an app's function."""
    return FUNCTIONS[number] if number < len(FUNCTIONS) else f"Function{number + 1}"


class NameComposer:
    """Composes the names of one app's tools, one after the other."""

    def __init__(self, cards: Cards) -> None:
        self._cards = cards
        self._number = 0
        self._names: set[str] = set()
        self._free_name: str | None = None
        self._taken_name: str | None = None

    def expect(self, number: int) -> None:
        """Say how many skills the app has."""
        self._number = number

    def compose(self, number: int) -> dict[str, str]:
        """Name a tool: mostly by what is declared, as no other one is named."""
        own, free = function_named(number), self._free_name
        is_taken = self._taken_name == own
        name = self._given(number, free, is_taken=is_taken)
        self._free_name = None if is_taken or name is None or name.casefold() == own.casefold() else own
        return {} if name is None else {"functionName": name}

    def _given(self, number: int, free: str | None, *, is_taken: bool) -> str | None:
        """Choose a name to give, or None.

        `free` is the own name of the function before, if that has another name for the model; the function's own name
        `is_taken` if the function before has it for the model.
        """
        kind = self._cards.pick("how a tool is named", _NAMED)
        if self._number >= len(TOOL_NAMES):  # so that all of them meet
            kind = "given"
        if kind == "neighbour" and free is not None:
            return free
        if kind == "neighbour" and number + 1 < self._number:
            self._taken_name = function_named(number + 1)
            return self._taken_name
        if not is_taken and kind == "function":
            return None
        if not is_taken and kind == "near" and number > 0:
            return function_named(number).swapcase()
        if kind == "setting":
            return self._cards.pick("setting", SETTING_NAMES) + (str(number) if number else "")
        name = self._cards.pick("tool's name", TOOL_NAMES) if kind == "given" else f"Tool{number + 1}"
        if name in self._names or (number > 0 and name.casefold() == function_named(0)):  # which another skill may have
            name = f"Tool{number + 1}"
        self._names.add(name)
        return name
