"""The published JSON Schemas of the suite's data files."""

import json

import pytest
from jsonschema import Draft202012Validator

from conformance._data.case_files.loader import EXPECT_KEYS
from conformance._data.corpus import CASES
from conformance._data.surfaces import PARAMETERS
from conformance.contract import SURFACES

SCHEMAS = sorted(CASES.glob("*.schema.json"))
UNDESCRIBED = {"surfaces", *SURFACES, *PARAMETERS}
"""Keys that say all by their names."""


def read(path):
    return json.loads(path.read_text("utf-8"))


def properties_in(schema):
    """Yield each property that a schema describes, with the schema of its value."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for member in schema.values():
            yield from properties_in(member)
    elif isinstance(schema, list):
        for item in schema:
            yield from properties_in(item)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_is_a_valid_schema(path):
    schema = read(path)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def lists_of_surfaces_in(schema):
    """Yield each list of words in a schema that names a surface."""
    if isinstance(schema, dict):
        yield from (schema[key] for key in ("enum", "required") if "python" in schema.get(key, ()))
        for member in schema.values():
            yield from lists_of_surfaces_in(member)
    elif isinstance(schema, list):
        for item in schema:
            yield from lists_of_surfaces_in(item)


def test_every_schema_that_lists_the_surfaces_lists_them_all():
    package = CASES.parent / "conformance"
    paths = [*SCHEMAS, package / "protocol.schema.json", package / "report" / "report.schema.json"]
    lists = {path.name: list(lists_of_surfaces_in(read(path))) for path in paths}
    assert {name for name, found in lists.items() if found} >= {
        "baseline.schema.json",
        "case.schema.json",
        "protocol.schema.json",
        "report.schema.json",
        "requirements.schema.json",
        "surfaces.schema.json",
    }
    assert [name for name, found in lists.items() for words in found if tuple(words) != SURFACES] == []


def references_in(schema):
    """Yield what a schema refers to."""
    if isinstance(schema, dict):
        yield from (value for key, value in schema.items() if key == "$ref")
        for member in schema.values():
            yield from references_in(member)
    elif isinstance(schema, list):
        for item in schema:
            yield from references_in(item)


def test_definitions_that_are_referred_to_exist_and_all_are_used():
    defined = {f"{path.name}#/$defs/{name}" for path in SCHEMAS for name in read(path).get("$defs", ())}
    used = {
        reference if reference.partition("#")[0] else path.name + reference
        for path in SCHEMAS
        for reference in references_in(read(path))
    }
    assert used == defined


def test_describes_every_key_of_a_case():
    schema = read(CASES / "case.schema.json")

    def described(member):
        reference = member.get("$ref", "").removeprefix("#/$defs/")
        return "description" in member or "description" in schema["$defs"].get(reference, {})

    bare = {name for name, member in properties_in(schema) if not described(member)}
    assert bare <= UNDESCRIBED


def test_knows_the_expectations_that_the_loader_knows():
    schema = read(CASES / "case.schema.json")
    known = {key for keys in EXPECT_KEYS.values() for key in keys}
    assert schema["$defs"]["expect"]["properties"].keys() == known


def test_knows_the_parameters_that_the_surfaces_spell():
    schema = read(CASES / "case.schema.json")
    assert tuple(schema["$defs"]["skill"]["properties"]["trigger"]["properties"]) == PARAMETERS
