"""Rewrites a baseline from a run: entries that no longer fail are removed, new failures are added, all else is kept.

`plugin/baselining.py` does so at the end of a run, and writes the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from json import dumps  # by name: an implementation may patch the module

from conformance._data.case_id import CaseId
from conformance._judging.result import Result
from conformance._text.yaml_documents import is_plain_text
from conformance._text.yaml_items import find_items, with_instead, with_more, with_start, without, without_last_comma
from conformance.baseline.known_failures import Baseline, Entry

_BYTE_ORDER_MARK = "\ufeff"


def rewrite(text: str, baseline: Baseline, results: Sequence[Result]) -> str:
    """Return the text of a baseline after a run; comments, kept entries and line ends are not touched.

    An entry goes when nothing that it lists fails any more, or when it matches no case; one that lists more than
    still fails is spelt out, below the comments in it. Cases that were not run or that errored change nothing.
    """
    if text.startswith(_BYTE_ORDER_MARK):
        return _BYTE_ORDER_MARK + rewrite(text.removeprefix(_BYTE_ORDER_MARK), baseline, results)
    place = find_items(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = newline + " " * place.column
    write = _write_in_brackets if place.in_brackets else _write
    outcome = {result.id: result.outcome for result in results}
    for entry, item in reversed(list(zip(baseline.entries, place.items, strict=True))):
        replacement = _replace(entry, baseline, outcome)
        if replacement:
            text = with_instead(text, item, write(replacement, indent), indent)
        elif replacement is not None:
            text = without(text, item)
    if not place.ends_with_comma:
        text = without_last_comma(text)
    listed = {key for entry in baseline.entries for key in outcome if entry.covers(key)}
    new = [result for result in results if result.outcome in {"failed", "known"} and result.id not in listed]
    records = [_record(one.id, {"reason": reason_to_record(one)}) for one in sorted(new, key=lambda one: one.id)]
    return with_more(text, write(records, indent), indent) if records else with_start(text, newline)


def reason_to_record(result: Result) -> str:
    """Return the reason that an entry gives at first, for somebody to write a better one: what was found."""
    finding = result.findings[0]
    return f"{finding.requirement}: {finding}"


def _replace(entry: Entry, baseline: Baseline, outcome: Mapping[CaseId, str]) -> list[dict[str, str]] | None:
    """Return the entries that replace one, or None if it stays."""
    covered = [key for key, listing in baseline.listed.items() if listing is entry]
    if not covered:
        return None if entry in baseline.expired else []
    done = {key for key in covered if outcome.get(key) in {"passed", "not applicable"}}
    if not done:
        return None
    expires = entry.expires.isoformat() if entry.expires else None
    extra = {"reason": entry.reason, "issue": entry.issue, "expires": expires}
    return [_record(key, extra) for key in covered if key not in done]


def _record(key: CaseId, extra: Mapping[str, str | None]) -> dict[str, str]:
    values = {"case": key.case, "surface": key.surface, "edition": key.edition, **extra}
    return {name: value for name, value in values.items() if value is not None}


def _write(records: Sequence[Mapping[str, str]], indent: str) -> str:
    return indent.join(line for record in records for line in _lines(record))


def _lines(record: Mapping[str, str]) -> Iterator[str]:
    for number, (name, value) in enumerate(record.items()):
        is_text = name in {"reason", "issue"} or (name == "case" and not is_plain_text(value))
        yield f"{'- ' if number == 0 else '  '}{name}: {dumps(value, ensure_ascii=False) if is_text else value}"


def _write_in_brackets(records: Sequence[Mapping[str, str]], indent: str) -> str:
    return f",{indent}".join(dumps(record, ensure_ascii=False) for record in records)
