"""All mutants as one adapter: the app's setting CONFORMANCE_MUTANT says which one an app is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conformance._data.case import Case
from conformance.contract import SURFACES, Context
from mutants import MUTANTS
from mutants.mutant import Mutant

SETTING = "CONFORMANCE_MUTANT"

surfaces = SURFACES

_BY_NAME = {mutant.name: mutant for mutant in MUTANTS}


def create_app(context: Context) -> Any:
    """Create an app of the mutant that the settings name."""
    return _BY_NAME[context.environment[SETTING]].app(context)


def naming(mutant: Mutant, case: Case) -> Case:
    """Name a mutant in the settings of each app of a case."""
    apps = {"before": case.scenario.before, "episode": case.scenario.episode}
    named = {key: one and replace(one, settings={**one.settings, SETTING: mutant.name}) for key, one in apps.items()}
    return replace(case, scenario=replace(case.scenario, **named))
