"""The command line: one option group, one prefix, every option also in the ini file."""

import re
from typing import Any

import pytest

from conformance._text import limits
from conformance.contract import EDITIONS, SURFACES
from conformance.plugin.option import PATH, Option

DEFAULT_EDITION = "2024-04-14"

_IMPLEMENTATION_FILE = re.compile(r"(?:app:)?((?<=app:).+|.+\.py)(?::[\w.]*)?")

IMPL = Option(
    flag="--impl",
    metavar="IMPLEMENTATION",
    path=_IMPLEMENTATION_FILE,
    repeatable=True,
    help="the implementation to judge: package.module, package.module:attribute, path/to/file.py, "
    "exec:COMMAND for a program that speaks the protocol, or app:FOLDER for a function app that is already built",
)
EDITION = Option(
    flag="--impl-edition",
    choices=(*EDITIONS, "all"),
    default=DEFAULT_EDITION,
    repeatable=True,
    help=f"the edition of the documentation to judge by (default: {DEFAULT_EDITION}), or all",
)
SURFACE = Option(
    flag="--impl-surface",
    choices=SURFACES,
    repeatable=True,
    repeated=True,  # scenarios are divided among the surfaces that are judged
    help="judge this language surface only (default: all that the implementation offers)",
)
LEVEL = Option(
    flag="--impl-level",
    repeated=True,
    choices=("must", "should"),
    default="must",
    help="the lowest level whose violation turns the run red (default: must)",
)
TIMEOUT = Option(
    flag="--impl-timeout",
    repeated=True,
    metavar="SECONDS",
    default=f"{limits.CASE_SECONDS:g}",
    help=f"how long a case may take before it is errored (default: {limits.CASE_SECONDS:g}); loading the "
    f"implementation may take as long, but at least {limits.START_SECONDS:g}",
)
ISOLATE = Option(
    flag="--impl-isolate",
    switch=True,
    repeated=True,
    help="run an implementation in Python in a separate process: what ends or damages that "
    "process is an error of one case, and not the end of the run",
)
TRANSPORT = Option(
    flag="--impl-transport",
    repeated=True,
    choices=("intercepted", "loopback"),
    default="intercepted",
    help="how requests of an implementation in this process are answered: intercepted in its httpx client "
    "(default), or served on 127.0.0.1, for any other client",
)

BASELINE = Option(
    flag="--impl-baseline",
    repeated=True,
    metavar="FILE",
    path=PATH,
    help="the file of known failures; a listed case that now passes turns the run red",
)
UPDATE_BASELINE = Option(
    flag="--impl-update-baseline",
    switch=True,
    help="rewrite the baseline from this run, keeping reasons and comments",
)
REPORT = Option(
    flag="--impl-report",
    metavar="FILE",
    path=PATH,
    repeatable=True,
    help="write a report: by its ending .json, .md, .html or .badge.json (for badge services)",
)
SNAPSHOTS = Option(
    flag="--impl-snapshots",
    repeated=True,
    switch=True,
    help="compare the tools sent to the model with the reviewed snapshots; --snapshot-update accepts the change",
)

EXPLORE = Option(
    flag="--impl-explore",
    repeated=True,
    metavar="N",
    default="115",  # all that `_exploration/composition/outlines.py` lists
    help="how many scenarios are played, divided among the surfaces; 0 turns exploration off (default: 115)",
)
EXPLORE_SEED = Option(
    flag="--impl-explore-seed",
    repeated=True,
    metavar="N",
    default="0",
    help="the seed of the random scenarios, which come after the first 115 (default: 0)",
)
OWN_CASES = Option(
    flag="--impl-cases",
    repeated=True,
    metavar="PATH",
    path=PATH,
    repeatable=True,
    help="run the cases in this file, or in the files of this folder, in addition to the suite's own",
)
SAVE_CASES = Option(
    flag="--impl-save-cases",
    metavar="FOLDER",
    path=PATH,
    help="write each scenario that exploration finds as a case file into this folder",
)

OPTIONS = (
    IMPL,
    EDITION,
    SURFACE,
    LEVEL,
    TIMEOUT,
    ISOLATE,
    TRANSPORT,
    BASELINE,
    UPDATE_BASELINE,
    REPORT,
    SNAPSHOTS,
    EXPLORE,
    EXPLORE_SEED,
    OWN_CASES,
    SAVE_CASES,
)


def add_options(parser: pytest.Parser) -> None:
    """Add every option to the command line and to the ini file."""
    group = parser.getgroup("assistant skill trigger conformance")
    for option in OPTIONS:
        if option.switch:
            group.addoption(option.flag, dest=option.ini, action="store_true", default=False, help=option.help)
            parser.addini(option.ini, help=option.help, type="bool", default=False)
            continue
        extra: dict[str, Any] = {"choices": option.choices} if option.choices else {"metavar": option.metavar}
        action = "append" if option.repeatable else "store"
        group.addoption(option.flag, dest=option.ini, action=action, default=None, help=option.help, **extra)
        parser.addini(option.ini, help=option.help, type="args", default=[])
