"""Every rule about the body: one bad body, the nearest good one, and the service's own error."""

import json

import pytest
from service_body_cases import BODY_CASES
from service_samples import put, put_azure, request

from conformance._service import RULES

BY_ID = {rule.id: rule for rule in RULES}
KNOWN_BY_ACCESS_TESTS = {
    "url-host",
    "url-openai",
    "url-azure",
    "openai-key-missing",
    "openai-key-wrong",
    "azure-key",
    "azure-api-version",
    "azure-api-version-v1",
    "azure-deployment-unknown",
    "body-json",
    "body-object",
}

RESTS_ON_THE_MODEL = {"model-missing", "openai-model-unknown", "max-tokens-reasoning", "model-kind"}

every_body = pytest.mark.parametrize("case", BODY_CASES, ids=lambda case: case.rule)


def test_ids_are_unique():
    assert len(BY_ID) == len(RULES)


def test_every_rule_has_a_case():
    assert {case.rule for case in BODY_CASES} | KNOWN_BY_ACCESS_TESTS == set(BY_ID)


@every_body
def test_finds_the_one_fault(case):
    breaches = put(request(case.bad)).breaches
    assert {breach.rule for breach in breaches} == {case.rule, *case.also}
    (breach,) = (breach for breach in breaches if breach.rule == case.rule)
    assert breach.param == case.param
    assert breach.code == case.code


@every_body
def test_finds_nothing_in_the_nearest_good_body(case):
    assert put(request(case.good)).breaches == ()


@every_body
def test_refuses_with_the_service_s_own_error_what_is_certain(case):
    exchange = put(request(case.bad))
    certain = [breach for breach in exchange.breaches if breach.certain]
    if not certain:
        assert exchange.response.status == 200
        return
    assert exchange.response.status == case.status
    error = json.loads(exchange.response.body)["error"]
    assert error["type"] == "invalid_request_error"
    assert error["param"] == case.param
    assert error["code"] == certain[0].code
    assert error["message"] == certain[0].message


@pytest.mark.parametrize(
    "case", [case for case in BODY_CASES if case.rule not in RESTS_ON_THE_MODEL], ids=lambda case: case.rule
)
def test_judges_the_body_on_azure_alike(case):
    assert {breach.rule for breach in put_azure(case.bad).breaches} == {case.rule, *case.also}
    assert put_azure(case.good).breaches == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_only_warns_of_what_is_not_known_for_certain(rule):
    assert rule.certain == (rule.known not in {"T", "?"})
    assert rule.source
    assert rule.wrong


def test_the_first_certain_breach_answers_and_all_are_recorded():
    body = {
        "model": "gpt-3.5-turbo",
        "messages": [{"role": "bot", "content": "hi"}, {"role": "user"}],
        "tools": [],
        "tool_choice": "any",
    }
    exchange = put(request(body))
    found = {breach.rule: breach for breach in exchange.breaches}
    assert set(found) == {"role-unknown", "content-missing", "tools-empty", "tool-choice-unknown"}
    assert json.loads(exchange.response.body)["error"]["message"] == found["content-missing"].message


def test_says_what_was_found_and_what_is_expected():
    cases = {case.rule: case.bad for case in BODY_CASES}
    messages = {rule: put(request(cases[rule])).breaches[0].message for rule in cases}
    assert messages["function-name-unfit"] == (
        'tools[0].function.name = "add todo", but should be letters a-z and A-Z, digits, _ and - only'
    )
    assert messages["parameters-items"] == (
        "tools[0].function.parameters: array schema at properties.a has no items, but should"
    )
    assert messages["tool-calls-unanswered"] == ("messages[3] should be a tool message, since these calls wait: call_2")
    assert all("should" in message or "no known" in message for message in messages.values()), messages


def test_a_finding_stays_short_however_large_the_value():
    body = {"model": "x" * 1_000_000, "messages": [{"role": "user", "content": "hi"}]}
    assert len(put(request(body)).breaches[0].message) < 300
