"""Reads a script for the service that stands alone (`cases/script.schema.json`)."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from conformance._data.case_files.model_replies import read_replies
from conformance._data.corpus import schema_of
from conformance._service import Provider, Script
from conformance._text import schemas, yaml_documents

KEY: Final = "sk-conformance"
"""The key of a script that names none."""


def load_script(path: Path, endpoint_of: Callable[[Provider], str]) -> Script:
    """Return a script; `endpoint_of` says where a provider is served. Raises CaseFileError."""
    document = yaml_documents.read(path)
    schemas.check_form(document, schema_of("script"))
    record = document.value
    provider = record.get("provider", "openai")
    return Script(
        provider=provider,
        key=record.get("key", KEY),
        endpoint=endpoint_of(provider),
        replies=tuple(read_replies(document, ("model_replies",), record["model_replies"])),
        models=frozenset(record["models"]) if "models" in record else None,
        repeats=record.get("repeat", False),
    )
