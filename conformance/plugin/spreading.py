"""How pytest-xdist spreads a run: what is played once, and judged by many, goes to one worker."""

import re
from typing import Any, Final

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from conformance._data.case_id import CaseId, is_node_id_of_case

_BLOCK: Final = re.compile(r".*-(\d+)")
_ENOUGH: Final = 2
"""A worker begins a test when it knows the next."""


class SpreadByBlock(LoadScopeScheduling):  # type: ignore[misc]
    """Keeps together the laws of one block of scenarios, and the cases of one file on one surface."""

    def __init__(self, config: Any, log: Any = None) -> None:
        super().__init__(config, log)
        self._positions: dict[str, int] = {}

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        """Give a worker a group; where its tests stand is looked up, and not searched for as pytest-xdist does."""
        if not self._positions:
            self._positions = {name: position for position, name in enumerate(self.collection or ())}
        group, unit = self.workqueue.popitem(last=False)
        self.assigned_work[node][group] = unit
        node.send_runtest_some([self._positions[name] for name, is_done in unit.items() if not is_done])

    def mark_test_complete(self, node: Any, item_index: int, duration: float = 0) -> None:
        """Note that a test has run; groups that are done are forgotten, since all that are left are counted often."""
        super().mark_test_complete(node, item_index, duration)
        assigned = self.assigned_work[node]
        for group in [group for group, unit in assigned.items() if all(unit.values())]:
            del assigned[group]

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
    """Return what the node ids that one worker should run have in common; any other test is on its own."""
    if not is_node_id_of_case(node_id):
        return node_id
    case, implementation = CaseId.parse(node_id)
    block = _BLOCK.fullmatch(case.case) if case.is_law else None
    return f"{case.file}::{block[1] if block else ''}[{case.surface}-{implementation}]"
