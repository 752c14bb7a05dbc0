"""What `--impl` may name, and what is said of what it may not."""

import functools
import json
import pickle
import sys
from pathlib import Path

import pytest

from conformance._targets.module import check_app, load_module
from conformance.contract import EDITIONS
from conformance.errors import CaseFileError, ImplementationError

ADAPTER = """
surfaces = ["python", "java"]
__version__ = "1.2"
def create_app(context): ...
class Nested:
    surfaces = ("java",)
    editions = ["2025-05-15"]
    class Deeper:
        surfaces = ["powershell"]
        @staticmethod
        def create_app(context): ...
    @staticmethod
    def create_app(context): ...
"""


@pytest.mark.parametrize(
    ("spec", "name", "surfaces", "editions"),
    [
        ("my_adapter", "my_adapter", ("java", "python"), EDITIONS),
        ("my_adapter:Nested", "Nested", ("java",), ("2025-05-15",)),
        ("my_adapter:Nested.Deeper", "Nested.Deeper", ("powershell",), EDITIONS),
    ],
)
def test_loads_a_module_or_what_is_in_it(write, spec, name, surfaces, editions):
    write(ADAPTER)
    target = load_module(spec)
    assert (target.name, target.spec) == (name, spec)
    assert (target.surfaces, target.editions) == (surfaces, editions)
    assert target.transport == "intercepted"


def test_loads_a_submodule(write):
    write("", "package/__init__.py")
    write(ADAPTER, "package/inner.py")
    assert load_module("package.inner").name == "package.inner"


@pytest.mark.parametrize("name", ["adapter.py", "my adapter.py", "ädäpter.py", "with-dash.py", "json.py", "a/b.c/d.py"])
def test_loads_a_file_whatever_its_name(write, name):
    path = write(ADAPTER, name)
    target = load_module(str(path))
    assert (target.name, target.version) == (path.stem, "1.2")


def test_loads_a_file_relative_to_where_pytest_stands(write, monkeypatch, tmp_path):
    write(ADAPTER, "here/adapter.py")
    monkeypatch.chdir(tmp_path / "here")
    assert load_module("adapter.py").name == "adapter"
    assert load_module("./adapter.py:Nested").name == "Nested"


def test_a_file_can_import_what_lies_beside_it(write):
    write("surfaces = ['python']", "elsewhere/beside_it.py")
    path = write("from beside_it import surfaces\ndef create_app(context): ...", "elsewhere/adapter.py")
    assert load_module(str(path)).surfaces == ("python",)


def test_a_file_may_put_an_object_in_the_place_of_its_module(write):
    path = write(f"{ADAPTER}import sys\nsys.modules[__name__] = Nested.Deeper\n", "swapped_adapter.py")
    assert load_module(str(path)).surfaces == ("powershell",)
    assert load_module(str(path)).surfaces == ("powershell",)


def test_a_file_with_dataclasses_can_be_loaded(write):
    text = "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass A:\n    b: int\n"
    path = write(text + ADAPTER.replace("from __future__", ""), "with_dataclass.py")
    assert load_module(str(path)).name == "with_dataclass"


def test_two_files_of_one_name_are_two_implementations(write):
    first = write(ADAPTER, "one/adapter.py")
    second = write(ADAPTER.replace('"python", "java"', '"powershell"'), "two/adapter.py")
    assert load_module(str(first)).surfaces == ("java", "python")
    assert load_module(str(second)).surfaces == ("powershell",)


HINTED = """
from __future__ import annotations
import pickle, typing
class {name}: ...
class Holder:
    held: {name}
assert typing.get_type_hints(Holder) == {{"held": {name}}}
assert type(pickle.loads(pickle.dumps({name}()))) is {name}
surfaces = ["python"]
def create_app(context): ...
"""


@pytest.mark.parametrize("name", ["adapter.py", "json.py"])
def test_a_file_finds_its_own_names_by_its_module_whatever_else_has_that_name(write, name):
    for folder, held in (("one", "First"), ("two", "Second"), ("three", "Third")):
        load_module(str(write(HINTED.format(name=held), f"{folder}/{name}")))


def test_leaves_a_module_alone_that_has_the_name_of_a_file(write):
    load_module(str(write(ADAPTER, "json.py")))
    assert sys.modules["json"] is json


HERE = "lying_here is in the current folder, which `python -m pytest` searches, and `pytest` with `pythonpath = .`"


@pytest.mark.parametrize(
    ("spec", "lies", "expected"),
    [
        ("lying_here", "lying_here/a.py", f"a module on sys.path, or a path that ends in .py; {HERE}"),
        ("../tests/adapter.py", "lying_here.py", f"a module that can be imported; {HERE}"),
        (
            "../tests/adapter.py",
            "src/lying_here/a.py",
            "a module that can be imported; lying_here is in src, which `pytest` searches with `pythonpath = src`",
        ),
        ("../tests/adapter.py", "other/lying_here.py", "a module that can be imported"),
    ],
)
def test_a_module_nearby_that_pytest_does_not_find_is_pointed_out(write, monkeypatch, spec, lies, expected):
    adapter = write("import lying_here", "tests/adapter.py")
    project = adapter.parent.parent / "project"
    write("", f"project/{lies}")
    monkeypatch.chdir(project)
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path])
    with pytest.raises(ImplementationError) as caught:
        load_module(spec)
    assert caught.value.expected == expected


def test_a_module_beside_one_of_a_package_is_pointed_out(write, monkeypatch, tmp_path):
    write("import lying_here", "inner/adapter.py")
    write("", "inner/lying_here.py")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ImplementationError) as caught:
        load_module("inner.adapter")
    assert caught.value.expected.endswith("lying_here is in inner, which `pytest` searches with `pythonpath = inner`")


HEADER = "def create_app(context): ...\n"
SHAPE = "a module or object with `surfaces` and `create_app`"
SURFACES = "a list of some of csharp-isolated, csharp-inprocess, java"
UNLOADABLE = {
    "nothing": ("", None, "no module", "package.module, package.module:attribute or path/to/file.py"),
    "no module": (":thing", None, "no module", "package.module"),
    "no attribute": ("my_adapter:", ADAPTER, "no module", "package.module"),
    "a module that is missing": (
        "no_such_module",
        None,
        "ModuleNotFoundError: No module named 'no_such_module'",
        "a module on sys.path, or a path that ends in .py",
    ),
    "a file that is missing": ("no/such.py", None, "no file no/such.py", "a Python file"),
    "a folder": ("./folder/", None, "", ""),
    "a relative module": (".adapter", None, "TypeError: the 'package' argument is required", "a module that can"),
    "words": ("my adapter", None, "ModuleNotFoundError", "a module on sys.path"),
    "an attribute that is missing": ("my_adapter:Nested.Mising", ADAPTER, "my_adapter has no attribute", SHAPE),
    "an import that raises": ("my_adapter", "1 / 0", "ZeroDivisionError: division by zero", "a module that can"),
    "an import that misses another": ("my_adapter", "import zzz_no_such", "ModuleNotFoundError: No module", "a module"),
    "an import that exits": ("my_adapter", "raise SystemExit(0)", "SystemExit: 0", "a module that can be imported"),
    "a syntax error": ("my_adapter", "def", "SyntaxError: invalid syntax", "a module that can be imported"),
    "null bytes": (  # a ValueError until Python 3.11.4
        "my_adapter",
        "\0",
        ("SyntaxError: source code", "ValueError: source code"),
        "a module that can be imported",
    ),
    "an error that cannot be shown": (
        "my_adapter",
        "class E(Exception):\n    def __str__(self): raise ValueError\nraise E",
        "E: (its text cannot be shown)",
        "a module that can be imported",
    ),
    "no create_app": ("my_adapter", "surfaces = ['python']", "create_app is missing", SHAPE),
    "a create_app that is not a function": ("my_adapter", "create_app = 5", "create_app is int 5", SHAPE),
    "no surfaces": ("my_adapter", HEADER, "surfaces is missing", SURFACES),
    "surfaces that are text": ("my_adapter", HEADER + "surfaces = 'python'", 'surfaces is str "python"', SURFACES),
    "no surface": ("my_adapter", HEADER + "surfaces = []", "surfaces is empty", SURFACES),
    "an unknown surface": ("my_adapter", HEADER + "surfaces = ['Python']", 'surfaces names "Python"', "'python'?"),
    "a surface that is not a string": (
        "my_adapter",
        HEADER + "surfaces = [5]",
        "surfaces names 5",
        "one of csharp-isolated",
    ),
    "surfaces without order": ("my_adapter", HEADER + "surfaces = {'java'}", "surfaces is set", SURFACES),
    "no edition": (
        "my_adapter",
        HEADER + "surfaces = ['java']\neditions = []",
        "editions is empty",
        "a list of some of 2024-04-14, 2025-05-15",
    ),
    "an unknown edition": (
        "my_adapter",
        HEADER + "surfaces = ['java']\neditions = ['2024']",
        'editions names "2024"',
        "",
    ),
    "an attribute that raises": (
        "my_adapter:it",
        "class A:\n    @property\n    def surfaces(self): 1 / 0\n    def create_app(self, context): ...\nit = A()",
        "surfaces raised ZeroDivisionError: division by zero",
        SURFACES,
    ),
}


@pytest.mark.parametrize(("spec", "text", "found", "expected"), UNLOADABLE.values(), ids=UNLOADABLE)
def test_says_what_cannot_be_judged(write, spec, text, found, expected):
    if text is not None:
        write(text)
    with pytest.raises(ImplementationError) as caught:
        load_module(spec)
    error = caught.value
    assert error.name == spec
    assert error.found.startswith(found)
    assert error.expected.startswith(expected)
    assert str(error) == f"--impl={spec}: {error.found}; expected {error.expected}"


@pytest.mark.parametrize(
    "error",
    [ImplementationError("mine", "nothing", "something"), CaseFileError(Path("a.yaml"), 3, "nothing", "something")],
    ids=lambda error: type(error).__name__,
)
def test_an_error_is_the_same_in_another_process(error):
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # what was pickled here
    assert (type(again), again.args, str(again), vars(again)) == (type(error), error.args, str(error), vars(error))


class Silent:
    def add_skill(self, skill): ...


class Hostile:
    def __repr__(self):
        raise RuntimeError("no")


class Unreadable(Silent):
    @property
    def bindings(self):
        raise RuntimeError("no")

    def ask(self, message): ...


@pytest.mark.parametrize(
    ("app", "found", "expected"),
    [
        (None, "create_app returned None without add_skill", "an app that has it"),
        (5, "create_app returned int 5 without add_skill", "an app that has it"),
        (Hostile(), "create_app returned Hostile (a Hostile that cannot be shown: RuntimeError: no) without", "an app"),
        (Silent(), "create_app returned Silent", "at least one of them"),
    ],
)
def test_says_what_is_no_app(app, found, expected):
    with pytest.raises(ImplementationError) as caught:
        check_app("spec", app)
    assert caught.value.found.startswith(found)
    assert caught.value.expected.startswith(expected)


def given_a_user(method):
    @functools.wraps(method)
    def wrapper(self, message):
        return method(self, message, "user")

    return wrapper


def test_a_method_that_a_decorator_gives_more_can_be_called():
    class Injected(Silent):
        @given_a_user
        def ask(self, message, user): ...

    check_app("spec", Injected())


def test_what_has_no_signature_may_be_callable():
    class BuiltIn(Silent):
        ask = {}.get
        bindings = functools.partial(dict)

    check_app("spec", BuiltIn())


def test_an_app_needs_one_of_bindings_and_ask_only():
    check_app("spec", Unreadable())
