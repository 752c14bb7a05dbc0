"""A result travels between processes, whatever an implementation put into it."""

import json
import subprocess

import pytest

from conformance._data.case_id import CaseId
from conformance._judging.result import Finding, Result, Sent
from conformance._judging.session import as_sent
from conformance._service import Exchange
from conformance._service.wire import Request, Response
from conformance._text import json_values
from conformance._text.words import describe_error, make_printable, make_printable_json, quote_for_shell

FINDING = Finding(
    requirement="AST-A", level="should", statement="S.", section="Example", what="it", got="1", wanted="2", where="here"
)
RESULT = Result(
    implementation="mine",
    id=CaseId.of_case("2024-04-14", "a.yaml", "a-case", "python"),
    title="T.",
    requirement="AST-A",
    group="a",
    level="must",
    place="cases/a.yaml:1",
    outcome="failed",
    reason=None,
    findings=(FINDING,),
    notes=("a note",),
    requests=(Sent(method="POST", url="https://api.openai.com/", body="{}", status=200),),
    seconds=0.5,
)


def result(**changes):
    return Result(**{name: getattr(RESULT, name) for name in RESULT.__slots__} | changes)


def test_what_yaml_has_no_place_for_is_escaped_in_a_way_that_can_be_read():
    assert make_printable("a\ufffeb\uffff\x07c") == r"a\ufffeb\uffff\x07c"


def test_travels_as_json():
    assert Result.from_json(json.loads(json.dumps(RESULT.to_json()))) == RESULT


def test_travels_without_what_no_process_can_be_given():
    hostile = "half \ud83d of it, \x1b[31mred\x00 and \x9b"
    finding = Finding(
        requirement="A", level="must", statement="S.", section="E", what=hostile, got=hostile, wanted=hostile
    )
    sent = Sent(method="POST", url=hostile, body=hostile, status=200)
    value = result(reason=hostile, notes=(hostile,), findings=(finding,), requests=(sent,)).printable().to_json()
    text = json.dumps(value, ensure_ascii=False)
    assert text.encode().decode() == text
    assert value["reason"] == "half \\ud83d of it, \\x1b[31mred\\x00 and \\x9b"
    assert {value["notes"][0], value["findings"][0]["got"], value["requests"][0]["body"]} == {value["reason"]}


def test_travels_with_its_names_as_they_are():
    odd = result(
        implementation="業務\u3000アプリ",
        id=CaseId.of_case("2024-04-14", "a\xa0b.yaml", "a-case", "python"),
        place="a\xa0b.yaml:1",
    )
    assert Result.from_json(odd.to_json()) == odd
    assert odd.printable().id.file == odd.id.file


def test_shows_a_body_that_is_still_json():
    body = json.dumps({"messages": ["a\r\x1b[0m", "b\x7f\x85\ud83d"]}, ensure_ascii=False)
    request = Request(method="POST", url="https://api.openai.com/", headers={}, body=body.encode("utf-8", "replace"))
    response = Response(status=200, headers={}, body=b"")
    told = {"body": None, "model": None, "violations": (), "reply": None, "unscripted": False}
    shown = result(requests=(as_sent(Exchange(request=request, response=response, **told)),)).to_json()["requests"][0][
        "body"
    ]
    assert json.loads(shown) == {"messages": ["a\r\x1b[0m", "b\x7f\x85?"]}
    assert shown.isprintable()


ODD = {
    "a line end": ("a\u2028b", r"a\u2028b"),
    "a joiner": ("a\u200db", r"a\u200db"),
    "no width": ("a\u200bb", r"a\u200bb"),
    "another direction": ("\u202ea\u202c", r"\u202ea\u202c"),
    "a mark of byte order": ("\ufeffa", r"\ufeffa"),
    "a space that is none": ("a\xa0b\u2003c", r"a\xa0b\u2003c"),
    "an accent on nothing": ('\u0301a "\u0301b"', r'\u0301a "\u0301b"'),
    "a character of another plane": ("a\U000e0001", r"a\U000e0001"),
}


@pytest.mark.parametrize(("text", "shown"), ODD.values(), ids=ODD)
def test_shows_what_cannot_be_seen_escaped(text, shown):
    assert make_printable(text) == shown
    assert json_values.show(text).isascii()
    assert json.loads(make_printable_json(json.dumps(text, ensure_ascii=False))) == text


@pytest.mark.parametrize(("text", "_"), ODD.values(), ids=ODD)
def test_quotes_what_cannot_be_seen_so_that_a_shell_reads_it(text, _):
    text = f"it's \\ {text}"
    quoted = quote_for_shell(text)
    assert make_printable(quoted) == quoted
    words = ["bash", "-c", f"printf %s {quoted}"]
    done = subprocess.run(words, capture_output=True, check=True)  # noqa: S603  # a text of ours
    assert done.stdout == text.encode()


def test_quotes_paths_that_are_not_text_as_their_bytes():
    assert quote_for_shell(b"caf\xe9".decode("utf-8", "surrogateescape")) == r"$'caf\xe9'"
    assert quote_for_shell("half \ud83d") == r"$'half \xed\xa0\xbd'"
    assert quote_for_shell("Käse und Brot") == "'Käse und Brot'"


def test_leaves_accents_on_their_letters():
    assert make_printable("Ka\u0308se, a\u0301\u0323") == "Ka\u0308se, a\u0301\u0323"


def test_keeps_lines_and_letters_as_they_are():
    assert make_printable("Käse\n\t牛乳 ✅") == "Käse\n\t牛乳 ✅"


def test_says_a_finding_in_one_form():
    assert str(FINDING) == "here: it = 1, but should be 2"


def test_knows_the_worst_level_that_was_violated():
    must = Finding(requirement="A", level="must", statement="S.", section="E", what="w", got="g", wanted="w")
    assert result(findings=()).worst is None
    assert RESULT.worst == "should"
    assert result(findings=(FINDING, must)).worst == "must"


class UnspeakableError(Exception):
    def __str__(self):
        raise self.args[0]


def test_describes_any_error():
    assert describe_error(ValueError("no")) == "ValueError: no"
    assert describe_error(ValueError()) == "ValueError"
    assert describe_error(UnspeakableError(RuntimeError)) == "UnspeakableError: (its text cannot be shown)"
    assert describe_error(UnspeakableError(SystemExit)) == "UnspeakableError: (its text cannot be shown)"
    cut = f"ValueError (the first 2000 of 1000000 characters): {'y' * 2000}"
    assert describe_error(ValueError("y" * 1_000_000)) == cut
    assert describe_error(ValueError("\ud800\x07")) == "ValueError: \\ud800\\x07"
