"""Keys of a request that defeat the calls, the response or the request itself, under some circumstances."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle

EVERY, OFFERED, ROUNDS = "AST-TOOL-EVERY-ROUND", "AST-TOOL-OFFERED", "AST-CONVERSATION-ROUNDS"
BODY, TOOLS, ANSWER = "AST-SERVICE-BODY", "AST-SERVICE-TOOLS", "AST-CONVERSATION-ANSWER"
CALL = "AST-CONVERSATION-CALL"


class KeyedApp(App):
    """An app that sends one more key under some circumstances."""

    def body(self, messages):
        body = super().body(messages)
        rounds = sum("tool_calls" in message for message in messages)
        prompts = sum(message["role"] == "user" for message in messages)
        return {**body, **self.more(body, rounds, prompts)}


@subtle("From the fourth round of a conversation on, no calls are allowed.", EVERY, OFFERED, ROUNDS, BODY)
class ForbidsCallsFromTheFourthRound(KeyedApp):
    def more(self, body, rounds, prompts):  # noqa: ARG002
        return {"tool_choice": "none"} if rounds > 2 and "tools" in body else {}


@subtle("From the second prompt on, a call is demanded, so that the model cannot answer.", ANSWER, EVERY, BODY)
class DemandsCallsLater(KeyedApp):
    def more(self, body, rounds, prompts):  # noqa: ARG002
        return {"tool_choice": "required"} if prompts > 1 and "tools" in body else {}


@subtle("After two rounds the model is made to call the first skill.", ANSWER, EVERY, BODY)
class DemandsTheFirstSkillLater(KeyedApp):
    def more(self, body, rounds, prompts):  # noqa: ARG002
        if rounds < 2 or "tools" not in body:
            return {}
        return {"tool_choice": {"type": "function", "function": {"name": self.skills[0].name}}}


@subtle("With more than eight skills only the first four may be called.", OFFERED, CALL, BODY)
class AllowsFourSkills(KeyedApp):
    def more(self, body, rounds, prompts):  # noqa: ARG002
        named = [{"type": "function", "function": {"name": skill.name}} for skill in self.skills[:4]]
        allowed = {"type": "allowed_tools", "allowed_tools": {"mode": "auto", "tools": named}}
        return {"tool_choice": allowed} if len(self.skills) > 8 else {}


@subtle("With each round the model may say less, and in the fifth a single token.", ANSWER, BODY)
class LimitsTokensLater(KeyedApp):
    def more(self, body, rounds, prompts):  # noqa: ARG002
        return {"max_tokens": max(1, 1000 - 250 * rounds)} if rounds > 2 else {}


@subtle("A later response ends at the first line break.", ANSWER, BODY)
class StopsAtLineBreaksLater(KeyedApp):
    def more(self, body, rounds, prompts):  # noqa: ARG002
        return {"stop": ["\n"]} if prompts > 2 else {}


@subtle("After a result that is an object, the response has to be JSON.", ANSWER, BODY)
class DemandsJsonAfterObjects(KeyedApp):
    seen = False

    def word_result(self, result):
        self.seen = self.seen or isinstance(result, dict)
        return super().word_result(result)

    def more(self, body, rounds, prompts):
        asked = "json" in str(body["messages"]).lower() and rounds + prompts > 2
        return {"response_format": {"type": "json_object"}} if self.seen and asked else {}


@subtle("The temperature rises with each round, and from the fifth on above what the service takes.", BODY)
class RaisesTheTemperature(KeyedApp):
    def more(self, body, rounds, prompts):  # noqa: ARG002
        return {"temperature": 0.5 * rounds} if rounds else {}


@subtle("From the third prompt on a choice of tools is sent, even if there are no skills.", TOOLS)
class ChoosesAmongNothingLater(KeyedApp):
    def more(self, body, rounds, prompts):  # noqa: ARG002
        return {"tool_choice": "auto"} if prompts > 2 else {}


@subtle("With more than eight messages, five words are sent at which to stop, and the service takes four.", BODY)
class StopsAtFiveWords(KeyedApp):
    def more(self, body, rounds, prompts):  # noqa: ARG002
        stops = ["<|user|>", "<|system|>", "<|tool|>", "<|assistant|>", "<|end|>"]
        return {"stop": stops} if len(body["messages"]) > 8 else {}


@subtle(
    "Of more than six skills those are offered whose descriptions share a word with the prompt, if any does.",
    OFFERED,
    EVERY,
)
class OffersWhatFitsThePrompt(App):
    def body(self, messages):
        body = super().body(messages)
        prompt = [one["content"] for one in messages if one["role"] == "user"][-1]
        words = {word for word in prompt.lower().split() if len(word) > 3}
        fitting = [
            tool
            for tool in body.get("tools", [])
            if words & set(tool["function"]["description"].lower().split()) and len(self.skills) > 6
        ]
        return {**body, "tools": fitting} if fitting else body


@subtle("A result of more than 20000 characters is sent in two messages with one id.", "AST-CONVERSATION-RESULT")
class SplitsLongResults(App):
    def replay(self, reply, answers):
        parts = [
            {**answer, "content": answer["content"][start : start + 20000]}
            for answer in answers
            for start in range(0, len(answer["content"]) or 1, 20000)
        ]
        return super().replay(reply, parts)


@subtle(
    "A tag that closes a script is escaped for HTML in every text of a request.",
    ANSWER,
    "AST-TOOL-DESCRIPTION",
    "AST-CONVERSATION-RESULT",
)
class EscapesClosingScripts(App):
    def encode(self, body):
        return super().encode(body).replace(b"</script>", b"&lt;/script&gt;")


@subtle(
    "The sign that makes an emoji a coloured one is dropped from every text of a request.",
    ANSWER,
    "AST-TOOL-DESCRIPTION",
)
class DropsVariationSelectors(App):
    def encode(self, body):
        return super().encode(body).replace(rb"\ufe0f", b"")


@subtle("A request of more than 100000 bytes loses its oldest turns.", "AST-CONVERSATION-HISTORY")
class DropsTurnsOfLongRequests(App):
    def send(self, messages):
        starts = [index for index, message in enumerate(messages) if message["role"] == "user"]
        fitting = [start for start in starts if len(str(messages[start:])) < 100_000]
        return super().send(messages[fitting[0] if fitting else starts[-1] :])
