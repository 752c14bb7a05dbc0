"""Rewrites a baseline from a run: entries that no longer fail are removed, new failures are added, all else is kept.

`plugin/baselining.py` does so at the end of a run, and writes the file.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from conformance._data.case_id import CaseId
from conformance._judging.result import Result
from conformance.baseline.known_failures import Baseline, Entry
from conformance.errors import CaseFileError


def rewrite(text: str, baseline: Baseline, results: Sequence[Result]) -> str:
    """Return the text of a baseline after a run; comments and kept entries are not touched.

    An entry goes when nothing that it lists fails any more, or when it matches no case; one that lists more than
    still fails is spelt out. Cases that were not run or that errored change nothing. Raises CaseFileError for a
    file whose entries do not each begin on a line of their own.
    """
    lines = text.splitlines()
    blocks = _blocks(lines, baseline)
    outcome = {result.id: result.outcome for result in results}
    for entry in reversed(baseline.entries):
        replacement = _replace(entry, baseline, outcome)
        if replacement is not None:
            start, end = blocks[entry.index]
            lines[start:end] = replacement
    listed = {key for entry in baseline.entries for key in outcome if entry.covers(key)}
    new = [result for result in results if result.outcome in {"failed", "known"} and result.id not in listed]
    for result in sorted(new, key=lambda result: result.id):
        lines += _write(result.id, {"reason": reason_to_record(result)})
    return "\n".join(lines) + "\n" if lines else ""


def reason_to_record(result: Result) -> str:
    """Return the reason that an entry gives at first, for somebody to write a better one: what was found."""
    finding = result.findings[0]
    return f"{finding.requirement}: {finding}"


def _blocks(lines: Sequence[str], baseline: Baseline) -> list[tuple[int, int]]:
    """Return the lines (from 0, the end not included) of each entry: from its dash to its last indented line."""
    starts = [entry.line - 1 for entry in baseline.entries]
    blocks = []
    for number, start in enumerate(starts):
        if not lines[start].startswith("-"):
            expected = "each entry to begin with a dash at the start of a line, so that it can be rewritten"
            raise CaseFileError(baseline.path, start + 1, lines[start][:40], expected)
        stop = starts[number + 1] if number + 1 < len(starts) else len(lines)
        inner = [index for index in range(start + 1, stop) if lines[index][:1].isspace() and lines[index].strip()]
        blocks.append((start, max([start, *inner]) + 1))
    return blocks


def _replace(entry: Entry, baseline: Baseline, outcome: Mapping[CaseId, str]) -> list[str] | None:
    """Return the lines that replace an entry's, or None if it stays."""
    covered = [key for key, listing in baseline.listed.items() if listing is entry]
    if not covered:
        return None if entry.expired else []
    done = {key for key in covered if outcome.get(key) in {"passed", "not applicable"}}
    if not done:
        return None
    expires = entry.expires.isoformat() if entry.expires else None
    extra = {"reason": entry.reason, "issue": entry.issue, "expires": expires}
    return [line for key in covered if key not in done for line in _write(key, extra)]


def _write(key: CaseId, extra: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the lines of an entry."""
    values = {"case": key.case, "surface": key.surface, "edition": key.edition, **extra}
    given = ((name, value) for name, value in values.items() if value is not None)
    for number, (name, value) in enumerate(given):
        plain = name not in {"reason", "issue"}
        yield f"{'- ' if number == 0 else '  '}{name}: {value if plain else json.dumps(value, ensure_ascii=False)}"
