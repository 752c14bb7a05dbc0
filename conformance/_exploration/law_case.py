"""Judges a case by what its requirement says of every scenario, as exploration does."""

from collections.abc import Iterator
from dataclasses import replace

from conformance._data.case import Case
from conformance._data.editions import edition_of
from conformance._data.expectation import LawExpected
from conformance._data.open_world.matching import Mismatch
from conformance._exploration.explorer import laws_of
from conformance._exploration.laws import Law, find_contradictions
from conformance._exploration.laws.accepting import ACCEPTING
from conformance._exploration.laws.refusing import faults_of
from conformance._exploration.reading.conversation_trace import Trace
from conformance._judging.observation import Observation, refusals
from conformance._judging.result import Finding
from conformance.errors import CaseFileError


def with_needs(case: Case) -> Case:
    """Return a case with what its law needs, if it expects one.

    Raises CaseFileError if the requirement has no law, or if nothing is refused for it of what is to be refused.
    """
    if not isinstance(case.expectation, LawExpected):
        return case
    laws = _laws(case)
    if not laws:
        found = f"law, but no law is known of {case.requirement.id} on {case.surface}"
        raise CaseFileError(case.path, case.line, found, "an expectation in patterns")
    refused, episode = case.scenario.refused, case.scenario.episode
    if refused and not any(case.requirement.id in faults_of(one, episode) for one in refused):
        found = f"refused, but {case.requirement.id} does not have {refused[0].function} refused"
        raise CaseFileError(case.path, case.line, found, "a declaration with a fault that the requirement is about")
    needs = {law.needs for law in laws if law.needs is not None}
    return replace(case, needs=tuple(needs)) if len(needs) <= 1 else case


def _laws(case: Case) -> tuple[Law, ...]:
    requirements = edition_of(case.edition).requirements
    return laws_of(requirements, case.surface).get(case.requirement.id, ())


def check_by_law(case: Case, seen: Observation) -> Iterator[Finding]:
    """Yield what contradicts a case's law; what kept the scenario from being played contradicts it too."""
    for mismatch in _contradictions(case, seen):
        yield Finding.of(case.requirement, case.surface, mismatch)


def _contradictions(case: Case, seen: Observation) -> Iterator[Mismatch]:
    if seen.broken_before is not None:
        yield seen.broken_before
        return
    trace = Trace(case.scenario, seen)
    if seen.refusal is not None:
        yield from find_contradictions(ACCEPTING.laws, trace)
        return
    yield from find_contradictions(_laws(case), trace) or _unplayed(trace)


def _unplayed(trace: Trace) -> Iterator[Mismatch]:
    """Say what kept a conversation from being played to its end."""
    if trace.broken is not None:
        yield trace.broken.mismatch
    for _, mismatch in refusals(trace.seen):
        yield mismatch
