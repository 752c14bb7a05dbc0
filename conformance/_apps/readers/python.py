"""Reads apps of the Python programming model v2, through the azure-functions library."""

import sys
from pathlib import Path
from typing import Final

from conformance._apps import app_process
from conformance._apps.app_root import AppFunctions, Root

SOUGHT: Final = "function_app.py"

_LOADER: Final = Path(__file__).parent / "python_loader.py"


def read_python(root: Root) -> AppFunctions | None:
    """Load the app in `root`, None if there is none; raise AppError."""
    path = root.path / (root.setting("PYTHON_SCRIPT_FILE_NAME") or SOUGHT)
    if not path.is_file():
        return None
    # -P: what lies beside the loader is not for the app to import.
    return AppFunctions(
        surface="python", functions=app_process.run_reader(root, [sys.executable, "-P", str(_LOADER), str(path)])
    )
