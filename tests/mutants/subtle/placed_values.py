"""Values that get lost or changed in one place within an argument or a result only."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle

ARGUMENT = "AST-CONVERSATION-ARGUMENT"
RESULT = "AST-CONVERSATION-RESULT-VALUE"


def changed(value, place, change):
    """Return a value in which each value in a place is changed: `o.l` are the elements of a member."""
    if not place:
        return change(value)
    step, _, rest = place.partition(".")
    if step == "o" and isinstance(value, dict):
        return {key: changed(one, rest, change) for key, one in value.items()}
    if step == "l" and isinstance(value, list):
        return [changed(one, rest, change) for one in value]
    return value


def without(*values):
    """Return what leaves out of an object or a list what is one of some values, told apart by their types."""

    def is_left_out(one):
        return any(one == value and type(one) is type(value) for value in values)

    def change(value):
        if isinstance(value, dict):
            return {key: one for key, one in value.items() if not is_left_out(one)}
        return [one for one in value if not is_left_out(one)] if isinstance(value, list) else value

    return change


class PlacedArgument(App):
    place = ""
    lost = ()

    def argument_of(self, skill, arguments):
        return changed(super().argument_of(skill, arguments), self.place, without(*self.lost))


class PlacedResult(App):
    place = ""
    lost = ()

    def word_result(self, result):
        return super().word_result(changed(result, self.place, without(*self.lost)))


@subtle("In an argument, false is lost of the objects that a member has.", ARGUMENT)
class FalseLostOfInnerObject(PlacedArgument):
    place, lost = "o", (False,)


@subtle("In an argument, an empty text is lost of a list in a list.", ARGUMENT)
class EmptyTextLostOfInnerList(PlacedArgument):
    place, lost = "l", ("",)


@subtle("In an argument, 0 is lost of the objects of a list that a member has.", ARGUMENT)
class ZeroLostOfListedMembers(PlacedArgument):
    place, lost = "o.l", (0,)


@subtle("In an argument, empty objects are lost of the objects in the objects of a list.", ARGUMENT)
class EmptyObjectLostBelowListed(PlacedArgument):
    place, lost = "l.o", ({},)


@subtle("In a result, empty lists are lost of the objects that a member has.", RESULT)
class EmptyListLostOfInnerResult(PlacedResult):
    place, lost = "o", ([],)


@subtle("In a result, null is lost of a list in a list.", RESULT)
class NullLostOfInnerListOfResult(PlacedResult):
    place, lost = "l", (None,)


@subtle("In a result, false is lost of the objects of a list that a member has.", RESULT)
class FalseLostOfListedResult(PlacedResult):
    place, lost = "o.l", (False,)


@subtle("In a result, 0 and 0.0 are lost of the members of the members of members.", RESULT)
class ZeroLostThreeMembersDeep(PlacedResult):
    place, lost = "o.o", (0, 0.0)


def renamed(value):
    if isinstance(value, dict):
        return {key.replace("snake_case", "snakeCase"): one for key, one in value.items()}
    return value


@subtle("In an argument, names with an underscore lose it in the objects of a list that a member has.", ARGUMENT)
class NamesJoinedInListedMembers(App):
    def argument_of(self, skill, arguments):
        return changed(super().argument_of(skill, arguments), "o.l", renamed)


@subtle("In a result, names with an underscore lose it in the objects of a list in a list.", RESULT)
class NamesJoinedInInnerLists(App):
    def word_result(self, result):
        return super().word_result(changed(result, "l.l", renamed))
