"""Reads a script for the service that stands alone (`cases/script.schema.json`)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from conformance._data.corpus import schema_of
from conformance._data.model_replies import read_replies
from conformance._service import Script
from conformance._text import schemas, yaml_documents

KEY: Final = "sk-conformance"
"""The key of a script that names none."""


def load_script(path: Path, endpoint: str) -> tuple[Script, bool]:
    """Return the script of a service at `endpoint`, and whether it repeats; raise CaseFileError."""
    document = yaml_documents.read(path)
    schemas.check_form(document, schema_of("script"))
    record = document.value
    script = Script(
        provider=record.get("provider", "openai"),
        key=record.get("key", KEY),
        endpoint=endpoint,
        replies=tuple(read_replies(document, ("model_replies",), record["model_replies"])),
        models=frozenset(record["models"]) if "models" in record else None,
    )
    return script, record.get("repeat", False)
