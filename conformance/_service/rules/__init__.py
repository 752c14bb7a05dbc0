"""The rules that the scripted service refuses or warns by: a file for each area, and the tables of the fields.

The order is that of the answers: of several certain violations, the first one's error is sent.
"""

from typing import Final

from conformance._service.rule import Rule
from conformance._service.rules.access import ACCESS_RULES
from conformance._service.rules.answer import ANSWER_RULES
from conformance._service.rules.body import BODY_RULES, BODY_TABLES
from conformance._service.rules.history import HISTORY_RULES
from conformance._service.rules.json_schemas import SCHEMA_RULES
from conformance._service.rules.messages import MESSAGE_RULES
from conformance._service.rules.models import MODEL_RULES
from conformance._service.rules.sampling import SAMPLING_RULES
from conformance._service.rules.tools import TOOL_RULES

__all__ = ["BODY_TABLES", "RULES"]

RULES: Final[tuple[Rule, ...]] = (
    *ACCESS_RULES,
    *MODEL_RULES,
    *MESSAGE_RULES,
    *HISTORY_RULES,
    *SCHEMA_RULES,
    *TOOL_RULES,
    *ANSWER_RULES,
    *SAMPLING_RULES,
    *BODY_RULES,
)
"""Every rule but those of the tables, in the order in which a stage asks them."""
