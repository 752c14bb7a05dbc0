"""Keeps an implementation from doing harm: its time, its environment, its connections, what it leaves behind."""

from conformance._isolation.environment import (
    CallersEnvironment,
    direct_loopback,
    environment,
    hide_secrets,
    is_private,
    public_environment,
    service_settings,
)
from conformance._isolation.foreign_errors import describe
from conformance._isolation.imports import Imports
from conformance._isolation.leftover_processes import MARK, kill_marked, make_mark
from conformance._isolation.leftovers import Leftovers
from conformance._isolation.network import ConnectionBlockedError, NetworkGuard
from conformance._isolation.runner import CaseTimeoutError, Interrupt, Runner
from conformance._isolation.state import handlers_kept, state_kept

__all__ = [
    "MARK",
    "CallersEnvironment",
    "CaseTimeoutError",
    "ConnectionBlockedError",
    "Imports",
    "Interrupt",
    "Leftovers",
    "NetworkGuard",
    "Runner",
    "describe",
    "direct_loopback",
    "environment",
    "handlers_kept",
    "hide_secrets",
    "is_private",
    "kill_marked",
    "make_mark",
    "public_environment",
    "service_settings",
    "state_kept",
]
