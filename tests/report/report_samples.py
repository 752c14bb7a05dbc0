"""Reports made by hand, so that what is expected of them is known."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from conformance._data.case_id import CaseId
from conformance._data.open_world.matching import Cause
from conformance._judging.result import Finding, Result, Sent
from conformance.report import Report, Run, Statement

OLD, NEW = "2024-04-14", "2025-05-15"

HOSTILE = (
    "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1> | `code` [a](javascript:1) "
    "\"quote\" 'single' &lt; ${x} \\ \n# heading\n- item \u2028\u202eesrever\u0000\ud800 @someone #1 www.example.org"
)


def statement(name: str, level: str = "must", edition: str = OLD, **more: Any) -> Statement:
    values: dict[str, Any] = {
        "edition": edition,
        "id": name,
        "statement": f"What {name} says is done.",
        "section": "Decorators",
        "levels": dict.fromkeys(("python", "java"), level),
        "source": "Good behaviour." if level == "should" else None,
        "interpretation": None,
        "unobservable": None,
        "disagreement": None,
    }
    return Statement(**{**values, **more})


MODEL = statement(
    "AST-MODEL-DEFAULT",
    statement="Without a model, gpt-3.5-turbo is used.",
    interpretation="On Azure OpenAI the default names the deployment.",
    disagreement="The library wrote DefaultChatModel.",
)
TOOL = statement("AST-TOOL-NAME", statement="The tool bears the function name that is given.")
KEY = statement("AST-SERVICE-KEY", "should", statement="No request is refused for its key.")
UNSEEN = statement("AST-TOOL-INNER", unobservable="It happens inside.", statement="The tool is kept.")
REQUIREMENTS = (MODEL, TOOL, KEY, UNSEEN)


def finding(about: Statement = MODEL, **more: Any) -> Finding:
    values: dict[str, Any] = {
        "requirement": about.id,
        "level": about.levels["python"],
        "statement": about.statement,
        "section": about.section,
        "what": "model",
        "got": '"DefaultChatModel"',
        "wanted": '"gpt-3.5-turbo"',
        "where": "request 1",
    }
    return Finding(**{**values, **more})


def result(case: str = "default-model", about: Statement = MODEL, **more: Any) -> Result:
    edition, surface = more.pop("edition", about.edition), more.pop("surface", "python")
    values: dict[str, Any] = {
        "implementation": "library",
        "id": CaseId.of_case(edition, "model.yaml", case, surface),
        "title": f"Case {case} holds.",
        "requirement": about.id,
        "group": about.group,
        "level": about.levels["python"],
        "place": f"cases/{about.edition}/model.yaml:12",
        "outcome": "passed",
        "seconds": 0.0125,
    }
    return Result(**{**values, **more})


def in_edition(one: Result, edition: str) -> Result:
    return replace(one, id=CaseId.of_case(edition, "model.yaml", one.case, one.id.surface))


def failed(case: str = "default-model", about: Statement = MODEL, **more: Any) -> Result:
    return result(case, about, **{"outcome": "failed", "findings": (finding(about),), "requests": (SENT,), **more})


def given_up(case: str) -> Result:
    return result(case, outcome="errored", reason="not run: 1 case in a row gave no answer in time", was_run=False)


SENT = Sent(
    method="POST",
    url="https://api.openai.com/v1/chat/completions",
    body=json.dumps({"model": "DefaultChatModel", "messages": [{"role": "user", "content": "What can you do?"}]}),
    status=200,
)

WARNING = failed("key", KEY, findings=(finding(KEY, what="the key"),))
GREEN = (
    result(),
    result(surface="java"),
    result("tool-name", TOOL),
    result("tool-name", TOOL, surface="java"),
    result("key", KEY),
    result("key", KEY, surface="java"),
)
"""A result for whatever of REQUIREMENTS can be observed."""


def run(results: tuple[Result, ...] = GREEN, **more: Any) -> Run:
    name = more.get("implementation", "library")
    values: dict[str, Any] = {
        "implementation": name,
        "spec": "library.adapter",
        "version": "1.0",
        "surfaces": ("java", "python"),
        "editions": (OLD,),
        "suite": "0.1.0",
        "level": "must",
        "when": "2025-11-22T08:00:00Z",
        "environment": {"python": "CPython 3.11.4", "platform": "Linux x86_64", "openai": "3.54.0", "pytest": "9.2.0"},
        "results": tuple(replace(one, implementation=name) for one in sorted(results, key=lambda one: one.id)),
    }
    return Run(**{**values, **more})


def report(*runs: Run, **more: Any) -> Report:
    return Report(**{"requirements": REQUIREMENTS, "runs": runs or (run(),), **more})


def with_everything() -> Report:
    """Return a report with each outcome, two editions, two implementations, one of them in two versions."""
    newer = tuple(replace(one, edition=NEW, levels=dict.fromkeys(one.levels, "should")) for one in REQUIREMENTS)
    worse = (
        failed(),
        result(surface="java", outcome="errored", reason="ask raised TypeError: no"),
        failed("key", KEY, findings=(finding(KEY, what="the request", got="refused with 401", wanted="accepted"),)),
        result("tool-name", TOOL, outcome="known", reason="see issue 7", findings=(finding(TOOL),)),
        result("tool-name", TOOL, surface="java", outcome="not applicable", reason="offers no ask"),
        result("only-here", TOOL),
    )
    new_edition = tuple(in_edition(one, NEW) for one in GREEN)
    return report(
        run(worse, without_result=(CaseId.of_case(OLD, "model.yaml", "never", "python"),)),
        run(GREEN, version="1.1", when="2025-11-23T08:00:00Z"),
        run((*GREEN, *new_edition), implementation="reference", version=None, editions=(OLD, NEW)),
        requirements=(*REQUIREMENTS, *newer),
    )


def hostile() -> Report:
    """Return a report in which every text that an implementation may have written is meant to do harm."""
    cause = Cause(kind="error", said=HOSTILE, origin=HOSTILE)
    wicked = finding(what=HOSTILE, got=HOSTILE, wanted=HOSTILE, where=HOSTILE, cause=cause)
    sent = Sent(method=HOSTILE, url=f"https://example.org/{HOSTILE}", body=f'{{"a": "{HOSTILE}"}}', status=400)
    wicked_failure = failed(findings=(wicked,), notes=(HOSTILE,), requests=(sent,), place=f"{HOSTILE}:3")
    errored = result("tool-name", TOOL, outcome="errored", reason=HOSTILE, cause=cause)
    absent = result("key", KEY, outcome="not applicable", reason=HOSTILE)
    return report(
        run(
            (wicked_failure, errored, absent),
            implementation=HOSTILE,
            spec=HOSTILE,
            version=HOSTILE,
            environment={"python": HOSTILE},
        ),
        problems=(HOSTILE,),
    )
