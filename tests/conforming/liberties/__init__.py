"""What implementations are free to do: each liberty is taken by an implementation that must pass everything."""

from importlib import import_module

from liberties.liberty import Liberty

TOPICS = (
    "declaring",
    "binding",
    "requesting",
    "conversing",
    "calling",
    "telling",
    "describing",
    "addressing",
    "connecting",
)


def _of(topic: str) -> list[Liberty]:
    """List a module's liberties: those that stand alone, and those in tables."""
    values = vars(import_module(f"liberties.{topic}")).values()
    lists = ([value] if isinstance(value, Liberty) else value for value in values)
    return [one for many in lists if isinstance(many, list) for one in many if isinstance(one, Liberty)]


LIBERTIES = [liberty for topic in TOPICS for liberty in _of(topic)]
