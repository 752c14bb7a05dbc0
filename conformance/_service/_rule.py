"""What a rule of the scripted service is."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from conformance._service._checks import Check
from conformance._service._record import Area

__all__ = ["STAGES", "Known", "Rule", "Stage"]

Stage: TypeAlias = Literal["address", "access", "document", "content"]

STAGES: tuple[Stage, ...] = ("address", "access", "document", "content")
"""In this order; where a certain rule of a stage is broken, the later stages are not looked at."""

Known: TypeAlias = Literal["R", "I", "S", "M", "T", "?"]
"""How a rule is known.

R: a recorded real exchange. I: a real body quoted in a public issue. S: the published specification.
M: measured with the real client. T: one third party's measurement. ?: not verified.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is wrong with a request, and the error that the service answers it with.

    `type` None stands for an error of Azure's gateway, which has neither type nor param. `source` says where
    the rule and its error are known from; `check` finds the places where a request breaks it.
    """

    id: str
    stage: Stage
    area: Area
    wrong: str
    status: int
    type: str | None
    code: str | None
    known: Known
    source: str
    check: Check

    @property
    def certain(self) -> bool:
        """Whether the service is known to refuse it; T and ? are no grounds for more than a warning."""
        return self.known in {"R", "I", "S", "M"}
