"""The JSON Schemas of parameters and answers."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from conformance._service.request_view import RequestView
from conformance._service.rule import Known, Objection, Rule, invalid
from conformance._service.rules.sources import ISSUES, STRICT
from conformance._service.tool_schema import SchemaFaultKind

# Kind of fault, how it is known, source, what is wrong. A table reads by its rows.
# fmt: off
_FAULTS: Final[tuple[tuple[SchemaFaultKind, Known, str, str], ...]] = (
    ("root", "I", "github.com/vercel/ai/issues/1485", "not a schema of type object"),
    ("schema", "I", "github.com/vercel/ai/issues/2271, github.com/pleaseai/shunt/pull/488", "not a JSON Schema"),
    ("choice", "I", "github.com/nspady/google-calendar-mcp/issues/39", "a choice between schemas at the root"),
    ("properties", "I", ISSUES, "a root without properties"),
    ("items", "I", "github.com/modelscope/ms-agent/pull/610", "an array without items"),
    ("open", "I", ISSUES, "strict, but open to additional properties"),
    ("optional", "I", "github.com/CherryHQ/cherry-studio/issues/12407", "strict, but with an optional property"),
    ("keyword", "I", f"{STRICT}; github.com/dotnet/extensions/issues/6196", "strict, but with a keyword it lacks"),
    ("untyped", "I", STRICT, "strict, but with a schema without type"),
    ("bound", "?", f"{STRICT}; github.com/openai/openai-node/pull/1988", "strict, but with a limit on length"),
)
# fmt: on
_ANSWER: Final = frozenset({"root", "schema", "open", "optional", "keyword", "untyped", "bound"})
"""The faults that are known of the schema of an answer, too."""


def _in_parameters(kind: SchemaFaultKind) -> Callable[[RequestView], Iterable[Objection]]:
    return lambda view: [
        (where, f"{where}: {message}") for where, (found, message) in view.parameter_faults if found == kind
    ]


def _in_answer(kind: SchemaFaultKind) -> Callable[[RequestView], Iterable[Objection]]:
    return lambda view: [
        ("response_format", f"response_format.json_schema.schema: {message}")
        for found, message in view.answer_faults
        if found == kind
    ]


_parameters_rule = partial(Rule, stage="content", area="tools", refusal=invalid("invalid_function_parameters"))
_answer_rule = partial(Rule, stage="content", area="body", refusal=invalid())

SCHEMA_RULES: Final = (
    *(
        _parameters_rule(
            id=f"parameters-{kind}",
            wrong=f"parameters: {wrong}",
            known=known,
            source=source,
            find=_in_parameters(kind),
        )
        for kind, known, source, wrong in _FAULTS
    ),
    *(
        _answer_rule(
            id=f"answer-{kind}",
            wrong=f"schema of the answer: {wrong}",
            known=known,
            source=f"{source}; github.com/dottxt-ai/outlines/issues/1254",
            find=_in_answer(kind),
        )
        for kind, known, source, wrong in _FAULTS
        if kind in _ANSWER
    ),
)
