"""Laws about what is accepted: declarations as they are documented, and those that should be accepted too."""

from collections.abc import Iterable, Iterator
from typing import Final

from conformance._data.open_world.matching import Mismatch
from conformance._data.scenario import Scenario
from conformance._exploration.laws.law import LawCheck, LawGroup
from conformance._exploration.reading.conversation_trace import Trace
from conformance._exploration.reading.predicted_calls import NameSource, PredictedSkill, read_skills

ACCEPTING: Final = LawGroup(needs=None)

LONGEST_DESCRIPTION: Final = 1024
"""What an app may refuse to exceed: OpenAI did until May 2025 (github.com/run-llama/llama_index/pull/18784)."""

_FURTHER: Final = frozenset({"parameterDescriptionJson", "model"})
"""What else may be the reason why a declaration is refused."""


def _accepted_if_named(source: NameSource) -> LawCheck:
    def check(trace: Trace) -> Iterator[Mismatch]:
        if trace.seen.refusal is None:
            return
        refused, before = _refused(trace)
        if not may_be_refused(trace.scenario, refused) and _blamed_name(refused, before) == source:
            refusal = trace.seen.refusal
            yield Mismatch("the declarations", f"refused ({refusal})", "accepted", cause=refusal)

    return check


ACCEPTING.law("AST-DECLARATION-PARAMETERS")(_accepted_if_named("given"))
ACCEPTING.law("AST-TOOL-NAME-SETTING")(_accepted_if_named("setting"))
ACCEPTING.law("AST-DECLARATION-NAME-OPTIONAL")(_accepted_if_named("function"))


def _blamed_name(refused: Iterable[PredictedSkill], before: Iterable[PredictedSkill]) -> NameSource | None:
    """Return how the refused skill is named, if that may be why: no skill before it was named so, and accepted.

    None stands for a skill that is the first to have something else too: another scenario tells which it is.
    """
    known = {skill.named_by for skill in before}
    strange = [skill for skill in refused if skill.named_by not in {"given", *known}]
    if not strange:
        return "given"
    given = {key for skill in before for key in skill.given}
    return strange[0].named_by if strange[0].given.keys() & _FURTHER <= given else None


def _refused(trace: Trace) -> tuple[list[PredictedSkill], list[PredictedSkill]]:
    """Return what may have been refused, any skill if the bindings refused it, and what was declared before that."""
    skills = [skill for episode in trace.scenario.episodes for skill in read_skills(episode)]
    places = [place for place, skill in enumerate(skills) if skill.declaration == trace.seen.declaring]
    if not places:
        return skills, []
    return [skills[places[0]]], skills[: places[0]]


def may_be_refused(scenario: Scenario, skills: Iterable[PredictedSkill]) -> bool:
    """Say whether it is left open to refuse skills: for a long description, or for models that differ."""
    texts = [skill.given.get("functionDescription") for skill in skills]
    if any(isinstance(text, str) and len(text) > LONGEST_DESCRIPTION for text in texts):
        return True
    apps = map(read_skills, scenario.episodes)
    return any(len({skill.given.get("model") for skill in own} - {None}) > 1 for own in apps)
