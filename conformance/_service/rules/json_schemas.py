"""The JSON Schemas of parameters and answers."""

from typing import Final

from conformance._service.rule import Finder, Known, invalid, make_rules
from conformance._service.rules.sources import ISSUES, STRICT
from conformance._service.tool_schema import SchemaFaultKind

# Kind of fault, how it is known, source, what is wrong. A table reads by its rows.
# fmt: off
_FAULTS: Final[tuple[tuple[SchemaFaultKind, Known, str, str], ...]] = (
    ("root", "issue", "github.com/vercel/ai/issues/1485", "not a schema of type object"),
    ("schema", "issue", "github.com/vercel/ai/issues/2271, github.com/pleaseai/shunt/pull/488", "not a JSON Schema"),
    ("choice", "issue", "github.com/nspady/google-calendar-mcp/issues/39", "a choice between schemas at the root"),
    ("properties", "issue", ISSUES, "a root without properties"),
    ("items", "issue", "github.com/modelscope/ms-agent/pull/610", "an array without items"),
    ("open", "issue", ISSUES, "strict, but open to additional properties"),
    ("optional", "issue", "github.com/CherryHQ/cherry-studio/issues/12407", "strict, but with an optional property"),
    ("keyword", "issue", f"{STRICT}; github.com/dotnet/extensions/issues/6196", "strict, but with a keyword it lacks"),
    ("untyped", "issue", STRICT, "strict, but with a schema without type"),
    ("bound", "unverified", f"{STRICT}; github.com/openai/openai-node/pull/1988", "strict, but with a limit on length"),
)
# fmt: on
_ANSWER: Final = frozenset({"root", "schema", "open", "optional", "keyword", "untyped", "bound"})
"""The faults that are known of the schema of an answer, too."""


def _in_parameters(kind: SchemaFaultKind) -> Finder:
    return lambda view: [
        (where, f"{where}: {message}") for where, (found, message) in view.parameter_faults if found == kind
    ]


def _in_answer(kind: SchemaFaultKind) -> Finder:
    return lambda view: [
        ("response_format", f"response_format.json_schema.schema: {message}")
        for found, message in view.answer_faults
        if found == kind
    ]


SCHEMA_RULES: Final = (
    *make_rules(
        "content", "tools",
        *(
            (f"parameters-{kind}", f"parameters: {wrong}", invalid("invalid_function_parameters"), known, source,
             _in_parameters(kind))
            for kind, known, source, wrong in _FAULTS
        ),
    ),
    *make_rules(
        "content", "body",
        *(
            (f"answer-{kind}", f"schema of the answer: {wrong}", invalid(), known,
             f"{source}; github.com/dottxt-ai/outlines/issues/1254", _in_answer(kind))
            for kind, known, source, wrong in _FAULTS
            if kind in _ANSWER
        ),
    ),
)  # fmt: skip
