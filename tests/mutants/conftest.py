"""What a mutant keeps in its class, for instance of an app before, does not reach the next test."""

from __future__ import annotations

from copy import copy

import pytest

STATE = (list, dict, set, int, str)


@pytest.fixture(autouse=True)
def _put_back_what_the_class_keeps(request):
    params = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    app = params["mutant"].app if "mutant" in params else None
    kept = {name: copy(value) for name, value in vars(app).items() if isinstance(value, STATE)} if app else {}
    yield
    for name, value in kept.items():
        if not name.startswith("__"):
            setattr(app, name, value)
