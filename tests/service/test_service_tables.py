"""The tables of fields: every line refuses what breaks it, and knows what the openai package's types know."""

import types
import typing

import pytest
from openai.types.chat import completion_create_params as params
from service_samples import chat, put, put_azure, request, user
from table_samples import broken, constraints, smallest
from typing_extensions import is_typeddict

from conformance._service.departure import place_of, rule_of
from conformance._service.rules import BODY_TABLES
from conformance._service.shapes import (
    Anything,
    Either,
    Entries,
    Flag,
    Items,
    Number,
    Record,
    Tagged,
    Text,
    find_departures,
)
from conformance._service.structure import CODES

TABLE = BODY_TABLES["openai"]
BROKEN = [(rule_of(path, name), path, name, body) for path, name, body in broken(TABLE) if path]
WARNED = {"null", "unknown_in_text"}


def test_the_smallest_body_is_good():
    assert smallest(TABLE) == {"messages": [{"role": "system", "content": "a"}]}
    assert put(request({**smallest(TABLE), "model": "gpt-4o"})).violations == ()


@pytest.mark.parametrize(("rule", "path", "name", "body"), BROKEN, ids=[rule for rule, *_ in BROKEN])
def test_each_line_refuses_what_breaks_it_and_no_other_does(rule, path, name, body):
    exchange = put(request({"model": "gpt-4o", **body}))
    found = [violation for violation in exchange.violations if violation.rule == rule]
    assert found
    if name in WARNED:
        assert not found[0].certain
        return
    assert {violation.rule for violation in exchange.violations} == {rule}
    assert exchange.response.status == 400
    assert found[0].code == CODES[name]
    if name not in {"missing_older", "unknown"}:
        assert found[0].param == place_of(path)


def test_no_line_goes_untested():
    # A key that is told apart by its own word, and null for a key that takes nothing else, cannot be broken apart.
    tested = {rule for rule, *_ in BROKEN}
    lines = {rule_of(path, name) for path, name, _ in constraints(TABLE) if path}
    assert tested <= lines
    left = {rule for rule in lines - tested if not rule.rpartition(" ")[0].endswith((".type", ".role"))}
    assert left == set()


def test_every_line_has_a_source():
    sources = [source for path, _, source in constraints(TABLE) if path]
    assert all(sources)
    assert len(sources) > 500


def test_only_azure_takes_its_own_fields():
    body = chat(data_sources=[{"type": "azure_search", "parameters": {}}], user_security_context={})
    assert put_azure(body).violations == ()
    assert {violation.code for violation in put(request(body)).violations} == {"unknown_parameter"}


def members_of(hint):
    """Return a hint without Required, Optional and the like, as the members of its union."""
    while typing.get_origin(hint) in {typing.Required, typing.NotRequired, typing.Annotated}:
        hint = typing.get_args(hint)[0]
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return [member for one in typing.get_args(hint) for member in members_of(one)]
    return [hint]


def kinds_of(shape):
    return shape.options if isinstance(shape, Either) else (shape,)


def find_unknown(hint, shape, path=""):
    """Yield what a type of the package allows and the tables do not."""
    for member in members_of(hint):
        origin = typing.get_origin(member)
        if is_typeddict(member):
            yield from _find_unknown_keys(member, shape, path)
        elif origin is typing.Literal:
            yield from (f"{path}: {word!r}" for word in typing.get_args(member) if not takes(shape, word))
        elif origin is not None and typing.get_args(member) and "Iterable" in str(origin) + str(member):
            items = next(one for one in kinds_of(shape) if isinstance(one, Items))
            yield from find_unknown(typing.get_args(member)[0], items.of, f"{path}[]")


def takes(shape, value):
    return not list(find_departures(shape, value))


def _find_unknown_keys(member, shape, path):
    hints = typing.get_type_hints(member, include_extras=True)
    for record in _records(shape, hints):
        fields = {field.name: field.shape for field in record.fields}
        for key, hint in hints.items():
            if key not in fields:
                yield f"{path}.{key}"
            else:
                yield from find_unknown(hint, fields[key], f"{path}.{key}")
        return
    if not any(isinstance(one, Anything | Entries) for one in kinds_of(shape)):
        yield f"{path}: {member.__name__}"


def _records(shape, hints):
    for one in kinds_of(shape):
        if isinstance(one, Record):
            yield one
        elif isinstance(one, Tagged):
            words = [word for tag in members_of(hints[one.tag]) for word in typing.get_args(tag)]
            yield from (one.members[word] for word in words if word in one.members)


@pytest.mark.parametrize("kind", [params.CompletionCreateParamsNonStreaming, params.CompletionCreateParamsStreaming])
def test_knows_all_that_the_package_s_types_allow(kind):
    assert list(find_unknown(kind, TABLE)) == []


def test_the_comparison_with_the_package_would_find_a_gap():
    poorer = Record("", tuple(field for field in TABLE.fields if field.name != "tool_choice"))
    assert list(find_unknown(params.CompletionCreateParamsNonStreaming, poorer)) == [".tool_choice"]


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (Number(whole=True), 2.0),
        (Flag(), False),
        (Text(), ""),
        (Text(longest=1), "é"),
        (Items(of=Text()), []),
        (Entries(of=Text()), {"": ""}),
        (Anything(), None),
    ],
)
def test_takes_what_is_just_good(shape, value):
    assert takes(shape, value)


def test_names_no_key_twice():
    def records(shape):
        for one in kinds_of(shape):
            inner = one.members.values() if isinstance(one, Tagged) else [one]
            for record in inner:
                if isinstance(record, Record):
                    yield record
                    for field in record.fields:
                        yield from records(field.shape)
                elif isinstance(record, Items | Entries):
                    yield from records(record.of)

    for record in records(TABLE):
        names = [field.name for field in record.fields]
        assert len(names) == len(set(names))


def test_judges_a_key_s_name_not_what_it_holds():
    assert put(request(chat(user(**{"messages[0].role": 1})))).violations[0].param == "messages[0].messages[0].role"
