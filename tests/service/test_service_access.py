"""Where a request goes and who sends it: OpenAI, and both URL forms of Azure OpenAI."""

import json

import pytest
from service_samples import (
    API_KEY,
    AZURE,
    AZURE_V1_URL,
    BEARER,
    DEPLOYMENT_URL,
    KEY,
    OPENAI,
    OPENAI_URL,
    chat,
    put,
    put_azure,
    request,
    service,
    tool,
    user,
)

ELSEWHERE = "https://example.org/prices.json"
DEPLOYMENTS = f"{AZURE}/openai/deployments"


def error_of(exchange):
    return exchange.response.status, json.loads(exchange.response.body)["error"]


def refused_by(exchange):
    return [(violation.rule, violation.area) for violation in exchange.violations if violation.certain]


def openai_error(error, code):
    assert set(error) == {"message", "type", "param", "code"}
    return (error["type"], error["param"], error["code"]) == ("invalid_request_error", None, code)


@pytest.mark.parametrize("url", [OPENAI_URL, "https://API.openai.com:443/v1/chat/completions", f"{OPENAI_URL}?trace=1"])
def test_takes_openai_s_url(url):
    assert put(request(url=url)).violations == ()


@pytest.mark.parametrize(
    "url",
    [
        AZURE_V1_URL,
        "http://api.openai.com/v1/chat/completions",
        "https://api.openai.com:8443/v1/chat/completions",
        "https://api.openai.com.evil.example/v1/chat/completions",
        "https://[broken/v1/chat/completions",
        "https://api.openai.com:port/v1/chat/completions",
        "",
    ],
)
def test_refuses_another_host(url):
    exchange = put(request(url=url))
    assert ("url-host", "url") in refused_by(exchange)
    assert exchange.response.status == 404


@pytest.mark.parametrize(("method", "body"), [("GET", b""), ("POST", b'{"events": []}'), ("POST", b"not JSON")])
def test_declines_what_is_for_somebody_else_and_does_not_remember_it(method, body):
    answering = service()
    assert answering.answer(request(body, url=ELSEWHERE, headers={}, method=method)).status == 404
    assert answering.exchanges == ()


@pytest.mark.parametrize(
    "sent",
    [
        request(url=ELSEWHERE, headers={}),
        request({}, url=ELSEWHERE),
        request({}, url="https://example.org/v1/completions", headers={}),
    ],
    ids=["a body for a model", "the key", "a path of models"],
)
def test_refuses_what_is_for_a_model_on_another_host(sent):
    assert ("url-host", "url") in refused_by(put(sent))


@pytest.mark.parametrize("path", ["/chat/completions", "/v1/responses", "/v1//chat/completions", "/v1", ""])
def test_refuses_another_path_of_openai(path):
    exchange = put(request(url=OPENAI + path))
    assert refused_by(exchange) == [("url-openai", "url")]
    status, error = error_of(exchange)
    assert status == 404
    assert openai_error(error, None)


def test_refuses_another_method():
    assert refused_by(put(request(b"", method="GET"))) == [("url-openai", "url")]
    asked = request(b"", method="GET", url=DEPLOYMENT_URL, headers=API_KEY)
    assert refused_by(put(asked, provider="azure")) == [("url-azure", "url")]


@pytest.mark.parametrize("headers", [{}, {"authorization": KEY}, {"authorization": "Bearer "}, {"api-key": KEY}])
def test_refuses_a_missing_key_as_openai_does(headers):
    exchange = put(request(headers=headers))
    assert refused_by(exchange) == [("openai-key-missing", "auth")]
    status, error = error_of(exchange)
    assert status == 401
    assert openai_error(error, None)


def test_refuses_a_wrong_key_as_openai_does():
    exchange = put(request(headers={"authorization": "Bearer sk-other"}))
    assert refused_by(exchange) == [("openai-key-wrong", "auth")]
    status, error = error_of(exchange)
    assert status == 401
    assert openai_error(error, "invalid_api_key")


@pytest.mark.parametrize("provider", ["openai", "azure"])
def test_shows_no_key_in_what_it_says(provider):
    url = OPENAI_URL if provider == "openai" else DEPLOYMENT_URL
    headers = {"authorization": "Bearer sk-other", "api-key": "sk-other"}
    exchange = put(request(url=url, headers=headers), provider=provider)
    said = exchange.violations[0].message + exchange.response.body.decode()
    assert "sk-other" not in said
    assert KEY not in said


@pytest.mark.parametrize(
    ("url", "model"),
    [
        (DEPLOYMENT_URL, "chat"),
        (f"{DEPLOYMENTS}/My.Depl-1_x/chat/completions?api-version=2025-01-01-preview", "My.Depl-1_x"),
        (f"{DEPLOYMENTS}/a%20b%2Fc/chat/completions?api-version=2024-06-01", "a b/c"),
        (f"{AZURE}//openai/deployments/chat/chat/completions?api-version=2024-06-01", "chat"),
    ],
)
def test_reads_the_deployment_from_the_path(url, model):
    exchange = put_azure(chat(model="something-else"), url=url)
    assert exchange.violations == ()
    assert exchange.model == model


def test_takes_a_request_by_deployment_without_model():
    body = chat()
    del body["model"]
    assert put_azure(body).violations == ()


@pytest.mark.parametrize("headers", [BEARER, API_KEY, BEARER | API_KEY])
@pytest.mark.parametrize("query", ["", "?api-version=preview"])
def test_reads_the_deployment_from_the_body_in_the_v1_form(headers, query):
    exchange = put_azure(chat(model="My.Depl"), url=AZURE_V1_URL + query, headers=headers)
    assert exchange.violations == ()
    assert exchange.model == "My.Depl"


def test_takes_api_key_with_a_bearer_token_beside_it():
    assert put_azure(headers=BEARER | API_KEY).violations == ()


@pytest.mark.parametrize("headers", [{}, BEARER, {"api-key": "other"}, {"api-key": "other"} | BEARER])
def test_refuses_a_deployment_s_request_without_the_key_in_api_key(headers):
    exchange = put_azure(headers=headers)
    assert refused_by(exchange) == [("azure-key", "auth")]
    status, error = error_of(exchange)
    assert status == 401
    assert error == {"code": "401", "message": exchange.violations[0].message}


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer other"}, {"api-key": "other"}])
def test_refuses_a_v1_request_without_the_key(headers):
    assert refused_by(put_azure(url=AZURE_V1_URL, headers=headers)) == [("azure-key", "auth")]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?api-version=",
        "?api-version=latest",
        "?api-version=2024-13-01",
        "?version=2024-06-01",
        "?api-version=2024-10-01",
        "?api-version=2024-06-01-preview",
        "?api-version=2024-07-18",
        "?api-version=2023-11-01-preview",
    ],
)
def test_refuses_a_missing_or_bad_api_version(query):
    exchange = put_azure(url=f"{DEPLOYMENTS}/chat/chat/completions{query}")
    assert refused_by(exchange) == [("azure-api-version", "url")]
    status, error = error_of(exchange)
    assert status == 404
    assert error["code"] == "404"


@pytest.mark.parametrize("version", ["2024-02-01", "2024-10-21", "2025-04-01-preview", "2031-01-01-preview"])
def test_takes_an_api_version_that_there_is_or_may_be(version):
    assert put_azure(url=f"{DEPLOYMENTS}/chat/chat/completions?api-version={version}").violations == ()


@pytest.mark.parametrize("version", ["2023-03-15-preview", "2023-05-15"])
def test_refuses_tools_for_an_api_version_that_does_not_know_them(version):
    url = f"{DEPLOYMENTS}/chat/chat/completions?api-version={version}"
    body = {"model": "chat", "messages": [user()]}
    assert put_azure(body, url=url).violations == ()
    assert refused_by(put_azure({**body, "tools": [tool()]}, url=url)) == [("azure-api-version-tools", "url")]


@pytest.mark.parametrize("version", ["2024-06-01", "2025-04-01-preview", "v2"])
def test_warns_of_an_api_version_of_the_other_form_in_the_v1_form(version):
    exchange = put_azure(url=f"{AZURE_V1_URL}?api-version={version}")
    assert [(violation.rule, violation.certain) for violation in exchange.violations] == [
        ("azure-api-version-v1", False)
    ]
    assert exchange.response.status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/v1/chat/completions",
        "/openai/chat/completions",
        "/openai/deployments/chat/completions",
        "/openai/deployments//chat/completions",
        "/openai/deployments/chat/v1/chat/completions",
    ],
)
def test_refuses_another_path_of_azure(path):
    exchange = put_azure(url=f"{AZURE}{path}?api-version=2024-06-01")
    assert refused_by(exchange) == [("url-azure", "url")]
    assert error_of(exchange) == (404, {"code": "404", "message": exchange.violations[0].message})


@pytest.mark.parametrize("url", [DEPLOYMENT_URL, AZURE_V1_URL])
def test_refuses_an_unknown_deployment(url):
    exchange = put_azure(chat(model="chat"), url=url, models=frozenset({"Chat"}))
    assert refused_by(exchange) == [("azure-deployment-unknown", "model")]
    status, error = error_of(exchange)
    assert (status, error["code"]) == (404, "DeploymentNotFound")
    assert put_azure(chat(model="chat"), url=url, models=frozenset({"chat"})).violations == ()


def test_refuses_a_model_that_the_script_has_not():
    assert refused_by(put(request(), models=frozenset({"gpt-4"}))) == [("openai-model-unknown", "model")]
    assert put(request(), models=frozenset({"gpt-3.5-turbo"})).violations == ()


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8"]
)
def test_takes_every_way_to_say_that_a_body_is_json(kind):
    assert put(request(headers=BEARER | {"content-type": kind})).violations == ()


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("", "header Content-Type is missing, but should be application/json"),
        ("text/plain", 'header Content-Type = "text/plain", but should be application/json'),
        ("application/x-www-form-urlencoded", 'header Content-Type = "application/x-www-form-urlencoded", but should'),
    ],
)
@pytest.mark.parametrize(("url", "key"), [(OPENAI_URL, BEARER), (DEPLOYMENT_URL, API_KEY), (AZURE_V1_URL, API_KEY)])
def test_refuses_a_body_that_is_not_said_to_be_json(kind, says, url, key):
    provider = "openai" if url == OPENAI_URL else "azure"
    exchange = put(request(url=url, headers=key | {"content-type": kind}), provider=provider)
    assert refused_by(exchange) == [("content-type", "body")]
    assert exchange.violations[0].message.startswith(says)
    status, error = error_of(exchange)
    assert status == 400
    assert openai_error(error, "unsupported_content_type")


@pytest.mark.parametrize("body", [b"", b"{", b"{'a': 1}", b'{"a": NaN}', b'{"a": -Infinity}', b"\xff", b"[" * 99_999])
def test_refuses_a_body_that_is_no_json(body):
    exchange = put(request(body))
    assert refused_by(exchange) == [("body-json", "body")]
    assert exchange.body is None
    status, error = error_of(exchange)
    assert status == 400
    assert openai_error(error, None)


@pytest.mark.parametrize("body", [b"[]", b"null", b'"hi"', b"5"])
def test_refuses_a_body_that_is_no_object(body):
    assert refused_by(put(request(body))) == [("body-object", "body")]


def test_looks_at_nothing_behind_a_refused_address_or_key():
    bad = b"nonsense"
    assert refused_by(put(request(bad, url=OPENAI, headers={}))) == [("url-openai", "url")]
    assert refused_by(put(request(bad, headers={}))) == [("openai-key-missing", "auth")]


def test_serves_a_loopback_endpoint_with_a_path_of_its_own():
    endpoint = "http://127.0.0.1:5000/case/1"
    good = request(url=f"{endpoint}/v1/chat/completions")
    assert put(good, endpoint=endpoint).violations == ()
    other = request(url="http://127.0.0.1:5000/case/2/v1/chat/completions")
    assert refused_by(put(other, endpoint=endpoint)) == [("url-openai", "url")]
