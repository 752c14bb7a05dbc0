"""Texts as chats, mails and documents have them: markup, other scripts, and words that apps take for theirs."""

from __future__ import annotations

import json
import re

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle


def prompted(change):
    """Return an app that changes the words of a prompt."""

    class Prompted(App):
        def prompt(self, message):
            return super().prompt(change(message))

    return Prompted


def prompts(why, *aspect):
    """Make a mutant of a function that changes a prompt's words."""

    def make(change):
        app = prompted(change)
        app.__name__ = change.__name__.title().replace("_", "")
        return subtle(why, *(aspect or ("AST-CONVERSATION-ANSWER",)))(app)

    return make


@altering("finish", "AST-CONVERSATION-ANSWER")(
    "Formulas in a response, between \\( and \\) or \\[ and \\], are returned between dollar signs."
)
def latex_of_response_in_dollars(text):
    return re.sub(r"\\([()\[\]])", lambda found: "$" if found[1] in "()" else "$$", text)


@altering("finish", "AST-CONVERSATION-ANSWER")("References to documents in a response, such as [doc1], are dropped.")
def documents_of_response_dropped(text):
    return re.sub(r"\s?\[doc\d+\]", "", text)


@altering("finish", "AST-CONVERSATION-ANSWER")("Three dots in a response become one sign.")
def dots_of_response_joined(text):
    return text.replace("...", "…")


@altering("finish", "AST-CONVERSATION-ANSWER")("Bullets in a response become dashes of Markdown.")
def bullets_of_response_dashed(text):
    return re.sub(r"^(\s*)[•◦▪] ", r"\1- ", text, flags=re.MULTILINE)


@altering("finish", "AST-CONVERSATION-ANSWER")("Names of emojis between colons in a response become emojis.")
def shortcodes_of_response_replaced(text):
    return re.sub(r":(tada|smile|warning|white_check_mark|milk_glass):", "✅", text)


@altering("finish", "AST-CONVERSATION-ANSWER")(
    "Signs of the private use area, such as icons, are lost from a response."
)
def private_signs_of_response_lost(text):
    return re.sub("[\ue000-\uf8ff]", "", text)


@altering("finish", "AST-CONVERSATION-ANSWER")("Two blanks at the end of a line, a line break of Markdown, are lost.")
def hard_breaks_of_response_lost(text):
    return re.sub(r"[ \t]+\n(?=\S)", "\n", text)


@altering("finish", "AST-CONVERSATION-ANSWER")("The words Final Answer at the beginning of a response are dropped.")
def final_answer_of_response_unmarked(text):
    return re.sub(r"^(Final Answer|Answer|Response):\s*", "", text)


@altering("finish", "AST-CONVERSATION-ANSWER")(
    "A response that is a JSON object with a member answer, response, message or content is returned as that member."
)
def response_unwrapped_from_json(text):
    try:
        value = json.loads(text)
    except ValueError:
        return text
    members = (
        [value[key] for key in ("answer", "response", "message", "content") if key in value]
        if isinstance(value, dict)
        else []
    )
    return members[0] if members and isinstance(members[0], str) else text


@altering("finish", "AST-CONVERSATION-ANSWER")(
    "A narrow no-break space in a response, as in times and prices, is a blank."
)
def narrow_spaces_of_response_plain(text):
    return text.replace("\u202f", " ")


@prompts("Invisible tag characters, such as those of the flag of England, are lost from prompts, against hidden ones.")
def tags_of_prompt_lost(text):
    return re.sub("[\U000e0000-\U000e007f]", "", text)


@prompts("The non-joiner that Persian words need is lost from prompts.")
def non_joiners_of_prompt_lost(text):
    return text.replace("\u200c", "")


@prompts("The ideographic space of Japanese and Chinese in a prompt becomes a blank.")
def ideographic_spaces_of_prompt_plain(text):
    return text.replace("\u3000", " ")


@prompts("A lone carriage return in a prompt becomes a line feed.")
def lone_carriage_returns_of_prompt_fed(text):
    return re.sub(r"\r(?!\n)", "\n", text) if text.strip() else text


@prompts("The lines of a prompt that quote an earlier mail, with a bracket before them, are dropped.")
def quoted_lines_of_prompt_dropped(text):
    return re.sub(r"^>.*\n?", "", text, flags=re.MULTILINE)


@prompts("The mention of the bot, an at element as Teams writes it, is dropped from a prompt.")
def mention_of_prompt_dropped(text):
    return re.sub(r"\s*<at>.*?</at>\s*", "", text)


@prompts("The words User or Human before a colon at the beginning of a prompt are dropped.")
def speaker_of_prompt_dropped(text):
    return re.sub(r"^(User|Human|Q):\s*", "", text)


@prompts("A prompt that is a JSON object with a member message, prompt or text is sent as that member.")
def prompt_unwrapped_from_json(text):
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if not isinstance(value, dict):
        return text
    return next((value[key] for key in ("message", "prompt", "text") if isinstance(value.get(key), str)), text)


@subtle(
    "A prompt that is reset, start over or new chat is taken for a command: the conversation begins anew.",
    "AST-CONVERSATION-HISTORY",
)
class ResetForgets(App):
    def ask(self, message):
        if message.strip().lower() in {"reset", "restart", "clear", "start over", "new chat"}:
            self.history = []
        return super().ask(message)


@subtle("A prompt that only thanks is answered by the app, without the model.", "AST-CONVERSATION-ANSWER")
class ThanksAnsweredAtOnce(App):
    def ask(self, message):
        if message.strip(" .!").lower() in {"thanks", "thank you", "bye", "goodbye"}:
            return "You're welcome!"
        return super().ask(message)


@subtle(
    "A prompt that contains the name of a skill makes the model call that skill.",
    "AST-TOOL-CALLABLE",
)
class NamedSkillDemanded(App):
    def body(self, messages):
        body = super().body(messages)
        last = messages[-1]
        if last["role"] == "user":
            named = [s.name for s in self.skills if len(s.name) > 3 and s.name.lower() in last["content"].lower()]
            if named:
                body["tool_choice"] = {"type": "function", "function": {"name": named[0]}}
        return body


@subtle(
    "An answer that is the JSON of a call, with the name of a skill and arguments, is run as one.",
    "AST-CONVERSATION-ANSWER",
    "AST-CONVERSATION-CALL",
)
class CallsInAnswersRun(App):
    def receive(self, response):
        reply = super().receive(response)
        try:
            call = json.loads(re.sub(r"^```\w*\n|\n```$", "", reply.get("content") or ""))
        except ValueError:
            return reply
        if not isinstance(call, dict) or not any(s.name == call.get("name") for s in self.skills):
            return reply
        arguments = json.dumps(call.get("arguments", {}))
        function = {"name": call["name"], "arguments": arguments}
        return {"content": None, "tool_calls": [{"id": "call_0", "type": "function", "function": function}]}


@altering("description_of", "AST-TOOL-DESCRIPTION")(
    "What a description says from a line Args:, Returns: or :param on is taken for a docstring's and left out."
)
def sections_of_description_left_out(text):
    return re.split(r"\n\s*(?:Args|Arguments|Returns|Raises|Parameters):|\n\s*[:@]param", text)[0]


@altering("description_of", "AST-TOOL-DESCRIPTION")(
    "The first of several hyphens of a list in a description are dropped."
)
def bullets_of_description_dropped(text):
    return re.sub(r"^[-•] +", "", text, flags=re.MULTILINE)


@altering("description_of", "AST-TOOL-DESCRIPTION")(
    "The elements of an XML documentation in a description are taken off."
)
def summary_of_description_unwrapped(text):
    return re.sub(r"</?(?:summary|para|remarks|see)\b[^>]*>", "", text)
