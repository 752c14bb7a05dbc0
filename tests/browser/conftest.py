"""The page in a real browser: Chromium, headless, driven by Playwright."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from required import skip_or_fail

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))  # for report_samples

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start the browser once for each process."""
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        skip_or_fail(f"no browser is installed ({', '.join(NAMES)})", "BROWSER")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  # an optional dependency
    except ImportError:
        skip_or_fail("playwright is not installed", "BROWSER")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


class Watched:
    """A page, and what it did that it must not: requests, errors, messages, dialogs."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.offences: list[str] = []
        page.on("console", lambda message: self.offences.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.offences.append(f"error: {error}"))
        page.on("request", self._check_request)
        page.on("dialog", lambda dialog: self.offences.append(f"dialog: {dialog.message}"))

    def _check_request(self, request: Any) -> None:
        url = request.url.partition("#")[0]
        if url != self.address and not url.startswith("data:"):
            self.offences.append(f"request: {url}")


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a report as a page; whatever happened on it is judged at the end."""
    from conformance.report import write  # noqa: PLC0415  # nothing of the suite is loaded if all is skipped

    watched: list[Watched] = []
    contexts: list[Any] = []

    def open_report(
        report: Any, *, width: int = 1280, height: int = 900, scheme: str = "light", address: str = ""
    ) -> Any:
        path = tmp_path / f"{len(contexts)}.html"
        write(report, path)
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        watched.append(Watched(page, path.as_uri()))
        page.goto(path.as_uri() + address)
        return page

    yield open_report
    for context in contexts:
        context.close()
    assert [offence for one in watched for offence in one.offences] == []
