"""Tools that are wrong only where two ordinary things come together."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle("On Azure, a name from a setting is the setting's name.", "AST-TOOL-NAME-SETTING", "AST-SERVICE-TOOLS")
class AzurePercentStripped(App):
    def resolve(self, name):
        return name.replace("%", "") if self.on_azure else super().resolve(name)


@subtle(
    "From the second prompt on, skills without a declared schema are offered without their description.",
    "AST-TOOL-DESCRIPTION",
)
class UnschemedEncoreMute(App):
    def body(self, messages):
        body = super().body(messages)
        if [message["role"] for message in messages].count("user") > 1:
            for tool, skill in zip(body.get("tools", []), self.skills, strict=True):
                if "parameterDescriptionJson" not in skill.given:
                    tool["function"].pop("description")
        return body


@subtle("Of several skills, the one that was just called is not offered with its result.", "AST-TOOL-EVERY-ROUND")
class JustCalledWithheld(App):
    def body(self, messages):
        body = super().body(messages)
        called = {call["function"]["name"] for call in self.last_calls(messages)}
        kept = [tool for tool in body.get("tools", []) if tool["function"]["name"] not in called]
        return {**body, "tools": kept} if kept else body

    def last_calls(self, messages):
        if messages[-1]["role"] == "user":
            return []
        return next(message["tool_calls"] for message in reversed(messages) if "tool_calls" in message)


@subtle("A prompt that repeats an earlier one is sent without tools.", "AST-TOOL-EVERY-ROUND")
class EncorePromptToolless(App):
    def body(self, messages):
        body = super().body(messages)
        said = [message["content"] for message in messages if message["role"] == "user"]
        if said[-1] in said[:-1] and messages[-1]["role"] == "user":
            body.pop("tools", None)
        return body


@subtle(
    "On Azure, a skill with the argument name of an earlier one is offered with that one's description.",
    "AST-TOOL-DESCRIPTION",
)
class AzureNamesakeProse(App):
    def description_of(self, skill):
        if not self.on_azure:
            return super().description_of(skill)
        first = next(other for other in self.skills if other.argument.name == skill.argument.name)
        return super().description_of(first)


@subtle("An unknown function that the model called is offered from the next prompt on.", "AST-TOOL-OFFERED")
class StrangerAdopted(App):
    strangers: tuple = ()

    def find(self, name):
        try:
            return super().find(name)
        except LookupError:
            self.strangers = (*self.strangers, name)
            raise

    def body(self, messages):
        body = super().body(messages)
        if messages[-1]["role"] == "user":
            empty = {"type": "object", "properties": {}}
            extra = [
                {"type": "function", "function": {"name": name, "description": name, "parameters": empty}}
                for name in dict.fromkeys(self.strangers)
            ]
            if extra:
                body["tools"] = [*body.get("tools", []), *extra]
        return body


@subtle("On Azure, the request that tells of a failed function forbids further calls.", "AST-TOOL-CALLABLE")
class AzureFailureGag(App):
    def word_failure(self, name, error):
        self.gagged = True
        return super().word_failure(name, error)

    def body(self, messages):
        body = super().body(messages)
        if self.on_azure and getattr(self, "gagged", False) and "tools" in body:
            body["tool_choice"] = "none"
        self.gagged = False
        return body


@subtle(
    "An app without skills offers the tools of an app before it.",
    "AST-TOOL-ISOLATED",
    "AST-TOOL-NONE",
)
class BarrenAppBorrows(App):
    lent: list = []  # noqa: RUF012

    def tools(self):
        own = super().tools()
        if own:
            self.lent[:] = own
        return own or list(self.lent)


@subtle(
    "A skill that declares a model and a name is offered by its function's own name.",
    "AST-TOOL-NAME",
    surfaces=("python", "csharp-isolated"),
    editions=("2024-04-14",),
)
class ModelOustsName(App):
    def name_of(self, skill, given):
        return skill.name if "model" in given else super().name_of(skill, given)


@subtle("On Azure, no more than eight of an app's skills are offered.", "AST-TOOL-OFFERED")
class AzureEightPerPage(App):
    def tools(self):
        return super().tools()[: 8 if self.on_azure else None]
