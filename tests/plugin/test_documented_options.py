"""Every option is documented, and what is documented is an option."""

import re
from pathlib import Path

import pytest

from conformance.plugin.options import EDITION, EXPLORE, LEVEL, OPTIONS, TIMEOUT, TRANSPORT

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
TABLE = dict(re.findall(r"^\| `(--impl[a-z-]*)(?:=\w+)?` \| (.*) \|$", README, re.MULTILINE))
FLAG = re.compile(r"--impl(?:-[a-z]+)*")


def test_the_readme_documents_exactly_the_options():
    assert set(TABLE) == {option.flag for option in OPTIONS}


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.flag)
def test_the_readme_tells_whether_an_option_is_repeatable_and_takes_a_value(option):
    assert ("several times" in TABLE[option.flag]) <= option.repeatable
    assert (f"| `{option.flag}` |" in README) is option.switch


@pytest.mark.parametrize("option", [EDITION, LEVEL, TIMEOUT, TRANSPORT, EXPLORE], ids=lambda option: option.flag)
def test_the_readme_names_the_default_and_every_choice(option):
    described = TABLE[option.flag]
    assert re.search(rf"{re.escape(option.default)}\W* \(default\)|\(default {re.escape(option.default)}\)", described)
    assert [choice for choice in option.choices or () if f"`{choice}`" not in described] == []


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name
)
def test_no_page_names_an_option_that_there_is_not(page):
    named = set(FLAG.findall(page.read_text("utf-8")))
    assert named <= {option.flag for option in OPTIONS}


def test_an_options_help_names_its_choices_or_its_value():
    for option in OPTIONS:
        assert option.help
        assert (option.choices is None) <= (option.metavar is not None or option.switch)
