"""How pytest-xdist spreads a run: what is played once, and judged by many, goes to one worker."""

from __future__ import annotations

import re
from typing import Any, Final

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from conformance._data.case_id import CaseId, is_node_id_of_case

_BLOCK: Final = re.compile(r".*-(\d+)")
_ENOUGH: Final = 2
"""A worker begins a test when it knows the next."""


class SpreadByBlock(LoadScopeScheduling):  # type: ignore[misc]
    """Keeps together the laws of one block of scenarios, and the cases of one file on one surface."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)

    def remove_node(self, node: Any) -> str | None:
        """Forget a worker, and return the test that took it down: that is not run again, as pytest-xdist would."""
        taken = [(unit, name) for unit in self.assigned_work[node].values() for name, done in unit.items() if not done]
        for unit, name in taken[:1]:
            unit[name] = True
        super().remove_node(node)
        self._forget_what_is_done()
        return str(taken[0][1]) if taken else None

    def _reschedule(self, node: Any) -> None:
        """Give a worker its next tests: two at least or the word that there are no more, or it waits for ever."""
        if node not in self.registered_collections:
            return
        self._forget_what_is_done()
        super()._reschedule(node)
        while not node.shutting_down and self._pending_of(self.assigned_work[node]) < _ENOUGH:
            super()._reschedule(node)

    def _forget_what_is_done(self) -> None:
        for name in [name for name, unit in self.workqueue.items() if all(unit.values())]:
            del self.workqueue[name]


def group_of(node_id: str) -> str:
    """Return what the node ids that one worker should run have in common; any other test stands alone."""
    if not is_node_id_of_case(node_id):
        return node_id
    case, implementation = CaseId.parse(node_id)
    block = _BLOCK.fullmatch(case.case) if case.is_law else None
    return f"{case.file}::{block[1] if block else ''}[{case.surface}-{implementation}]"
