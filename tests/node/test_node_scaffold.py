"""What `python -m conformance init typescript` writes, built by npm and judged."""

import sys

from conformance.__main__ import main
from conformance.commands.init_command import SCAFFOLDS


def test_the_first_run_in_typescript_is_green(npm, pytester):
    assert main(["init", "typescript", str(pytester.path)]) == 0
    npm(pytester.path, "install", "--no-audit", "--no-fund", "--loglevel=error")
    npm(pytester.path, "run", "build")
    implementation = SCAFFOLDS["typescript"].implementation
    assert pytester.run(sys.executable, "-m", "conformance", "smoke", implementation).ret == 0
    options = (f"--impl={implementation}", "--impl-edition=all", "--impl-level=should")
    assert pytester.runpytest_subprocess("-p", "no:randomly", "-q", *options).ret == 0
