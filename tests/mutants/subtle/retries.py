"""Requests that are sent again after a fault, and do not say the same as before."""

from __future__ import annotations

from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle

SAME, RETRY = "AST-CONVERSATION-RETRY-SAME", "AST-CONVERSATION-RETRY"
SERVICE = "AST-SERVICE-MESSAGES"


@subtle("After a 502 the prompt stands in the request twice.", SAME)
class DoublesThePrompt(RetryingApp):
    statuses = frozenset({502})

    def again(self, messages):
        last = max(index for index, message in enumerate(messages) if message["role"] == "user")
        return [*messages[: last + 1], *messages[last:]]


@subtle("After a 500 the request is sent again without the earlier prompts.", SAME, "AST-CONVERSATION-HISTORY")
class ForgetsTheConversationAfterFaults(RetryingApp):
    statuses = frozenset({500})

    def again(self, messages):
        last = max(index for index, message in enumerate(messages) if message["role"] == "user")
        return messages[last:]


@subtle("After a 504 the request is sent again without the texts beside calls.", SAME)
class DropsTextsAfterTimeouts(RetryingApp):
    statuses = frozenset({504})

    def again(self, messages):
        return [{**message, "content": None} if "tool_calls" in message else message for message in messages]


@subtle("After a 408 long results are shortened, so that the request becomes smaller.", SAME)
class ShortensResultsAfterTimeouts(RetryingApp):
    statuses = frozenset({408})

    def again(self, messages):
        return [{**one, "content": one["content"][:200]} if one["role"] == "tool" else one for one in messages]


@subtle("After a 503 the last round of calls is left out of the request that is sent again.", SAME)
class DropsTheLastRoundAfterFaults(RetryingApp):
    statuses = frozenset({503})

    def again(self, messages):
        calls = [index for index, message in enumerate(messages) if "tool_calls" in message]
        return messages[: calls[-1]] if len(calls) > 1 else messages


@subtle("After a 409 the results of a reply with several calls are sent again in one message.", SAME, SERVICE)
class MergesResultsAfterConflicts(RetryingApp):
    statuses = frozenset({409})

    def again(self, messages):
        kept = []
        for message in messages:
            if kept and message["role"] == kept[-1]["role"] == "tool":
                kept[-1] = {**kept[-1], "content": kept[-1]["content"] + message["content"]}
            else:
                kept.append(message)
        return kept


class BodyApp(RetryingApp):
    """An app whose body is another one when it is sent again."""

    retried = False

    def send_once(self, messages, attempt):
        self.retried = attempt > 0
        return super().send_once(messages, attempt)

    def body(self, messages):
        body = super().body(messages)
        return self.rewrite(body) if self.retried else body


@subtle("After a 502 or 504 the request is sent again without the skills.", SAME, "AST-TOOL-EVERY-ROUND")
class OffersNothingAfterFaults(BodyApp):
    statuses = frozenset({502, 504})

    def rewrite(self, body):
        return {key: value for key, value in body.items() if key != "tools"}


@subtle("After a 429 another model is asked on OpenAI, if the conversation is not at its beginning.", SAME)
class AsksAnotherModelAfterFaults(BodyApp):
    statuses = frozenset({429})

    def rewrite(self, body):
        return {**body, "model": "gpt-4o-mini"} if len(body["messages"]) > 3 and not self.on_azure else body


@subtle("After a 500 the descriptions of skills are cut to their first sentence.", SAME, "AST-TOOL-DESCRIPTION")
class ShortensDescriptionsAfterFaults(BodyApp):
    statuses = frozenset({500})

    def description_of(self, skill):
        description = super().description_of(skill)
        return description.split(". ")[0] if self.retried else description

    def rewrite(self, body):
        return body


@subtle("After a 429 the first four skills are offered only.", SAME, "AST-TOOL-OFFERED")
class OffersFourSkillsAfterFaults(BodyApp):
    statuses = frozenset({429})

    def rewrite(self, body):
        return {**body, "tools": body["tools"][:4]} if "tools" in body else body


@subtle("After a 503 a text is demanded in the place of calls.", SAME, "AST-TOOL-EVERY-ROUND", "AST-SERVICE")
class ForbidsCallsAfterFaults(BodyApp):
    statuses = frozenset({503})

    def rewrite(self, body):
        return {**body, "tool_choice": "none"} if "tools" in body else body


@subtle(
    "After a 504 a given parameter description is left out for one that takes anything.", SAME, "AST-TOOL-PARAMETERS"
)
class SimplifiesSchemasAfterTimeouts(BodyApp):
    statuses = frozenset({504})

    def function_of(self, skill):
        function = super().function_of(skill)
        if not self.retried or "parameterDescriptionJson" not in skill.given:
            return function
        return {**function, "parameters": {"type": "object", "properties": {}}}

    def rewrite(self, body):
        return body


# What comes of it


@subtle("A fault that comes twice in a row is answered with an empty response.", "AST-CONVERSATION-ERROR", RETRY)
class ReturnsNothingAfterTwoFaults(RetryingApp):
    statuses = frozenset({502, 503})

    def give_up(self, messages, fault):
        if fault.status in self.statuses:
            return {"role": "assistant", "content": ""}
        return super().give_up(messages, fault)


@subtle(
    "After a 500 the functions that were called last are run again, if there were several.",
    RETRY,
    "AST-CONVERSATION-ONCE",
)
class RunsSeveralCallsAgain(RetryingApp):
    statuses = frozenset({500})

    def again(self, messages):
        calls = next((one["tool_calls"] for one in reversed(messages) if "tool_calls" in one), [])
        if len(calls) > 1 and messages[-1]["role"] == "tool":
            return [*messages[: -len(calls)], *self.answers(calls)]
        return messages


@subtle("A fault after a call with a text beside it is answered with that text.", RETRY, "AST-CONVERSATION-ERROR")
class ReturnsTheTextBesideTheCall(RetryingApp):
    statuses = frozenset()

    def give_up(self, messages, fault):
        texts = [one["content"] for one in messages if "tool_calls" in one and one["content"]]
        if texts and messages[-1]["role"] == "tool":
            return {"role": "assistant", "content": texts[-1]}
        return super().give_up(messages, fault)


@subtle("A fault in a later prompt is answered with the response before.", RETRY, "AST-CONVERSATION-ERROR")
class RepeatsTheResponseAfterFaults(RetryingApp):
    statuses = frozenset()

    def give_up(self, messages, fault):
        said = [one["content"] for one in messages if one["role"] == "assistant" and one["content"]]
        if said and fault.status >= 500 and messages[-1]["role"] == "user":
            return {"role": "assistant", "content": said[-1]}
        return super().give_up(messages, fault)
