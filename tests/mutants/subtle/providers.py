"""What meets a second circumstance on Azure OpenAI, where the first alone is right."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle

ERROR, RETRY, SAME = "AST-CONVERSATION-ERROR", "AST-CONVERSATION-RETRY", "AST-CONVERSATION-RETRY-SAME"


class HidingOnAzure(App):
    """An app that returns a sentence in the place of an error for some statuses, on Azure OpenAI only."""

    def fail(self, response):
        if self.on_azure and response.status in self.hidden:
            return {"role": "assistant", "content": "Please try again later."}
        return super().fail(response)


@subtle("On Azure OpenAI the status 401 is answered with a sentence.", ERROR)
class HidesAWrongKeyOnAzure(HidingOnAzure):
    hidden = (401,)


@subtle("On Azure OpenAI the statuses 404 and 410 are answered with a sentence.", ERROR)
class HidesMissingDeployments(HidingOnAzure):
    hidden = (404, 410)


@subtle("On Azure OpenAI the status 429 is answered with a sentence.", ERROR, RETRY)
class HidesQuotasOnAzure(HidingOnAzure):
    hidden = (429,)


@subtle("On Azure OpenAI the status 503 is answered with a sentence.", ERROR, RETRY)
class HidesOutagesOnAzure(HidingOnAzure):
    hidden = (503,)


@subtle("On Azure OpenAI a bearer token is sent in the place of the key after a call.", "AST-SERVICE-KEY")
class SendsATokenLaterOnAzure(App):
    called = False

    def replay(self, reply, answers):
        self.called = True
        return super().replay(reply, answers)

    def headers(self):
        if self.on_azure and self.called:
            return {"Authorization": f"Bearer {self.settings['AZURE_OPENAI_KEY']}"}
        return super().headers()


@subtle("On Azure OpenAI a request that is sent again lacks the tools.", SAME, "AST-TOOL-EVERY-ROUND")
class DropsToolsFromRetriesOnAzure(RetryingApp):
    bare = False

    def send_once(self, messages, attempt):
        self.bare = attempt > 0 and self.on_azure
        return super().send_once(messages, attempt)

    def tools(self):
        return [] if self.bare else super().tools()


@subtle("On Azure OpenAI a call of a function that is not a skill ends the conversation.", "AST-CONVERSATION-UNKNOWN")
class RaisesForUnknownFunctionsOnAzure(App):
    def answer(self, name, arguments):
        if self.on_azure:
            self.find(name)
        return super().answer(name, arguments)


@subtle("On Azure OpenAI an error of a function is told as a call without a result.", "AST-CONVERSATION-FAILURE")
class TellsErrorsAsNothingOnAzure(App):
    def word_failure(self, name, error):
        return self.word_result(None) if self.on_azure else super().word_failure(name, error)


@subtle("On Azure OpenAI of more than five calls in a reply the first five are run.", "AST-CONVERSATION-PARALLEL")
class RunsFiveCallsOnAzure(App):
    def answers(self, calls):
        if not self.on_azure:
            return super().answers(calls)
        return [*super().answers(calls[:5]), *(self.tool_message(call, "It was skipped.") for call in calls[5:])]


@subtle("On Azure OpenAI a made-up schema says string from the third skill on.", "AST-SCHEMA-TYPE")
class MakesUpTextsOnAzure(App):
    def property_of(self, skill):
        return {"type": "string"} if self.on_azure and len(self.skills) > 1 else super().property_of(skill)


@subtle("On Azure OpenAI malformed arguments are taken for none.", "AST-CONVERSATION-ARGUMENT-MALFORMED")
class TakesMalformedForNoneOnAzure(App):
    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except (ValueError, TypeError):
            if self.on_azure:
                return {}
            raise


@subtle(
    "On Azure OpenAI the oldest messages are forgotten once there are more than twelve.", "AST-CONVERSATION-HISTORY"
)
class KeepsTwelveMessagesOnAzure(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        if self.on_azure and len(self.history) > 12:
            self.history = self.history[2:]
        return text


@subtle("On Azure OpenAI the function without a result ends the conversation.", "AST-CONVERSATION-RESULT-NONE")
class RaisesForNoResultOnAzure(App):
    def answer(self, name, arguments):
        answer = super().answer(name, arguments)
        if self.on_azure and answer == self.word_result(None):
            raise RuntimeError("there is no result")
        return answer
