"""Where an error came from: the implementation's own code, and none of ours or of what is installed."""

import sys
import sysconfig

from conformance._text.error_places import where_from
from conformance._text.json_values import parse

CODE = """
def fail(value):
    raise KeyError(value)

class App:
    def ask(self, call):
        return [call(value) for value in (1,)]
"""


def load(file):
    names = {}
    exec(compile(CODE, file, "exec"), names)  # noqa: S102  # code in a file that is not there
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


def test_names_nothing_of_ours_and_of_python():
    assert where_from(error_of(parse, "[")) is None


def test_names_an_adapter_of_ours():
    file = sys.modules["conformance"].__path__[0] + "/adapters/mine.py"
    assert "adapters/mine.py:3 in fail" in where_from(error_of(load(file)["fail"], 1))
