"""Implementations that are wrong in ways that simple examples do not show."""

from __future__ import annotations

from importlib import import_module

from mutants.subtle.subtle import Subtle

AREAS = (
    "azure",
    "later_skills",
    "descriptions",
    "given_schemas",
    "given_values",
    "made_up_schemas",
    "declarations",
    "bindings",
    "models",
    "texts",
    "histories",
    "rounds",
    "parallel_calls",
    "arguments",
    "argument_kinds",
    "results",
    "failures",
    "malformed",
    "retries",
    "recoveries",
    "statuses",
    "endings",
    "other_apps",
    "bodies",
    "providers",
    "positions",
    "forms",
    "keywords",
    "written_forms",
    "near_misses",
    "rewritten_texts",
    "rewritten_schemas",
    "confused_schemas",
    "rewritten_values",
    "mistaken_names",
    "mixed_up_turns",
    "excused_faults",
    "service_choice",
    "later_things",
    "odd_texts",
    "odd_schemas",
    "odd_arguments",
    "odd_results",
    "odd_bindings",
    "odd_declarations",
    "odd_histories",
    "odd_wire",
    "channel_texts",
    "uneven_turns",
    "told_besides",
    "generated_schemas",
    "nested_values",
    "settings_in_names",
    "further_slips",
)

SUBTLE: tuple[Subtle, ...] = tuple(
    value
    for area in AREAS
    for value in vars(import_module(f"mutants.subtle.{area}")).values()
    if isinstance(value, Subtle)
)
