"""What the documentation fixes for every implementation, apart from spellings, and where its editions differ."""

from __future__ import annotations

import re

DEFAULT_MODEL = "gpt-3.5-turbo"
TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", list: "array", dict: "object"}

_DIRECTIONS = {"2024-04-14": "out", "2025-05-15": "in"}
_CONSTRUCTS = {
    ("2024-04-14", "csharp-isolated"): "AssistantSkillTriggerInput",
    ("2025-05-15", "python"): "generic_trigger",
}


def read(trigger):
    """Return what a declaration gives, by letters alone: `function_name`, `FunctionName` are `functionname`."""
    return {word.replace("_", "").lower(): value for word, value in trigger.items() if value not in {None, ""}}


def direction(context):
    """Return the direction that the context's edition documents."""
    return _DIRECTIONS[context.edition]


def construct(context):
    """Return what the context's surface calls its attribute, annotation or decorator."""
    return _CONSTRUCTS.get((context.edition, context.surface), "AssistantSkillTrigger")


def resolve(name, context):
    """Replace each %SETTING% by the setting's value."""
    return re.sub("%([^%]+)%", lambda match: context.environment[match[1]], name)
