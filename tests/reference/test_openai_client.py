"""The client that the settings name."""

import pytest

from reference_impl import Assistant, FunctionApp, SettingsError
from reference_impl.openai_client import connect

AZURE = {"AZURE_OPENAI_ENDPOINT": "https://x.openai.azure.com", "OPENAI_API_VERSION": "2024-10-21"}


def declare_model(app, model):
    trigger = {"function_description": "Does", "model": model}
    app.declare(lambda it: it, function="Do", argument="it", parameters=trigger)


def test_speaks_to_openai(openai):
    openai.say("Hello!")
    Assistant(FunctionApp(openai.settings)).ask("Hi")
    ((path, headers, body),) = openai.requests
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer sk-test"
    assert body["model"] == "gpt-3.5-turbo"


@pytest.mark.parametrize("key", ["AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY"])
def test_speaks_to_azure_openai_where_the_model_is_the_deployment(openai, key):
    openai.say("Hello!")
    settings = {"AZURE_OPENAI_ENDPOINT": openai.url, "OPENAI_API_VERSION": "2024-10-21", key: "az-test"}
    app = FunctionApp(settings)
    declare_model(app, "My.Deployment-2")
    Assistant(app).ask("Hi")
    ((path, headers, body),) = openai.requests
    assert path == "/openai/deployments/My.Deployment-2/chat/completions?api-version=2024-10-21"
    assert headers["api-key"] == "az-test"
    assert body["model"] == "My.Deployment-2"


def test_uses_openai_itself_unless_told_otherwise(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "https://elsewhere.example/v1")  # not a setting of this app
    assert str(connect({"OPENAI_API_KEY": "sk-test"}).base_url) == "https://api.openai.com/v1/"


def test_prefers_an_azure_endpoint():
    client = connect({**AZURE, "AZURE_OPENAI_API_KEY": "az-test", "OPENAI_API_KEY": "sk-test"})
    assert client.api_key == "az-test"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, "OPENAI_API_KEY is missing or empty"),
        ({"OPENAI_API_KEY": ""}, "OPENAI_API_KEY is missing or empty"),
        (AZURE, "AZURE_OPENAI_API_KEY or AZURE_OPENAI_KEY is missing"),
        (
            {"AZURE_OPENAI_ENDPOINT": "https://x", "AZURE_OPENAI_KEY": "az-test"},
            "OPENAI_API_VERSION is missing",
        ),
    ],
)
def test_says_which_setting_is_missing_when_it_is_needed(monkeypatch, settings, message):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-process")
    assistant = Assistant(FunctionApp(settings))
    with pytest.raises(SettingsError, match=message):
        assistant.ask("Hi")


def test_takes_the_environment_where_no_settings_are_given(openai, monkeypatch):
    for name, value in openai.settings.items():
        monkeypatch.setenv(name, value)
    app = FunctionApp()
    monkeypatch.setenv("OPENAI_API_KEY", "sk-set-later")
    openai.say("Hello!")
    Assistant(app).ask("Hi")
    assert openai.requests[0][1]["Authorization"] == "Bearer sk-test"


def test_gives_each_app_its_own_key_and_no_cookie_of_another(openai):
    for key in ("sk-one", "sk-two"):
        openai.say("Hello!")
        Assistant(FunctionApp({**openai.settings, "OPENAI_API_KEY": key})).ask("Hi")
    headers = [headers for _, headers, _ in openai.requests]
    assert [h["Authorization"] for h in headers] == ["Bearer sk-one", "Bearer sk-two"]
    assert [h["Cookie"] for h in headers] == [None, None]


def test_shares_one_http_client():
    first, second = (connect({"OPENAI_API_KEY": key}) for key in ("sk-one", "sk-two"))
    assert first._client is second._client  # noqa: SLF001 - the cost is not seen from outside
