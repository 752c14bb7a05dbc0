"""What the HTML report says, and what it shows when it is clicked, filtered or searched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import report_samples as samples
from page_parts import CELL, chip, focused, headers, names

from conformance._text import limits


def test_shows_the_verdict_and_a_card_for_each_run(open_page: Callable[..., Any]) -> None:
    page = open_page(samples.with_everything())
    assert page.locator("h1").text_content() == "1 of 3 runs is not conformant"
    assert page.title() == "1 of 3 runs is not conformant · conformance report"
    assert names(page, ".card h2 bdi") == ["library 1.0", "library 1.1", "reference"]
    assert names(page, ".card .words") == ["1 errored, 1 case violates a must, 1 not run", "conformant", "conformant"]


def test_says_what_failed_with_what_was_got_and_expected(open_page: Callable[..., Any]) -> None:
    page = open_page(samples.with_everything())
    failures = page.locator("#failures")
    assert failures.locator(".got dd").all_text_contents() == ['"DefaultChatModel"']
    assert failures.locator(".wanted dd").all_text_contents() == ['"gpt-3.5-turbo"']
    failures.get_by_role("button", name="default-model · python").click()
    assert page.locator("#panel-title").text_content() == "AST-MODEL-DEFAULT"


def test_says_what_changed_between_versions(open_page: Callable[..., Any]) -> None:
    page = open_page(samples.with_everything())
    changes = page.locator("#changes").text_content()
    assert "From library 1.0 to library 1.1" in changes
    assert "0 broken · 4 fixed · 0 failing as before · 1 new · 1 gone" in changes


class TestFilters:
    def test_by_level_of_any_edition_shown(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        assert names(page) == ["MODEL-DEFAULT", "TOOL-NAME", "SERVICE-KEY"]
        chip(page, "level", "must").click()
        assert names(page) == ["MODEL-DEFAULT", "TOOL-NAME"]
        chip(page, "edition", samples.NEW).click()
        assert names(page) == []
        assert page.locator("#matrix .notice").text_content() == "Nothing matches these filters."

    def test_by_outcome(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        chip(page, "outcome", "should failed").click()
        assert names(page) == ["SERVICE-KEY"]
        chip(page, "outcome", "known").click()
        assert names(page) == ["TOOL-NAME", "SERVICE-KEY"]
        bright = page.locator(".cell:not(.dim)").evaluate_all("cells => cells.map(cell => cell.dataset.status)")
        assert bright == ["known", "should failed"]

    def test_by_surface_edition_and_implementation(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        assert headers(page) == ["java", "python"] * 4
        chip(page, "surface", "java").click()
        assert headers(page) == ["java"] * 4
        chip(page, "edition", samples.OLD).click()
        assert headers(page) == ["java"] * 3
        chip(page, "run", "2").click()
        assert headers(page) == ["java"]
        assert names(page, ".run-names .first") == ["reference"]

    @pytest.mark.parametrize("text", ["the tool BEARS", "tool-name", "case tool-name holds"])
    def test_by_text_of_requirement_and_case(self, open_page: Callable[..., Any], text: str) -> None:
        page = open_page(samples.with_everything())
        page.get_by_label("Text", exact=True).fill(text)
        assert names(page) == ["TOOL-NAME"]
        assert page.locator("#matrix-count").text_content() == "1 of 3 requirements"

    def test_by_text_of_a_finding(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        page.get_by_label("Text", exact=True).fill("refused with 401")
        assert names(page) == ["SERVICE-KEY"]

    def test_are_kept_in_the_address_and_cleared(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything(), address="#outcome=known&surface=python&text=tool")
        assert names(page) == ["TOOL-NAME"]
        assert headers(page) == ["python"] * 4
        assert chip(page, "outcome", "known").get_attribute("aria-pressed") == "true"
        chip(page, "surface", "python").click()
        assert page.evaluate("location.hash") == "#outcome=known&text=tool"
        page.get_by_role("button", name="Clear filters").click()
        assert page.evaluate("location.hash") == ""
        assert names(page) == ["MODEL-DEFAULT", "TOOL-NAME", "SERVICE-KEY"]
        assert page.locator(".chip[aria-pressed=true]").count() == 0

    def test_offer_no_choice_where_there_is_none(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.report())
        assert names(page, ".filter legend") == ["Level", "Surface"]

    def test_an_address_that_means_nothing_does_no_harm(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.report(), address="#text=%3Cimg src=x onerror=alert(1)%3E&nonsense=1&level=")
        assert names(page) == []
        page.get_by_role("button", name="Clear filters").click()
        assert len(names(page)) == 3


class TestPanel:
    def test_opens_by_click_and_says_everything(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        page.locator(CELL).click()
        panel = page.get_by_role("dialog", name="AST-MODEL-DEFAULT")
        text = panel.inner_text()
        for words in (
            "library 1.0 · edition 2024-04-14 · python",
            "Without a model, gpt-3.5-turbo is used.",
            "On Azure OpenAI the default names the deployment.",
            "The library wrote DefaultChatModel.",
            "Case default-model holds.",
            "cases/2024-04-14/model.yaml:12",
            "request 1: model",
            'got\n"DefaultChatModel"',
            'expected\n"gpt-3.5-turbo"',
            "POST https://api.openai.com/v1/chat/completions",
            '{\n  "model": "DefaultChatModel",\n  "messages": [\n    {\n      "role": "user",',
            "pytest --impl=library.adapter --impl-edition=2024-04-14 'cases/2024-04-14/model.yaml::default-model",
        ):
            assert words in text
        panel.get_by_role("button", name="Close").click()
        assert panel.count() == 0

    def test_opens_by_enter_and_closes_by_escape_with_the_focus_where_it_was(
        self, open_page: Callable[..., Any]
    ) -> None:
        page = open_page(samples.with_everything())
        page.locator(CELL).focus()
        page.keyboard.press("Enter")
        assert page.locator("#panel").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("#panel").is_visible()
        assert focused(page).startswith("AST-MODEL-DEFAULT, library 1.0, 2024-04-14, python: must failed")

    def test_keeps_the_focus_within(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        page.locator(CELL).click()
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
            )

    def test_closes_by_a_click_beside_it(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        page.locator(CELL).click()
        page.mouse.click(40, 450)
        assert not page.locator("#panel").is_visible()

    def test_says_why_a_case_errored_or_was_not_applicable(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        page.locator(".cell.errored").click()
        assert "ask raised TypeError: no" in page.locator("#panel").inner_text()
        page.keyboard.press("Escape")
        page.locator(".cell.na").click()
        assert "offers no ask" in page.locator("#panel").inner_text()

    def test_says_that_there_is_no_result(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        page.locator(".cell.none").first.click()
        assert "No case of this requirement was run here" in page.locator("#panel").inner_text()

    @pytest.mark.parametrize(
        ("body", "shown"),
        [
            ('{"a":[],"b":{ },"c":"{ \\"x\\" }"}', '{\n  "a": [],\n  "b": { },\n  "c": "{ \\"x\\" }"\n}'),
            ('{"a": 12345678901234567890, "a": 1.0}', '{\n  "a": 12345678901234567890,\n  "a": 1.0\n}'),
            ('{"cut": "off', '{\n  "cut": "off'),
            ("a=1&b=2, c", "a=1&b=2, c"),
            ("", ""),
        ],
    )
    def test_shows_a_body_as_it_was_sent(self, open_page: Callable[..., Any], body: str, shown: str) -> None:
        sent = samples.Sent(method="POST", url="https://x.example", body=body, status=400)
        page = open_page(samples.report(samples.run((samples.failed(requests=(sent,)),))))
        page.locator(CELL).click()
        assert page.locator("#panel pre").text_content() == shown

    def test_says_how_many_requests_a_large_page_leaves_out(
        self, open_page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "BODIES_ON_PAGE_CHARACTERS", 0)
        page = open_page(samples.report(samples.run((samples.failed(),))))
        page.locator(CELL).click()
        assert "1 request left out, since this page has many." in page.locator("#panel").inner_text()
        assert page.locator("#panel .request").count() == 0
