"""A second conforming app, built otherwise than `base.py`: an intake, a catalogue, an event log, a desk, a transport.

Requests are put together as JSON text: what a skill declared and what was said is rendered once, when it is recorded.
"""

from mutants.pipeline.app import Pipeline
from mutants.pipeline.desk import Call, Closed, Conversation, Desk, Outcome, Said
from mutants.pipeline.intake import Catalogue, Intake
from mutants.pipeline.json_text import in_ascii, parsed, rendered
from mutants.pipeline.transport import CLIENT, ServiceError, Transport

__all__ = [
    "CLIENT",
    "Call",
    "Catalogue",
    "Closed",
    "Conversation",
    "Desk",
    "Intake",
    "Outcome",
    "Pipeline",
    "Said",
    "ServiceError",
    "Transport",
    "in_ascii",
    "parsed",
    "rendered",
]
