"""Results, as the serializers and middleware of all languages change them."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.subtle import subtle


def each(node, change):
    """Change every leaf of a JSON value."""
    if isinstance(node, dict):
        return {key: each(value, change) for key, value in node.items()}
    return [each(item, change) for item in node] if isinstance(node, list) else change(node)


@subtle(
    "When the result has data URIs in it, the model is sent a placeholder for them.", "AST-CONVERSATION-RESULT-VALUE"
)
class DataUriBlanked(App):
    def word_result(self, result):
        return re.sub(r"data:[\w/+.-]+;base64,[\w+/=]+", "[binary]", super().word_result(result))


@subtle(
    "When members of the result have names in Pascal case, the model is sent them in camel case.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("csharp-isolated",),
)
class WebDefaultsCamelCaseMembers(App):
    def word_result(self, result):
        return super().word_result(self.camel(result))

    def camel(self, node):
        if isinstance(node, dict):
            return {name[:1].lower() + name[1:]: self.camel(value) for name, value in node.items()}
        return [self.camel(item) for item in node] if isinstance(node, list) else node


@subtle(
    "When a number in the result has more than 15 digits, it is rounded.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("csharp-inprocess",),
)
class DoubleToStringFifteenDigits(App):
    def word_result(self, result):
        return super().word_result(each(result, lambda leaf: float(f"{leaf:.15g}") if type(leaf) is float else leaf))


@subtle(
    "When a text result has quotation marks or lines, the model is sent it escaped but not quoted.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("csharp-isolated",),
)
class OuterQuotesTrimmedOff(App):
    def word_result(self, result):
        if isinstance(result, str):
            return json.dumps(result, ensure_ascii=False).strip('"')
        return super().word_result(result)


@subtle(
    "When the result is nested more than two levels deep, what is deeper is sent as a text.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class ConvertToJsonDepthTwo(App):
    def word_result(self, result):
        return super().word_result(self.shallow(result, 2))

    def shallow(self, node, depth):
        if not isinstance(node, dict | list):
            return node
        if depth < 0:
            return str(node)
        if isinstance(node, list):
            return [self.shallow(item, depth - 1) for item in node]
        return {key: self.shallow(value, depth - 1) for key, value in node.items()}


@subtle(
    "When the result is a list of one, the model is sent what is in it.",
    "AST-CONVERSATION-RESULT-VALUE",
    surfaces=("powershell",),
)
class PipelineUnrollsLoneResult(App):
    def word_result(self, result):
        return super().word_result(result[0] if isinstance(result, list) and len(result) == 1 else result)


@subtle("When the result is a list of text blocks, the model is sent their text.", "AST-CONVERSATION-RESULT-VALUE")
class ContentBlocksFlattened(App):
    def word_result(self, result):
        blocks = (
            isinstance(result, list) and result and all(isinstance(item, dict) and "text" in item for item in result)
        )
        return "\n".join(str(item["text"]) for item in result) if blocks else super().word_result(result)
