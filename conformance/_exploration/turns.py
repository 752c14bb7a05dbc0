"""An episode taken apart into prompts with their replies, and put together again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conformance._data.scenario import Episode
from conformance._service import Fault, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedTurn:
    """A prompt, and the replies from it to the model's answer."""

    prompt: str
    replies: tuple[Reply | Fault, ...]


def split(episode: Episode) -> tuple[ScriptedTurn, ...]:
    """Take an episode apart, as if every fault were tried again."""
    turns: list[ScriptedTurn] = []
    rest = list(episode.model_replies)
    for prompt in episode.prompts:
        replies: list[Reply | Fault] = []
        while rest:
            replies.append(rest.pop(0))
            if _ends_turn(replies[-1]):
                break
        turns.append(ScriptedTurn(prompt=prompt, replies=tuple(replies)))
    return tuple(turns)


def _ends_turn(reply: Reply | Fault) -> bool:
    return reply.lasts != "once" if isinstance(reply, Fault) else not reply.calls


def join(episode: Episode, turns: Sequence[ScriptedTurn]) -> Episode:
    """Give an episode other turns."""
    return replace(
        episode,
        prompts=tuple(turn.prompt for turn in turns),
        model_replies=tuple(reply for turn in turns for reply in turn.replies),
    )
