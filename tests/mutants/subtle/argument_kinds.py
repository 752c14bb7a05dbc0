"""Arguments of another type than was declared, under another name, or beside others."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.subtle import subtle

ARGUMENT, EXTRA = "AST-CONVERSATION-ARGUMENT", "AST-CONVERSATION-ARGUMENT-EXTRA"
MISSING = "AST-CONVERSATION-ARGUMENT-MISSING"


class ConvertingApp(App):
    """An app that converts the argument to the type that was declared."""

    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        return self.convert(value) if skill.argument.type == self.kind else value


@subtle("A number for a text argument is handed over as a text.", ARGUMENT)
class ConvertsNumbersToTexts(ConvertingApp):
    kind = "string"

    def convert(self, value):
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


@subtle("A text of digits for an integer argument is handed over as an integer.", ARGUMENT)
class ConvertsTextsToIntegers(ConvertingApp):
    kind = "integer"

    def convert(self, value):
        return int(value) if isinstance(value, str) and value.isdigit() else value


@subtle("A fraction for an integer argument is cut off.", ARGUMENT)
class CutsFractions(ConvertingApp):
    kind = "integer"

    def convert(self, value):
        return int(value) if isinstance(value, float) else value


@subtle("A number or a text for a boolean argument is handed over as true or false.", ARGUMENT)
class ConvertsToBooleans(ConvertingApp):
    kind = "boolean"

    def convert(self, value):
        return bool(value) if isinstance(value, int | float | str) else value


@subtle("A value that is not an array is put into one for an array argument.", ARGUMENT)
class WrapsIntoArrays(ConvertingApp):
    kind = "array"

    def convert(self, value):
        return value if value is None or isinstance(value, list) else [value]


@subtle("A null for a text argument becomes an empty text, if there are other arguments.", ARGUMENT)
class EmptiesNullTexts(ConvertingApp):
    kind = "string"

    def argument_of(self, skill, arguments):
        value = super().argument_of(skill, arguments)
        given = skill.argument.name in arguments and skill.argument.type == self.kind
        return "" if given and value is None and len(arguments) > 1 else value

    def convert(self, value):
        return value


@subtle(
    "A missing argument of type integer becomes 0, of type boolean false, as the shipped extension has it.", MISSING
)
class FillsInZero(App):
    def argument_of(self, skill, arguments):
        zero = {"integer": 0, "boolean": False}.get(skill.argument.type)
        return super().argument_of(skill, {skill.argument.name: zero, **arguments})


@subtle("A missing argument of type array becomes an empty one.", MISSING)
class FillsInAnEmptyArray(App):
    def argument_of(self, skill, arguments):
        empty = [] if skill.argument.type == "array" else None
        return super().argument_of(skill, {skill.argument.name: empty, **arguments})


@subtle("A missing argument is filled in from the default in the given parameter description.", MISSING)
class FillsInTheDefault(App):
    def argument_of(self, skill, arguments):
        described = skill.schema.get("properties", {}).get(skill.argument.name)
        default = described.get("default") if isinstance(described, dict) else None
        return super().argument_of(skill, {skill.argument.name: default, **arguments})


@subtle("A missing argument is filled in with the last one that the function got.", MISSING)
class FillsInTheLastOne(App):
    def argument_of(self, skill, arguments):
        self.last = {**getattr(self, "last", {})}
        if skill.argument.name in arguments:
            self.last[skill.name] = arguments[skill.argument.name]
        return super().argument_of(skill, {skill.argument.name: self.last.get(skill.name), **arguments})


@subtle("A missing argument is filled in with the only other one, whatever its name.", MISSING)
class FillsInTheOnlyOther(App):
    def argument_of(self, skill, arguments):
        if skill.argument.name not in arguments and len(arguments) == 1:
            return next(iter(arguments.values()))
        return super().argument_of(skill, arguments)


@subtle("A missing argument is filled in with one whose name differs by case only.", MISSING)
class FillsInWithoutCase(App):
    def argument_of(self, skill, arguments):
        names = {name.lower(): name for name in arguments}
        near = names.get(skill.argument.name.lower(), skill.argument.name)
        return arguments.get(skill.argument.name, arguments.get(near))


@subtle("A missing argument is filled in with one whose name is written with underscores.", MISSING)
class FillsInWithoutUnderscores(App):
    def argument_of(self, skill, arguments):
        plain = {name.replace("_", "").lower(): value for name, value in arguments.items()}
        return arguments.get(skill.argument.name, plain.get(skill.argument.name.replace("_", "").lower()))


@subtle("Of two arguments whose names differ by case only, the last is handed over.", EXTRA, ARGUMENT)
class ReadsArgumentsWithoutCase(App):
    def argument_of(self, skill, arguments):
        own = skill.argument.name
        alike = {name: value for name, value in arguments.items() if name.lower() == own.lower()}
        return [*alike.values()][-1] if own in alike else super().argument_of(skill, arguments)


@subtle("An object named arguments beside the argument is taken for all of them.", EXTRA, ARGUMENT)
class UnwrapsArguments(App):
    def argument_of(self, skill, arguments):
        inner = arguments.get("arguments")
        return super().argument_of(skill, inner if isinstance(inner, dict) else arguments)


@subtle("More than five arguments are an error.", EXTRA)
class RefusesManyArguments(App):
    def argument_of(self, skill, arguments):
        if len(arguments) > 5:
            raise TypeError("too many arguments")
        return super().argument_of(skill, arguments)


@subtle("An argument beside the function's own that is null makes the call fail.", EXTRA)
class RefusesNullsBeside(App):
    def argument_of(self, skill, arguments):
        if any(value is None and name != skill.argument.name for name, value in arguments.items()):
            raise TypeError("unexpected null")
        return super().argument_of(skill, arguments)


@subtle("Arguments that a closed parameter description does not name make the call fail.", EXTRA)
class ValidatesClosedArguments(App):
    def argument_of(self, skill, arguments):
        closed = skill.schema.get("additionalProperties") is False
        if closed and set(arguments) - set(skill.schema.get("properties", {})):
            raise TypeError("unexpected argument")
        return super().argument_of(skill, arguments)


@subtle("An integer beyond 128 bits in the arguments makes the call fail.", ARGUMENT)
class RefusesVeryLargeIntegers(App):
    def read_arguments(self, text):
        arguments = super().read_arguments(text)
        for value in arguments.values():
            if type(value) is int:
                value.to_bytes(16, "big", signed=True)
        return arguments
