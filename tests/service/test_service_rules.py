"""The rules beside the tables: each has a body that breaks it alone, a source, and says how it is known."""

import pytest
from body_collections import BAD_BODIES, DOUBTFUL_BODIES
from service_samples import KEY, OPENAI, call, calls, put, put_azure, request, user

from conformance._service import RULES, Script
from conformance._service.examination import examine
from conformance._service.request_view import RequestView, view_request

KNOWN_BY_ACCESS_TESTS = {
    "url-host",
    "url-openai",
    "url-azure",
    "openai-key-missing",
    "openai-key-wrong",
    "azure-key",
    "azure-api-version",
    "azure-api-version-tools",
    "azure-api-version-v1",
    "azure-deployment-unknown",
    "content-type",
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
    assert rule.certain == (rule.known != "unverified")
    assert rule.source
    assert rule.wrong


def test_judges_no_model_by_the_name_of_a_deployment():
    body = {"model": "gpt-5", "messages": [{"role": "user", "content": "Hi"}], "temperature": 0}
    assert put_azure(body).violations == ()
    assert {violation.rule for violation in put(request(body)).violations} == {"temperature-unsupported"}


class CountingId(str):
    """An id that counts how often ids are compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other):
        CountingId.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def comparisons(number, *, answered):
    """Count the comparisons of ids in a conversation with a number of calls."""
    ids = [CountingId(f"call_{index}") for index in range(number)]
    answers = [{"role": "tool", "tool_call_id": CountingId(one), "content": ""} for one in reversed(ids) if answered]
    messages = [user(), calls(*(call(id=one) for one in ids)), *answers, user()]
    script = Script(provider="openai", key=KEY, endpoint=OPENAI)
    seen = view_request(script, request(bytes(5_000)))  # so long that nothing is remembered of it
    view = RequestView(
        script=script,
        request=seen.request,
        route=seen.route,
        json={"model": "gpt-4o", "messages": messages},
        unreadable=None,
    )
    CountingId.compared = 0
    assert bool(examine(view)) != answered
    return CountingId.compared


@pytest.mark.parametrize("answered", [True, False])
def test_the_work_grows_with_the_number_of_calls_not_with_its_square(answered):
    assert comparisons(2_000, answered=answered) <= 2 * comparisons(1_000, answered=answered) + 100
