from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
import report_samples as samples

from conformance._text import limits
from conformance.report import Report, render
from conformance.report.defects import find_defects
from conformance.report.failure_text import tell


class Elements(HTMLParser):
    """Collects the elements of a page, and the text of its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found:
            self.texts.setdefault(self.found[-1][0], []).append(data)


def page(report: Report) -> str:
    return render(report, ".html")


def data_of(text: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert match
    return json.loads(match[1])


@pytest.mark.parametrize("report", [samples.with_everything(), samples.hostile()], ids=["everything", "hostile"])
def test_needs_nothing_from_anywhere(report: Report) -> None:
    elements = Elements(page(report)).found
    addresses = [
        value
        for _, attributes in elements
        for name, value in attributes.items()
        if name in {"src", "href", "srcset", "action", "data"}
    ]
    assert {address.partition(",")[0] for address in addresses} == {"#matrix", "data:image/svg+xml"}
    assert not re.search(r"url\(|@import", "".join(Elements(page(report)).texts["style"]))


@pytest.mark.parametrize("report", [samples.with_everything(), samples.hostile()], ids=["everything", "hostile"])
def test_its_policy_allows_its_own_style_and_script_only(report: Report) -> None:
    text = page(report)
    (policy,) = [a["content"] for tag, a in Elements(text).found if a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for rule, part in (
        ("style-src", re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]),
        ("script-src", re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]),
    ):
        assert rules[rule] == f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'"


def test_has_the_same_elements_whatever_an_implementation_says() -> None:
    harmless = [(tag, sorted(attributes)) for tag, attributes in Elements(page(samples.report())).found]
    hostile = [(tag, sorted(attributes)) for tag, attributes in Elements(page(samples.hostile())).found]
    assert hostile == harmless


def test_the_data_can_end_no_element_and_is_what_was_said() -> None:
    text = page(samples.hostile())
    embedded = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1]
    assert not set("<>&\u2028\u2029") & set(embedded)
    data = data_of(text)
    assert data["problems"] == [samples.HOSTILE]
    assert data["results"][0]["findings"][0]["got"] == samples.HOSTILE


def test_says_the_verdict_without_scripts_too() -> None:
    text = page(samples.report())
    assert '<noscript><p class="notice"><strong>library 1.0 is conformant.</strong>' in text
    assert "<title>library 1.0 is conformant · conformance report</title>" in text


def test_says_the_body_of_a_request_once() -> None:
    results = tuple(samples.failed(case, surface=surface) for case in "abc" for surface in ("python", "java"))
    data = data_of(page(samples.report(samples.run(results))))
    assert data["bodies"] == [samples.SENT.body]
    assert [request["body"] for result in data["results"] for request in result["requests"]] == [0] * 6


def test_numbers_results_as_they_are_listed() -> None:
    data = data_of(page(samples.with_everything()))
    for row in data["rows"]:
        for column, cell in zip(data["columns"], row["cells"], strict=True):
            for number in cell["results"] if cell else ():
                result = data["results"][number]
                assert {name: result[name] for name in column} == column
                assert result["requirement"] == row["id"]
    for defect in data["defects"]:
        named = {
            finding["requirement"] for number in defect["results"] for finding in data["results"][number]["findings"]
        }
        assert set(defect["requirements"]) <= named


def test_says_what_is_broken_in_the_words_of_the_terminal() -> None:
    report = samples.report(samples.run((samples.failed(why="Real code did so."), samples.failed("b", samples.KEY))))
    (defect,) = data_of(page(report))["defects"]
    first, *others = tell(report, *find_defects(report))
    assert f"{defect['requirements'][0]} ({defect['level']}): {defect['statement']}" == first.text
    assert [line["text"] for line in defect["lines"]] == [line.text for line in others]
    assert [line["finding"]["got"] for line in defect["lines"] if line["kind"] == "finding"] == ['"DefaultChatModel"']


def test_leaves_out_the_bodies_of_what_passed_first(monkeypatch: pytest.MonkeyPatch) -> None:
    told, passed = samples.SENT.body, "x" * len(samples.SENT.body)
    fine = samples.result("aaa-passed", requests=(replace(samples.SENT, body=passed),))
    report = samples.report(samples.run((fine, samples.failed("failed"))))
    assert sorted(data_of(page(report))["bodies"]) == sorted([told, passed])
    monkeypatch.setattr(limits, "BODIES_ON_PAGE_CHARACTERS", len(told))
    shown = data_of(page(report))
    assert shown["bodies"] == [told]
    assert [([sent["body"] for sent in one["requests"]], one["left_out"]) for one in shown["results"]] == [
        ([], 1),
        ([0], 0),
    ]
