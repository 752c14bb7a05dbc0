"""The rules beside the tables: each has a body that breaks it alone, a source, and says how it is known."""

import pytest
from body_collections import BAD_BODIES, DOUBTFUL_BODIES
from service_samples import put, put_azure, request

from conformance._service import RULES

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
FOUND = [
    {violation.rule for violation in put(request(sample.body)).violations} for sample in BAD_BODIES + DOUBTFUL_BODIES
]


def test_ids_are_unique():
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.id not in KNOWN_BY_ACCESS_TESTS], ids=lambda rule: rule.id
)
def test_each_rule_has_a_body_that_breaks_it_alone(rule):
    assert {rule.id} in FOUND


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_only_warns_of_what_is_not_known_for_certain(rule):
    assert rule.certain == (rule.known not in {"T", "?"})
    assert rule.source
    assert rule.wrong


def test_judges_no_model_by_the_name_of_a_deployment():
    body = {"model": "gpt-5", "messages": [{"role": "user", "content": "Hi"}], "temperature": 0}
    assert put_azure(body).violations == ()
    assert {violation.rule for violation in put(request(body)).violations} == {"temperature-unsupported"}
