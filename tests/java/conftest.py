"""What the tests of Java's adapters stand on: a JDK, and Maven, which builds them in a copy."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from required import skip_or_fail

import conformance.adapters

ADAPTER = Path(conformance.adapters.__path__[0], "java")

SECONDS = 400
"""How long Maven may take."""

UNRESOLVED = re.compile(r"(?:artifact |Failure to find |: )(com\.microsoft\.azure\S*:\S+?:jar:[\w.-]+)")
"""How Maven names a package that its repositories do not have."""


class UnresolvedError(Exception):
    """Maven's repositories lack a package."""


@pytest.fixture(scope="session")
def maven():
    """Return a function that builds a project with Maven, offline if what it needs is cached."""
    for command in ("java", "javac", "mvn"):
        if shutil.which(command) is None:
            skip_or_fail(f"{command} is not installed", "JAVA")

    def build(folder, *options):
        command = [shutil.which("mvn"), "-q", "-B", "-f", str(folder), *options, "package"]
        done = _run([*command, "--offline"])
        if done.returncode:
            done = _run(command)
        if done.returncode:
            missing = UNRESOLVED.search(done.stdout)
            if missing and re.search("Could not (find|resolve)|was not found|Failure to find", done.stdout):
                raise UnresolvedError(f"Maven cannot resolve {missing[1]}")
            pytest.fail(f"{' '.join(command)}:\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
        return folder

    return build


@pytest.fixture(scope="session")
def build_published(maven):
    """Build with the published libraries; skip where Maven can't resolve one of them, unless it must."""

    def build(folder, *options):
        try:
            return maven(folder, *options)
        except UnresolvedError as missing:
            skip_or_fail(str(missing), "PUBLISHED")

    return build


@pytest.fixture
def copy_adapter(tmp_path):
    """Copy the adapter out of the tree, without what was built there."""
    return Path(shutil.copytree(ADAPTER, tmp_path / "java", ignore=shutil.ignore_patterns("target")))


def _run(command):
    return subprocess.run(  # noqa: S603  # Maven
        command, capture_output=True, text=True, timeout=SECONDS, check=False
    )
