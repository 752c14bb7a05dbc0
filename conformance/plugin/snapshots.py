"""Tool schemas as syrupy's snapshots: what is sent to the model, one file for each case, reviewed in pull requests."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from json import dumps, loads  # by name: an implementation may patch the module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from zlib import decompress

from syrupy.assertion import SnapshotAssertion
from syrupy.data import SnapshotCollections
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from conformance._data.case_id import CaseId
from conformance._data.open_world.matching import unequal
from conformance._text.words import name_some, split_lines
from conformance.errors import ConformanceError
from conformance.plugin.complaints import CHANGED, NEW, REVIEWED, complain_of_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from syrupy.location import PyTestLocation

FOLDER = "conformance-snapshots"
"""The folder of the snapshots, in pytest's root directory."""

_MAX_CHANGES = 5


class ToolsSnapshot(SingleFileSnapshotExtension):
    """`<folder>/<implementation>/<edition>/<surface>/<case>.json`, as the item's node id and function say.

    The case files of a user add their path to the name of the implementation. Files count as unused only where
    `is_whole`, that is, where every case is selected and was run: of a part of them, syrupy would delete the files of
    all others. Then all files of the implementation count that are of the run's `editions` and `surfaces`, also of
    those that it no longer offers. With pytest-xdist, syrupy makes these paths again in the controlling process, where
    an item has nothing but its node id and the name of its function.
    """

    file_extension = "json"
    _write_mode = WriteMode.TEXT
    folder: ClassVar[Path] = Path(FOLDER)
    is_whole: ClassVar[bool] = True
    editions: ClassVar[Collection[str]] = ()
    surfaces: ClassVar[Collection[str]] = ()

    def serialize(self, data: Any, **_: Any) -> str:
        """Return a tools array as it is to be read: indented, in the order that was sent, one newline at the end."""
        return dumps(data, indent=2, ensure_ascii=False) + "\n"

    def discover_snapshots(self, **site: Any) -> SnapshotCollections:
        """Return the files among which syrupy looks for unused ones."""
        if not self.is_whole:
            return SnapshotCollections()
        found = super().discover_snapshots(**site)
        of_implementation = Path(self.dirname(test_location=site["test_location"])).parent.parent
        for path in of_implementation.glob(f"*/*/*.{self.file_extension}"):
            edition, surface = path.parts[-3:-1]
            if edition in self.editions and surface in self.surfaces:
                found.update(self.read_snapshot_collection(snapshot_location=str(path)))
        return found

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        """Return the folder of an item's snapshot; one that does not exist for other tests."""
        try:
            case, _ = CaseId.parse(test_location.nodeid)
        except ValueError:
            return str(cls.folder / ".none")
        first = re.sub(r"[^\w.-]+", "_", test_location.methodname)
        return str(cls.folder / first / case.edition / case.surface)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: Any = 0) -> str:
        """Return the case's id."""
        del index
        return test_location.testname.partition("[")[0]

    @classmethod
    def matches_test_location(cls, *, test_location: PyTestLocation, snapshot_location: str) -> bool:
        """Say whether a file is an item's snapshot."""
        return cls.get_location(test_location=test_location, index=0) == snapshot_location


def keep_all(config: pytest.Config) -> None:
    """Let syrupy take no file for unused, be it found at the end of the session or by a worker of pytest-xdist.

    The snapshots of other tests in the run are not touched.
    """
    ToolsSnapshot.is_whole = False
    session = config._syrupy  # type: ignore[attr-defined]  # noqa: SLF001  # it offers no other way
    for report in getattr(session, "_worker_reports", ()):
        collections = report["collections"]
        if isinstance(collections, bytes):
            collections = report["collections"] = loads(decompress(collections))
        found = collections["discovered"]
        ours = config.rootpath / FOLDER
        collections["discovered"] = {place: found[place] for place in found if not Path(place).is_relative_to(ours)}


def find_unused(config: pytest.Config) -> list[str]:
    """Return the snapshots that turned the run red since no case uses them, as paths from the root directory on."""
    report = config._syrupy.report  # type: ignore[attr-defined]  # noqa: SLF001  # it offers no other way
    if report.update_snapshots or report.warn_unused_snapshots or report.disable_unused_snapshots:
        return []
    found = sorted(Path(collection.location) for collection in report.unused)
    ours = [path for path in found if path.is_relative_to(config.rootpath / FOLDER)]
    return [path.relative_to(config.rootpath).as_posix() for path in ours]


def is_reviewed(snapshot: object) -> bool:
    """Say whether there is a file for an item."""
    return _path_of(_take(snapshot)).is_file()


def _take(snapshot: object) -> SnapshotAssertion:
    """Return what the fixture `snapshot` is, for our files; raise ConformanceError if it is not syrupy's."""
    if not isinstance(snapshot, SnapshotAssertion):
        found = f"your tests have one of their own, which is of type {type(snapshot).__name__}"
        raise ConformanceError("the fixture `snapshot`", found, "syrupy's, with which --impl-snapshots works")
    return snapshot.use_extension(ToolsSnapshot)


def _path_of(assertion: SnapshotAssertion) -> Path:
    return Path(assertion.extension.get_location(test_location=assertion.test_location, index=0))


def review(snapshot: object, tools: list[Any]) -> str | None:
    """Compare the tools sent to the model with what was reviewed; return what there is to complain of.

    With syrupy's `--snapshot-update` the file is written and there is no difference. Raises ConformanceError for a file
    that can't be read, and if the fixture `snapshot` is not syrupy's.
    """
    assertion = _take(snapshot)
    path = _path_of(assertion)
    shown = path.relative_to(ToolsSnapshot.folder.parent).as_posix()
    before = _read(path, shown)
    if assertion == tools:
        return None
    if before is None:
        return complain_of_snapshot(NEW, shown)
    now = ToolsSnapshot().serialize(tools)
    difference = difflib.unified_diff(split_lines(before), split_lines(now), REVIEWED, "now", lineterm="", n=4)
    return complain_of_snapshot(CHANGED, shown, [*_name_changes(before, tools), *difference])


def _name_changes(before: str, tools: list[Any]) -> Iterator[str]:
    """Name what changed in each tool, if the reviewed text is that of tools whose names differ."""
    try:
        reviewed, now = _by_name(loads(before)), _by_name(tools)
    except (ValueError, TypeError, KeyError):
        return
    changes = []
    for change in unequal(reviewed, now, ""):
        name, _, member = change.what.partition(".")
        verb = "is gone" if change.got == "absent" else "is new" if change.wanted == "absent" else "has changed"
        changes.append(f"{name}: {member} {verb}" if member else f"{name} {verb}")
    if changes:
        yield name_some(changes, _MAX_CHANGES)


def _by_name(tools: Any) -> dict[str, Any]:
    named = {tool["function"]["name"]: tool["function"] for tool in tools}
    if len(named) < len(tools):
        raise ValueError(tools)
    return named


def _read(path: Path, shown: str) -> str | None:
    """Return the text of a snapshot, or None if there is none."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        found = f"byte {error.start} is 0x{error.object[error.start]:02x}, which is not UTF-8"
    except OSError as error:
        found = error.strerror or str(error)
    raise ConformanceError(shown, found, "the text of a snapshot; --snapshot-update writes a deleted one again")
