"""The JSON Schema of a function's parameters or of an answer, judged as the service judges it.

The service validates it against the metaschema of draft 2020-12 and then applies rules of its own. This walk
does both in one pass, and visits schema positions only: a property that is *named* `items` or `type` is not a
keyword. Regular expressions are not judged: schemas are written in ECMA-262's, which Python's `re` does not know.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

from conformance._service.schema_keywords import KEYWORDS
from conformance._service.wording import listed, should

SchemaFaultKind: TypeAlias = Literal[
    "schema", "root", "choice", "properties", "items", "open", "optional", "keyword", "untyped", "bound"
]
"""What is wrong.

Not a JSON Schema; root of another type than object; a choice between schemas at the root; root without
properties; array without items. In strict mode: an object that is open to further properties, a property that
is optional, a keyword that is not supported, a schema without a type, a limit on the length of a string.
"""

SchemaFault: TypeAlias = tuple[SchemaFaultKind, str]
"""What is wrong, and the message."""

_CHOICES: Final = ("oneOf", "anyOf", "allOf", "enum", "not")
_REFUSED_IN_STRICT: Final = frozenset({
    "allOf", "contains", "default", "dependencies", "dependentRequired", "dependentSchemas", "else", "if",
    "maxContains", "maxProperties", "minContains", "minProperties", "not", "oneOf", "patternProperties",
    "prefixItems", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties", "uniqueItems",
})  # fmt: skip
_BOUNDS: Final = frozenset({"minLength", "maxLength"})
_INSTEAD_OF_TYPE: Final = frozenset({"type", "$ref", "enum", "const", "anyOf", "oneOf", "allOf", "not", "if"})


def find_schema_faults(root: Any, *, strict: bool = False) -> list[SchemaFault]:
    """Find what the service refuses in a schema, outermost first."""
    if not isinstance(root, dict):
        return [("root", should("the schema", root, "an object"))]
    faults = list(_root_faults(root))
    queue: deque[tuple[str, Any]] = deque([("", root)])
    while queue:  # no recursion, however deep the schema
        place, schema = queue.popleft()
        if isinstance(schema, dict):
            faults += _look_into(place, schema, queue)
            faults += _strict_faults(place, schema) if strict else ()
        elif not isinstance(schema, bool):
            faults.append(("schema", should(place[1:], schema, "a JSON Schema (object or boolean)")))
    return faults


def _root_faults(root: Mapping[str, Any]) -> Iterator[SchemaFault]:
    if root.get("type") != "object":
        yield "root", should("type of the root", root.get("type"), '"object"')
    elif "properties" not in root:
        yield "properties", "the root has no properties, but should have them (if only {})"
    choices = [keyword for keyword in _CHOICES if keyword in root]
    if choices:
        yield "choice", f"the root has {listed(choices)}, but should have none of {listed(_CHOICES)}"


def _look_into(place: str, schema: Mapping[str, Any], queue: deque[tuple[str, Any]]) -> Iterator[SchemaFault]:
    for name, value in schema.items():
        keyword = KEYWORDS.get(name)
        if keyword is None:
            continue
        if not keyword.accepts(value):
            yield "schema", should(f"{place}.{name}"[1:], value, keyword.wanted)
        elif keyword.subschemas is not None:
            queue += [(f"{place}.{name}{inner}", subschema) for inner, subschema in keyword.subschemas(value)]
    # prefixItems alone do not do, seen in https://github.com/AnswerDotAI/fastcore/issues/798
    if _is_typed("array", schema) and "items" not in schema:
        yield "items", f"array schema at {_name(place)} has no items, but should have them"


def _strict_faults(place: str, schema: Mapping[str, Any]) -> Iterator[SchemaFault]:
    where = f"schema at {_name(place)}"
    if _is_typed("object", schema) or "properties" in schema:
        yield from _strict_object_faults(f"object {where}", schema)
    refused = sorted(_REFUSED_IN_STRICT & schema.keys())
    if refused:
        yield "keyword", f"{where} has {listed(refused)}, which strict does not support"
    if not _INSTEAD_OF_TYPE & schema.keys():
        yield "untyped", f"{where} has no type, but should, since strict is true"
    bounds = sorted(_BOUNDS & schema.keys())
    if bounds:
        yield "bound", f"{where} has {listed(bounds)}, which strict may not support"


def _strict_object_faults(where: str, schema: Mapping[str, Any]) -> Iterator[SchemaFault]:
    if schema.get("additionalProperties") is not False:
        yield "open", f"{where} should have additionalProperties: false, since strict is true"
    properties, required = schema.get("properties"), schema.get("required")
    demanded = {name for name in required if isinstance(name, str)} if isinstance(required, list) else set()
    missing = [name for name in properties if name not in demanded] if isinstance(properties, dict) else []
    if missing:
        yield "optional", f"{where} should require, since strict is true: {listed(missing)}"


def _is_typed(name: str, schema: Mapping[str, Any]) -> bool:
    declared = schema.get("type")
    return declared == name or (isinstance(declared, list) and name in declared)


def _name(place: str) -> str:
    return place[1:] or "the root"


def is_closed_to(schema: Any, value: Mapping[str, Any]) -> bool:
    """Say whether a schema allows no properties but those that it names, and an object has others."""
    if not isinstance(schema, Mapping) or schema.get("additionalProperties") is not False:
        return False
    named = schema.get("properties")
    own = named.keys() if isinstance(named, Mapping) else set()
    return "patternProperties" not in schema and not value.keys() <= own
