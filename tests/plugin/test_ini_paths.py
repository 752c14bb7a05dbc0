"""A path in the ini file is relative to that file; one on the command line to where pytest stands."""

import pytest

CASE = "cases/2024-04-14/direction.yaml::direction-in-binding[python]"


@pytest.fixture
def repository(pytester, write_adapter, monkeypatch):
    """Lay out a repository, with pytest standing in a folder of it."""
    write_adapter(name="tools/adapter.py")
    (pytester.path / "known.yaml").write_text("[]\n")
    monkeypatch.chdir(pytester.mkdir("inside"))
    return pytester


@pytest.mark.parametrize("name", ["tools/adapter.py", "tools/adapter.py:App.Nested", "'{}/tools/adapter.py'"])
def test_an_implementation_is_found_from_any_folder(repository, run, name):
    with (repository.path / "tools/adapter.py").open("a") as file:
        file.write(
            "\nclass Nested:\n    surfaces = surfaces\n    create_app = staticmethod(create_app)\nApp.Nested = Nested"
        )
    repository.makeini(f"[pytest]\nimpl = {name.format(repository.path)}")
    result = run(CASE)
    assert result.ret == 0
    assert result.account == "planned 1, executed 1: 1 passed"


def test_a_module_is_no_path(repository, run):
    repository.makeini("[pytest]\nimpl = reference_impl")
    assert run(CASE).ret == 0


def test_a_report_is_written_beside_the_ini_file(repository, run):
    repository.makeini("[pytest]\nimpl = reference_impl\nimpl_report = report.json")
    assert run(CASE).ret == 0
    assert (repository.path / "report.json").is_file()


def test_the_command_line_is_relative_to_where_pytest_stands(repository, run):
    repository.makeini("[pytest]\nimpl = nowhere.py")
    assert run("--impl=../tools/adapter.py", CASE).ret == 0
    missing = run("--impl=tools/adapter.py", CASE)
    assert missing.ret == 4
    assert "--impl=tools/adapter.py: no file tools/adapter.py" in missing.err
