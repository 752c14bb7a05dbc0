"""The .NET adapter's files agree with each other; there is no .NET in the tests to build them with."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

import conformance
import conformance.adapters

FOLDER = Path(conformance.adapters.__path__[0], "dotnet")
README = (FOLDER / "README.md").read_text("utf-8")
PROJECT = (FOLDER / "Harness.csproj").read_text("utf-8")


def test_documents_every_variable_that_the_program_reads():
    read = {name for file in FOLDER.glob("*.cs") for name in re.findall(r'Variable\("(HARNESS_\w+)"', file.read_text())}
    assert read == set(re.findall(r"^\| `(HARNESS_\w+)`", README, re.MULTILINE))


def test_documents_every_build_property_and_no_other():
    (table,) = re.findall(r"\| build property .*?\n\n", README, re.DOTALL)
    rows = [row.split("|")[1] for row in table.strip().splitlines()[2:]]
    documented = {name for row in rows for name in re.findall(r"`(\w+)(?:=\w+)?`", row)}
    optional = set(re.findall(r"<(\w+) Condition=\"'\$\(\1\)' == ''", PROJECT))
    asked = set(re.findall(r"'\$\(([A-Z]\w+)\)' !?= ?'?", PROJECT))
    assert documented >= optional - {"TargetFramework"}
    assert {name for name in documented if f"$({name})" not in PROJECT} == set()
    assert asked <= documented | {"TargetFramework"}


def test_the_project_is_well_formed_and_names_what_is_under_test():
    project = ET.fromstring(PROJECT)  # noqa: S314  # our own file
    packages = {one.get("Include") for one in project.iter("PackageReference")}
    assert {
        "Microsoft.Azure.WebJobs.Extensions.OpenAI",
        "Microsoft.Azure.Functions.Worker.Extensions.OpenAI",
    } <= packages


@pytest.mark.parametrize("line", (FOLDER / "smoke.jsonl").read_text("utf-8").splitlines())
def test_the_session_keeps_to_the_protocol(line):
    schema = json.loads(Path(conformance.__file__).with_name("protocol.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(line))
