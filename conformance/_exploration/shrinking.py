"""Makes a scenario that breaks a law as small as it can be made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from json import dumps, loads  # by name: an implementation may patch the module
from time import monotonic
from typing import Any

from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from conformance._data.scenario import Declaration, Episode, Scenario
from conformance._data.surfaces import parameter_of
from conformance._exploration.simpler import PLAIN, shorter, simpler_text, simpler_value, with_one_simpler
from conformance._exploration.turns import ScriptedTurn, join, split
from conformance._service import Fault, Reply, ToolCall
from conformance._service.tool_schema import find_schema_faults
from conformance._text import json_values, limits
from conformance._text.placeholders import settings_in


def shrink(scenario: Scenario, breaks: Callable[[Scenario], bool], seconds: float) -> None:
    """Call `breaks` with ever simpler scenarios, for so many seconds.

    Where it says of one that it still breaks the law, the next ones are simpler than that one: the caller keeps it.
    """
    end = monotonic() + seconds
    tried = {repr(scenario)}
    candidates = simpler_scenarios(scenario)
    while len(tried) < limits.MAX_SHRINKING_STEPS and monotonic() < end:
        candidate = next((one for one in candidates if repr(one) not in tried), None)
        if candidate is None:
            return
        tried.add(repr(candidate))
        if breaks(candidate):
            candidates = simpler_scenarios(candidate)


def simpler_scenarios(scenario: Scenario) -> Iterator[Scenario]:
    """Yield scenarios with something less, what saves most first."""
    yield from (replace(scenario, refused=fewer) for fewer in shorter(scenario.refused))
    same = scenario.before == scenario.episode
    if scenario.before is not None:
        yield replace(scenario, before=None)
    for episode in _simpler_episodes(scenario.episode, scenario.refused):
        yield replace(scenario, episode=episode, before=episode if same else scenario.before)
    if scenario.before is not None and not same:
        yield from (replace(scenario, before=before) for before in _simpler_episodes(scenario.before))
    yield from (
        replace(scenario, refused=refused) for refused in with_one_simpler(scenario.refused, _simpler_wrong_ones)
    )
    if scenario.provider == "azure":
        yield replace(scenario, provider="openai")
    if scenario.models is not None:
        yield replace(scenario, models=None)


def _numbered(replies: Sequence[Reply | Fault]) -> Iterator[Reply | Fault]:
    """Give the calls the ids that a case file gives them."""
    number = count(1)
    for reply in replies:
        if isinstance(reply, Reply) and reply.calls:
            yield replace(reply, calls=tuple(replace(call, id=f"call_{next(number)}") for call in reply.calls))
        else:
            yield reply


def _simpler_episodes(episode: Episode, refused: Sequence[Declaration] = ()) -> Iterator[Episode]:
    needed = {name for skill in (*episode.skills, *refused) for name in _settings_of(skill)}
    if not needed.issuperset(episode.settings):
        yield replace(episode, settings={name: text for name, text in episode.settings.items() if name in needed})
    yield from _plain_episodes(episode)
    turns = split(episode)
    yield from (join(episode, fewer) for fewer in shorter(turns))
    yield from (_with_skills(episode, fewer) for fewer in shorter(episode.skills))
    formatted = _formatted(episode)
    simpler_ones = (join(episode, simpler) for simpler in with_one_simpler(turns, _simpler_turns))
    yield from (one for one in simpler_ones if _formatted(one) <= formatted)
    simpler = (replace(episode, skills=skills) for skills in with_one_simpler(episode.skills, _simpler_declarations))
    yield from (one for one in simpler if _knows_names(one) or not _knows_names(episode))


def _plain_episodes(episode: Episode) -> Iterator[Episode]:
    """Yield an episode with all ids, all texts or all declarations plain at once, which saves many small steps."""
    replies = episode.model_replies
    plain = (
        replace(episode, model_replies=tuple(_numbered(replies))),
        replace(episode, prompts=(PLAIN,) * len(episode.prompts), model_replies=tuple(map(_plain_reply, replies))),
        replace(episode, skills=tuple(map(_plain_skill, episode.skills))),
    )
    formatted = _formatted(episode)
    yield from (one for one in plain if one != episode and _formatted(one) <= formatted)


def _plain_reply(reply: Reply | Fault) -> Reply | Fault:
    if isinstance(reply, Fault) or reply.text is None:
        return reply
    return replace(reply, text=None if reply.calls else PLAIN)


def _plain_skill(skill: Declaration) -> Declaration:
    """Declare a skill by its name and a description alone."""
    trigger = {
        key: PLAIN if parameter_of(key) == "functionDescription" else value
        for key, value in skill.trigger.items()
        if parameter_of(key) not in {"parameterDescriptionJson", "model"}
    }
    return replace(skill, trigger=trigger)


def _formatted(episode: Episode) -> set[str]:
    """Return the arguments of calls whose schema names formats: what is simpler might contradict one."""
    names = {
        skill.tool_name(episode.settings)
        for skill in episode.skills
        if '"format"' in str(skill.given.get("parameterDescriptionJson"))
    }
    replies = (reply for reply in episode.model_replies if isinstance(reply, Reply))
    return {call.arguments for reply in replies for call in reply.calls if call.name in names}


def _settings_of(skill: Declaration) -> list[str]:
    """Return the settings that a name refers to: what an app makes of one that is not there is left open."""
    return settings_in(str(skill.given.get("functionName") or ""))


def _knows_names(episode: Episode) -> bool:
    return all("%" not in skill.tool_name(episode.settings) for skill in episode.skills)


def _with_skills(episode: Episode, skills: tuple[Declaration, ...]) -> Episode:
    """Keep some skills, and of the calls those that do not call the others."""
    every, kept = ({skill.tool_name(episode.settings) for skill in some} for some in (episode.skills, skills))
    replies = tuple(_without_calls(reply, every - kept) for reply in episode.model_replies)
    return replace(episode, skills=skills, model_replies=tuple(reply for reply in replies if reply is not None))


def _without_calls(reply: Reply | Fault, names: set[str]) -> Reply | Fault | None:
    if isinstance(reply, Fault) or not reply.calls:
        return reply
    calls = tuple(call for call in reply.calls if call.name not in names)
    return replace(reply, calls=calls) if calls else None


def _simpler_turns(turn: ScriptedTurn) -> Iterator[ScriptedTurn]:
    rounds, last = turn.replies[:-1], turn.replies[-1:]
    yield from (replace(turn, replies=(*fewer, *last)) for fewer in shorter(rounds))
    yield from (replace(turn, replies=replies) for replies in with_one_simpler(turn.replies, _simpler_replies))
    yield from (replace(turn, prompt=prompt) for prompt in simpler_text(turn.prompt))


def _simpler_replies(reply: Reply | Fault) -> Iterator[Reply | Fault]:
    if isinstance(reply, Fault):
        return
    if reply.finish_reason is not None and (reply.text is not None or reply.calls):
        yield replace(reply, finish_reason=None)
    if reply.further_choices:
        yield replace(reply, further_choices=())
    if reply.refusal is not None:
        yield from (replace(reply, refusal=text) for text in simpler_text(reply.refusal))
        return
    yield from (replace(reply, calls=calls) for calls in shorter(reply.calls) if calls)
    if reply.calls and reply.text is not None:
        yield replace(reply, text=None)
    yield from (replace(reply, calls=calls) for calls in with_one_simpler(reply.calls, _simpler_calls))
    if reply.text is not None:
        yield from (replace(reply, text=text) for text in simpler_text(reply.text))


def _simpler_calls(call: ToolCall) -> Iterator[ToolCall]:
    try:
        arguments = json_values.parse(call.arguments)
    except ValueError:
        return
    for simpler in simpler_value(arguments):
        yield replace(call, arguments=dumps(simpler, ensure_ascii=False))


def _simpler_declarations(skill: Declaration) -> Iterator[Declaration]:
    if skill.raises is not None:
        yield replace(skill, raises=None, raises_on="every")
        yield from (replace(skill, raises=text) for text in simpler_text(skill.raises))
    if skill.raises_on != "every":
        yield replace(skill, raises_on="every")
    if skill.echoes:
        yield replace(skill, echoes=False)
    if skill.returns is not None:
        yield replace(skill, returns=None)
        yield from (replace(skill, returns=value) for value in simpler_value(skill.returns))
    yield from (replace(skill, trigger=trigger) for trigger in _simpler_triggers(skill.trigger))


def _simpler_wrong_ones(skill: Declaration) -> Iterator[Declaration]:
    """Yield a declaration that is to be refused with less of what is wrong in it as well."""
    yield from _simpler_declarations(skill)
    for key, value in skill.trigger.items():
        if parameter_of(key) in {"functionName", "parameterDescriptionJson"}:
            yield from (
                replace(skill, trigger={**skill.trigger, key: text}) for text in _simpler_wrong_texts(str(value))
            )


def _simpler_wrong_texts(text: str) -> Iterator[str]:
    try:
        value = loads(text)  # NaN and Infinity are what is wrong with some
    except ValueError:
        yield from simpler_text(text)
    else:
        yield from (dumps(simpler, ensure_ascii=False) for simpler in simpler_value(value))


def _simpler_triggers(trigger: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a declaration's parameters with one less, but for those that none does without, or with simpler texts."""
    for key, value in trigger.items():
        name = parameter_of(key)
        if name in {"functionName", "parameterDescriptionJson", "model"}:
            yield {other: kept for other, kept in trigger.items() if other != key}
        if name == "functionDescription":
            yield from ({**trigger, key: text} for text in simpler_text(str(value)))
        if name == "parameterDescriptionJson":
            yield from ({**trigger, key: text} for text in _simpler_descriptions(str(value)))


def _simpler_descriptions(text: str) -> Iterator[str]:
    """Yield simpler parameter descriptions; the type and the properties stay, since OpenAI asks for them."""
    try:
        schema = json_values.parse(text)
    except ValueError:
        return
    if isinstance(schema, dict):
        known = _unparted(schema)
        for simpler in simpler_value(schema):
            if _unparted(simpler) <= known and _is_sound(simpler):
                yield dumps(simpler, ensure_ascii=False)


def _unparted(schema: Any) -> set[str]:
    """Return the texts of which a part may be none: regular expressions, and formats."""
    return _texts(schema, "pattern") | _texts(schema, "format")


def _is_sound(schema: Any) -> bool:
    """Say whether the service takes a parameter description, and its references lead somewhere."""
    resolver = Registry().with_resource("", DRAFT202012.create_resource(schema)).resolver()
    try:
        for reference in _texts(schema, "$ref"):
            resolver.lookup(reference)
    except Unresolvable:
        return False
    return not find_schema_faults(schema)


def _texts(schema: Any, keyword: str) -> set[str]:
    """Return the texts that a keyword has anywhere in a schema."""
    parts = (part for part in json_values.walk(schema) if isinstance(part, dict))
    return {part[keyword] for part in parts if isinstance(part.get(keyword), str)}
