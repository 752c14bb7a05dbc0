"""Statuses of the service that are hidden, requests that change when they are sent again, versions that are none."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.kinds import asks_azure, both
from mutants.mutant import mutant

ERROR, SAME = "AST-CONVERSATION-ERROR", "AST-CONVERSATION-RETRY-SAME"
URL = "AST-SERVICE-URL"


# The service


class SendsAgain(App):
    """An app that sends a request again after a fault, changed."""

    def send(self, messages):
        try:
            return super().send(messages)
        except RuntimeError as error:
            if re.search("answers (429|503)", str(error)):
                return super().send(self.changed(messages))
            raise


@mutant("A request that is sent again holds the last prompt only.", fails={SAME: ["repeated-request-after-*"]})
class RepeatsTheLastPromptOnly(SendsAgain):
    def changed(self, messages):
        last = max(number for number, one in enumerate(messages) if one["role"] == "user")
        return messages[last:]


@mutant("A request that is sent again holds the prompt twice.", fails={SAME: ["repeated-request-after-*"]})
class RepeatsThePromptTwice(SendsAgain):
    def changed(self, messages):
        return [*messages, messages[-1]] if messages[-1]["role"] == "user" else messages


def hiding(status):
    """Name the cases in which a standing fault of that status is to end in an error."""
    return {ERROR: [f"*-{status}-raised"]}


class HidesAStatus(App):
    """An app that makes up an answer for one status that stands."""

    def fail(self, response):
        if response.status == self.hidden:
            return {"role": "assistant", "content": "Please try again later."}
        return super().fail(response)


@mutant("A forbidden key is hidden.", fails=hiding(403))
class HidesAForbiddenKey(HidesAStatus):
    hidden = 403


@mutant("A model that is not there is hidden.", fails=hiding(404))
class HidesAMissingModel(HidesAStatus):
    hidden = 404


@mutant("A body that cannot be processed is hidden.", fails=hiding(422))
class HidesAnUnprocessableBody(HidesAStatus):
    hidden = 422


@mutant("A request that took too long is hidden.", fails=hiding(408))
class HidesATimeout(HidesAStatus):
    hidden = 408


@mutant("A conflict is hidden.", fails=hiding(409))
class HidesAConflict(HidesAStatus):
    hidden = 409


@mutant("A bad gateway is hidden.", fails=hiding(502))
class HidesABadGateway(HidesAStatus):
    hidden = 502


@mutant("A service that is not available is hidden.", fails={**hiding(503), SAME: ["repeated-request-after-503"]})
class HidesAnUnavailableService(HidesAStatus):
    hidden = 503


@mutant("The api-version is not one.", fails={URL: [asks_azure]})
class SendsAVersionThatIsNone(App):
    def url(self, model):
        return re.sub("api-version=.*", "api-version=latest", super().url(model))


def posts_again(case):
    return len(case.scenario.episode.prompts) > 1 or len(case.scenario.episode.model_replies) > 1


@mutant("The api-version is sent with the first request only.", fails={URL: [both(asks_azure, posts_again)]})
class SendsTheVersionOnce(App):
    sent = False

    def url(self, model):
        first, self.sent = not self.sent, True
        return super().url(model) if first else super().url(model).partition("?")[0]
