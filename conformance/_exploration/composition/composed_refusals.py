"""Composes declarations that are to be refused: each is right but for one fault."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from json import loads  # by name: an implementation may patch the module
from typing import Any, Final

from conformance._data.scenario import Declaration, Episode
from conformance._exploration.composition.cards import Cards
from conformance._exploration.composition.composed_skills import SkillComposer
from conformance._exploration.pool.names import WRONG_NAMES, WRONG_OWN_NAMES, WRONG_SETTING_NAMES
from conformance._exploration.pool.parameter_descriptions import NOTATIONS, Flavour, describe
from conformance._exploration.pool.wrong_descriptions import WRONG_DESCRIPTIONS
from conformance._service import Provider

_NAMED: Final = (*("given",) * 8, "by a setting", "its own")
_TAKEN: Final = (
    *("as it is", "as it is given", "by another setting", "in another case", "in lower case", "in upper case"),
    *("as its own", "as its own in another case", "with the other's whole declaration"),
)


def compose_refused(cards: Cards, provider: Provider, episode: Episode) -> tuple[Declaration, ...]:
    """Compose what is refused after the skills of an app: one declaration for each fault, of which any may be first."""
    cards = cards.marked(f"refused, {provider}")
    refused = tuple(_RefusalComposer(cards, provider, episode).compose())
    first = cards.pick("which fault is first", range(4)) % len(refused)
    return refused[first:] + refused[:first]


class _RefusalComposer:
    def __init__(self, cards: Cards, provider: Provider, episode: Episode) -> None:
        self._cards = cards
        self._skills = episode.skills
        self._settings = episode.settings
        self._composer = SkillComposer(cards, provider)
        self._places = count(len(episode.skills))

    def compose(self) -> Iterator[Declaration]:
        yield self._undescribed(self._right())
        yield self._misdescribed(self._right())
        yield self._misnamed(self._right())
        if self._skills:
            yield self._named_twice(self._right())

    def _right(self) -> Declaration:
        """Compose a declaration without a fault; it names the model that the others name, if they name one."""
        models = [model for skill in self._skills if (model := skill.trigger.get("model")) is not None]
        has_model = self._cards.pick("whether a model is given", (True, False)) and bool(models)
        right = self._composer.further(next(self._places), models[0] if has_model else None)
        taken = {skill.tool_name(self._settings).casefold() for skill in self._skills}
        return _without(right, "functionName") if right.tool_name(self._settings).casefold() in taken else right

    def _undescribed(self, right: Declaration) -> Declaration:
        """Leave out what the function does; sometimes its parameters are described as those of another skill."""
        described = [skill for skill in self._skills if "parameterDescriptionJson" in skill.trigger]
        copies = self._cards.pick("whether parameters are another's", (False, True))
        if described and copies:
            text = described[-1].trigger["parameterDescriptionJson"]
            right = _with(replace(right, argument=described[-1].argument), parameterDescriptionJson=text)
        return _without(right, "functionDescription")

    def _misdescribed(self, right: Declaration) -> Declaration:
        given = right.trigger.get("parameterDescriptionJson")
        text = given or NOTATIONS[0](describe(right.argument, Flavour(), "What it is", "Title"))
        make_wrong = self._cards.unmarked.pick("wrong description", WRONG_DESCRIPTIONS)
        return _with(right, parameterDescriptionJson=make_wrong(loads(text), text))

    def _misnamed(self, right: Declaration) -> Declaration:
        match self._cards.pick("how a wrong name is given", _NAMED):
            case "given":
                return _with(right, functionName=self._cards.unmarked.pick("wrong name", WRONG_NAMES))
            case "by a setting":
                return _with(right, functionName=self._cards.pick("wrong name of a setting", WRONG_SETTING_NAMES))
        return _named_by_function(right, self._cards.unmarked.pick("wrong own name", WRONG_OWN_NAMES))

    def _named_twice(self, right: Declaration) -> Declaration:
        """Give the name of another skill, most often that of the first or the last."""
        among = (self._skills[0], self._skills[-1], *self._skills)
        other = self._cards.pick(f"whose name of {len(among)}", among)
        name = other.tool_name(self._settings)
        given = other.trigger.get("functionName", name)
        how = self._cards.pick("how a name is taken", _TAKEN)
        if how == "with the other's whole declaration":
            return replace(right, argument=other.argument, trigger={**other.trigger, "functionName": given})
        own = {"as its own": name, "as its own in another case": name.swapcase()}.get(how)
        if own is not None and own.casefold() not in {skill.function.casefold() for skill in self._skills}:
            return _named_by_function(right, own)
        taken = {
            "as it is given": given,
            "by another setting": given.replace("%SKILL_NAME%", "%SkillAlias%"),
            "in another case": name.swapcase(),
            "in lower case": name.lower(),
            "in upper case": name.upper(),
        }
        return _with(right, functionName=taken.get(how, name))


def _named_by_function(declaration: Declaration, name: str) -> Declaration:
    return replace(_without(declaration, "functionName"), function=name)


def _with(declaration: Declaration, **given: Any) -> Declaration:
    return replace(declaration, trigger={**declaration.trigger, **given})


def _without(declaration: Declaration, key: str) -> Declaration:
    return replace(declaration, trigger={name: one for name, one in declaration.trigger.items() if name != key})
