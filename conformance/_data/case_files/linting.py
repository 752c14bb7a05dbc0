"""Everything that can be checked of case files without an implementation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from conformance._data.case import Case
from conformance._data.case_files.lint_rules import CASE_RULES, OWN_CASE_RULES, LintCheck
from conformance._data.case_files.own_cases import find_case_files, load_own_cases
from conformance._data.corpus import dates_in
from conformance._data.coverage import cover, find_gaps
from conformance._data.editions import Edition, edition_of, load_edition
from conformance.contract import EDITIONS


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class LintProblem:
    """Something that a rule finds in a file."""

    path: Path
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


def lint(path: Path, check_law: Callable[[Case], object]) -> list[LintProblem]:
    """Check a folder of editions, or one file in it, or a user's case files; those may expect laws.

    Raises NoCaseFileError if it is none of these, and CaseFileError for what breaks the form.
    """
    file_root = path.parent if path.name == "requirements.yaml" else path.parent.parent
    root = path if path.is_dir() else file_root
    dates = dates_in(root)
    if not dates or not path.exists() or not (root / "requirements.yaml").is_file():
        return _lint_own(find_case_files([path]), check_law)
    findings = {finding for date in dates for finding in _lint_edition(load_edition(root, date))}
    return sorted(finding for finding in findings if path.is_dir() or finding.path == path)


def _lint_own(files: Sequence[Path], check_law: Callable[[Case], object]) -> list[LintProblem]:
    """Check case files of users by every edition that they are about."""
    by_edition = [load_own_cases(files, edition_of(date)) for date in EDITIONS]
    for case in chain(*by_edition):
        check_law(case)
    return sorted({finding for cases in by_edition for finding in _lint_cases(cases, OWN_CASE_RULES)})


def _lint_edition(edition: Edition) -> Iterator[LintProblem]:
    yield from _lint_cases(edition.cases)
    for requirement, message in find_gaps(cover(edition)):
        yield LintProblem(path=requirement.path, line=requirement.line, rule="coverage", message=message)


def _lint_cases(cases: Sequence[Case], rules: Mapping[str, LintCheck] = CASE_RULES) -> Iterator[LintProblem]:
    for case in cases:
        for rule, check in rules.items():
            for message in check(case):
                yield LintProblem(path=case.path, line=case.line, rule=rule, message=f"{case.id.case}: {message}")
    yield from _find_doubles(cases)


def _find_doubles(cases: Sequence[Case]) -> Iterator[LintProblem]:
    first: dict[str, Case] = {}
    for case in cases:
        other = first.setdefault(_content(case), case)
        if other is not case:
            message = f"{case.id.case}: the same as {other.id.case}, but for its name"
            yield LintProblem(path=case.path, line=case.line, rule="duplicate", message=message)


def _content(case: Case) -> str:
    """Return all of a case but what it is called and where it stands, as a text to compare."""
    return repr(
        replace(case, id=replace(case.id, case="", file=""), title="", why=None, path=Path(), line=0, service={})
    )
