"""Faults that are excused or tried again with less, and answers that end in an unusual way."""

from __future__ import annotations

import json

from mutants.base import App
from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle

RETRY = ("AST-CONVERSATION-RETRY", "AST-CONVERSATION-ERROR")
ERROR = ("AST-CONVERSATION-ERROR", "AST-CONVERSATION-RECOVERY", "AST-CONVERSATION-RETRY")
ENDING = ("AST-CONVERSATION-CUT-SHORT", "AST-CONVERSATION-FIRST-CHOICE", "AST-CONVERSATION-ANSWER")


@subtle("A request that is too large is sent again without what was said before.", *RETRY)
class ShortensRequests(RetryingApp):
    statuses = frozenset({400, 413, 422})

    def again(self, messages):
        starts = [at for at, one in enumerate(messages) if one["role"] == "user"]
        return messages[starts[-1] :]


@subtle("A request is sent again without its last answer's details after a fault of the gateway.", *RETRY)
class ShortensResults(RetryingApp):
    def again(self, messages):
        cut = lambda one: {**one, "content": one["content"][:20]} if one["role"] == "tool" else one  # noqa: E731
        return [cut(message) for message in messages]


class AnsweringApp(App):
    """Answers some faults itself."""

    def fail(self, response):
        if not self.excuses(response):
            return super().fail(response)
        return {"role": "assistant", "content": "I am afraid that I cannot help you with that."}


@subtle("A payment that is missing, or a legal reason, is answered with an excuse.", *ERROR)
class ExcusesItselfForPayments(AnsweringApp):
    def excuses(self, response):
        return response.status in {402, 451}


@subtle("A request that is too large is answered with an excuse.", *ERROR)
class ExcusesItselfForSizes(AnsweringApp):
    def excuses(self, response):
        return response.status in {413, 431}


@subtle("A service that is overloaded, by a number of its own, is answered with an excuse.", *ERROR)
class ExcusesItselfForOverload(AnsweringApp):
    def excuses(self, response):
        return response.status in {520, 522, 524, 529}


@subtle("A prompt that the filter of Azure refuses is answered with an excuse.", *ERROR)
class ExcusesItselfForFilters(AnsweringApp):
    def excuses(self, response):
        return self.on_azure and response.status == 400


class EndingApp(App):
    """Looks at the whole choice."""

    def receive(self, response):
        if response.status >= 400:
            return self.fail(response)
        return self.choose(json.loads(response.content)["choices"])


@subtle("Of several choices, the longest text is taken.", *ENDING)
class TakesLongestChoices(EndingApp):
    def choose(self, choices):
        return max((choice["message"] for choice in choices), key=lambda one: len(one["content"] or ""))


@subtle("Of several choices, the first that ended by itself is taken.", *ENDING)
class TakesCompleteChoices(EndingApp):
    def choose(self, choices):
        whole = [one for one in choices if one["finish_reason"] in {"stop", "tool_calls"}]
        return (whole or choices)[0]["message"]


@subtle("Three dots are put after an answer that was cut off.", *ENDING)
class MarksCuts(EndingApp):
    def choose(self, choices):
        message = choices[0]["message"]
        return {**message, "content": f"{message['content']}…"} if choices[0]["finish_reason"] == "length" else message


@subtle("A reply that ended by itself is an answer, whatever it calls.", *ENDING)
class BelievesReasons(EndingApp):
    def choose(self, choices):
        message = choices[0]["message"]
        if choices[0]["finish_reason"] == "stop":
            message.pop("tool_calls", None)
        return message
