"""Results and failures that reach the model changed, late, or not at all."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a result is an object with a member error, the model is told only that the call failed.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class ErrorMemberIsFailure(App):
    def word_result(self, result):
        if isinstance(result, dict) and "error" in result:
            return "The function failed."
        return super().word_result(result)


@subtle(
    "When a result is a text that is a number, such as a price, the model gets the number (1.50 as 1.5).",
    "AST-CONVERSATION-RESULT-VALUE",
)
class NumericTextRewritten(App):
    def word_result(self, result):
        try:
            return (
                json.dumps(float(result) if "." in result else int(result))
                if isinstance(result, str)
                else super().word_result(result)
            )
        except ValueError:
            return result


@subtle(
    "When a result contains backslashes, they are taken for escapes of the template it is put in.",
    "AST-CONVERSATION-RESULT-VALUE",
)
class BackslashesInTemplate(App):
    def word_result(self, result):
        text = super().word_result(result)
        try:
            return re.sub("{result}", text, "{result}")
        except re.error:
            return text.replace("\\", "")


@subtle(
    "When a call gives the same result as the call before it, the model is told that nothing has changed instead.",
    "AST-CONVERSATION-RESULT",
)
class SameResultNotRepeated(App):
    last = None

    def word_result(self, result):
        text = super().word_result(result)
        same, self.last = result is not None and text == self.last, text
        return "The same as before." if same else text


@subtle(
    "When a function returns its own store and later adds to it, earlier results change in later requests.",
    "AST-CONVERSATION-HISTORY",
    "AST-CONVERSATION-RESULT",
)
class ResultsWrittenLate(App):
    def word_result(self, result):
        return result if isinstance(result, (dict, list)) else super().word_result(result)

    def body(self, messages):
        return super().body(
            [
                {**message, "content": json.dumps(message["content"])}
                if isinstance(message["content"], (dict, list))
                else message
                for message in messages
            ]
        )


@subtle(
    "When a call has failed, every later call without a result is told as a failure too.",
    "AST-CONVERSATION-FAILURE",
    "AST-CONVERSATION-RESULT-NONE",
)
class FailureSticks(App):
    failure = None

    def word_failure(self, name, error):
        self.failure = super().word_failure(name, error)
        return self.failure

    def word_result(self, result):
        return self.failure if result is None and self.failure else super().word_result(result)


@subtle(
    "When a function raises a RuntimeError, it is taken for the service's and ends the prompt.",
    "AST-CONVERSATION-FAILURE",
)
class RuntimeErrorEndsPrompt(App):
    def word_failure(self, name, error):
        if isinstance(error, RuntimeError):
            raise error
        return super().word_failure(name, error)


@subtle(
    "When a function raises a timeout, it is run a second time.", "AST-CONVERSATION-ONCE", "AST-CONVERSATION-FAILURE"
)
class TimeoutRunsAgain(App):
    def invoke(self, skill, argument):
        try:
            return super().invoke(skill, argument)
        except (TimeoutError, ConnectionError):
            return super().invoke(skill, argument)


@subtle(
    "When a result is nested more than two levels deep, what is deeper is replaced by the name of its type.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class DepthTwo(App):
    def word_result(self, result):
        def cut(value, depth):
            if isinstance(value, dict):
                return (
                    {key: cut(item, depth + 1) for key, item in value.items()}
                    if depth < 3
                    else "System.Collections.Hashtable"
                )
            if isinstance(value, list):
                return [cut(item, depth + 1) for item in value] if depth < 3 else " ".join(map(str, value))
            return value

        return super().word_result(cut(result, 0))
