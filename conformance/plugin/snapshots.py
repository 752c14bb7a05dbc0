"""Tool schemas as syrupy's snapshots: what is sent to the model, one file for each case, reviewed in pull requests."""

from __future__ import annotations

import difflib
import re
from json import dumps  # by name: an implementation may patch the module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from syrupy.data import SnapshotCollections
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from conformance._data.case_id import CaseId
from conformance._text.words import split_lines
from conformance.plugin.complaints import CHANGED, NEW, complain_of_snapshot

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion
    from syrupy.location import PyTestLocation

FOLDER = "conformance-snapshots"
"""The folder of the snapshots, in pytest's root directory."""


class ToolsSnapshot(SingleFileSnapshotExtension):
    """`<folder>/<implementation>/<edition>/<surface>/<case>.json`, as the item's node id and function say.

    Files count as unused only where `is_whole`, that is, where every case is selected: of a part of them, syrupy would
    delete the files of all others. With pytest-xdist, syrupy makes these paths again in the controlling process, where
    an item has nothing but its node id and the name of its function, which is the implementation's.
    """

    file_extension = "json"
    _write_mode = WriteMode.TEXT
    folder: ClassVar[Path] = Path(FOLDER)
    is_whole: ClassVar[bool] = True

    def serialize(self, data: Any, **_: Any) -> str:
        """Return a tools array as it is to be read: indented, in the order that was sent, one newline at the end."""
        return dumps(data, indent=2, ensure_ascii=False) + "\n"

    def discover_snapshots(self, **site: Any) -> SnapshotCollections:
        """Return the files among which syrupy looks for unused ones."""
        return super().discover_snapshots(**site) if self.is_whole else SnapshotCollections()

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        """Return the folder of an item's snapshot; one that does not exist for other tests."""
        try:
            case, _ = CaseId.parse(test_location.nodeid)
        except ValueError:
            return str(cls.folder / ".none")
        implementation = re.sub(r"[^\w.-]+", "_", test_location.methodname)
        return str(cls.folder / implementation / case.edition / case.surface)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: Any = 0) -> str:
        """Return the case's id."""
        del index
        return test_location.testname.partition("[")[0]

    @classmethod
    def matches_test_location(cls, *, test_location: PyTestLocation, snapshot_location: str) -> bool:
        """Say whether a file is an item's snapshot."""
        return cls.get_location(test_location=test_location, index=0) == snapshot_location


def review(snapshot: SnapshotAssertion, tools: list[Any]) -> str | None:
    """Compare the tools sent to the model with what was reviewed; return what there is to complain of.

    With syrupy's `--snapshot-update` the file is written and there is no difference.
    """
    assertion = snapshot.use_extension(ToolsSnapshot)
    if assertion == tools:
        return None
    extension = assertion.extension
    path = Path(extension.get_location(test_location=assertion.test_location, index=0))
    shown = path.relative_to(ToolsSnapshot.folder.parent).as_posix()
    if not path.is_file():
        return complain_of_snapshot(NEW, shown)
    before, now = path.read_text("utf-8"), ToolsSnapshot().serialize(tools)
    difference = difflib.unified_diff(split_lines(before), split_lines(now), "reviewed", "now", lineterm="", n=4)
    return complain_of_snapshot(CHANGED, shown, difference)
