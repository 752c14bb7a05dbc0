"""What the scripted service knows and says: provider, key, models, and its replies in order."""

from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

Provider: TypeAlias = Literal["openai", "azure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """A call that the model makes; `arguments` is sent verbatim and need not be JSON."""

    id: str
    name: str
    arguments: str


Lasting: TypeAlias = Literal["once", "prompt", "always"]

FinishReason: TypeAlias = Literal["stop", "length", "tool_calls", "content_filter", "function_call"]

_CUT_OFF: Final[frozenset[FinishReason | None]] = frozenset({"length", "content_filter"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the model says: text, tool calls, text beside tool calls, or a refusal.

    `finish_reason` is `tool_calls` or `stop` unless it is given; with `length` or `content_filter` a reply may
    say nothing at all. `further_choices` stand beside this one in the same answer; without them, a client that
    asks for `n` choices gets this one n times.
    """

    text: str | None = None
    calls: tuple[ToolCall, ...] = ()
    refusal: str | None = None
    finish_reason: FinishReason | None = None
    further_choices: tuple["Reply", ...] = ()
    lasts: ClassVar[Lasting] = "once"  # a fault may last longer

    def __post_init__(self) -> None:
        """Raise ValueError for a reply that says nothing, or that no model gives."""
        speaks = self.text is not None or bool(self.calls)
        if not speaks and self.refusal is None and self.finish_reason not in _CUT_OFF:
            raise ValueError("a reply has neither text nor calls nor a refusal, but should have at least one of them")
        if speaks and self.refusal is not None:
            raise ValueError("a reply has a refusal as well as text or calls, but should have one or the other")
        if self.finish_reason not in (None, *get_args(FinishReason)):
            wanted = ", ".join(get_args(FinishReason))
            raise ValueError(f"a reply's finish_reason = {self.finish_reason!r}, but should be one of {wanted}")
        if any(choice.further_choices for choice in self.further_choices):
            raise ValueError("a further choice has further choices, but only the first one should")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error in place of a reply.

    It answers one request; one that `lasts` for the `prompt` answers every request until the next prompt begins, and
    one that lasts `always` every later request. `retry_after_ms` is what the service asks clients to wait; the usual
    clients obey it and retry 408, 409, 429 and 5xx on their own.
    """

    status: int
    lasts: Lasting = "once"
    retry_after_ms: int = 1

    def __post_init__(self) -> None:
        """Raise ValueError for a status that is not an error, or an unknown duration."""
        if not 400 <= self.status <= 599:  # noqa: PLR2004  (the range of HTTP's error statuses)
            raise ValueError(f"fault's status = {self.status!r}, but should lie between 400 and 599")
        if self.lasts not in get_args(Lasting):
            raise ValueError(f"fault's lasts = {self.lasts!r}, but should be one of {', '.join(get_args(Lasting))}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """All that one service is made from.

    `endpoint` is the base that requests must start with, without `/v1` or `/openai`: a host of the real
    service, or a loopback one (a path in it is kept in front of the service's own paths). `models` holds the
    models, on Azure the deployments, that exist; None means any name of a published family of chat models, on
    Azure every deployment. With `repeats` the script begins again after its last reply.
    """

    provider: Provider
    key: str = field(repr=False)
    endpoint: str
    replies: tuple[Reply | Fault, ...] = ()
    models: frozenset[str] | None = None
    repeats: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown provider, or an endpoint that is not an absolute http(s) URL."""
        if self.provider not in get_args(Provider):
            raise ValueError(f"script's provider = {self.provider!r}, but should be one of {get_args(Provider)}")
        parts = urlsplit(self.endpoint)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"script's endpoint = {self.endpoint!r}, but should be an absolute http(s) URL")
