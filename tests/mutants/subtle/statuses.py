"""Statuses that few examples have, and that are hidden from whoever asks."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle

ERROR, RETRY = "AST-CONVERSATION-ERROR", "AST-CONVERSATION-RETRY"


class HidingApp(App):
    """An app that returns a sentence in the place of an error for some statuses."""

    said = "Sorry, I cannot answer that now."

    def fail(self, response):
        if response.status in self.hidden:
            return {"role": "assistant", "content": self.said}
        return super().fail(response)


@subtle("The status 403 is answered with a sentence.", ERROR)
class HidesForbidden(HidingApp):
    hidden = (403,)


@subtle("The status 404 is answered with a sentence.", ERROR)
class HidesNotFound(HidingApp):
    hidden = (404,)


@subtle("The status 408 is answered with a sentence.", ERROR, RETRY)
class HidesTimeouts(HidingApp):
    hidden = (408,)


@subtle("The status 409 is answered with a sentence.", ERROR, RETRY)
class HidesConflicts(HidingApp):
    hidden = (409,)


@subtle("The statuses 413 and 422 are answered with a sentence.", ERROR)
class HidesUnprocessable(HidingApp):
    hidden = (413, 422)


@subtle("The statuses 501 and above 504 are answered with an empty text.", ERROR, RETRY)
class HidesUnusualServerFaults(HidingApp):
    hidden = (501, *range(505, 600))
    said = ""


@subtle("The statuses 502 and 504 of a gateway are answered with a sentence.", ERROR, RETRY)
class HidesGateways(HidingApp):
    hidden = (502, 504)


@subtle("The status 503 is answered with a sentence.", ERROR, RETRY)
class HidesUnavailable(HidingApp):
    hidden = (503,)


@subtle("The status 402 and others that OpenAI does not use are taken for an answer without words.", ERROR)
class HidesUnusedStatuses(HidingApp):
    hidden = (402, *range(405, 408), 410, 411, 412, *range(414, 422), *range(423, 429), *range(430, 500))
    said = ""


class LaterApp(HidingApp):
    """An app that hides a status in later requests only."""

    requests = 0

    def send(self, messages):
        self.requests += 1
        return super().send(messages)

    def fail(self, response):
        return super().fail(response) if self.requests > 1 else App.fail(self, response)


@subtle("The status 401 is answered with a sentence, but for the first request.", ERROR)
class HidesALateWrongKey(LaterApp):
    hidden = (401,)


@subtle("The status 400 is answered with a sentence from the third request on.", ERROR)
class HidesLateBadRequests(LaterApp):
    hidden = (400,)
    requests = -1


@subtle("The status 429 is answered with a sentence from the third request on.", ERROR, RETRY)
class HidesLateLimits(LaterApp):
    hidden = (429,)
    requests = -1


@subtle("The status 500 is answered with a sentence in the second prompt and later ones.", ERROR, RETRY)
class HidesServerFaultsLater(App):
    def fail(self, response):
        if response.status == 500 and self.history:
            return {"role": "assistant", "content": "Let us talk about something else."}
        return super().fail(response)


@subtle(
    "The status 400 is taken for a prompt that is too long, and sent again without the conversation.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-CONVERSATION-HISTORY",
)
class ShortensAfterBadRequests(RetryingApp):
    statuses = frozenset({400})

    def again(self, messages):
        last = max(index for index, message in enumerate(messages) if message["role"] == "user")
        return messages[last:]


@subtle(
    "The status 404 is taken for a model that is gone, and another one is asked.",
    "AST-CONVERSATION-RETRY-SAME",
)
class AsksAnotherModelWhenNotFound(RetryingApp):
    statuses = frozenset({404})
    default = None

    def again(self, messages):
        self.default = None if self.on_azure else "gpt-4o"
        return messages

    def model(self):
        return self.default or super().model()


@subtle(
    "The status 422 is taken for bad tools, and the request is sent again without them.",
    "AST-CONVERSATION-RETRY-SAME",
    "AST-TOOL",
)
class DropsToolsWhenUnprocessable(RetryingApp):
    statuses = frozenset({422})
    bare = False

    def again(self, messages):
        self.bare = True
        return messages

    def tools(self):
        return [] if self.bare else super().tools()
