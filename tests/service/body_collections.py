"""The collections of bodies, good, bad and doubtful, as they are put to the service."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class SampleBody:
    """A body; for a bad one the error that the service is known to answer, for a doubtful one the warning."""

    what: str
    body: dict[str, Any]
    param: str | None = None
    code: str | None = None
    status: int = 400
    rule: str | None = None


def read_bodies(name):
    """Read a collection, each body under its area."""
    collection = yaml.safe_load((HERE / name).read_text("utf-8"))
    return [
        SampleBody(
            what=f"{area}: {record['what']}",
            body=_assemble(collection["base"], record),
            **{key: record[key] for key in ("param", "code", "status", "rule") if key in record},
        )
        for area, records in collection["bodies"].items()
        for record in records
    ]


def _assemble(base, record):
    body = {**base, **record.get("with", {})}
    return {key: value for key, value in body.items() if key not in record.get("drop", ())}


BAD_BODIES = read_bodies("bad_bodies.yaml")
GOOD_BODIES = read_bodies("good_bodies.yaml")
DOUBTFUL_BODIES = read_bodies("doubtful_bodies.yaml")
