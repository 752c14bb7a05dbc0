"""A scenario that breaks a law as a record of a case file: to be read, kept and run again."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from itertools import count
from json import dumps  # by name: an implementation may patch the module
from pathlib import Path
from typing import Any, Final

import yaml

from conformance._data.case import Case
from conformance._data.case_files.own_cases import cases_of_document
from conformance._data.editions import edition_of
from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._data.surfaces import Spelling
from conformance._service import Fault, Reply, ToolCall
from conformance._text import json_values, yaml_documents
from conformance._text.words import has_odd_characters, make_printable

_WIDTH: Final = 116
_SHORT: Final = 90
"""Characters of what is written in one line."""

_DEEP: Final = 40
"""Levels of a mapping that is written as one: a case file has not many more."""

_ESCAPES: Final = {
    odd: escape if escape in 'btnfr"\\' else f"u{ord(odd):04x}"
    for odd, escape in yaml.emitter.Emitter.ESCAPE_REPLACEMENTS.items()
}
"""How odd characters are written: as in JSON, since YAML's own escapes, such as N for U+0085, are little known."""

_PLACEHOLDER: Final = re.compile(r"(\$+\{\w+\})")


class _Dumper(yaml.SafeDumper):
    """Writes as the case files are written: short things in one line, and no anchors."""

    ESCAPE_REPLACEMENTS = _ESCAPES  # type: ignore[misc]  # nothing else decides it

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything where it stands."""
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002
        """Indent a list below its key."""
        del indentless
        super().increase_indent(flow, False)  # noqa: FBT003

    def represent_data(self, data: Any) -> yaml.Node:
        """Write a short mapping or list in one line."""
        node = super().represent_data(data)
        if isinstance(node, yaml.CollectionNode):
            node.flow_style = len(dumps(data, ensure_ascii=False, default=repr)) <= _SHORT
        return node

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """Quote what would be read as something else or folded, and characters that are escaped when it is shown."""
        is_quoted = "\n" in text or has_odd_characters(text) or not yaml_documents.is_plain_text(text)
        style = '"' if is_quoted else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _Dumper.represent_text)


def to_yaml(record: Mapping[str, Any]) -> str:
    """Write a case file of one record; what can't be seen, or moves other text, is escaped.

    Such characters stand in double quotes only, where YAML reads the same escapes.
    """
    written = str(yaml.dump([dict(record)], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH))
    return make_printable(written)


def read_back(text: str, edition: str) -> Case:
    """Read a case file of one case; raise CaseFileError for what cannot be one."""
    document = yaml_documents.parse_document(Path("a finding"), text.encode())
    (case,) = cases_of_document(document, edition_of(edition), {})
    return case


def file_name(record: Mapping[str, Any]) -> str:
    """Name the file of a record."""
    return f"{record['id']}.yaml"


def to_record(
    scenario: Scenario, spelling: Spelling, requirement: str, title: str, expect: Mapping[str, Any]
) -> dict[str, Any]:
    """Write a scenario as a record, which the loader reads as the same scenario."""
    said = {**_scenario(scenario, spelling), "expect": dict(expect)}
    identity = (requirement, scenario.surface, said)
    digest = hashlib.sha256(repr(identity).encode("utf-8", "backslashreplace")).hexdigest()[:8]
    name = f"{requirement.removeprefix('AST-').lower()}-{digest}"
    head = {"id": name, "title": title, "covers": [requirement], "surfaces": [scenario.surface]}
    return {**head, **_escape(said)}


def _escape(value: Any) -> Any:
    """Write a text that looks like a value of a matrix as the text that it is."""
    if isinstance(value, str):
        return _PLACEHOLDER.sub(r"$\1", value)
    if isinstance(value, dict):
        return {_escape(key): _escape(member) for key, member in value.items()}
    return [_escape(item) for item in value] if isinstance(value, list | tuple) else value


def _scenario(scenario: Scenario, spelling: Spelling) -> dict[str, Any]:
    record: dict[str, Any] = {}
    if scenario.provider != "openai":
        record["provider"] = scenario.provider
    if scenario.models is not None:
        record["models"] = sorted(scenario.models)
    if scenario.before is not None:
        record["before"] = _episode(scenario.before, spelling)
    record |= _episode(scenario.episode, spelling)
    if scenario.refused:
        refused = [dict(_skill(skill, spelling)) for skill in scenario.refused]
        record["refused"] = refused if len(refused) > 1 else refused[0]
    return record


def _episode(episode: Episode, spelling: Spelling) -> dict[str, Any]:
    record: dict[str, Any] = {"settings": dict(episode.settings)} if episode.settings else {}
    record["skills"] = [dict(_skill(skill, spelling)) for skill in episode.skills]
    if episode.prompts:
        record["ask"] = episode.prompts[0] if len(episode.prompts) == 1 else list(episode.prompts)
        record["model_replies"] = list(_replies(episode))
    return record


def _skill(skill: Declaration, spelling: Spelling) -> Iterator[tuple[str, Any]]:
    yield "function", skill.function
    yield "argument", {skill.argument.name: skill.argument.type}
    yield "trigger", dict(_trigger(skill, spelling))
    if skill.raises is not None:
        yield "raises", skill.raises
        if skill.raises_on != "every":
            yield "raises_on", skill.raises_on
    if skill.echoes:
        yield "echoes", True
    if skill.returns is not None:
        yield "returns", skill.returns


def _trigger(skill: Declaration, spelling: Spelling) -> Iterator[tuple[str, Any]]:
    """Yield what is declared beside that which the loader adds."""
    added = spelling.spell({}, skill.argument.name)
    for name, spelled in spelling.parameters.items():
        if spelled in skill.trigger and (spelled not in added or added[spelled] != skill.trigger[spelled]):
            value = skill.trigger[spelled]
            yield name, _as_mapping(value) if name == "parameterDescriptionJson" else value


def _as_mapping(text: Any) -> Any:
    """Return the mapping of which the loader makes a JSON text, or else the text."""
    try:
        value = json_values.parse(text)
    except (TypeError, ValueError):
        return text
    same = isinstance(value, dict) and dumps(value, ensure_ascii=False) == text
    return value if same and _can_be_written(value) else text


def _can_be_written(value: Any, depth: int = 0) -> bool:
    """Say whether a case file can hold a JSON value: its numbers are those of a double, and it is not too deep."""
    if isinstance(value, dict):
        return depth < _DEEP and "$repeat" not in value and all(_can_be_written(v, depth + 1) for v in value.values())
    if isinstance(value, list):
        return depth < _DEEP and all(_can_be_written(item, depth + 1) for item in value)
    return not isinstance(value, int) or abs(value) < _TOO_LARGE


_TOO_LARGE: Final = 10**308


def _replies(episode: Episode) -> Iterator[Any]:
    numbers = count(1)
    for reply in episode.model_replies:
        if isinstance(reply, Fault):
            yield {"status": reply.status, **({"lasts": reply.lasts} if reply.lasts != "once" else {})}
        else:
            yield _reply(reply, numbers)


def _reply(reply: Reply, numbers: Iterator[int]) -> Any:
    """Write a reply; `numbers` are those of its calls."""
    record: dict[str, Any] = {} if reply.text is None else {"text": reply.text}
    if reply.calls:
        record["calls"] = [_call(call, next(numbers)) for call in reply.calls]
    if reply.refusal is not None:
        record["refusal"] = reply.refusal
    if reply.finish_reason is not None:
        record["finish_reason"] = reply.finish_reason
    if reply.further_choices:
        record["further_choices"] = [_reply(choice, numbers) for choice in reply.further_choices]
    return reply.text if record.keys() == {"text"} else record


def _call(call: ToolCall, number: int) -> dict[str, Any]:
    named = {} if call.id == f"call_{number}" else {"id": call.id}
    return {**named, "name": call.name, "arguments": _as_mapping(call.arguments)}
