"""The search of a run: its laws as cases, and what comes of each."""

import logging
from collections.abc import Callable, Iterator
from time import perf_counter

from conformance._data.editions import edition_of
from conformance._data.open_world.matching import Mismatch
from conformance._data.scenario import Scenario
from conformance._data.surfaces import Spelling
from conformance._exploration.case_yaml import file_name, to_yaml
from conformance._exploration.composition.scenario_sources import Schedule
from conformance._exploration.explored_case import ExploredCase
from conformance._exploration.explorer import EVERYTHING, Block, Explorer, Find, laws_of
from conformance._exploration.found_case import record_of
from conformance._judging.observation import Observation
from conformance._judging.play import Reads
from conformance._judging.result import Result
from conformance._targets.target import Target
from conformance._text import limits
from conformance._text.files import write_atomically
from conformance.plugin.chosen_options import Options


class Search:
    """Searches as the options say, for every implementation of a run."""

    def __init__(self, options: Options, play: Callable[[Scenario, Target, Reads], Observation]) -> None:
        self.options = options

        def play_everything(scenario: Scenario, target: Target) -> Observation:
            seen = play(scenario, target, EVERYTHING)
            _forget_records()
            return seen

        self._explorer = Explorer(play_everything)

    def schedule(self, target: Target) -> Schedule:
        """Return which scenarios an implementation plays: all of them, divided among the surfaces that are judged."""
        return Schedule(
            surfaces=tuple(surface for surface in target.surfaces if surface in self.options.surfaces),
            number=self.options.explore,
            seed=self.options.explore_seed,
        )

    def cases(self, target: Target, edition: str) -> Iterator[ExploredCase]:
        """Yield an implementation's laws, those of one block side by side."""
        if edition not in target.editions:
            return
        requirements = edition_of(edition).requirements
        schedule = self.schedule(target)
        for surface in schedule.surfaces:
            laws = laws_of(requirements, surface)
            for block in range(schedule.blocks(surface)):
                for name in laws:
                    yield ExploredCase(
                        edition=edition, surface=surface, requirement=requirements[name], laws=laws, block=block
                    )

    def result(self, case: ExploredCase, target: Target, *, is_known: bool = False) -> Result:
        """Search a case's block, and shrink what is found, unless it is known and nobody asks for a case of it."""
        started = perf_counter()
        spelling = edition_of(case.edition).spellings[case.surface]
        scenarios = self.schedule(target).scenarios(case.edition, spelling, case.block)
        block = Block(target.name, case.edition, case.surface, case.block)
        found = self._explorer.search(target, block, case.laws, scenarios)
        scenario = found.by_requirement.get(case.requirement.id)
        if scenario is None:
            return case.passed(target, found, perf_counter() - started)
        shrinks = not is_known or self.options.save_cases is not None
        seconds = limits.SHRINKING_FACTOR * self.options.seconds if shrinks else 0.0
        smallest = self._explorer.smallest(target, scenario, case.requirement.id, case.laws, seconds=seconds)
        if smallest is None:
            reason = found.crash or _say_once(found.first_seen[case.requirement.id])
            return case.lost(target, reason, was_run=found.was_played)
        example = self._example(case, smallest, spelling, "the smallest" if shrinks else "a")
        return case.failed(target, smallest, perf_counter() - started, example)

    def _example(self, case: ExploredCase, find: Find, spelling: Spelling, which: str) -> str:
        """Write a finding as a case, also into a file if an option asks for it."""
        record = record_of(find, spelling, case.requirement)
        text = to_yaml(record)
        said = self._save(case.edition, file_name(record), text)
        return f"{which} scenario that was found, as a case{said}:\n{text}"

    def _save(self, edition: str, name: str, text: str) -> str:
        """Write a case into the folder for it, if an option asks for that; say what went wrong."""
        if self.options.save_cases is None:
            return ""
        folder = self.options.save_cases / edition
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(folder / name, text)
        except OSError as error:
            return f" (it could not be saved: {folder}: {error.strerror or error})"
        return ""


def _say_once(seen: Mismatch) -> str:
    return f"a scenario broke the requirement once, but not when it was played again: {seen}"


def _forget_records() -> None:
    """Let pytest forget the records of what was logged so far; their text stays, and is shown if the item fails.

    A record of an exception keeps every object of its scenario alive, and pytest keeps records until the item ends,
    which plays hundreds of scenarios.
    """
    for handler in logging.getLogger().handlers:
        if isinstance(records := getattr(handler, "records", None), list):
            records.clear()
