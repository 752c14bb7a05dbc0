"""How much of the digest a run shows, and that pytest does not tell the same again."""

import re

import pytest

FILE = "cases/2024-04-14/direction.yaml"
DIRECTION_IN = """
def bindings(self, original=App.bindings):
    return {name: [{**one, "direction": "in"} for one in found] for name, found in original(self).items()}
App.bindings = bindings
"""
HEAD = "AST-BINDING-DIRECTION (should): The binding's direction is out."
FINDING = 'binding.direction = "in", but should be "out" (ignoring case)'


@pytest.fixture
def show(pytester, write_adapter, monkeypatch):
    """Return what a run of two cases that fail alike prints."""
    monkeypatch.setenv("COLUMNS", "200")
    write_adapter(DIRECTION_IN)

    def show(*options):
        own = ("-p", "no:randomly", "--impl=adapter.py", "--impl-level=should", "--impl-explore=0", FILE)
        result = pytester.runpytest_inprocess(*own, *options)
        assert int(result.ret) == 1
        return result.stdout.str()

    return show


@pytest.mark.parametrize("options", [(), ("--tb=short",), ("-n2",)])
def test_tells_a_defect_once(show, options):
    out = show(*options)
    assert out.count(HEAD) == 1
    assert out.count(FINDING) == 1
    assert out.count("Rerun: pytest") == 1
    assert "FAILURES" not in out
    assert "short test summary" not in out
    assert "2 failed in" in out
    assert (
        out.index(HEAD)
        < out.index("verdict: adapter is not conformant: 2 cases violate a should")
        < out.index("2 failed in")
    )


def test_says_where_the_files_of_cases_can_be_opened(show, pytester):
    (folder,) = re.findall(r"^cases/… are files in (.+)$", show(), re.MULTILINE)
    assert (pytester.path / folder / FILE).is_file()


def test_v_shows_each_case_whole(show):
    out = show("-v")
    assert out.count("Rerun: pytest") == 2
    assert "FAILURES" not in out


def test_q_gives_each_defect_three_lines(show):
    out = show("-q")
    assert out.count(HEAD) == out.count("Rerun: ") == 1
    assert "-> 200" not in out
    assert out.count("verdict: ") == out.count("planned 2, executed 2: 2 failed") == out.count("next: fix") == 1


@pytest.mark.parametrize("style", ["long", "native"])
def test_pytest_shows_each_case_whole_if_that_is_asked_for(show, style):
    out = show(f"--tb={style}")
    assert "= FAILURES =" in out
    in_full, _, digest = out.partition("= conformance =")
    assert in_full.count("Rerun: pytest") == 2
    assert digest.count(HEAD) == 1


def test_pytest_shows_a_line_for_each_case_if_that_is_asked_for(show):
    out = show("--tb=line")
    lines = re.findall(r"^\S+direction\.yaml:\d+: AST-BINDING-DIRECTION \(should\): ", out, re.MULTILINE)
    assert len(lines) == 2


def test_shows_no_case_in_full_without_traces(show):
    out = show("--tb=no")
    assert "FAILURES" not in out
    assert "Source: " not in out
    assert out.count(HEAD) == 1


def test_r_brings_back_the_lines_of_the_short_summary(show):
    out = show("-rf")
    assert out.count("\nFAILED cases/2024-04-14/direction.yaml::direction-in-") == 2
    assert "= FAILURES =" not in out


def test_a_failure_of_another_test_is_pytests_to_tell(show, pytester):
    pytester.makepyfile(test_own="def test_own(): assert 1 == 2")
    out = show("test_own.py")
    assert "= FAILURES =" in out
    assert "assert 1 == 2" in out
    assert "FAILED test_own.py::test_own" in out
    assert "FAILED cases" not in out


def test_has_colours_where_they_are_wanted_and_none_elsewhere(show):
    assert "\x1b[" not in show()
    assert "\x1b[31m\x1b[1mverdict: " in show("--color=yes")
