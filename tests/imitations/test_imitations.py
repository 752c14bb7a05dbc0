"""The published extension's known failures are found in its imitation, and nothing else is."""

import json
from pathlib import Path

import conformance.adapters

IMITATION = Path(__file__).with_name("webjobs_openai.py")
BASELINE = Path(conformance.adapters.__path__[0], "baselines", "webjobs-openai.yaml")


def test_the_net_extension_fails_what_it_is_known_to_fail(pytester):
    report = pytester.path / "report.json"
    run = pytester.runpytest_subprocess(
        *("-p", "no:randomly", "-q", "-n2", f"--impl={IMITATION}", f"--impl-baseline={BASELINE}"),
        *("--impl-edition=all", "--impl-level=should", f"--impl-report={report}"),
        timeout=600,
    )
    (judged,) = json.loads(report.read_text("utf-8"))["runs"]
    rest = [one for one in judged["results"] if one["outcome"] not in {"passed", "known"}]
    unlisted = [
        one["case"]
        for one in rest
        if one["reason"] != "was not led by any scenario on this surface to what the law is about"
    ]
    assert (unlisted, judged["not_run"], run.ret) == ([], [], 0)
    assert {one["surface"] for one in judged["results"]} == {"csharp-inprocess"}
