import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "zoo"))

import zoo_edition


@pytest.fixture(scope="session")
def edition(tmp_path_factory):
    return zoo_edition.load_cases(tmp_path_factory.mktemp("edition"))


@pytest.fixture
def cases(edition):
    """Return four cases: the second is the one in which the animals misbehave, the third fails."""
    return edition[0]


@pytest.fixture
def declaration(edition):
    """Return a case in which the declaration is what the animals misbehave at."""
    return edition[1]
