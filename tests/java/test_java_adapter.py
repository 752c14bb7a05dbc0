"""The published Java library: its annotation through the adapter, and what the Maven plugin makes of it on disk."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import conformance.adapters

BASELINES = Path(conformance.adapters.__path__[0], "baselines")

VERSIONS = {"0.4.0": ("-P", "with-model"), "0.5.0": ()}
"""Versions of the annotation library, with Maven's options for the example; 0.5.0 has no model any more."""


@pytest.fixture
def judge(pytester):
    """Judge by both editions at level should against a baseline; return the exit status and the run's report."""

    def judge(implementation, baseline):
        report = pytester.path / "report.json"
        run = pytester.runpytest_subprocess(
            *("-p", "no:randomly", "-q", f"--impl={implementation}", f"--impl-baseline={BASELINES / baseline}.yaml"),
            *("--impl-edition=all", "--impl-level=should", f"--impl-report={report}"),
            timeout=300,
        )
        (judged,) = json.loads(report.read_text("utf-8"))["runs"]
        return run.ret, judged

    return judge


def command(folder):
    return f"exec:java -cp {folder}/target/java-adapter-1.0.jar:{folder}/target/lib/* adapter.Main"


@pytest.mark.parametrize("version", VERSIONS)
def test_the_annotation_fails_what_it_is_known_to_fail(build_published, copy_adapter, judge, version):
    folder = build_published(copy_adapter, f"-Dopenai.version={version}-preview")
    status, judged = judge(command(folder), f"java-library-openai-{version}")
    assert status == 0
    assert (judged["version"], judged["surfaces"]) == (f"{version}-preview", ["java"])


@pytest.mark.parametrize("version", VERSIONS)
def test_the_plugin_writes_what_it_is_known_to_write(build_published, copy_adapter, judge, version):
    folder = build_published(copy_adapter / "example", *VERSIONS[version])
    status, judged = judge(f"app:{folder}", "java-app")
    assert status == 0
    assert {result["outcome"] for result in judged["results"]} == {"passed", "known", "not applicable"}


def test_the_adapter_builds_and_says_when_the_annotation_is_missing(maven, copy_adapter):
    project = copy_adapter / "pom.xml"
    under_test = (
        r"<dependency>\s*<groupId>[^<]*</groupId>\s*<artifactId>azure-functions-java-library-openai.*?</dependency>"
    )
    text, removed = re.subn(under_test, "", project.read_text("utf-8"), flags=re.DOTALL)
    assert removed == 1
    project.write_text(text, "utf-8")
    maven(copy_adapter)
    smoke = [sys.executable, "-m", "conformance", "smoke", command(copy_adapter)]
    done = subprocess.run(smoke, capture_output=True, text=True, check=False)  # noqa: S603  # our own
    assert "javac: package com.microsoft.azure.functions.openai.annotation.assistant does not exist" in done.stdout
    assert done.returncode == 2
