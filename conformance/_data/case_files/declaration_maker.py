"""Makes the declarations and conversations of a case file's records."""

from collections.abc import Mapping
from json import dumps  # by name: an implementation may patch the module
from keyword import iskeyword
from typing import Any, Final

from conformance._data.case_files.model_replies import read_replies
from conformance._data.expectation import Expectation, RefusalExpected, read_expectation
from conformance._data.scenario import Declaration, Episode
from conformance._data.surfaces import Spelling
from conformance._text.words import suggest
from conformance._text.yaml_documents import Document, Location
from conformance.contract import JSON_TYPES, Argument

DEFAULT_FUNCTION: Final = "AddTodo"
DEFAULT_DESCRIPTION: Final = "Create a new todo task"
DEFAULT_ARGUMENT: Final = {"taskDescription": "string"}


class DeclarationMaker:
    """Makes what a record declares and asks, spelled for one surface; raises CaseFileError for what none has."""

    def __init__(self, document: Document, spelling: Spelling) -> None:
        self.document = document
        self.spelling = spelling

    def expectation(self, record: Mapping[str, Any], location: Location) -> Expectation:
        """Make a record's expectation."""
        if "control" not in record:
            return read_expectation(record["expect"])
        return RefusalExpected(
            control=self.declaration(record["control"], (*location, "control")), or_binding=record.get("or_binding")
        )

    def refused(self, record: Mapping[str, Any], location: Location) -> tuple[Declaration, ...]:
        """Make what is to be refused, which is one declaration or a list of them."""
        found, place = record.get("refused", ()), (*location, "refused")
        if isinstance(found, dict):
            return (self.declaration(found, place),)
        return tuple(self.declaration(one, (*place, number)) for number, one in enumerate(found))

    def episode(self, record: Mapping[str, Any], location: Location) -> Episode:
        """Make what an app declares and is asked, and what the service replies."""
        skills = record.get("skills", ())
        ask = record.get("ask", ())
        return Episode(
            skills=tuple(self.declaration(skill, (*location, "skills", number)) for number, skill in enumerate(skills)),
            prompts=(ask,) if isinstance(ask, str) else tuple(ask),
            model_replies=tuple(
                read_replies(self.document, (*location, "model_replies"), record.get("model_replies", ()))
            ),
            settings=record.get("settings", {}),
        )

    def declaration(self, record: Mapping[str, Any], location: Location) -> Declaration:
        """Make the declaration of a skill; what it leaves out is that of the documented example."""
        ((name, kind),) = record.get("argument", DEFAULT_ARGUMENT).items()
        if kind not in JSON_TYPES:
            raise self.document.error((*location, "argument"), f"the type {kind!r}", suggest(kind, JSON_TYPES))
        if not name.isidentifier() or iskeyword(name):
            raise self.document.error((*location, "argument"), f"the argument {name!r}", "an identifier")
        function = record.get("function", DEFAULT_FUNCTION)
        trigger = dict(record.get("trigger", {"functionName": function, "functionDescription": DEFAULT_DESCRIPTION}))
        for key in trigger:
            if key not in self.spelling.parameters:
                raise self.document.error(
                    (*location, "trigger", key),
                    f"{key}, which {self.spelling.surface} does not document",
                    "surfaces that do",
                )
        schema = trigger.get("parameterDescriptionJson")
        if isinstance(schema, dict):
            trigger["parameterDescriptionJson"] = dumps(schema, ensure_ascii=False)
        return Declaration(
            function=function,
            argument=Argument(name=name, type=kind),
            trigger=self.spelling.spell(trigger, name),
            returns=record.get("returns"),
            echoes=record.get("echoes", False),
            raises=record.get("raises"),
            raises_on=record.get("raises_on", "every"),
        )
