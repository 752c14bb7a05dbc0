"""What the tests share: pytester, and a small edition with cases in which implementations misbehave."""

import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

sys.path.insert(0, str(Path(__file__).parent / "misbehaving"))

import small_edition  # noqa: E402  # found by the path above


@pytest.fixture(scope="session")
def edition(tmp_path_factory):
    return small_edition.load_cases(tmp_path_factory.mktemp("edition"))


@pytest.fixture
def cases(edition):
    """Return four cases: in the second the implementations misbehave, the third fails."""
    return edition[0]


@pytest.fixture
def declaration(edition):
    """Return a case in which the declaration is where the implementations misbehave."""
    return edition[1]
