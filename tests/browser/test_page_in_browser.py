from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import report_samples as samples

CELL = ".cell[aria-label^='AST-MODEL-DEFAULT, library 1.0, 2024-04-14, python']"


def names(page: Any, selector: str = ".matrix tbody th[scope=row] .id") -> list[str]:
    return page.locator(selector).all_text_contents()


def chip(page: Any, name: str, value: str) -> Any:
    return page.locator(f".chip[data-filter={name}][data-value='{value}']")


def headers(page: Any) -> list[str]:
    return page.locator(".surfaces th").all_text_contents()


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.id")


def test_shows_the_verdict_and_a_card_for_each_run(open_page: Callable[..., Any]) -> None:
    page = open_page(samples.with_everything())
    assert page.locator("h1").text_content() == "1 of 3 runs is not conformant"
    assert page.title() == "1 of 3 runs is not conformant · conformance report"
    assert names(page, ".card h2 bdi") == ["library 1.0", "library 1.1", "reference"]
    assert names(page, ".card .words") == ["1 errored, 1 must failed, 1 not run", "conformant", "conformant"]


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


class TestKeyboard:
    def test_the_matrix_is_one_stop_of_the_tab_key(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        assert page.locator(".cell[tabindex='0']").count() == 1
        page.get_by_role("button", name="Clear filters").focus()
        for _ in range(30):
            page.keyboard.press("Tab")
            if focused(page).startswith("AST-"):
                break
        assert focused(page).startswith("AST-MODEL-DEFAULT, library 1.0, 2024-04-14, java: errored")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.matrix')") is None

    def test_arrows_move_within_it(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        page.locator(".cell").first.focus()
        moves = [
            ("ArrowRight", "AST-MODEL-DEFAULT, library 1.0, 2024-04-14, python"),
            ("ArrowDown", "AST-TOOL-NAME, library 1.0, 2024-04-14, python"),
            ("ArrowLeft", "AST-TOOL-NAME, library 1.0, 2024-04-14, java"),
            ("ArrowLeft", "AST-TOOL-NAME, library 1.0, 2024-04-14, java"),
            ("End", "AST-TOOL-NAME, reference, 2025-05-15, python"),
            ("ArrowUp", "AST-MODEL-DEFAULT, reference, 2025-05-15, python"),
            ("ArrowUp", "AST-MODEL-DEFAULT, reference, 2025-05-15, python"),
            ("Home", "AST-MODEL-DEFAULT, library 1.0, 2024-04-14, java"),
        ]
        for key, expected in moves:
            page.keyboard.press(key)
            assert focused(page).startswith(f"{expected}:"), key
        assert page.locator(".cell[tabindex='0']").count() == 1

    def test_arrows_pass_over_cells_that_are_not_concerned(self, open_page: Callable[..., Any]) -> None:
        narrow = samples.statement("AST-MODEL-NARROW", levels={"java": "must"})
        last = samples.statement("AST-MODEL-LAST")
        page = open_page(samples.report(requirements=(samples.MODEL, narrow, last)))
        page.locator(".cell[aria-label*='DEFAULT'][aria-label*='python']").focus()
        page.keyboard.press("ArrowDown")
        assert focused(page).startswith("AST-MODEL-LAST, library 1.0, 2024-04-14, python")


class TestScreenReaders:
    def test_find_a_grid_with_headers(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        grid = page.get_by_role("grid", name="Requirements")
        assert grid.get_by_role("rowheader").count() >= 3
        assert grid.get_by_role("columnheader").count() >= 9
        assert grid.get_by_role("gridcell").count() == 24

    def test_hear_the_outcome_of_every_cell_in_words(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        for status, word in {
            "errored": "errored, 1 of 1 case",
            "must failed": "must failed, 1 of 1 case",
            "should failed": "should failed, 1 of 1 case",
            "known": "known failure, 1 of 2 cases",
            "not applicable": "not applicable, 1 case",
        }.items():
            (label,) = page.locator(f".cell[data-status='{status}']").evaluate_all(
                "cells => cells.map(cell => cell.getAttribute('aria-label'))"
            )
            assert label.endswith(word)

    def test_see_every_outcome_as_a_sign_of_its_own(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        signs = page.locator(".cell").evaluate_all(
            "cells => cells.map(cell => [cell.dataset.status, cell.querySelector('.symbol').textContent])"
        )
        by_status = dict(signs)
        assert len(by_status) == 7
        assert len(set(by_status.values())) == 7

    def test_every_control_has_a_name(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything())
        page.locator(CELL).click()
        nameless = page.evaluate(
            "[...document.querySelectorAll('button, input, summary')]"
            ".filter(one => !(one.textContent.trim() || one.getAttribute('aria-label') || one.labels?.length))"
            ".map(one => one.outerHTML)"
        )
        assert nameless == []


class TestHostileText:
    def test_is_shown_and_does_nothing(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.hostile())
        for number in range(page.locator(".cell").count()):
            page.locator(".cell").nth(number).click()
            page.keyboard.press("Escape")
        page.get_by_label("Text", exact=True).fill("<script>")
        assert page.evaluate("window.hacked") is None
        assert page.locator("img, script:not([id])").count() == 1  # our own script
        assert "</script><script>window.hacked=1</script>" in page.locator("#failures").text_content()

    def test_stays_within_a_phone(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.hostile(), width=390, height=844)
        assert page.evaluate("document.documentElement.scrollWidth") == 390


class TestLooks:
    @pytest.mark.parametrize("width", [320, 390, 768, 1280])
    def test_no_width_makes_the_page_scroll_sideways(self, open_page: Callable[..., Any], width: int) -> None:
        page = open_page(samples.with_everything(), width=width, height=844)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator(CELL).click()
        assert page.evaluate("document.querySelector('#panel').scrollWidth") <= width

    def test_filters_are_folded_on_a_phone_and_open_elsewhere(self, open_page: Callable[..., Any]) -> None:
        phone = open_page(samples.with_everything(), width=390, height=844)
        assert not chip(phone, "level", "must").is_visible()
        phone.get_by_text("More filters").click()
        assert chip(phone, "level", "must").is_visible()
        assert chip(open_page(samples.with_everything()), "level", "must").is_visible()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_every_text_stands_out_from_its_ground(self, open_page: Callable[..., Any], scheme: str) -> None:
        page = open_page(samples.with_everything(), scheme=scheme)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.evaluate(FAINT) == []
        page.locator(CELL).click()
        assert page.evaluate(FAINT) == []

    def test_dark_is_dark(self, open_page: Callable[..., Any]) -> None:
        grounds = [
            open_page(samples.report(), scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
            for scheme in ("light", "dark")
        ]
        assert grounds == ["rgb(246, 246, 244)", "rgb(20, 23, 27)"]

    def test_paper_shows_all_and_no_controls(self, open_page: Callable[..., Any]) -> None:
        page = open_page(samples.with_everything(), scheme="dark")
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert not page.locator(".filters").is_visible()
        assert page.locator(".legend").is_visible()
        assert page.locator("#findings").get_by_text("refused with 401").is_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.scroll')).maxHeight") == "none"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate(FAINT) == []
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert not page.locator("#findings").get_by_text("refused with 401").is_visible()
        assert page.pdf().startswith(b"%PDF")


FAINT = """() => {
  // Every visible text of which the contrast with what lies under it is below 4.5 (WCAG AA).
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = parse(getComputedStyle(one).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!hasText || !element.checkVisibility() || element.closest(".dim, script, .skip")) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(parse(style.color)), light(ground(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) faint.push(`${element.className} ${element.textContent.slice(0, 30)} ${contrast.toFixed(2)}`);
  }
  return faint;
}"""
