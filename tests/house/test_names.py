"""Every name in the product names one thing."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [
    path
    for package in ("conformance", "reference_impl")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "templates" not in path.parts  # which are copied to other people's folders
]
TREES = {path: ast.parse(path.read_text("utf-8")) for path in FILES}

INTERFACES = {"commands": {"add_arguments", "run"}, "report": {"render"}}
"""Functions that every module of a kind has, by room: what calls them knows the kind, not the module."""


def doubles(places):
    """Return each name that stands in several places."""
    return {name: sorted(map(str, found)) for name, found in places.items() if len(found) > 1}


def types_in(tree):
    """Yield the names of the classes and of the types that have a name, without an underscore."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name.lstrip("_")
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
            yield node.target.id.lstrip("_")


def test_no_two_types_share_a_name():
    places = defaultdict(list)
    for path, tree in TREES.items():
        for name in types_in(tree):
            places[name].append(path.relative_to(ROOT))
    assert places
    assert doubles(places) == {}


def test_no_two_modules_share_a_name():
    places = defaultdict(list)
    for path in FILES:
        if not path.stem.startswith("__"):
            places[path.stem].append(path.relative_to(ROOT))
    assert doubles(places) == {}


def test_no_module_shares_the_name_of_a_room_elsewhere():
    folders = {path.name.lstrip("_"): path for path in {file.parent for file in FILES}}
    assert [path for path in FILES if folders.get(path.stem, path.parent) != path.parent] == []


ROOMS = sorted({path.relative_to(ROOT).parts[1] for path in FILES if len(path.relative_to(ROOT).parts) > 2})


@pytest.mark.parametrize("room", ROOMS)
def test_no_two_public_functions_of_a_room_share_a_name(room):
    places = defaultdict(list)
    for path, tree in TREES.items():
        if room in path.relative_to(ROOT).parts[:2]:
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    places[node.name].append(path.relative_to(ROOT))
    assert {name: found for name, found in doubles(places).items() if name not in INTERFACES.get(room, ())} == {}
