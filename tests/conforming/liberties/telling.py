"""Liberties in what the model is told of a call: of its result, of none, of a failure, of an unknown function."""

# ruff: noqa: ARG002, ARG005  # words may not need all that they are given
from __future__ import annotations

import json
import traceback
from html import escape

from mutants.base import App

from liberties.liberty import liberty, variation

NOTHING = "The function succeeded."


def text_of(value, **style):
    return value if isinstance(value, str) else json.dumps(value, **style)


def tells(name, why, word, **options):
    """Make a liberty of the words around a result."""
    members = {"word_result": lambda self, result: NOTHING if result is None else word(result)}
    return variation(name, why, members=members, **options)


RESULTS = [
    tells("json", "A text may be quoted as JSON.", json.dumps),
    tells("json-unescaped", "JSON needs no escapes.", lambda value: json.dumps(value, ensure_ascii=False)),
    tells("json-indented", "White space in JSON says nothing.", lambda value: json.dumps(value, indent=4)),
    tells("json-sorted", "The order of members says nothing.", lambda value: text_of(value, sort_keys=True)),
    tells(
        "json-dense",
        "White space in JSON says nothing.",
        lambda value: text_of(value, separators=(",", ":"), ensure_ascii=False),
    ),
    tells("json-in-lines", "White space around JSON says nothing.", lambda value: f"\n  {json.dumps(value)}\n"),
    tells("member", "A result may be a member of an object.", lambda value: json.dumps({"result": value})),
    tells(
        "member-among-others",
        "Other members may stand beside the result.",
        lambda value: json.dumps({"status": "ok", "error": None, "output": value, "took": 0.125}, ensure_ascii=False),
    ),
]


def embeds(name, word):
    """Make a liberty of a sentence around a result."""
    why = "A result reaches the model if it stands in the message whole and delimited, inside a sentence too."
    return tells(name, why, word)


SENTENCES = [
    embeds("shipped-sentence", lambda value: f"Function Name: 'AddTodo' and Function Result: '{json.dumps(value)}'"),
    embeds("text-after-colon", lambda value: f"The result of the function: {text_of(value)}"),
    embeds("json-after-colon", lambda value: f"Result: {json.dumps(value, ensure_ascii=False)}"),
    embeds("before-words", lambda value: f"{text_of(value)} (this is what the function returned)"),
    embeds("before-a-stop", lambda value: f"The function returned {json.dumps(value)}."),
    embeds("fenced", lambda value: f"Result:\n```json\n{json.dumps(value, indent=2)}\n```"),
    embeds("tagged", lambda value: f"<result>{text_of(value)}</result>"),
    embeds("in-japanese", lambda value: f"関数の結果は{json.dumps(value, ensure_ascii=False)}です。"),
    embeds("in-korean", lambda value: f"결과는 {json.dumps(value, ensure_ascii=False)}입니다."),
    embeds("assigned", lambda value: f"const result = {json.dumps(value)}; // the function's"),
    embeds("listed", lambda value: json.dumps(["ok", value])),
    embeds("like-http", lambda value: f"Status: 200 OK\nContent-Type: application/json\n\n{json.dumps(value)}"),
    embeds("bracketed", lambda value: f"The call is done [{text_of(value)}]."),
]


def tells_nothing(name, words, **options):
    """Make a liberty of what stands for no result."""
    why = "What stands for no result is free, the empty text included."
    members = {"word_result": lambda self, result: words if result is None else App.word_result(self, result)}
    return variation(name, why, members=members, **options)


NO_RESULTS = [
    tells_nothing("nothing-as-empty-text", ""),
    tells_nothing("nothing-as-null", "null"),
    tells_nothing("nothing-as-none", "None"),
    tells_nothing("nothing-as-object", "{}"),
    tells_nothing("nothing-as-word", "done"),
    tells_nothing("nothing-as-json", '{"result": null}'),
    tells_nothing(
        "nothing-as-sentence", "The function call succeeded. Let the user know that you completed the action."
    ),
]


def tells_failures(name, why, word, **options):
    """Make a liberty of the words for a failure, of whatever kind."""
    members = {"word_failure": lambda self, function, error: word(function, error)}
    return variation(name, why, members=members, **options)


FAILURES = [
    tells_failures("failure-in-capitals", "A failure needs no length.", lambda name, error: "FAIL"),
    tells_failures("failure-as-letter", "A failure needs no words.", lambda name, error: "✗"),
    tells_failures("failure-as-sign", "A failure may be told as a sign.", lambda name, error: " !"),
    tells_failures("failure-as-json", "A failure may be JSON.", lambda name, error: json.dumps({"error": repr(error)})),
    tells_failures("failure-as-flag", "A failure may be a flag.", lambda name, error: '{"ok": false}'),
    tells_failures(
        "failure-at-length",
        "A failure may be told at length.",
        lambda name, error: f"I am sorry to say that {name} did not succeed: {error}. Ask the user what to do. " * 9,
    ),
    tells_failures(
        "failure-as-text",
        "A failure may be told as the error's text.",
        lambda name, error: str(error) or "(no message)",
    ),
    tells_failures(
        "failure-as-kind", "A failure may be told as the error's kind.", lambda name, error: type(error).__name__
    ),
    tells_failures(
        "failure-as-traceback",
        "A failure may be told with its traceback.",
        lambda name, error: "".join(traceback.format_exception(error)),
    ),
    tells_failures(
        "failure-as-markup",
        "A failure may be told in markup.",
        lambda name, error: f"<error>{escape(repr(error))}</error>",
    ),
]


@liberty("Each kind of failure may have words of its own.")
class WordsEachFailure(App):
    def word_failure(self, name, error):
        if isinstance(error, LookupError):
            return f"404: {name}. There are: {', '.join(skill.name for skill in self.skills) or 'none'}"
        return "Write the arguments as JSON, please." if isinstance(error, ValueError) else "The function has failed."


@liberty("No result and a failure may be told in the same form, if they differ.")
class TellsStatusOnly(App):
    def word_result(self, result):
        return json.dumps({"status": "success"} if result is None else {"status": "success", "value": result})

    def word_failure(self, name, error):
        return json.dumps({"status": "failure"})
