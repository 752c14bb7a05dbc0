"""The settings that lead to the service are those that docs/service.md lists."""

from pathlib import Path

from conformance._transport.endpoints import INTERCEPTED, Endpoints

PAGE = Path(__file__).parents[2].joinpath("docs", "service.md").read_text("utf-8")


def test_the_page_names_every_setting():
    served = Endpoints.at("http://127.0.0.1:1")
    names = {name for provider in ("openai", "azure") for name in served.settings(provider, "a key")}
    assert len(names) == 6
    assert all(f"`{name}`" in PAGE for name in names)


def test_the_page_says_where_requests_are_intercepted():
    assert INTERCEPTED.settings("openai", "a key").keys() == {"OPENAI_API_KEY"}
    assert f"`{INTERCEPTED.openai}/v1`" in PAGE
    assert f"`{INTERCEPTED.azure}`" in PAGE
