"""What turns cases red besides their results; what many cases share is told once."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from conformance._text.words import name_some

CHANGED: Final = "what is sent to the model has changed"
NEW: Final = "what is sent to the model has no snapshot yet"

REVIEWED: Final = "reviewed"
"""How a difference calls the text that it begins with."""

_UPDATE: Final = "--impl-update-baseline brings it up to date"

_ADVICE: Final = {
    CHANGED: "--snapshot-update accepts this",
    NEW: "--snapshot-update writes what is missing, for you to review and commit",
}
_OF_SNAPSHOT: Final = re.compile(rf"({CHANGED}|{NEW}): (\S+)")
_MAX_NAMES: Final = 5


def complain_of_snapshot(what: str, path: str, difference: Iterable[str] = ()) -> str:
    """Say that what is sent to the model is new or has changed."""
    return "\n".join([f"{what}: {path} ({_ADVICE[what]})", *difference])


def complain_of_unused(paths: Sequence[str]) -> Iterator[str]:
    """Say that there are snapshots which no case uses, if there are."""
    if len(paths) == 1:
        yield f"a snapshot is unused: {paths[0]} (--snapshot-update deletes it)"
    elif paths:
        yield f"{len(paths)} snapshots are unused: {name_some(paths, _MAX_NAMES)} (--snapshot-update deletes them)"


def fold_snapshots(reruns: Mapping[str, str]) -> Iterator[str]:
    """Yield one complaint for all snapshots that changed in the same way, and one for all new ones.

    `reruns` are commands that show complaints again, by these; some may be about something else.
    """
    groups: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for complaint in sorted(reruns):
        if match := _OF_SNAPSHOT.match(complaint):
            groups.setdefault((match[1], *_changes(complaint)), []).append((match[2], complaint))
    for (path, complaint), *others in groups.values():
        text = complaint
        if others:
            names = name_some([Path(other).stem for other, _ in others], _MAX_NAMES)
            text = complaint.replace(path, f"{path} and {len(others)} more", 1) + f"\nand likewise {names}"
        yield f"{text}\nRerun: {reruns[complaint]}"


def _changes(complaint: str) -> list[str]:
    """Return the lines of a difference that were removed or added, wherever they stand in their files."""
    _, _, difference = complaint.partition(f"\n--- {REVIEWED}\n")
    return [line for line in difference.split("\n")[1:] if line.startswith(("-", "+"))]


def fold_baseline(
    path: Path, faults: Iterable[str], overdue: Collection[str], reruns: Mapping[str, str]
) -> Iterator[str]:
    """Yield one complaint for all that is out of date in a baseline, in the order of its lines.

    What is `overdue` is for somebody to decide, so that an update of the baseline is advised for all else.
    """
    stale = [*faults, *(one for one in reruns if not _OF_SNAPSHOT.match(one))]
    if not stale:
        yield from overdue
        return
    stale = sorted([*stale, *overdue], key=lambda text: int(text.removeprefix(f"{path}:").partition(":")[0]))
    advice = "--impl-update-baseline brings it up to date, but for what expired" if overdue else _UPDATE
    rerun = [f"Rerun: {reruns[text]}" for text in stale if text in reruns][:1]
    if len(stale) > 1:
        yield "\n".join([f"{path}: {len(stale)} entries are out of date ({advice})", *stale, *rerun])
    else:
        yield "\n".join([f"{stale[0]} ({advice})", *rerun])
