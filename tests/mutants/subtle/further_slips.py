"""Retries between rounds, strict schemas, calls in other notations, long conversations, guards, failures."""

from __future__ import annotations

import ast
import re

from mutants.base import App
from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle


@subtle(
    "After a request that answers calls was sent again, the model's next calls are not run: its text is the response.",
    "AST-CONVERSATION-ROUNDS",
    "AST-CONVERSATION-CALL",
    "AST-CONVERSATION-RETRY",
)
class CallsAfterRetryLost(RetryingApp):
    def send_once(self, messages, attempt):
        reply = super().send_once(messages, attempt)
        if attempt and messages[-1]["role"] == "tool" and reply.get("tool_calls"):
            return {"content": reply["content"] or "Done."}
        return reply


@subtle(
    "A tool whose parameter description is closed at its root and demands every property is sent as strict, which the "
    "service refuses where an inner object is open.",
    "AST-SERVICE-TOOLS",
)
class StrictByRootOnly(App):
    def function_of(self, skill):
        function = super().function_of(skill)
        schema = skill.schema
        if schema.get("additionalProperties") is False and set(schema.get("properties", ())) == set(
            schema.get("required", ())
        ):
            return {**function, "strict": True}
        return function


@subtle(
    "A parameter description that is closed and demands every property loses these, as strict mode adds them.",
    "AST-TOOL-PARAMETERS",
)
class StrictFormSimplified(App):
    def schema_of(self, skill, given):
        schema = super().schema_of(skill, given)
        names = set(schema.get("properties", ()))
        if names and schema.get("additionalProperties") is False and names == set(schema.get("required", ())):
            return {key: one for key, one in schema.items() if key not in ("additionalProperties", "required")}
        return schema


@subtle(
    "Arguments that are written as a call of Python, such as AddTodo(task='Milk'), are read.",
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class CallsOfPythonRead(App):
    def read_arguments(self, text):
        try:
            return super().read_arguments(text)
        except (ValueError, TypeError):
            call = ast.parse(text.strip(), mode="eval").body
            if not isinstance(call, ast.Call) or not call.keywords:
                raise
            return {one.arg: ast.literal_eval(one.value) for one in call.keywords}


@subtle(
    'Arguments that are written as elements of XML, such as <parameter name="task">Milk</parameter>, are read.',
    "AST-CONVERSATION-ARGUMENT-MALFORMED",
)
class ParametersOfXmlRead(App):
    def read_arguments(self, text):
        found = dict(re.findall(r"<parameter(?: name)?=\"?(\w+)\"?>(.*?)</parameter>", text or "", re.DOTALL))
        return found or super().read_arguments(text)


@subtle("Of more than 100 messages the oldest turns are forgotten.", "AST-CONVERSATION-HISTORY")
class HundredMessages(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        while len(self.history) > 100:
            starts = [i for i, m in enumerate(self.history) if m["role"] == "user"]
            if len(starts) < 2:
                break
            del self.history[: starts[1]]
        return text


@subtle("A guard drops from a prompt what asks to ignore earlier instructions.", "AST-CONVERSATION-ANSWER")
class GuardedPrompt(App):
    def prompt(self, message):
        return super().prompt(re.sub(r"(?i)\b(ignore|forget|disregard) (all |the )?previous \w+\.?", "", message))


@subtle("A guard masks a password in a prompt.", "AST-CONVERSATION-ANSWER")
class PasswordOfPromptMasked(App):
    def prompt(self, message):
        return super().prompt(re.sub(r"(?i)(password|pwd|secret)(\s*[:=]\s*)\S+", r"\1\2***", message))


@subtle("Parameters that count visits are dropped from addresses in a result.", "AST-CONVERSATION-RESULT")
class TrackingOfResultDropped(App):
    def word_result(self, result):
        text = super().word_result(result)
        return re.sub(r"[?&]utm_\w+=[^&\s\"]*", "", text)


@subtle("A connection string or a signature in a result is masked.", "AST-CONVERSATION-RESULT")
class SignatureOfResultMasked(App):
    def word_result(self, result):
        return re.sub(r"(AccountKey=|[?&]sig=)[^;&\s\"]+", r"\1***", super().word_result(result))


@subtle(
    "Blanks around texts within an array or an object that is a result are dropped.",
    "AST-CONVERSATION-RESULT",
)
class InnerTextsOfResultStripped(App):
    def word_result(self, result):
        def strip(value):
            if isinstance(value, dict):
                return {key: strip(one) for key, one in value.items()}
            if isinstance(value, list):
                return [strip(one) for one in value]
            return value.strip() if isinstance(value, str) else value

        return super().word_result(strip(result) if isinstance(result, list | dict) else result)


@subtle(
    "Texts of more than 500 characters within an array or an object that is a result are cut, with three dots.",
    "AST-CONVERSATION-RESULT",
)
class InnerTextsOfResultCut(App):
    def word_result(self, result):
        def cut(value):
            if isinstance(value, dict):
                return {key: cut(one) for key, one in value.items()}
            if isinstance(value, list):
                return [cut(one) for one in value]
            return value[:500] + "..." if isinstance(value, str) and len(value) > 500 else value

        return super().word_result(cut(result) if isinstance(result, list | dict) else result)


@subtle(
    "Members of an object with quotes, backslashes or line ends in their names lose these in a result.",
    "AST-CONVERSATION-RESULT",
)
class NamesOfResultCleaned(App):
    def word_result(self, result):
        def clean(value):
            if isinstance(value, dict):
                return {re.sub(r"[\"\\\n\r\t]", "", key): clean(one) for key, one in value.items()}
            return [clean(one) for one in value] if isinstance(value, list) else value

        return super().word_result(clean(result))


@subtle(
    "The model is told of a failure without its kind, as an object with a member error that is null.",
    "AST-CONVERSATION-FAILURE",
)
class FailureToldAsEmptyObject(App):
    def word_failure(self, name, error):  # noqa: ARG002
        return "{}"


@subtle("Malformed arguments are told as done, though nothing is run.", "AST-CONVERSATION-ARGUMENT-MALFORMED")
class MalformedToldAsDone(App):
    def word_failure(self, name, error):
        if isinstance(error, (ValueError, TypeError)):
            return "Done."
        return super().word_failure(name, error)


@subtle(
    "A failure is told in the words of a success: that the function was called.",
    "AST-CONVERSATION-FAILURE",
)
class FailureToldAsSuccess(App):
    def word_failure(self, name, error):  # noqa: ARG002
        return f"The function {name} was called successfully."
