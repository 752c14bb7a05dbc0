"""A scenario that breaks a law as a record of a case file: to be read, kept and run again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

import yaml

from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._data.surfaces import Spelling
from conformance._service import Fault, Reply, ToolCall

__all__ = ["file_name", "to_record", "to_yaml"]

_WIDTH: Final = 116
_SHORT: Final = 90
"""Characters of what is written in one line."""

_Node = TypeVar("_Node", yaml.MappingNode, yaml.SequenceNode)


class _Dumper(yaml.SafeDumper):
    """Writes as the case files are written: short things in one line, and no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything where it stands."""
        del data
        return True

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:  # noqa: FBT001
        """Write a short mapping in one line."""
        node = super().represent_mapping(tag, mapping, flow_style)
        return _in_one_line(node, mapping)

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:  # noqa: FBT001
        """Write a short list in one line."""
        node = super().represent_sequence(tag, sequence, flow_style)
        return _in_one_line(node, sequence)


def _in_one_line(node: _Node, value: Any) -> _Node:
    node.flow_style = len(json.dumps(value, ensure_ascii=False, default=repr)) <= _SHORT
    return node


def to_yaml(record: Mapping[str, Any]) -> str:
    """Write a case file of one record."""
    return str(yaml.dump([dict(record)], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH))


def file_name(record: Mapping[str, Any]) -> str:
    """Name the file of a record."""
    return f"{record['id']}.yaml"


def to_record(
    scenario: Scenario, spelling: Spelling, requirement: str, title: str, expect: Mapping[str, Any]
) -> dict[str, Any]:
    """Write a scenario as a record, which the loader reads as the same scenario."""
    said = _scenario(scenario, spelling)
    digest = hashlib.sha256(repr((requirement, said)).encode("utf-8", "backslashreplace")).hexdigest()[:8]
    name = f"{requirement.removeprefix('AST-').lower()}-{digest}"
    head = {"id": name, "title": title, "covers": [requirement], "surfaces": [scenario.surface]}
    return {**head, **said, "expect": dict(expect)}


def _scenario(scenario: Scenario, spelling: Spelling) -> dict[str, Any]:
    record: dict[str, Any] = {}
    if scenario.provider != "openai":
        record["provider"] = scenario.provider
    if scenario.models is not None:
        record["models"] = sorted(scenario.models)
    if scenario.settings:
        record["settings"] = dict(scenario.settings)
    if scenario.before is not None:
        record["before"] = _episode(scenario.before, spelling)
    return {**record, **_episode(scenario.episode, spelling)}


def _episode(episode: Episode, spelling: Spelling) -> dict[str, Any]:
    record: dict[str, Any] = {"skills": [dict(_skill(skill, spelling)) for skill in episode.skills]}
    if episode.prompts:
        record["ask"] = episode.prompts[0] if len(episode.prompts) == 1 else list(episode.prompts)
        record["model_replies"] = list(_replies(episode))
    return record


def _skill(skill: Declaration, spelling: Spelling) -> Iterator[tuple[str, Any]]:
    yield "function", skill.function
    yield "argument", {skill.argument.name: skill.argument.type}
    trigger = {
        name: skill.trigger[spelled] for name, spelled in spelling.parameters.items() if spelled in skill.trigger
    }
    yield "trigger", {key: _as_mapping(key, value) for key, value in trigger.items() if key not in spelling.prefilled}
    if skill.raises is not None:
        yield "raises", skill.raises
    elif skill.echoes:
        yield "echoes", True
    elif skill.returns is not None:
        yield "returns", skill.returns


def _as_mapping(key: str, value: Any) -> Any:
    """Write a parameter description as a mapping where the loader makes the same text of it."""
    return _parsed(value) if key == "parameterDescriptionJson" else value


def _parsed(text: Any) -> Any:
    try:
        value = json.loads(text)
    except (TypeError, ValueError):
        return text
    return value if isinstance(value, dict) and json.dumps(value, ensure_ascii=False) == text else text


def _replies(episode: Episode) -> Iterator[Any]:
    number = 0
    for reply in episode.model_replies:
        if isinstance(reply, Fault):
            yield {"status": reply.status, **({"always": True} if reply.always else {})}
        elif not reply.calls and reply.text is not None:
            yield reply.text
        else:
            yield _reply(reply, number)
            number += len(reply.calls)


def _reply(reply: Reply, number: int) -> dict[str, Any]:
    record = {} if reply.text is None else {"text": reply.text}
    calls = [_call(call, number + place) for place, call in enumerate(reply.calls, 1)]
    return {**record, **({"calls": calls} if calls else {})}


def _call(call: ToolCall, number: int) -> dict[str, Any]:
    named = {} if call.id == f"call_{number}" else {"id": call.id}
    return {**named, "name": call.name, "arguments": _parsed(call.arguments)}
