"""The command that runs one case again, as every report shows it; the node id in it is made by `_data/case_id.py`."""

from collections.abc import Iterable

from conformance._data.case_id import CaseId
from conformance._text.words import quote_for_shell


def rerun_command(case: CaseId, spec: str, options: Iterable[str]) -> str:
    """Return the command that runs a case alone, against one implementation alone.

    `spec` is what `--impl` was given, `options` the arguments by which it was judged as it was.
    """
    words = ["pytest", f"--impl={spec}", f"--impl-edition={case.edition}", *options, case.node_id]
    return " ".join(map(quote_for_shell, words))
