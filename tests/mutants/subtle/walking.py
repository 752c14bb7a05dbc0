"""Steps through JSON values, for mutants that change something deep within."""

from __future__ import annotations


def walk(value, change):
    """Return a JSON value in which every object is changed, the inner ones first."""
    if isinstance(value, dict):
        return change({key: walk(one, change) for key, one in value.items()})
    return [walk(one, change) for one in value] if isinstance(value, list) else value


def cut_below(value, levels):
    """Return a JSON value in which the objects are empty that lie below so many levels."""
    if isinstance(value, dict):
        return {key: cut_below(one, levels - 1) for key, one in value.items()} if levels > 0 else {}
    return [cut_below(one, levels - 1) for one in value] if isinstance(value, list) else value


def leaves(value, change):
    """Return a JSON value in which everything but objects and arrays is changed."""
    if isinstance(value, dict):
        return {key: leaves(one, change) for key, one in value.items()}
    return [leaves(one, change) for one in value] if isinstance(value, list) else change(value)
