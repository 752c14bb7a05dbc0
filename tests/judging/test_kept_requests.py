import pytest

from conformance._judging.kept_requests import RequestStore, change_requests
from conformance._judging.result import Sent
from conformance._text import limits


def sent(body):
    return Sent(method="POST", url="https://api.openai.com/v1/chat/completions", body=body, status=200)


@pytest.fixture(params=[0, limits.REQUESTS_IN_MEMORY_BYTES], ids=["in-a-file", "in-memory"])
def store(request, monkeypatch):
    """Give a store that is in a file from the second request on, or never."""
    monkeypatch.setattr(limits, "REQUESTS_IN_MEMORY_BYTES", request.param or 1)  # 0 would be no limit
    store = RequestStore()
    yield store
    store.close()


def test_requests_are_what_they_were(store):
    requests = [(sent("one"), sent("größer ✅ \x00")), (), (sent("x" * 100_000),)]
    kept = list(map(store.keep, requests))
    assert [tuple(few) for few in reversed(kept)] == list(reversed(requests))
    assert kept == requests
    assert [len(few) for few in kept] == [2, 0, 1]
    assert (kept[0][-1], kept[0][1:]) == (requests[0][1], [requests[0][1]])


def test_requests_that_are_changed_stay_where_they_are_kept(store):
    kept = store.keep((sent("secret"), sent("harmless")))
    shouted = change_requests(kept, lambda one: sent(one.body.upper()))
    doubled = change_requests(shouted, lambda one: sent(one.body * 2))
    assert [one.body for one in kept] == ["secret", "harmless"]
    assert [one.body for one in doubled] == ["SECRETSECRET", "HARMLESSHARMLESS"]
    assert type(doubled) is type(kept)


def test_requests_in_a_tuple_are_changed_too():
    assert change_requests((sent("a"),), lambda one: sent(one.body * 2)) == (sent("aa"),)
