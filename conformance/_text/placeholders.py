"""Settings of a function app in a text: `%NAME%` stands for the value of the setting NAME."""

import re
from collections.abc import Callable
from typing import Final

_PLACEHOLDER: Final = re.compile("%([^%]+)%")


def settings_in(text: str) -> list[str]:
    """Return the names of the settings that a text refers to."""
    return _PLACEHOLDER.findall(text)


def fill_in(text: str, value_of: Callable[[str], str]) -> str:
    """Put the value of each setting, which `value_of` knows or raises an error for, in its place."""
    return _PLACEHOLDER.sub(lambda match: value_of(match[1]), text)
