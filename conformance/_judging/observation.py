"""What was seen while a case ran, and how an expectation reads it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from conformance._data.open_world.matching import Cause, Mismatch
from conformance._data.scenario import Declaration
from conformance._data.surfaces import CANONICAL
from conformance._isolation.runner import Interrupt
from conformance._isolation.state import current_folder
from conformance._service import Area, Exchange, functions_called
from conformance._text.error_places import CALLED, where_from
from conformance._text.words import describe_error

Binding = Mapping[str, Any]

Silence: TypeAlias = Literal["interrupted", "left behind"]
"""What became of code that gave no answer in time: it was ended, or it may still run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """A skill's function was run: the function's name, and what it got."""

    skill: str
    argument: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What `ask` did with one message: the reply that it returned, or the error that it raised.

    `requests` counts the app's requests up to then.
    """

    reply: str | None
    error: Cause | None
    requests: int = 0


@dataclass(slots=True, kw_only=True)
class Observation:
    """Everything that was seen; filled while the case runs."""

    folder: str | None = field(default_factory=current_folder)
    """Where the process was before it ran: places in the implementation's code are told from there on."""

    phase: str = "create_app"
    """What the implementation is doing."""

    missing: str | None = None
    """What it does not offer though the case needs it."""

    refusal: Cause | None = None
    """The error that refused a declaration which is to be accepted."""

    declaring: Declaration | None = None
    """The declaration that is being made, or was refused; None when all are made, be it that reading them failed."""

    tried: Declaration | None = None
    """What is to be refused and is being declared."""

    accepted: list[Declaration] = field(default_factory=list)
    """What is to be refused, and was not."""

    broken_before: Mismatch | None = None
    """How the conversation of the app before went wrong."""

    construct: str | None = None
    bindings: Mapping[str, Sequence[Binding]] | None = None
    bindings_again: Mapping[str, Sequence[Binding]] | None = None
    bindings_after: Mapping[str, Sequence[Binding]] | None = None
    bindings_of_refused: Mapping[str, Sequence[Binding]] | None = None
    """The bindings of the app that accepted it, with the last of it."""

    again_error: Cause | None = None
    """The error of reading the bindings a further time."""

    invocations: list[Invocation] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    exchanges: tuple[Exchange, ...] = ()
    exchanges_before: tuple[Exchange, ...] = ()
    offered: frozenset[str] = frozenset()
    """What the app has of bindings and ask."""

    first_exchange: int = 0
    """How many requests the app before sent."""

    unused: int = 0
    """How many scripted replies were never requested."""

    notes: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    """Where in the implementation's code its errors came from."""

    crash: str | None = None
    """How the implementation broke the contract."""

    crashed_by: Cause | None = None
    """The error with which it did."""

    silence: Silence | None = None
    """What became of code that gave no answer in time."""

    was_played: bool = True
    """False where the implementation was given up before."""

    def enter(self, phase: str) -> None:
        """Note what the implementation does from now on."""
        self.phase = phase

    def note_error(self, error: BaseException, kind: Literal["error", "refused declaration"] = "error") -> Cause:
        """Note where in the implementation's code an error came from; return it as what findings follow from."""
        place, is_late = where_from(error, self.folder), isinstance(error, Interrupt)
        said = "time was up at" if is_late else f"{type(error).__name__} came from"
        if place is not None and (note := f"{said} {place}") not in self.raised:
            self.raised.append(note)
        # One function may raise all errors of an implementation: the line that called it tells them apart.
        known = None if place is None or is_late else f"{said} {CALLED.join(place.split(CALLED)[:2])}"
        return Cause(kind=kind, said=describe_error(error), origin=known)


def refusals(seen: Observation) -> Iterator[tuple[Area, Mismatch]]:
    """Yield what the service refused, each with the area of the rule that was broken."""
    for number, exchange in enumerate(seen.exchanges, 1):
        for violation in exchange.violations:
            if violation.certain:
                got = f"refused with {violation.answer} ({violation.message})"
                where, cause = f"request {number}", Cause(kind="refused request", said=violation.rule)
                yield violation.area, Mismatch("the request", got, "accepted by the service", where, cause)


def has_more_calls(seen: Observation) -> bool:
    """Say whether an app asked for one call at a time and was given several: what it does with those is left open."""
    return any(exchange.has_more_calls for exchange in (*seen.exchanges_before, *seen.exchanges))


def breaks_schema(seen: Observation) -> bool:
    """Say whether an app told the model which arguments there are, and was called with others."""
    return any(exchange.breaks_schema for exchange in (*seen.exchanges_before, *seen.exchanges))


def lacks_choices(seen: Observation) -> bool:
    """Say whether an app was given one of several choices, so that it could do nothing with the others."""
    return any(exchange.withholds_choices for exchange in seen.exchanges)


def trigger_bindings(bindings: Mapping[str, Sequence[Binding]]) -> dict[str, Binding]:
    """Return each function's trigger binding, its keys in function.json's case (the host compares without case)."""
    result = {}
    for function, candidates in bindings.items():
        named = [_canonical(binding) for binding in candidates]
        of_type = [binding for binding in named if str(binding.get("type")).casefold() == "assistantskilltrigger"]
        if of_type or named:
            result[function] = (of_type or named)[0]
    return result


def _canonical(binding: Binding) -> Binding:
    return {CANONICAL.get(key.casefold(), key): value for key, value in binding.items()}


def went_elsewhere(exchange: Exchange) -> bool:
    """Say whether a request went to another host than the service's: it is not a chat request then."""
    return any(violation.rule == "url-host" for violation in exchange.violations)


def request_tree(exchange: Exchange) -> dict[str, Any]:
    """Return a chat request as expectations read it.

    `model` is the model, or the deployment on Azure OpenAI; `tools` maps names to functions; `messages` are those
    of the conversation (instructions to the model are the implementation's own business), content parts being
    joined; `results` maps the id of each tool call to what the model was told, and `told` to the same with the call's
    id and the function's name left out, so that what two calls were told can be compared.
    """
    body = exchange.body if isinstance(exchange.body, dict) else {}
    tree: dict[str, Any] = {"body": body}
    if exchange.model is not None:
        tree["model"] = exchange.model
    if "tools" in body:
        tree["tools"] = tools_by_name(body["tools"])
    messages = body.get("messages")
    if isinstance(messages, list):
        spoken = [_message(message) for message in messages if not _is_instruction(message)]
        tree["messages"] = spoken
        called = functions_called(spoken)
        tree["results"] = {
            str(message.get("tool_call_id")): message.get("content")
            for message in spoken
            if isinstance(message, dict) and message.get("role") == "tool"
        }
        tree["told"] = {key: _anonymous(content, key, called) for key, content in tree["results"].items()}
    return tree


def _anonymous(content: Any, call: str, called: Mapping[str, str]) -> Any:
    if not isinstance(content, str):
        return content
    for word in filter(None, (call, called.get(call))):
        content = content.replace(word, "…")
    return content


def tools_by_name(tools: Any) -> Any:
    """Map the names of a request's tools to their functions; return anything but a list as it is."""
    if not isinstance(tools, list):
        return tools
    result: dict[str, Any] = {}
    for tool in tools:
        function = tool.get("function") if isinstance(tool, dict) else None
        name = str(function.get("name")) if isinstance(function, dict) else str(tool)
        while name in result:
            name += " (again)"
        result[name] = function
    return result


def _is_instruction(message: Any) -> bool:
    return isinstance(message, dict) and message.get("role") in {"system", "developer"}


def _message(message: Any) -> Any:
    if not isinstance(message, dict) or not isinstance(message.get("content"), list):
        return message
    parts = [part.get("text") if isinstance(part, dict) else None for part in message["content"]]
    if not all(isinstance(part, str) for part in parts):
        return message
    return {**message, "content": "".join(map(str, parts))}
