"""What cannot be judged is refused before any case runs: which, what was found, what is expected; exit code 4."""

import pytest

USAGE_ERROR = 4

ADAPTER = "surfaces = ['python']\n"
APP = "class App:\n    def add_skill(self, skill): ...\n"

REFUSED = {
    "a module that is missing": (
        "",
        ["--impl=no_such_module"],
        "--impl=no_such_module: ModuleNotFoundError: No module named 'no_such_module'; expected a module on sys.path",
    ),
    "a file that is missing": ("", ["--impl=nowhere.py"], "--impl=nowhere.py: no file nowhere.py; expected a Python"),
    "no create_app": (ADAPTER, ["--impl=adapter.py"], "--impl=adapter.py: create_app is missing; expected a module or"),
    "no surfaces": (
        "def create_app(context): ...",
        ["--impl=adapter.py"],
        "--impl=adapter.py: surfaces is missing; expected a list of some of csharp-isolated, csharp-inprocess",
    ),
    "an unknown surface": (
        "surfaces = ['pyton']\ndef create_app(context): ...",
        ["--impl=adapter.py"],
        "--impl=adapter.py: surfaces names \"pyton\"; expected 'python'?",
    ),
    "neither bindings nor ask": (
        ADAPTER + APP + "def create_app(context): return App()",
        ["--impl=adapter.py"],
        "with neither bindings nor ask; expected at least one of them",
    ),
    "bindings as a property": (
        ADAPTER
        + APP
        + "    ask = print\n    bindings = property(lambda app: {})\ndef create_app(context): return App()",
        ["--impl=adapter.py"],
        "App.bindings is dict {}; expected a method",
    ),
    "a construct that is a number": (
        ADAPTER + APP + "    ask = print\n    construct = 5\ndef create_app(context): return App()",
        ["--impl=adapter.py"],
        "App.construct is int 5; expected a text, or none",
    ),
    "an ask that is asynchronous": (
        ADAPTER + APP + "    async def ask(self, message): ...\ndef create_app(context): return App()",
        ["--impl=adapter.py"],
        "App.ask is a coroutine function; expected a method that returns its result",
    ),
    "an ask that wants more": (
        ADAPTER + APP + "    def ask(self, message, user): ...\ndef create_app(context): return App()",
        ["--impl=adapter.py"],
        "App.ask cannot be called with message alone (missing a required argument: 'user'); expected ask(message)",
    ),
    "a class in place of an app": (
        ADAPTER + APP + "    def ask(self, message): ...\ndef create_app(context): return App",
        ["--impl=adapter.py"],
        "create_app returned the class App, and App.add_skill cannot be called with skill alone (missing a required",
    ),
    "no add_skill": (
        ADAPTER + "def create_app(context): return 5",
        ["--impl=adapter.py"],
        "--impl=adapter.py: create_app returned int 5 without add_skill; expected an app that has it",
    ),
    "an import that exits": (
        "raise SystemExit(3)",
        ["--impl=adapter.py"],
        "--impl=adapter.py: SystemExit: 3 (adapter.py:1 in <module>); expected a module that can be imported",
    ),
    "an import that fails deeper": (
        "def load():\n    import no_such_module\nload()",
        ["--impl=adapter.py"],
        "No module named 'no_such_module' (adapter.py:2 in load, called at adapter.py:3 in <module>); expected",
    ),
    "an import that is not Python": ("def", ["--impl=adapter.py"], "--impl=adapter.py: SyntaxError: invalid syntax"),
    "nothing at all": ("", ["--impl="], "--impl=: no module; expected package.module"),
    "the second of two": ("", ["--impl=reference_impl", "--impl=other.py"], "--impl=other.py: no file other.py"),
    "an unknown edition": ("", ["--impl=reference_impl", "--impl-edition=2023"], "--impl-edition: invalid choice"),
    "an unknown surface option": ("", ["--impl=reference_impl", "--impl-surface=c"], "--impl-surface: invalid choice"),
    "an unknown level": ("", ["--impl=reference_impl", "--impl-level=may"], "--impl-level: invalid choice"),
    "a timeout of nothing": ("", ["--impl=reference_impl", "--impl-timeout=0"], "--impl-timeout: '0' is not a number"),
    "a timeout that is not a number": (
        "",
        ["--impl=reference_impl", "--impl-timeout=1m"],
        "--impl-timeout: '1m' is not",
    ),
    "an endless timeout": ("", ["--impl=reference_impl", "--impl-timeout=inf"], "--impl-timeout: 'inf' is not"),
    "a timeout that is nan": ("", ["--impl=reference_impl", "--impl-timeout=nan"], "--impl-timeout: 'nan' is not"),
    "a timeout of more than a day": (
        "",
        ["--impl=reference_impl", "--impl-timeout=1e10"],
        "--impl-timeout: '1e10' is not a number of seconds greater than 0 and at most 86400 (a day)",
    ),
    "an empty timeout": ("", ["--impl=reference_impl", "--impl-timeout="], "--impl-timeout: '' is not"),
    "a keyword that selects nothing": (
        "",
        ["--impl=reference_impl", "-k", "no_such_case"],
        "--impl: no case is selected by -k 'no_such_case', --impl-edition=2024-04-14; reference_impl offers all surf",
    ),
    "a node id that selects nothing": (
        "",
        ["--impl=reference_impl", "cases/2024-04-14/model.yaml::no-such-case"],
        "--impl: no case is selected by cases/2024-04-14/model.yaml::no-such-case, --impl-edition=2024-04-14; refer",
    ),
    "exploration, which is turned off": (
        "",
        ["--impl=reference_impl", "--impl-explore=0", "explore"],
        "--impl: no case is selected by explore, --impl-edition=2024-04-14, --impl-explore=0; reference_impl offers",
    ),
    "a case file that does not exist": (
        "",
        ["--impl=reference_impl", "cases/2024-04-14/no-such-file.yaml"],
        "--impl: no case is selected",
    ),
    "no folder of an app": ("", ["--impl=app:"], "--impl=app:: no folder; expected app: and a folder"),
    **{
        f"an empty {flag}": ("", ["--impl=reference_impl", f"{flag}="], f"{flag}=: no path; expected {flag}={metavar}")
        for flag, metavar in {
            "--impl-baseline": "FILE",
            "--impl-report": "FILE",
            "--impl-cases": "PATH",
            "--impl-save-cases": "FOLDER",
        }.items()
    },
    "a report without a name": (
        "",
        ["--impl=reference_impl", "--impl-report=.json"],
        ".json: a name that is an ending only; expected a name before it, as in report.json",
    ),
    "a folder of finds that is a file": (
        "",
        ["--impl=reference_impl", "--impl-save-cases=adapter.py"],
        "--impl-save-cases=adapter.py: nothing can be written there: Not a directory; expected a folder",
    ),
    "a folder of finds below a file": (
        "",
        ["--impl=reference_impl", "--impl-save-cases=adapter.py/finds"],
        "--impl-save-cases=adapter.py/finds: nothing can be written there: Not a directory; expected a folder",
    ),
    "a new baseline in a folder that is missing": (
        "",
        ["--impl=reference_impl", "--impl-update-baseline", "--impl-baseline=gone/known.yaml"],
        "--impl-baseline=gone/known.yaml: nothing can be written there: No such file or directory; expected a file in",
    ),
    "a baseline that is a folder": (
        "",
        ["--impl=reference_impl", "--impl-update-baseline", "--impl-baseline=."],
        "--impl-baseline=.: it is a folder; expected a file",
    ),
    "a surface that is not offered": (
        ADAPTER + APP + "    def ask(self, message): ...\ndef create_app(context): return App()",
        ["--impl=adapter.py", "--impl-surface=java"],
        "by --impl-edition=2024-04-14, --impl-surface=java; adapter offers python in 2024-04-14, 2025-05-15",
    ),
}


@pytest.mark.parametrize(("text", "arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_refuses_what_cannot_be_judged(pytester, monkeypatch, text, arguments, said):
    monkeypatch.syspath_prepend(pytester.path)
    (pytester.path / "adapter.py").write_text(text)
    result = pytester.runpytest_inprocess("-p", "no:randomly", *arguments)
    assert result.ret == USAGE_ERROR
    output = result.stdout.str() + result.stderr.str()
    assert said in output
    assert "Traceback" not in output
    assert " passed" not in output


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("impl_level = may", "--impl-level: 'may' is not one of must, should"),
        ("impl_edition = 2023-01-01", "--impl-edition: '2023-01-01' is not one of 2024-04-14, 2025-05-15, all"),
        ("impl_surface = python pyton", "--impl-surface: 'pyton' is not one of csharp-isolated"),
        ("impl_timeout = soon", "--impl-timeout: 'soon' is not a number"),
        ("impl = nowhere.py", "--impl=nowhere.py: no file nowhere.py"),
        ("impl_snapshots = maybe", "--impl-snapshots: invalid truth value 'maybe'; expected true or false"),
        ("impl_transport = pigeon", "--impl-transport: 'pigeon' is not one of intercepted, loopback"),
    ],
)
def test_refuses_what_the_ini_file_asks_for(pytester, line, said):
    pytester.makeini(f"[pytest]\nimpl = reference_impl\n{line}" if "impl =" not in line else f"[pytest]\n{line}")
    result = pytester.runpytest_inprocess("-p", "no:randomly")
    assert result.ret == USAGE_ERROR
    output = result.stdout.str() + result.stderr.str()
    assert said in output
    assert "Traceback" not in output


def test_an_error_while_planning_is_not_hidden_by_what_follows_from_it(pytester, monkeypatch):
    def fail(_judge):
        raise RuntimeError("the real error")

    monkeypatch.setattr("conformance.plugin.run.make_plans", fail)
    pytester.makepyfile(
        adapter=ADAPTER + APP + "    def bindings(self): return {}\ndef create_app(context): return App()\n"
    )
    result = pytester.runpytest_inprocess("--impl=adapter.py")
    assert "the real error" in result.stdout.str() + result.stderr.str()
    assert "no case is selected" not in result.stdout.str() + result.stderr.str()
