"""What a report holds: runs of implementations, and the requirements that they were judged by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from platform import machine, python_implementation, python_version, system
from typing import Final

from conformance import __version__
from conformance._data.case_id import CaseId
from conformance._data.editions import edition_of
from conformance._data.requirements import Level, Requirement
from conformance._judging.result import Result
from conformance._targets.loading import APP
from conformance._targets.target import Target
from conformance._text.words import make_printable
from conformance.contract import Surface
from conformance.report.rerun import rerun_command

_PACKAGES: Final = ("openai", "pytest")

_DISTINCTIONS: Final[tuple[Callable[[Run], str], ...]] = (
    lambda run: run.environment.get("python", ""),
    lambda run: f"openai {run.environment.get('openai', '')}",
    lambda run: run.environment.get("platform", ""),
    lambda run: f"pytest {run.environment.get('pytest', '')}",
    lambda run: f"suite {run.suite}",
    lambda run: f"level {run.level}",
    lambda run: run.when,
)
"""What may distinguish two runs of the same version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A requirement of an edition, as a report quotes it; `levels` has the level on each surface that it concerns."""

    edition: str
    id: str
    statement: str
    section: str
    levels: Mapping[Surface, Level]
    source: str | None
    interpretation: str | None
    unobservable: str | None
    disagreement: str | None
    built_apps: str | None = None

    @classmethod
    def of(cls, edition: str, requirement: Requirement) -> Statement:
        """Quote a requirement."""
        return cls(
            edition=edition,
            id=requirement.id,
            statement=requirement.statement,
            section=requirement.section,
            levels=requirement.levels,
            source=requirement.source,
            interpretation=requirement.interpretation,
            unobservable=requirement.unobservable,
            disagreement=requirement.disagreement,
            built_apps=requirement.built_apps,
        )

    @property
    def group(self) -> str:
        """What a summary groups by, as `Requirement.group`."""
        return self.id.split("-")[1].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One implementation, judged once.

    `implementation` is its name, `spec` what `--impl` was given, `surfaces` what it offers; `editions` are those
    that it was judged by. `level` is the least level whose violation turns the run red. `environment` maps python,
    platform and packages to their versions; `when` is UTC, as ISO 8601 writes it. `without_result` are the cases that
    were planned and left no result. `options` are the other arguments by which it was judged as it was. `offered` is
    the number of cases from which the planned ones were selected, if it is known. A `superseded` run is told for
    comparison and has no part in the verdict.
    """

    implementation: str
    spec: str
    version: str | None
    surfaces: tuple[str, ...]
    editions: tuple[str, ...]
    suite: str
    level: Level
    when: str
    environment: Mapping[str, str]
    results: tuple[Result, ...]
    without_result: tuple[CaseId, ...] = ()
    superseded: bool = False
    options: tuple[str, ...] = ()
    offered: int | None = None

    def rerun(self, case: CaseId) -> str:
        """Return the command that runs a case alone, as it was run here."""
        return rerun_command(case, self.spec, self.options)

    @property
    def is_part(self) -> bool:
        """Say whether it is known that not all cases were selected."""
        return self.offered is not None and len(self.results) + len(self.without_result) < self.offered

    @property
    def not_run(self) -> tuple[CaseId, ...]:
        """The planned cases that were not run, with a result that says why or without a result."""
        return (*self.without_result, *(result.id for result in self.results if not result.was_run))

    @property
    def reasons_not_applicable(self) -> Mapping[str, int]:
        """The reasons why cases were not applicable, in their order, each with the number of those cases."""
        reasons = Counter(result.reason or "" for result in self.results if result.outcome == "not applicable")
        return dict(sorted(reasons.items()))

    @property
    def is_built_app(self) -> bool:
        """Say whether a function app on disk was judged, whose skills are its author's."""
        return self.spec.startswith(APP)

    @property
    def name(self) -> str:
        """The implementation and its version, in one line."""
        name = f"{self.implementation} {self.version}" if self.version else self.implementation
        return make_printable(name).replace("\n", r"\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Runs of one or several implementations, the older of an implementation first.

    `problems` are what else turned the runs red: an entry of a baseline that is stale, for one.
    """

    requirements: tuple[Statement, ...]
    runs: tuple[Run, ...]
    problems: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """What to call each run: its name, and as much more as distinguishes it from the others."""
        labels = [run.name for run in self.runs]
        for distinction in _DISTINCTIONS:
            for label in {label for label in labels if labels.count(label) > 1}:
                twins = [index for index, other in enumerate(labels) if other == label]
                details = [distinction(self.runs[index]) for index in twins]
                if len(set(details)) > 1:
                    for index, detail in zip(twins, details, strict=True):
                        labels[index] = f"{label}, {detail}"
        return tuple(
            f"{label} ({labels[:index].count(label) + 1})" if labels.count(label) > 1 else label
            for index, label in enumerate(labels)
        )


def build_report(  # noqa: PLR0913  # the facts of a run, each by its name
    targets: Iterable[Target],
    *,
    editions: Sequence[str],
    level: Level,
    options: Sequence[str] = (),
    results: Mapping[str, Result],
    planned: AbstractSet[str],
    offered: Mapping[str, int] | None = None,
    problems: Iterable[str] = (),
) -> Report:
    """Report on a run of pytest: `results` by node id, and the node ids that were `planned`.

    `offered` has the number of cases that each implementation has, by its name.
    """
    missing = planned - results.keys()
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    environment = _environment()
    return Report(
        requirements=tuple(
            Statement.of(edition, requirement)
            for edition in editions
            for requirement in edition_of(edition).requirements.values()
        ),
        runs=tuple(
            Run(
                implementation=target.name,
                spec=target.spec,
                version=target.version,
                surfaces=tuple(target.surfaces),
                editions=tuple(edition for edition in editions if edition in target.editions),
                suite=__version__,
                level=level,
                when=moment,
                environment=environment,
                options=tuple(options),
                offered=offered.get(target.name) if offered is not None else None,
                results=tuple(sorted(_results(results.values(), target.name), key=lambda result: result.id)),
                without_result=tuple(sorted(_missing(missing, target.name))),
            )
            for target in targets
        ),
        problems=tuple(problems),
    )


def _results(results: Iterable[Result], implementation: str) -> Iterator[Result]:
    return (result for result in results if result.implementation == implementation)


def _missing(node_ids: Iterable[str], implementation: str) -> Iterator[CaseId]:
    """Yield the cases of an implementation; a node id without one is of the only one that there is."""
    for node_id in node_ids:
        case, concerned = CaseId.parse(node_id)
        if concerned in {None, implementation}:
            yield case


def _environment() -> Mapping[str, str]:
    versions = {"python": f"{python_implementation()} {python_version()}", "platform": f"{system()} {machine()}"}
    for package in _PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            versions[package] = metadata.version(package)
    return versions
