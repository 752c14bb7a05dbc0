from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import report_samples as samples

from conformance.report import Report, render

BAD = samples.run((samples.failed(), samples.failed("other")))
BOTH = samples.run(
    (*samples.GREEN, samples.result("new", samples.statement("AST-A-B", edition=samples.NEW))),
    editions=(samples.OLD, samples.NEW),
)

BADGES = [
    (samples.report(), "conformant 2024-04-14", "brightgreen"),
    (samples.report(BOTH), "conformant 2024-04-14, 2025-05-15", "brightgreen"),
    (samples.report(samples.run(samples.GREEN[:3])), "conformant 2024-04-14, 50% judged", "green"),
    (samples.report(samples.run((*samples.GREEN, samples.failed("x", outcome="known")))), "1 known to fail", "yellow"),
    (samples.report(BAD), "2 must failed", "red"),
    (samples.report(BAD, samples.run(implementation="other")), "1 of 2 not conformant", "red"),
    (samples.report(problems=("stale",)), "1 problem", "red"),
    (Report(requirements=(), runs=()), "nothing judged", "red"),
]

FILLS = {"brightgreen": "#2c7a3f", "green": "#5a7d1c", "yellow": "#96690a", "red": "#b3261e"}


@pytest.mark.parametrize(("report", "message", "color"), BADGES)
def test_says_it_to_badge_services(report: Report, message: str, color: str) -> None:
    badge: dict[str, Any] = json.loads(render(report, ".badge.json"))
    assert badge == {"schemaVersion": 1, "label": "assistant skill trigger", "message": message, "color": color}


@pytest.mark.parametrize(("report", "message", "color"), BADGES)
def test_draws_it(report: Report, message: str, color: str) -> None:
    svg = ET.fromstring(render(report, ".svg"))  # noqa: S314  # what we wrote ourselves
    name = "{http://www.w3.org/2000/svg}"
    assert [text.text for text in svg.iter(f"{name}text")] == ["assistant skill trigger", message]
    assert svg.find(f"{name}title").text == svg.get("aria-label") == f"assistant skill trigger: {message}"
    label, said = (path.get("fill") for path in svg.iter(f"{name}path"))
    assert (label, said) == ("#444c56", FILLS[color])


def test_nothing_hostile_reaches_a_badge() -> None:
    assert json.loads(render(samples.hostile(), ".badge.json"))["message"] == "1 errored, 1 must failed"
    ET.fromstring(render(samples.hostile(), ".svg"))  # noqa: S314  # likewise
