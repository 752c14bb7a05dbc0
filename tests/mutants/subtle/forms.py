"""Values whose form is unusual, each lost or changed at one place only."""

from __future__ import annotations

import json
import re
import unicodedata

from mutants.base import App
from mutants.subtle.subtle import subtle
from mutants.subtle.walking import leaves

ARGUMENT, VALUE, ANSWER = "AST-CONVERSATION-ARGUMENT", "AST-CONVERSATION-RESULT-VALUE", "AST-CONVERSATION-ANSWER"
TYPE, DESCRIPTION, PARAMETERS = "AST-SCHEMA-TYPE", "AST-TOOL-DESCRIPTION", "AST-TOOL-PARAMETERS"


class Received(App):
    """An app that changes the argument at the last moment."""

    def argument_of(self, skill, arguments):
        return self.change(super().argument_of(skill, arguments))


class Returned(App):
    """An app that changes the result before it is worded."""

    def word_result(self, result):
        return super().word_result(self.change(result))


@subtle("A negative integer argument loses its sign.", ARGUMENT)
class LosesSigns(Received):
    def change(self, value):
        return abs(value) if type(value) is int else value


@subtle("An argument of 0 is taken for none.", ARGUMENT)
class TakesZeroForNone(Received):
    def change(self, value):
        return None if value == 0 and type(value) is not bool else value


@subtle("An argument of false is taken for none.", ARGUMENT)
class TakesFalseForNone(Received):
    def change(self, value):
        return None if value is False else value


@subtle("An argument that is an empty text is taken for none.", ARGUMENT)
class TakesEmptyTextsForNone(Received):
    def change(self, value):
        return None if value == "" else value


@subtle("In an argument, a text of digits with a sign becomes a number.", ARGUMENT)
class ReadsSignedDigits(Received):
    def change(self, value):
        return int(value) if isinstance(value, str) and re.fullmatch(r"-\d+", value, re.ASCII) else value


@subtle("In an argument, a date in a text gets the time of midnight.", ARGUMENT)
class AddsMidnight(Received):
    def change(self, value):
        dated = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII)
        return f"{value}T00:00:00" if dated else value


@subtle("In an argument, null members of an object are dropped.", ARGUMENT)
class DropsNullMembers(Received):
    def change(self, value):
        return {key: one for key, one in value.items() if one is not None} if isinstance(value, dict) else value


@subtle("In an argument, nulls in an array are dropped.", ARGUMENT)
class DropsNullItems(Received):
    def change(self, value):
        return [one for one in value if one is not None] if isinstance(value, list) else value


@subtle("In an argument, line breaks at the end of a text are dropped.", ARGUMENT)
class DropsFinalLineBreaks(Received):
    def change(self, value):
        return value.rstrip("\n") if isinstance(value, str) else value


@subtle("In an argument, characters beyond the first 65536 are dropped.", ARGUMENT)
class DropsCharactersBeyondThePlane(Received):
    def change(self, value):
        return leaves(value, lambda one: re.sub("[\U00010000-\U0010ffff]", "", one) if isinstance(one, str) else one)


@subtle("A result of 0 is told as none.", VALUE)
class TellsZeroAsNone(Returned):
    def change(self, result):
        return None if result == 0 and type(result) is not bool else result


@subtle("A result of false is told as none.", VALUE)
class TellsFalseAsNone(Returned):
    def change(self, result):
        return None if result is False else result


@subtle("A result that is an empty list is told as none.", VALUE)
class TellsEmptyListsAsNone(Returned):
    def change(self, result):
        return None if result == [] else result


@subtle("A negative result is told without its sign.", VALUE)
class TellsNoSigns(Returned):
    def change(self, result):
        return abs(result) if type(result) is int else result


@subtle("In a result, nulls in a list are left out.", VALUE)
class LeavesOutNullItems(Returned):
    def change(self, result):
        return [one for one in result if one is not None] if isinstance(result, list) else result


@subtle("In a result, members of an object that are null are left out.", VALUE)
class LeavesOutNullMembers(Returned):
    def change(self, result):
        return {key: one for key, one in result.items() if one is not None} if isinstance(result, dict) else result


@subtle("In a result, two backslashes in a text become one.", VALUE)
class JoinsBackslashesOfResults(Returned):
    def change(self, result):
        return result.replace("\\\\", "\\") if isinstance(result, str) else result


@subtle("In a result, a text is cut at its first null character.", VALUE)
class EndsResultsAtNull(Returned):
    def change(self, result):
        return result.split("\0")[0] if isinstance(result, str) else result


@subtle("In a made-up schema, a boolean can only be true.", TYPE)
class WantsTruth(App):
    def property_of(self, skill):
        return {"type": "boolean", "enum": [True]} if skill.argument.type == "boolean" else super().property_of(skill)


@subtle("In a made-up schema, a number is above 0.", TYPE)
class WantsPositiveNumbers(App):
    def property_of(self, skill):
        made_up = super().property_of(skill)
        return {**made_up, "exclusiveMinimum": 0} if skill.argument.type == "number" else made_up


@subtle("In a made-up schema, a text is not empty.", TYPE)
class WantsSomeText(App):
    def property_of(self, skill):
        made_up = super().property_of(skill)
        return {**made_up, "minLength": 1} if skill.argument.type == "string" else made_up


@subtle("In a made-up schema, the items of an array differ.", TYPE)
class WantsUniqueItems(App):
    def property_of(self, skill):
        made_up = super().property_of(skill)
        return {**made_up, "uniqueItems": True} if skill.argument.type == "array" else made_up


@subtle("In a made-up schema, an object has no members.", TYPE)
class WantsEmptyObjects(App):
    def property_of(self, skill):
        made_up = super().property_of(skill)
        closed = {"properties": {}, "additionalProperties": False}
        return {**made_up, **closed} if skill.argument.type == "object" else made_up


@subtle("In a made-up schema, an argument's name is cut after 30 characters.", "AST-SCHEMA-OBJECT")
class CutsArgumentNames(App):
    def autogenerate(self, skill):
        return {"type": "object", "properties": {skill.argument.name[:30]: self.property_of(skill)}}


@subtle("A name of 64 characters loses the last one.", "AST-TOOL-NAME")
class CutsTheLongestNames(App):
    def name_of(self, skill, given):
        name = super().name_of(skill, given)
        return name[:63] if len(name) == 64 else name


@subtle("In a description, a line break at the end is dropped.", DESCRIPTION)
class DropsTheLastLineBreak(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        return text.removesuffix("\n") or text


@subtle("In a description, tabs become blanks.", DESCRIPTION)
class ReplacesTabs(App):
    def description_of(self, skill):
        return super().description_of(skill).replace("\t", "    ")


@subtle("In a description, letters that are composed are taken apart.", DESCRIPTION)
class DecomposesAccents(App):
    def description_of(self, skill):
        return unicodedata.normalize("NFD", super().description_of(skill))


@subtle("In a given parameter description, the order of the alternatives of a type is changed.", PARAMETERS)
class SortsTypes(App):
    def parse_schema(self, text):
        return json.loads(text, object_hook=self.sort, parse_constant=self.refuse_constant)

    def sort(self, part):
        kinds = part.get("type")
        return {**part, "type": sorted(kinds, reverse=True)} if isinstance(kinds, list) else part


@subtle("In a given parameter description, fractions below a billionth are taken for 0.", PARAMETERS)
class WritesSmallNumbersAsZero(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        return leaves(schema, lambda one: 0 if isinstance(one, float) and abs(one) < 1e-9 else one)


@subtle("In a given parameter description, deprecated and readOnly are lost.", PARAMETERS)
class LosesAnnotations(App):
    def parse_schema(self, text):
        lost = ("deprecated", "readOnly", "writeOnly")
        return json.loads(
            text,
            object_hook=lambda part: {key: one for key, one in part.items() if key not in lost},
            parse_constant=self.refuse_constant,
        )


@subtle("A prompt that is JSON is written anew.", ANSWER)
class WritesJsonOfPromptsAnew(App):
    def prompt(self, message):
        try:
            return super().prompt(json.dumps(json.loads(message)))
        except ValueError:
            return super().prompt(message)


@subtle("A prompt loses a byte order mark and characters without a width.", ANSWER)
class DropsZeroWidthsOfPrompts(App):
    def prompt(self, message):
        return super().prompt(re.sub("[\u200b\u200d\ufeff]", "", message))


@subtle("A response loses blanks around it.", ANSWER)
class TrimsResponses(App):
    def finish(self, turn, reply):
        text = super().finish(turn, reply)
        return text.strip() or text


@subtle("A response with letters that have separate accents is returned composed.", ANSWER)
class ComposesAccentsOfResponses(App):
    def finish(self, turn, reply):
        return unicodedata.normalize("NFC", super().finish(turn, reply))


@subtle("A response's control characters are dropped when it is returned.", ANSWER)
class DropsControlCharactersOfResponses(App):
    def finish(self, turn, reply):
        return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", super().finish(turn, reply))


@subtle("The text of an error that is empty is told as a call without a result.", "AST-CONVERSATION-FAILURE")
class TellsSilentErrorsAsNothing(App):
    def word_failure(self, name, error):
        return super().word_failure(name, error) if str(error) else self.word_result(None)


@subtle("The id of a call is written in small letters, in the call and in its answer.", "AST-CONVERSATION-REPLAY")
class LowersIds(App):
    def replay(self, reply, answers):
        calls = [{**call, "id": call["id"].lower()} for call in reply["tool_calls"]]
        low = [{**answer, "tool_call_id": answer["tool_call_id"].lower()} for answer in answers]
        return super().replay({**reply, "tool_calls": calls}, low)
