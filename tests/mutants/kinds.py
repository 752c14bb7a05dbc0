"""Questions about cases, for defects that concern every case of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance._data.case import Case
from conformance._data.expectation import ConversationExpected, RefusalExpected, patterns_of
from conformance._data.scenario import Declaration
from conformance._service import Reply


def declared(case: Case) -> list[Declaration]:
    """List what a case declares that must be accepted."""
    before = case.scenario.before.skills if case.scenario.before else ()
    control = [case.expectation.control] if refuses(case) else []
    return [*before, *case.scenario.episode.skills, *control]


def given(declaration: Declaration) -> set[str]:
    """List the parameters that a declaration gives, by letters."""
    return {word.replace("_", "").lower() for word, value in declaration.trigger.items() if value != ""}


def declares(case: Case) -> bool:
    return bool(declared(case))


def refuses(case: Case) -> bool:
    """Say whether a case declares something that must be refused."""
    return isinstance(case.expectation, RefusalExpected)


def gives(*fields: str):
    """Ask whether a case declares a skill with one of the parameters."""
    return lambda case: any(given(one) & set(fields) for one in declared(case))


def gives_both(*fields: str):
    """Ask whether a case declares a skill with all of the parameters."""
    return lambda case: any(given(one) >= set(fields) for one in declared(case))


def lacks(field: str):
    """Ask whether a case declares a skill without a parameter."""
    return lambda case: any(field not in given(one) for one in declared(case))


def names_no_model(case: Case) -> bool:
    return not any("model" in given(one) for one in case.scenario.episode.skills)


def asks(case: Case) -> bool:
    return isinstance(case.expectation, ConversationExpected)


def asks_openai(case: Case) -> bool:
    return asks(case) and case.scenario.provider == "openai"


def asks_azure(case: Case) -> bool:
    return asks(case) and case.scenario.provider == "azure"


def offers(case: Case) -> bool:
    """Say whether a case talks to the model while there are skills, those of an app before included."""
    return asks(case) and bool(skills_told(case))


def skills_told(case: Case) -> list[Declaration]:
    """List the skills of each app that talks to the model."""
    episodes = (case.scenario.before, case.scenario.episode)
    return [skill for episode in episodes if episode and episode.prompts for skill in episode.skills]


def requests(case: Case) -> list[dict]:
    """List what a case demands of its requests."""
    wanted = patterns_of(case.expectation).get("requests", [])
    either = wanted["$one_of"] if isinstance(wanted, dict) else [wanted]
    return [one for option in either for one in option]


def looks_at_tools(case: Case) -> bool:
    """Say whether a case demands something of the tools that skills become."""
    return bool(case.scenario.episode.skills) and any(
        "tools" in {**one, **one.get("body", {})} for one in requests(case)
    )


def describes(case: Case) -> bool:
    """Say whether a case demands something of a tool's description."""
    tools = (tool for one in requests(case) for tool in one.get("tools", {}).values())
    return any("tools" in one.get("body", {}) for one in requests(case)) or any("description" in tool for tool in tools)


def calls(case: Case) -> bool:
    """Say whether the model calls functions in a case, and is answered by the app that is judged."""
    return asks(case) and any(isinstance(reply, Reply) and reply.calls for reply in case.scenario.episode.model_replies)


def answers(case: Case) -> bool:
    """Say whether the model's response comes to be returned."""
    return asks(case) and any(
        isinstance(reply, Reply) and not reply.calls for reply in case.scenario.episode.model_replies
    )


def tells_user(case: Case) -> bool:
    """Say whether a case demands the text of a prompt."""
    messages = (message for one in requests(case) for message in one.get("messages", ()))
    return any(message.get("role") == "user" and "content" in message for message in messages)


def sees_results(case: Case) -> bool:
    """Say whether a case demands something of what the model is told of a result."""
    return any("results" in one for one in requests(case))


def looks_at_messages(case: Case) -> bool:
    """Say whether a case demands something of the messages of a request."""
    return any("messages" in one for one in requests(case))


def looks_at_calls(case: Case) -> bool:
    """Say whether a case demands that skills were called so, or not at all."""
    return "invocations" in patterns_of(case.expectation) and bool(case.scenario.episode.skills)


def may_run(case: Case) -> bool:
    """Say whether a case demands that a skill's function was called, or allows it."""
    return bool(patterns_of(case.expectation).get("invocations"))


def answers_twice(case: Case) -> bool:
    """Say whether the model responds to a prompt, and then to another one."""
    replies = [reply for reply in case.scenario.episode.model_replies if isinstance(reply, Reply)]
    return asks(case) and sum(not reply.calls for reply in replies) > 1


def calls_again(case: Case) -> bool:
    """Say whether the model calls skills in several replies."""
    return asks(case) and sum(bool(getattr(reply, "calls", ())) for reply in case.scenario.episode.model_replies) > 1


def arguments(case: Case) -> list[str]:
    """List the arguments of the calls that the model makes, as it writes them."""
    return [call.arguments for reply in case.scenario.episode.model_replies for call in getattr(reply, "calls", ())]


def raises(case: Case) -> bool:
    """Say whether a function that the model calls raises an error."""
    return asks(case) and any(one.raises is not None for one in case.scenario.episode.skills)


def sends_again(case: Case) -> bool:
    """Say whether an app that is judged sends a second request."""
    replies = case.scenario.episode.model_replies
    return asks(case) and len(replies) > 1 and (isinstance(replies[0], Reply) or len(case.scenario.episode.prompts) > 1)


def wanted_calls(case: Case) -> list[dict]:
    """List the calls of functions that a case demands, whatever their order."""
    wanted = patterns_of(case.expectation).get("invocations", [])
    listed = wanted.get("$unordered", []) if isinstance(wanted, dict) else wanted
    return [{key: _plain(value) for key, value in call.items()} for call in listed]


def _plain(pattern: Any) -> Any:
    return pattern["$equals"] if isinstance(pattern, dict) and pattern.keys() == {"$equals"} else pattern


def runs(case: Case) -> bool:
    """Say whether a case demands that a skill's function was called."""
    return bool(wanted_calls(case))


def wanted_results(case: Case) -> list[Any]:
    """List the results of functions that a case demands to reach the model."""
    return list(_find("$result", patterns_of(case.expectation)))


def _find(word: str, pattern: Any) -> Iterator[Any]:
    if isinstance(pattern, dict) and word in pattern:
        yield pattern[word]
    elif isinstance(pattern, dict | list):
        for member in pattern.values() if isinstance(pattern, dict) else pattern:
            yield from _find(word, member)


def both(*questions):
    """Ask for all of several things."""
    return lambda case: all(question(case) for question in questions)
