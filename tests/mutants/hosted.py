"""All mutants as one adapter: the app's setting CONFORMANCE_MUTANT says which one an app is."""

from __future__ import annotations

from typing import Any

from conformance.contract import SURFACES, Context
from mutants import MUTANTS

SETTING = "CONFORMANCE_MUTANT"

surfaces = SURFACES

_BY_NAME = {mutant.name: mutant for mutant in MUTANTS}


def create_app(context: Context) -> Any:
    """Create an app of the mutant that the settings name."""
    return _BY_NAME[context.environment[SETTING]].app(context)
