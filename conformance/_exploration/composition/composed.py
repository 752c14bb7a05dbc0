"""What is composed: a scenario for every surface of every edition, since it has the names of function.json."""

from dataclasses import dataclass, replace

from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._data.surfaces import Spelling
from conformance._service import Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A scenario whose declarations are not spelled yet."""

    provider: Provider
    episode: Episode
    before: Episode | None
    refused: tuple[Declaration, ...] = ()

    def spelled(self, edition: str, spelling: Spelling) -> Scenario:
        """Spell the declarations as a surface does, without the parameters that it does not have."""
        return Scenario(
            edition=edition,
            surface=spelling.surface,
            provider=self.provider,
            episode=_spelled(self.episode, spelling),
            before=None if self.before is None else _spelled(self.before, spelling),
            refused=tuple(_spelled_skill(skill, spelling) for skill in self.refused),
        )


def _spelled(episode: Episode, spelling: Spelling) -> Episode:
    return replace(episode, skills=tuple(_spelled_skill(skill, spelling) for skill in episode.skills))


def _spelled_skill(skill: Declaration, spelling: Spelling) -> Declaration:
    trigger = {name: value for name, value in skill.trigger.items() if name in spelling.parameters}
    return replace(skill, trigger=spelling.spell(trigger, skill.argument.name))
