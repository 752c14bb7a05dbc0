"""The map in CONTRIBUTING.md is true: every folder is named once, in an order in which imports go one way."""

import re
from pathlib import Path

import pytest
from test_architecture import FLOOR

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def first_cells(heading):
    """Return what the first column of a table names, by the heading of that column."""
    table = TEXT.partition(f"| {heading} |")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def folders_in(path):
    """Return the folders with a file of ours in them, as a table writes them."""
    inner = (one for one in path.iterdir() if one.is_dir() and not one.name.startswith((".", "__pycache__")))
    return {f"{one.name}/" for one in inner if any("__pycache__" not in file.parts for file in one.rglob("*.*"))}


ROOMS = first_cells("folder or module")


def test_names_every_room_of_the_product_once():
    modules = {path.name for path in (ROOT / "conformance").glob("*.py") if not path.name.startswith("__")}
    assert sorted(ROOMS) == sorted(folders_in(ROOT / "conformance") | modules)


def test_names_the_rooms_from_the_ground_up():
    floors = [FLOOR[room.removesuffix(".py").removesuffix("/")] for room in ROOMS]
    assert floors == sorted(floors)


def test_names_every_other_folder():
    assert set(first_cells("folder")) | {"conformance/"} == folders_in(ROOT)


def test_the_tests_have_the_rooms_of_the_product_and_those_that_are_named():
    rooms = {room.removeprefix("_") for room in ROOMS if room.endswith("/")}
    others = first_cells("folder of `tests/`")
    assert rooms.isdisjoint(others)
    assert folders_in(ROOT / "tests") - set(others) <= rooms
    assert set(others) <= folders_in(ROOT / "tests")
    # What `init` copies is tested with the command, and by the languages it is for.
    assert rooms - folders_in(ROOT / "tests") == {"templates/"}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w/.-]+/|[\w/-]+\.(?:py|yaml|md))`", TEXT)) - set(ROOMS)))
def test_everything_that_is_named_is_there(name):
    places = [
        ROOT,
        ROOT / "cases",
        ROOT / "conformance",
        ROOT / "tests",
        *(ROOT / "conformance" / room for room in ROOMS),
    ]
    inner = [place / "conforming" for place in places if place.name == "tests"]
    assert any((place / name).exists() for place in [*places, *inner])
