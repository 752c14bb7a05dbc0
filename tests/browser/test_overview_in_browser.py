"""The page of published implementations in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_page_for_every_reader import FAINT

PAGE = Path(__file__).parents[2] / "docs" / "verdicts.html"


@pytest.fixture(params=["light", "dark"])
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Open docs/verdicts.html; it must load no other file and log no error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=request.param)
    page = context.new_page()
    page.set_default_timeout(5000)
    offences: list[str] = []
    page.on("console", lambda message: offences.append(message.text))
    page.on("request", lambda sent: sent.url.partition("#")[0] == PAGE.as_uri() or offences.append(sent.url))
    page.goto(PAGE.as_uri())
    yield page
    context.close()
    assert offences == []


def test_a_red_cell_leads_to_what_was_found(page: Any) -> None:
    cell = page.locator("td.must a").first
    target = cell.get_attribute("href")
    cell.click()
    found = page.locator(target)
    assert found.is_visible()
    requirement = cell.get_attribute("aria-label").partition(",")[0]
    assert requirement in found.inner_text()


def test_every_cell_leads_somewhere(page: Any) -> None:
    links = page.locator("td a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links
    assert page.evaluate("links => links.filter(link => document.querySelector(link) === null)", links) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_no_width_makes_the_page_scroll_sideways(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_text_stands_out_from_its_ground(page: Any) -> None:
    assert page.evaluate(FAINT) == []
