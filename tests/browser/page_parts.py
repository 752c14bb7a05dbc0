"""Finds the parts of the HTML report."""

from __future__ import annotations

from typing import Any

CELL = ".cell[aria-label^='AST-MODEL-DEFAULT, library 1.0, 2024-04-14, python']"


def names(page: Any, selector: str = ".matrix tbody th[scope=row] .id") -> list[str]:
    return page.locator(selector).all_text_contents()


def chip(page: Any, name: str, value: str) -> Any:
    return page.locator(f".chip[data-filter={name}][data-value='{value}']")


def headers(page: Any) -> list[str]:
    return page.locator(".surfaces th").all_text_contents()


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.id")
