"""Every law."""

from typing import Final

from conformance._exploration.laws.accepting import ACCEPTING
from conformance._exploration.laws.allowing import ALLOWING
from conformance._exploration.laws.conversing import CONVERSING
from conformance._exploration.laws.declaring import DECLARING
from conformance._exploration.laws.going_on import GOING_ON
from conformance._exploration.laws.invoking import INVOKING
from conformance._exploration.laws.law import Law, LawCheck, find_contradictions
from conformance._exploration.laws.occasions import has_occasion
from conformance._exploration.laws.offering import OFFERING
from conformance._exploration.laws.refusing import REFUSING
from conformance._exploration.laws.telling import TELLING

__all__ = ["LAWS", "Law", "LawCheck", "find_contradictions", "has_occasion"]

LAWS: Final[tuple[Law, ...]] = (
    *(*ACCEPTING.laws, *REFUSING, *DECLARING.laws, *OFFERING.laws, *ALLOWING.laws),
    *(*CONVERSING.laws, *TELLING.laws, *INVOKING.laws, *GOING_ON.laws),
)
