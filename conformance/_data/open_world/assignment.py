"""Gives each of several elements an item of its own, where that is possible."""

from collections.abc import Iterator, Sequence


def unassigned(fitting: Sequence[Sequence[int]]) -> Iterator[int]:
    """Yield the elements for which no item is left; `fitting` has the items that fit each element."""
    taken: dict[int, int] = {}
    for element in range(len(fitting)):
        if not _assign(element, fitting, taken, set()):
            yield element


def _assign(element: int, fitting: Sequence[Sequence[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Give an element one of the items that fit it, moving elements that have theirs already (an augmenting path)."""
    for item in fitting[element]:
        if item not in tried:
            tried.add(item)
            if item not in taken or _assign(taken[item], fitting, taken, tried):
                taken[item] = element
                return True
    return False
