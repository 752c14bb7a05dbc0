"""A small, complete implementation of the assistant skill trigger: what the documentation describes, working.

Declare functions as skills of a `FunctionApp`, then talk to them through an `Assistant`. `surfaces` and
`create_app` offer it to a conformance suite; `python -m reference_impl` serves the documented example.
"""

from __future__ import annotations

from reference_impl.adapter import create_app
from reference_impl.app import FunctionApp
from reference_impl.assistant import Assistant
from reference_impl.errors import ConversationError, DeclarationError, SettingsError
from reference_impl.surfaces import SURFACES as surfaces  # noqa: N811 - the contract's word

__all__ = [
    "Assistant",
    "ConversationError",
    "DeclarationError",
    "FunctionApp",
    "SettingsError",
    "create_app",
    "surfaces",
]
