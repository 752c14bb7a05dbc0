"""Names that another skill of the app has already, and that are not refused."""

from __future__ import annotations

from bisect import bisect_left

from mutants.base import App
from mutants.subtle.subtle import subtle


def raw_name(given, function):
    return given.get("functionName", function)


class Remembering(App):
    """Knows which skill is being declared when it looks for its name."""

    def declare(self, skill, given):
        self.declared, self.given = skill, given
        super().declare(skill, given)


@subtle(
    "When more than four skills were declared since, the name of an earlier one is accepted again.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class OnlyTheLastFourLookedAt(App):
    def is_taken(self, name):
        return name.lower() in [skill.name.lower() for skill in self.skills[-4:]]


@subtle(
    "When the earlier name has capitals, the same name in another case is accepted, as only the new one is lowered.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class OnlyTheNewNameLowered(App):
    def is_taken(self, name):
        names = [skill.name for skill in self.skills]
        return name in names or name.lower() in names


@subtle(
    "When two names differ in the case of more than their first letter, the second is accepted.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class OnlyTheFirstLetterLowered(App):
    def is_taken(self, name):
        return self.key(name) in [self.key(skill.name) for skill in self.skills]

    def key(self, name):
        return name[:1].lower() + name[1:]


@subtle(
    "When the skill that has the name takes an argument of another type, a second one is accepted as its overload.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class OverloadByTheArgumentsType(Remembering):
    def is_taken(self, name):
        kind = self.declared.argument.type
        return (name.lower(), kind) in [(skill.name.lower(), skill.argument.type) for skill in self.skills]


@subtle(
    "When a skill is declared as an earlier one in every parameter, it is silently dropped instead of being refused.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class DeclaredTwiceAlike(App):
    def declare(self, skill, given):
        if "functionName" not in given or given not in [known.given for known in self.skills]:
            super().declare(skill, given)


@subtle(
    "When a skill is named by its function's own name, and that is taken in another case, it is accepted.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class OwnNameInAnotherCase(Remembering):
    def is_taken(self, name):
        if "functionName" not in self.given:
            return name in [skill.name for skill in self.skills]
        return super().is_taken(name)


@subtle(
    "When two names come from two settings with the same value, the second is accepted, as the names of the settings"
    " differ.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class TwoSettingsOfOneValue(Remembering):
    def is_taken(self, name):
        raw = raw_name(self.given, self.declared.name)
        others = [
            skill for skill in self.skills if not self.both_by_setting(raw, raw_name(skill.given, skill.function))
        ]
        return name.lower() in [skill.name.lower() for skill in others]

    def both_by_setting(self, one, other):
        return one.count("%") > 1 and other.count("%") > 1 and one.lower() != other.lower()


@subtle(
    "When the skills were not declared in the order of their names, a name that is taken may be accepted, as it is"
    " looked up by halving.",
    "AST-DECLARATION-NAME-UNIQUE",
)
class LookedUpByHalving(App):
    def is_taken(self, name):
        names = [skill.name.lower() for skill in self.skills]
        place = bisect_left(names, name.lower())
        return place < len(names) and names[place] == name.lower()
