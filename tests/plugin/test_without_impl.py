"""Without `--impl`, pytest is as if the plugin were not there."""

OWN_TEST = """
import sys

import pytest

SUITES = ("respx", "openai", "httpx", "httpx2", "jsonschema", "yaml")

def test_loads_nothing_of_the_suite():
    loaded = {name for name in sys.modules if name.partition(".")[0] == "conformance"}
    assert loaded <= {
        "conformance", "conformance.plugin", "conformance.plugin.chosen_options", "conformance.plugin.option",
        "conformance.plugin.options", "conformance.contract",
        "conformance._text", "conformance._text.limits",
    }
    assert [name for name in SUITES if name in sys.modules] == []

def test_registers_nothing(pytestconfig):
    assert not pytestconfig.pluginmanager.has_plugin("conformance-run")
"""
# The packages that the suite needs bring plugins of their own; what those load is not the suite's doing.
OTHERS = ("-p", "no:respx", "-p", "no:syrupy", "-p", "no:anyio", "-p", "no:pytest_cov", "-p", "no:langsmith_plugin")


def test_loads_and_registers_nothing(pytester, run):
    pytester.makepyfile(OWN_TEST)
    result = run(*OTHERS, "-W", "error", alone=True)
    assert result.ret == 0
    assert "2 passed" in result.out
    assert "conformance =" not in result.out


def test_options_of_the_ini_file_alone_do_nothing(pytester, run):
    pytester.makeini("[pytest]\nimpl_level = nonsense\nimpl_timeout = soon\nimpl_update_baseline = true")
    pytester.makepyfile("def test_one(): pass")
    result = run("--strict-config")
    assert result.ret == 0
    assert "1 passed" in result.out


def test_the_help_shows_every_option(run):
    result = run("--help")
    assert result.ret == 0
    for name in ("impl", "impl-edition", "impl-surface", "impl-level", "impl-timeout", "impl-baseline", "impl-report"):
        assert f"  --{name}=" in result.out
        assert f"  {name.replace('-', '_')} (args)" in result.out


def test_cases_are_nothing_to_collect(pytester, run):
    folder = pytester.mkdir("cases")
    (folder / "a.yaml").write_text("- no: case")
    assert run("cases").ret == 5
