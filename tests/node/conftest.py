"""What the tests of Node's adapters stand on: Node itself, and packages that npm installs once for all of them."""

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from required import skip_or_fail

ADAPTERS = Path(__file__).parents[2] / "conformance" / "adapters" / "node"

SECONDS = 300
"""How long npm may take."""


@pytest.fixture(scope="session")
def node():
    """Return the path of Node 20 or later."""
    path = shutil.which("node")
    if path is None:
        skip_or_fail("node is not installed", "NODE")
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603  # node
    if int(re.match(r"v(\d+)", version)[1]) < 20:
        skip_or_fail(f"node is {version.strip()}, and 20 is the least", "NODE")
    return path


@pytest.fixture(scope="session")
def npm(node):
    """Return a function that runs npm in a folder; it skips the test if npm cannot install."""
    del node
    path = shutil.which("npm")
    if path is None:
        skip_or_fail("npm is not installed", "NODE")

    def run(folder, *arguments):
        done = subprocess.run(  # noqa: S603  # npm
            [path, *arguments], cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        if done.returncode and arguments[0] == "install":
            skip_or_fail(f"npm cannot install the packages: {done.stderr.strip()[-500:]}", "NODE")
        assert done.returncode == 0, done.stdout + done.stderr

    return run


@pytest.fixture(scope="session")
def adapters(node, tmp_path_factory, worker_id):
    """Copy the adapters out of the tree and install their packages, once for all processes of the run."""
    del node
    npm = shutil.which("npm")
    if npm is None:
        skip_or_fail("npm is not installed", "NODE")
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "node-adapters"
    done = folder.with_name("node-adapters-done")  # what npm said, if it failed
    try:
        folder.mkdir()
    except FileExistsError:
        wait_for(done)
    else:
        done.write_text(install(npm, folder))
    if error := done.read_text():
        skip_or_fail(f"npm cannot install the packages: {error}", "NODE")
    return folder


def install(npm, folder):
    """Return what npm said if it failed, else nothing."""
    for source in ADAPTERS.iterdir():
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / source.name)
    for adapter in ("azure-functions", "example"):
        command = [npm, "install", "--no-audit", "--no-fund", "--loglevel=error"]
        result = subprocess.run(  # noqa: S603  # npm
            command, cwd=folder / adapter, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        if result.returncode:
            return result.stderr.strip()[-500:] or f"status {result.returncode}"
    return ""


def wait_for(file):
    """Wait for what another process of the run does."""
    deadline = time.monotonic() + SECONDS
    while not file.exists():
        assert time.monotonic() < deadline, f"{file} did not appear"
        time.sleep(0.2)
