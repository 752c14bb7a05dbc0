"""Imports go one way, and what is public is said to be."""

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("conformance", "reference_impl")


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {module_name(path): path for package in PRODUCT for path in sorted((ROOT / package).rglob("*.py"))}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in SOURCES.items()}


def for_types_only(tree):
    """Return the imports that stand under `if TYPE_CHECKING`."""
    blocks = (node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
    return {inner for block in blocks for inner in ast.walk(block)}


def imports(name):
    """Yield the full name of all that a module imports at run time, wherever in it."""
    tree = TREES[name]
    ignored = for_types_only(tree)
    for node in ast.walk(tree):
        if node in ignored:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules_imported(name):
    """Return the product's own modules that a module imports."""
    found = set()
    for target in imports(name):
        if target in SOURCES:
            found.add(target)
        elif target.rpartition(".")[0] in SOURCES:
            found.add(target.rpartition(".")[0])
    return found - {name}


def importers(*tops):
    """Return the modules that import one of the named packages or modules."""
    return {name for name in SOURCES for target in imports(name) if target.partition(".")[0] in tops}


FOLDERS = {tuple(name.split(".")) for name, path in SOURCES.items() if path.name == "__init__.py"}
"""The packages of the product, each as the parts of its name."""


def test_reads_the_product():
    assert "conformance._judging.session" in SOURCES
    assert modules_imported("conformance._judging.session") >= {"conformance._data.case", "conformance._service"}


def test_only_the_plugin_imports_pytest_and_syrupy():
    assert importers("pytest", "_pytest", "syrupy", "xdist") <= {name for name in SOURCES if in_plugin(name)}


def in_plugin(name):
    return name.startswith("conformance.plugin")


def test_nothing_but_the_plugin_imports_the_plugin():
    found = {name for name in SOURCES if any(in_plugin(target) for target in imports(name))}
    assert {name for name in found if not in_plugin(name)} == set()


def test_only_the_interception_names_the_clients():
    found = importers("respx", "httpx", "httpx2", "httpcore", "httpcore2", "openai")
    assert {name for name in found if name.startswith("conformance")} == {"conformance._transport.interception"}


def test_json_is_imported_by_name_where_an_implementation_may_have_patched_the_module():
    elsewhere = ("conformance._apps.", "conformance.adapters.", "conformance.commands.")
    found = {name for name in SOURCES if "json" in imports(name) and not name.startswith(elsewhere)}
    # What puts a patched module back has to name it.
    assert {name for name in found if name.startswith("conformance")} == {"conformance._isolation.state"}


def test_only_an_adapter_imports_what_it_adapts():
    found = importers("azure")
    assert found <= {"conformance.adapters.azure_functions", "conformance._apps.readers.python_loader"}


def test_the_suite_and_the_reference_never_import_each_other():
    for name in SOURCES:
        strangers = [top for top in PRODUCT if top != name.partition(".")[0]]
        assert [target for target in imports(name) if target.partition(".")[0] in strangers] == []


FLOORS = (
    ("__init__", "errors", "contract"),
    ("_text",),
    ("_isolation", "_service"),
    ("_data", "_transport"),
    ("testing", "_targets"),
    ("_judging",),
    ("_exploration", "_apps", "baseline"),
    ("report",),
    ("plugin", "commands", "adapters", "templates"),
    ("__main__",),
)
"""The rooms of the product, from the ground up: what a room imports lies on a lower floor, or in the room itself."""

FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def room_of(name):
    """Return the folder or module of `conformance` that a module is in; `__init__` for the package itself."""
    return name.split(".")[1] if "." in name else "__init__"


def imports_for_types(name):
    """Return the product's own modules that a module imports, for types only too."""
    froms = [node for node in ast.walk(TREES[name]) if isinstance(node, ast.ImportFrom)]
    targets = {f"{node.module}.{alias.name}" for node in froms for alias in node.names}
    return {one if one in SOURCES else one.rpartition(".")[0] for one in targets} & SOURCES.keys() - {name}


def test_every_room_has_a_floor():
    rooms = {path.stem for path in (ROOT / "conformance").iterdir() if path.suffix == ".py" or contents_of(path)}
    assert rooms | {"testing"} == set(FLOOR)


def contents_of(path):
    return [inner for inner in path.rglob("*") if inner.is_file() and "__pycache__" not in inner.parts]


@pytest.mark.parametrize("name", [name for name in SOURCES if name.partition(".")[0] == "conformance"])
def test_imports_go_down(name):
    here = room_of(name)
    others = {one for one in imports_for_types(name) if room_of(one) != here}
    assert {one for one in others if FLOOR[room_of(one)] >= FLOOR[here]} == set()


def test_no_room_holds_a_circle_of_imports_for_types_too():
    graph = {name: imports_for_types(name) for name in SOURCES}
    assert set(TopologicalSorter(graph).static_order()) == set(SOURCES)


def test_folders_side_by_side_in_a_room_hold_no_circle():
    graph = {}
    for name in SOURCES:
        for other in imports_for_types(name):
            ours, theirs = (tuple(one.split(".")[:3]) for one in (name, other))
            if ours[:2] == theirs[:2] and ours != theirs and {ours, theirs} <= FOLDERS:
                graph.setdefault(ours, set()).add(theirs)
    assert set(TopologicalSorter(graph).static_order()) <= FOLDERS


def test_the_underscore_stands_on_the_folder_and_not_on_its_files():
    inner = [path for name, path in SOURCES.items() if path.parent.name not in PRODUCT or name in PRODUCT]
    assert [path for path in inner if path.name.startswith("_") and not path.name.startswith("__")] == []


def test_the_service_needs_nothing_but_itself_and_the_standard_library():
    for name in SOURCES:
        if name.startswith("conformance._service"):
            tops = {target.partition(".")[0] for target in imports(name)}
            assert tops - sys.stdlib_module_names <= {"conformance"}
            others = {one for one in modules_imported(name) if not one.startswith("conformance._service")}
            assert others <= {"conformance", "conformance._text.json_values"}


def test_adapters_need_nothing_of_the_suite_but_its_contract():
    for name in SOURCES:
        if name.startswith("conformance.adapters"):
            assert modules_imported(name) <= {"conformance.contract", "conformance"}


def listed_in(name):
    """Return what a module lists as public, or None."""
    for node in TREES[name].body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return None


def defined_in(name):
    """Return the names without underscore that a module defines."""
    defined = set()
    for node in TREES[name].body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined.add(node.name)
        elif isinstance(node, ast.Assign):
            defined |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign):
            defined.add(node.target.id)
    return {one for one in defined if not one.startswith("_")}


def imported_in(name):
    """Return the names that a module imports from the product."""
    froms = (node for node in TREES[name].body if isinstance(node, ast.ImportFrom))
    return {
        alias.asname or alias.name for node in froms if node.module.partition(".")[0] in PRODUCT for alias in node.names
    }


LISTING = [name for name in SOURCES if listed_in(name) is not None and "._" not in name]


@pytest.mark.parametrize("name", LISTING)
def test_what_is_listed_as_public_is_what_is_public(name):
    listed = {one for one in listed_in(name) if not one.startswith("_")}
    passed_on = imported_in(name) if SOURCES[name].name == "__init__.py" else set()
    assert defined_in(name) <= listed <= defined_in(name) | passed_on


PUBLIC = [name for name in SOURCES if room_of(name) in {"contract", "errors", "testing"} or ".adapters." in name]


def test_the_public_modules_list_what_is_public():
    assert {"conformance.contract", "conformance.errors", "conformance.adapters.azure_functions"} <= set(PUBLIC)
    assert set(PUBLIC) <= set(LISTING)
