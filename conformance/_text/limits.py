"""Limits of time and size, but for those that are facts of the service, and those of a report's form."""

from typing import Final

# Time, in seconds

CASE_SECONDS: Final = 10.0
"""How long a case may take, unless `--impl-timeout` says otherwise."""

MAX_SECONDS: Final = 86_400
"""What `--impl-timeout` may say at most."""

START_SECONDS: Final = 10.0
"""How long an implementation may take until it is imported or has answered `initialize`; more if a case may."""

APP_SECONDS: Final = 60.0
"""How long an app on disk may take to declare its functions."""

IDLE_SECONDS: Final = 60.0
"""How long a connection may stay silent."""

INTERRUPTED_SECONDS: Final = 1.0
"""How long interrupted code gets to end."""

INSIST_SECONDS: Final = 0.05
"""How long to wait before code that went on in spite of an interrupt is interrupted again."""

INPUT_CLOSED_SECONDS: Final = 2.0
"""How long a program gets to end after its standard input was closed."""

OUTPUT_CLOSED_SECONDS: Final = 0.5
"""How long a program gets to end after it closed its standard output."""

LAST_WORDS_SECONDS: Final = 0.3
"""How long to listen to a program that was killed, whatever holds its pipes."""

GLANCE_SECONDS: Final = 0.1
"""How often to look whether a program has ended: a child that holds its pipes would hide it."""

INTERPRETER_SECONDS: Final = 3.0
"""How long the interpreter gets to end on its own."""

PATTERN_SECONDS: Final = 0.2
"""How long a text is searched for a pattern of a schema, which may be made so that it takes for ever."""

# How often

MAX_LEFT_BEHIND: Final = 3
"""Cases in a row that hang and can't be interrupted: each leaves a thread behind that may disturb the others."""

MAX_SILENT: Final = 10
"""Cases in a row without an answer in time."""

MAX_ROUNDS: Final = 10
"""How often to look again for processes that were started meanwhile."""

BLOCK_SCENARIOS: Final = 250
"""Scenarios that one item plays at most, so that a large search spreads over workers."""

MAX_CRASHES: Final = 20
"""Scenarios of a block that may crash before the rest of it is left out."""

MAX_HANGS: Final = 4
"""Scenarios of a block that may hang before the rest of it is left out, and again while one is made smaller: together
fewer than those after which a run gives up the implementation."""

MAX_HANGS_REFUSING: Final = 1
"""The same for scenarios that have something refused."""

MAX_SHRINKING_STEPS: Final = 400
"""Scenarios that are played to make one smaller: the same on every machine that is quick enough."""

SHRINKING_FACTOR: Final = 10
"""How many times as long as a case the shrinking of a find may take."""

# Size

REQUEST_BYTES: Final = 64_000_000
"""Bytes that a request's body may have."""

LINE_BYTES: Final = 64_000_000
"""Bytes that a line of a program's output may have."""

WAITING_LINES: Final = 4
"""Lines of a program that are read ahead: a flood stays in its pipe, and not in our memory."""

YAML_BYTES: Final = 2_000_000
"""Bytes that a YAML file may have."""

YAML_DEPTH: Final = 60
"""Levels that a YAML file may have."""

REPEATED_CHARACTERS: Final = 5_000_000
"""Characters that `$repeat` may make in a case."""

DECODED_BRACKETS: Final = 2_000
"""How many brackets in a message are tried as the beginning of a JSON value."""

# What is kept or shown

REQUESTS_IN_MEMORY_BYTES: Final = 20_000_000
"""Bytes of requests that a run keeps in memory; from there on they are in a temporary file."""

BODIES_ON_PAGE_CHARACTERS: Final = 5_000_000
"""Characters of requests' bodies that the HTML report holds."""

KEPT_BODY_BYTES: Final = 20_000
"""Bytes of a request's body that a result keeps."""

KEPT_ERROR_BYTES: Final = 8_000
"""Bytes of a program's standard error that are kept."""

ERROR_CHARACTERS: Final = 2_000
"""Characters of the text of an error that are kept: every finding that follows from the error quotes it."""

SHOWN_ERROR_CHARACTERS: Final = 2_000
"""Characters that are shown of the standard error of an app that can't be read."""

SHOWN_OUTPUT_CHARACTERS: Final = 8_000
"""Characters that are shown of what an implementation printed."""

SHOWN_VALUE_CHARACTERS: Final = 400
"""Characters that are shown of a value, unless a place allows another number."""

SHOWN_FINDINGS: Final = 5
"""Findings of one scenario that are shown: one defect often shows many times."""


def read_seconds(text: str) -> float:
    """Read how long something may take; raise ValueError for anything else."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= MAX_SECONDS:
        raise ValueError(f"{text!r} is not a number of seconds greater than 0 and at most {MAX_SECONDS} (a day)")
    return seconds
