"""A baseline, read from a text."""

import textwrap

import pytest
from baseline_samples import IDS, TODAY

from conformance.baseline.known_failures import load_baseline


@pytest.fixture
def load(tmp_path):
    def load(text):
        path = tmp_path / "baseline.yaml"
        path.write_bytes(textwrap.dedent(text).encode())
        return load_baseline(path, IDS, TODAY)

    return load
