"""What the model will see of a skill, and what OpenAI says to it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from conformance._apps.declared_skill import DeclaredSkill
from conformance._data.surfaces import DEFAULT_MODEL
from conformance._service import Request, Script, Service, Violation
from conformance._text import json_values
from conformance._text.placeholders import fill_in
from conformance._transport.endpoints import INTERCEPTED

_SERVICE: Final = Script(provider="openai", key="sk-conformance", endpoint=INTERCEPTED.openai)


class NotJudgedError(Exception):
    """Something cannot be judged, which is not the app's fault; the text goes on "because the implementation …"."""


def name_of(skill: DeclaredSkill, settings: Mapping[str, str] | None) -> Any:
    """Return the skill's name for the model: the declared one with its settings resolved, or the function's own.

    Raises NotJudgedError if a setting is not known.
    """
    name = skill.binding.get("functionName") or skill.function.name
    if not isinstance(name, str):
        return name

    def value_of(setting: str) -> str:
        if settings is None:
            raise NotJudgedError(f"has no local.settings.json for the setting {setting}")
        if setting not in settings:
            raise NotJudgedError(f"has no setting {setting} in its local.settings.json")
        return settings[setting]

    return fill_in(name, value_of)


def parameters_of(skill: DeclaredSkill) -> Any:
    """Return the declared parameter description as JSON; raise NotJudgedError without one, ValueError for no JSON."""
    text = skill.binding.get("parameterDescriptionJson")
    if text is None or text == "":
        raise NotJudgedError("has a skill without a parameter description")
    return json_values.parse(text) if isinstance(text, str) else text


def tool_of(skill: DeclaredSkill, settings: Mapping[str, str] | None) -> dict[str, Any]:
    """Return the tool that the model will see.

    Without a declared description of the parameter one is made up, but for its type, which a binding does not have.
    Raises NotJudgedError or ValueError if the tool cannot be told.
    """
    try:
        parameters = parameters_of(skill)
    except NotJudgedError:
        parameters = {"type": "object", "properties": {str(skill.binding.get("name")): {}}}
    description = skill.binding.get("functionDescription")
    described = {} if description is None else {"description": description}
    return {"type": "function", "function": {"name": name_of(skill, settings), **described, "parameters": parameters}}


def find_violations(tools: Sequence[Mapping[str, Any]]) -> list[Violation]:
    """Return the rules about tools for which OpenAI refuses a request with these, by the scripted service."""
    service = Service(_SERVICE)
    body = {"model": DEFAULT_MODEL, "messages": [{"role": "user", "content": "Hello"}], "tools": tools}
    service.answer(
        Request(
            method="POST",
            url=f"{_SERVICE.endpoint}/v1/chat/completions",
            headers={"authorization": f"Bearer {_SERVICE.key}", "content-type": "application/json"},
            body=json.dumps(body).encode(),
        )
    )
    (exchange,) = service.exchanges
    return [violation for violation in exchange.violations if violation.area == "tools" and violation.certain]
