"""The page by keyboard, read aloud, on every screen and on paper, and with hostile texts in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import report_samples as samples
from page_parts import CELL, chip, focused


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
        assert page.locator("#warnings").get_by_text("refused with 401").is_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.scroll')).maxHeight") == "none"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate(FAINT) == []
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert not page.locator("#warnings").get_by_text("refused with 401").is_visible()
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
