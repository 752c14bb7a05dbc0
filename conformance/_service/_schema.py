"""The JSON Schema of a function's parameters, judged as the service judges it.

The service validates it against the metaschema of draft 2020-12 with Python's jsonschema, regular
expressions included, and then applies rules of its own. This walk does both in one pass, and visits schema
positions only: a property that is *named* `items` or `type` is no keyword.
"""

from collections import deque
from typing import Any, Literal, TypeAlias

from conformance._service._keywords import KEYWORDS
from conformance._service._wording import should

__all__ = ["FaultKind", "SchemaFault", "examine"]

FaultKind: TypeAlias = Literal["schema", "root", "properties", "items", "open", "optional"]
"""What is wrong.

No JSON Schema; root of another type than object; root without properties; array without items; and in strict
mode an object that is open to further properties, a property that is optional.
"""

SchemaFault: TypeAlias = tuple[FaultKind, str]
"""What is wrong, and the message."""


def examine(root: Any, *, strict: bool = False) -> list[SchemaFault]:
    """Find what the service refuses in the schema of a function's parameters, outermost first."""
    if not isinstance(root, dict):
        return [("root", should("the schema", root, "an object"))]
    faults: list[SchemaFault] = []
    if root.get("type") != "object":
        faults.append(("root", should("type of the root", root.get("type"), '"object"')))
    elif "properties" not in root:
        faults.append(("properties", "the root has no properties, but should have them (if only {})"))
    queue: deque[tuple[str, Any]] = deque([("", root)])
    while queue:  # no recursion, however deep the schema
        place, schema = queue.popleft()
        if isinstance(schema, dict):
            _visit(place, schema, queue, faults)
            if strict and (_is_typed("object", schema) or "properties" in schema):
                faults += _strict_faults(place, schema)
        elif not isinstance(schema, bool):
            faults.append(("schema", should(place[1:], schema, "a JSON Schema (object or boolean)")))
    return faults


def _visit(place: str, schema: dict[str, Any], queue: deque[tuple[str, Any]], faults: list[SchemaFault]) -> None:
    for name, value in schema.items():
        keyword = KEYWORDS.get(name)
        if keyword is None:
            continue
        if not keyword.accepts(value):
            faults.append(("schema", should(f"{place}.{name}"[1:], value, keyword.wanted)))
        elif keyword.subschemas is not None:
            queue += [(f"{place}.{name}{inner}", subschema) for inner, subschema in keyword.subschemas(value)]
    # prefixItems alone do not do, seen in https://github.com/AnswerDotAI/fastcore/issues/798
    if _is_typed("array", schema) and "items" not in schema:
        faults.append(("items", f"array schema at {place[1:] or 'the root'} has no items, but should"))


def _strict_faults(place: str, schema: dict[str, Any]) -> list[SchemaFault]:
    where = f"object schema at {place[1:] or 'the root'}"
    faults: list[SchemaFault] = []
    if schema.get("additionalProperties") is not False:
        faults.append(("open", f"{where} should have additionalProperties: false, since strict is true"))
    properties, required = schema.get("properties"), schema.get("required")
    required = required if isinstance(required, list) else []
    missing = [name for name in properties if name not in required] if isinstance(properties, dict) else []
    if missing:
        faults.append(("optional", f"{where} should require, since strict is true: {', '.join(missing)}"))
    return faults


def _is_typed(name: str, schema: dict[str, Any]) -> bool:
    declared = schema.get("type")
    return declared == name or (isinstance(declared, list) and name in declared)
