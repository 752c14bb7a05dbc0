"""Tools that are missing, too many, or without the words that belong to them."""

from __future__ import annotations

from mutants.base import App
from mutants.kinds import asks, describes, looks_at_tools, offers, patterns_of
from mutants.mutant import OWN, mutant

OFFERED, EVERY_ROUND = "AST-TOOL-OFFERED", "AST-TOOL-EVERY-ROUND"
DESCRIPTION, SYNTAX = "AST-TOOL-DESCRIPTION", "AST-SCHEMA-SYNTAX"
SERVICE = "AST-SERVICE-TOOLS"


@mutant("No skill is offered to the model.", fails={OWN: [looks_at_tools]})
class OffersNothing(App):
    def tools(self):
        return []


@mutant(
    "Without skills an empty list of tools is sent, which OpenAI refuses.",
    fails={SERVICE: [lambda case: asks(case) and not case.scenario.episode.skills]},
)
class SendsAnEmptyList(App):
    def body(self, messages):
        return {**super().body(messages), "tools": self.tools()}


@mutant(
    "The skills are offered in the first request only.",
    fails={
        EVERY_ROUND: ["skills-offered-in-every-request", "later-skills-whole-on-*"],
        "AST-CONVERSATION-RETRY-SAME": ["repeated-request-after-*"],
        "AST-CONVERSATION-REPEATABLE": ["same-conversation-again"],
    },
)
class OffersSkillsOnce(App):
    offered = False

    def tools(self):
        first, self.offered = not self.offered, True
        return super().tools() if first else []


@mutant(
    "Only the skill that was declared last is offered.",
    fails={
        OFFERED: ["*"],
        EVERY_ROUND: ["*"],
        "AST-SCHEMA-OBJECT": ["parameters-made-up-for-each-skill"],
        "AST-SCHEMA-EMPTY": ["parameters-made-up-for-empty-text"],
        "AST-TOOL-NAME": ["tools-named-each", "name-accepted-that-is-the-own-one-of-*"],
        "AST-TOOL-DESCRIPTION": ["descriptions-to-model-that-begin-alike"],
        "AST-TOOL-PARAMETERS": ["parameters-to-model-each"],
        SERVICE: ["openai-takes-ten-tools"],
        "AST-CONVERSATION-RETRY-SAME": ["repeated-request-after-*"],
    },
)
class OffersTheLastSkillOnly(App):
    def tools(self):
        return super().tools()[-1:]


@mutant(
    "Skills with the same description are taken for one.",
    fails={OFFERED: ["skills-offered-that-look-alike"]},
)
class MergesSkillsThatLookAlike(App):
    def tools(self):
        return list({tool["function"]["description"]: tool for tool in super().tools()}.values())


def names_all_tools(case):
    """Say whether a case says what the tools of a request are, and not only in one of several ways."""
    return looks_at_tools(case) and isinstance(patterns_of(case.expectation)["requests"], list)


@mutant(
    "A tool of the framework's own is offered beside the skills.",
    fails={OWN: [names_all_tools, "no-skills-no-tools", "no-skills-of-app-before"]},
)
class OffersAToolOfItsOwn(App):
    def tools(self):
        own = {"name": "finish", "description": "End the conversation."}
        return [*super().tools(), {"type": "function", "function": own}]


@mutant("A tool has no type.", fails={SERVICE: [offers]})
class LeavesOutTheType(App):
    def tools(self):
        return [{"function": tool["function"]} for tool in super().tools()]


# Descriptions


@mutant(
    "The name stands in the place of the description.",
    fails={OWN: [lambda case: describes(case) and case.requirement.id != SYNTAX]},
)
class DescribesByName(App):
    def description_of(self, skill):
        return skill.name


@mutant("There is no description.", fails={OWN: [describes]})
class LeavesOutTheDescription(App):
    def function_of(self, skill):
        return {key: value for key, value in super().function_of(skill).items() if key != "description"}


@mutant(
    "A description is cut after 250 characters.",
    fails={DESCRIPTION: ["description-to-model-long", "description-to-model-of-many-bytes"]},
)
class CutsLongDescriptions(App):
    def description_of(self, skill):
        return super().description_of(skill)[:250]


@mutant(
    "Only the first line of a description is sent.",
    fails={DESCRIPTION: ["description-to-model-several-lines"], EVERY_ROUND: ["later-skills-whole-on-*"]},
)
class SendsTheFirstLine(App):
    def description_of(self, skill):
        return super().description_of(skill).split("\n")[0]


@mutant(
    "A description loses its accents.",
    fails={
        DESCRIPTION: ["description-to-model-non-ascii", "description-to-model-of-many-bytes"],
        EVERY_ROUND: ["later-skills-whole-on-*"],
    },
)
class SendsTheDescriptionInAscii(App):
    def description_of(self, skill):
        return "".join(letter if ord(letter) < 0x7F else "?" for letter in super().description_of(skill))


@mutant(
    "Braces in a description are taken for fields of a template.",
    fails={
        DESCRIPTION: ["description-to-model-quotes-and-braces"],
        EVERY_ROUND: ["later-skills-whole-on-*"],
    },
)
class FormatsTheDescription(App):
    def description_of(self, skill):
        return super().description_of(skill).replace("{", "").replace("}", "")
