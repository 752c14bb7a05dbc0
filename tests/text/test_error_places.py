"""Where an error came from: the implementation's own code, and none of ours or of what is installed."""

import sys
import sysconfig

import pytest

from conformance._text import error_places
from conformance._text.error_places import where_from
from conformance._text.json_values import parse

CODE = """
def fail(value):
    raise KeyError(value)

class App:
    def ask(self, call):
        return [call(value) for value in (1,)]
"""


def load(file, code=CODE):
    names = {}
    exec(compile(code, file, "exec"), names)  # noqa: S102  # code in a file that is not there
    return names


def error_of(function, *arguments):
    try:
        function(*arguments)
    except (KeyError, ValueError) as error:
        error.__traceback__ = error.__traceback__.tb_next  # without this file, which is nobody's implementation
        return error


def test_names_the_innermost_places_first(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = load(str(tmp_path / "mine" / "app.py"))
    error = error_of(names["App"]().ask, names["fail"])
    assert where_from(error) == "mine/app.py:3 in fail, called at mine/app.py:7 in App.ask"


def test_leaves_out_what_is_installed_beside_the_implementation(tmp_path):
    file = str(tmp_path / "app.py")
    installed = load(sysconfig.get_path("purelib") + "/openai/client.py")
    error = error_of(load(file)["App"]().ask, installed["fail"])
    assert where_from(error) == f"{file}:7 in App.ask"


def test_names_an_implementation_that_is_installed():
    file = sysconfig.get_path("purelib") + "/mine/app.py"
    assert where_from(error_of(load(file)["fail"], 1)) == "mine/app.py:3 in fail"


USER_SITE = "/home/me/.local/lib/python3.11/site-packages"
OF_THE_SYSTEM = f"{sysconfig.get_path('stdlib')}/site-packages"
OF_DEBIAN = "/usr/lib/python3/dist-packages"


@pytest.mark.parametrize("folder", [USER_SITE, OF_THE_SYSTEM, OF_DEBIAN])
def test_knows_every_place_where_packages_are_installed(folder, tmp_path):
    client = load(f"{folder}/openai/client.py")
    assert where_from(error_of(client["fail"], 1)) == "openai/client.py:3 in fail"
    file = str(tmp_path / "app.py")
    assert where_from(error_of(load(file)["App"]().ask, client["fail"])) == f"{file}:7 in App.ask"


def test_names_a_place_from_the_folder_in_which_the_implementation_was_started(tmp_path, monkeypatch):
    error = error_of(load(str(tmp_path / "mine" / "app.py"))["fail"], 1)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert where_from(error, str(tmp_path)) == "mine/app.py:3 in fail"


def test_asks_no_foreign_class_for_the_traceback():
    class HiddenError(KeyError):
        __traceback__ = property(lambda _: 1 / 0)

    with pytest.raises(HiddenError) as caught:
        raise HiddenError
    assert "test_error_places.py:" in where_from(caught.value)


def test_looks_at_a_part_of_a_very_long_way(tmp_path, monkeypatch):
    code = "".join(f"def f{number}(): f{number + 1}()\n" for number in range(100)) + "def f100(): raise KeyError\n"
    error = error_of(load(str(tmp_path / "app.py"), code)["f0"])
    shortened = []
    monkeypatch.setattr(error_places, "_shorten", lambda file, *_: shortened.append(file) or file)
    assert where_from(error).count(", called at ") == 29
    assert len(shortened) == 30


def test_names_nothing_of_ours_and_of_python():
    assert where_from(error_of(parse, "[")) is None


def test_names_an_adapter_of_ours():
    file = sys.modules["conformance"].__path__[0] + "/adapters/mine.py"
    assert "adapters/mine.py:3 in fail" in where_from(error_of(load(file)["fail"], 1))
