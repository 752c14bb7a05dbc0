"""Modules to load, which are forgotten after a test."""

import sys

import pytest


@pytest.fixture
def _imports_are_forgotten(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    before = dict(sys.modules)
    yield
    for name in sys.modules.keys() - before.keys():
        del sys.modules[name]


@pytest.fixture
def write(tmp_path, _imports_are_forgotten):
    """Write a file where modules are found."""

    def write(text, name="my_adapter.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write
