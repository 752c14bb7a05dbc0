"""Implementations that are wrong on purpose, each in one thing, and the cases that each must fail."""

from importlib import import_module

from mutants.mutant import Mutant

TOPICS = (
    "declarations",
    "bindings",
    "binding_texts",
    "binding_readings",
    "models",
    "names",
    "tools",
    "schemas",
    "conversations",
    "calls",
    "arguments",
    "results",
    "failures",
    "faults",
    "access",
    "isolation",
    "endings",
    "later",
    "statuses",
)

MUTANTS = [
    value for topic in TOPICS for value in vars(import_module(f"mutants.{topic}")).values() if isinstance(value, Mutant)
]
