"""Where the suite's data lies: a folder with `requirements.yaml`, a folder for each edition, and what they share."""

from pathlib import Path
from typing import Final, Literal

_PACKAGE = Path(__file__).parents[1]
_BUILT = _PACKAGE / "cases"

CASES: Final = _BUILT if _BUILT.is_dir() else _PACKAGE.parent / "cases"
"""The suite's own data: inside the installed package, or at the top of a checkout."""


def schema_of(kind: Literal["baseline", "case", "corpus", "requirements", "script", "surfaces"]) -> Path:
    """Return the published JSON Schema of a kind of data file."""
    return CASES / f"{kind}.schema.json"


def dates_in(root: Path) -> tuple[str, ...]:
    """List the editions that have a folder, by date."""
    return tuple(sorted(path.parent.name for path in root.glob("*/surfaces.yaml")))


def case_files(root: Path, date: str) -> list[Path]:
    """List the case files of an edition by name: its own and those that every edition shares."""
    own = (path for path in (root / date).glob("*.yaml") if path.stem != "surfaces")
    return sorted([*own, *(root / "shared").glob("*.yaml")], key=lambda path: (path.name, str(path)))
