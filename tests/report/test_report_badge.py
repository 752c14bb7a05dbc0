from __future__ import annotations

import json
from typing import Any

import pytest
import report_samples as samples

from conformance.report import Report, render

BAD = samples.run((samples.failed(), samples.failed("other")))
CUT = samples.run(without_result=(samples.result("left").id,))
BOTH = samples.run(
    (*samples.GREEN, samples.result("new", samples.statement("AST-A-B", edition=samples.NEW))),
    editions=(samples.OLD, samples.NEW),
)

BADGES = [
    (samples.report(), "conformant 2024-04-14", "brightgreen"),
    (samples.report(BOTH), "conformant 2024-04-14, 2025-05-15", "brightgreen"),
    (samples.report(samples.run(offered=len(samples.GREEN))), "conformant 2024-04-14", "brightgreen"),
    (samples.report(samples.run(samples.GREEN[:3], offered=6)), "passed 3 of 6 cases", "yellow"),
    (samples.report(samples.run(samples.GREEN[:3])), "conformant 2024-04-14, 50% judged", "green"),
    (samples.report(samples.run((*samples.GREEN, samples.failed("x", outcome="known")))), "1 known to fail", "yellow"),
    (samples.report(BAD), "2 cases violate a must", "red"),
    (samples.report(BAD, samples.run(implementation="other")), "1 of 2 not conformant", "red"),
    (samples.report(BAD, CUT), "1 of 2 not conformant", "red"),
    (samples.report(CUT, samples.run(implementation="other")), "1 of 2 not judged to the end", "red"),
    (samples.report(problems=("stale",)), "1 problem", "red"),
    (Report(requirements=(), runs=()), "nothing judged", "red"),
]


@pytest.mark.parametrize(("report", "message", "color"), BADGES)
def test_says_it_to_badge_services(report: Report, message: str, color: str) -> None:
    badge: dict[str, Any] = json.loads(render(report, ".badge.json"))
    assert badge == {"schemaVersion": 1, "label": "assistant skill trigger", "message": message, "color": color}


def test_nothing_hostile_reaches_a_badge() -> None:
    assert json.loads(render(samples.hostile(), ".badge.json"))["message"] == "1 errored, 1 case violates a must"
