"""How pytest-xdist spreads a run: what is played once, and judged by many, goes to one worker."""

from __future__ import annotations

import re
from typing import Any, Final

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from conformance._data.case_id import CaseId, is_node_id_of_case

_BLOCK: Final = re.compile(r".*-(\d+)")


class SpreadByBlock(LoadScopeScheduling):  # type: ignore[misc]
    """Keeps together the laws of one block of scenarios, and the cases of one file on one surface."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)

    def remove_node(self, node: Any) -> str | None:
        """Forget a worker, and return the test that took it down: that is not run again, as pytest-xdist would."""
        units = self.assigned_work[node].values()
        for unit in units:
            for node_id, done in unit.items():
                if not done:
                    unit[node_id] = True
                    super().remove_node(node)
                    return str(node_id)
        super().remove_node(node)
        return None


def group_of(node_id: str) -> str:
    """Return what the node ids that one worker should run have in common; any other test stands alone."""
    if not is_node_id_of_case(node_id):
        return node_id
    case, implementation = CaseId.parse(node_id)
    block = _BLOCK.fullmatch(case.case) if case.is_law else None
    return f"{case.file}::{block[1] if block else ''}[{case.surface}-{implementation}]"
