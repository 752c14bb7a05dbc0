"""Reads case files: checks them, expands each matrix, and spells every declaration for every surface."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from conformance._data.case import Case, Need
from conformance._data.case_files import matrix
from conformance._data.case_files.declaration_maker import DeclarationMaker
from conformance._data.case_id import CaseId
from conformance._data.corpus import schema_of
from conformance._data.expectation import BINDINGS_KEYS
from conformance._data.open_world import pattern_check
from conformance._data.open_world.known_members import KNOWN_MEMBERS
from conformance._data.requirements import Requirement
from conformance._data.scenario import Scenario
from conformance._data.surfaces import Spelling
from conformance._text import schemas
from conformance._text.words import suggest
from conformance._text.yaml_documents import Document
from conformance.contract import SURFACES, Surface

_Source: TypeAlias = Literal["the declaration", "the construct", "the bindings", "the conversation", "the law"]

EXPECT_KEYS: Final[Mapping[_Source, tuple[str, ...]]] = {
    "the declaration": ("accepted",),
    "the construct": ("construct",),
    "the bindings": BINDINGS_KEYS,
    "the conversation": ("request", "requests", "invocations", "answer", "answers", "error"),
    "the law": ("law",),
}
"""The keys of an expectation, by what they are read from."""

_NEEDS: Final[Mapping[_Source, tuple[Need, ...]]] = {
    "the construct": ("construct",),
    "the bindings": ("bindings",),
    "the conversation": ("ask",),
}

_ID = re.compile(r"\w+([-.]\w+)*", re.ASCII)


def _id(document: Document, index: int, record: Mapping[str, Any]) -> str:
    name = record["id"]
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise document.error((index, "id"), f"the id {name!r}", "words joined by dashes")
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMaker:
    """Makes cases of records, by the requirements and spellings of one edition.

    `root` is the folder of the suite's data, None for a user's files. A record that covers only requirements
    from `elsewhere`, which the edition does not have, makes no case.
    """

    root: Path | None
    edition: str
    requirements: Mapping[str, Requirement]
    spellings: Mapping[Surface, Spelling]
    service: Mapping[str, Requirement]
    elsewhere: AbstractSet[str]

    def cases_in(self, document: Document, first_lines: dict[str, str]) -> Iterator[Case]:
        """Yield a case file's cases; `first_lines` has the place of each id so far. Raises CaseFileError."""
        schemas.check_form(document, schema_of("case"))
        for index in range(len(document.value)):
            for expanded in matrix.expand(document, index):
                name = _id(document, index, expanded)
                if name in first_lines:
                    raise document.error((index, "id"), f"the id {name}, which {first_lines[name]} has", "each id once")
                first_lines[name] = f"{document.path}:{document.line_of((index,))}"
                yield from self._cases(document, index, expanded)

    def _cases(self, document: Document, index: int, record: Mapping[str, Any]) -> Iterator[Case]:
        """Yield a record's case for each surface that it concerns."""
        covered = self._covered(document, index, record)
        source = self._source(document, index, record)
        for surface, requirement in covered.items():
            make = DeclarationMaker(document, self.spellings[surface])
            before = record.get("before")
            yield Case(
                id=CaseId.of_case(self.edition, self._file(document), record["id"], surface),
                title=record["title"],
                why=record.get("why"),
                requirement=requirement,
                service=self.service,
                root=self.root,
                path=document.path,
                line=document.line_of((index,)),
                scenario=Scenario(
                    edition=self.edition,
                    surface=surface,
                    provider=record.get("provider", "openai"),
                    models=frozenset(record["models"]) if "models" in record else None,
                    before=make.episode(before, (index, "before")) if before else None,
                    episode=make.episode(record, (index,)),
                    refused=make.refused(record, (index,)),
                ),
                expectation=make.expectation(record, (index,)),
                needs=_needs(record, source),
            )

    def _file(self, document: Document) -> str:
        """Name a file as node ids do: the suite's by its name, a user's by its path."""
        return document.path.as_posix() if self.root is None else document.path.name

    def _covered(self, document: Document, index: int, record: Mapping[str, Any]) -> Mapping[Surface, Requirement]:
        """Return the one requirement that a record covers on each surface, in the order of the contract."""
        covered: dict[Surface, Requirement] = {}
        for number, requirement_id in enumerate(record["covers"]):
            location = (index, "covers", number)
            requirement = self.requirements.get(requirement_id)
            if requirement is None and requirement_id in self.elsewhere:
                continue
            if requirement is None:
                raise document.error(
                    location, f"the requirement {requirement_id}", suggest(requirement_id, self.requirements)
                )
            for surface in requirement.levels:
                other = covered.setdefault(surface, requirement)
                if other is not requirement:
                    raise document.error(
                        location, f"{requirement_id} and {other.id} on {surface}", "one requirement for each surface"
                    )
        narrowed = record.get("surfaces", ()) if covered else ()
        for number, surface in enumerate(narrowed):
            if surface not in covered:
                raise document.error(
                    (index, "surfaces", number), f"{surface}", "a surface that a covered requirement concerns"
                )
        return {surface: covered[surface] for surface in SURFACES if surface in (narrowed or covered)}

    def _source(self, document: Document, index: int, record: Mapping[str, Any]) -> _Source:
        """Return the one thing that a record's expectation is read from."""
        expect = record.get("expect", {})
        if "refused" in record and "law" not in expect:
            return _source_of_refusal(document, index, record)
        if not expect:
            raise document.error((index,), "a case that expects nothing", "expect, or refused and control")
        if "control" in record:
            raise document.error((index, "control"), "a control together with a law", "one or the other")
        sources = {source for source, keys in EXPECT_KEYS.items() if not expect.keys().isdisjoint(keys)}
        if len(sources) > 1:
            found = f"an expectation of {' and '.join(sorted(sources))}"
            raise document.error((index, "expect"), found, "only one of them (write two cases)")
        (source,) = sources
        if source == "the conversation" and "ask" not in record:
            raise document.error((index, "expect"), "an expectation of a conversation", "ask and model_replies")
        if "bindings_after" in expect and "ask" not in record:
            raise document.error((index, "expect", "bindings_after"), "bindings_after without a conversation", "ask")
        if source not in {"the conversation", "the law"} and "bindings_after" not in expect and "ask" in record:
            found = "a conversation that the expectation does not read"
            raise document.error((index, "ask"), found, f"one of {', '.join(EXPECT_KEYS['the conversation'])}")
        self._check_skills(document, index, record)
        pattern_check.check_words(document, (index, "expect"), expect)
        expected = {key: pattern for key, pattern in expect.items() if key in KNOWN_MEMBERS}
        pattern_check.check_members(document, (index, "expect"), expected)
        return source

    def _check_skills(self, document: Document, index: int, record: Mapping[str, Any]) -> None:
        """Check that there are as many skills as the expectation is about."""
        count = len(record.get("skills", ()))
        if "binding" in record["expect"] and count != 1:
            raise document.error(
                (index, "expect", "binding"), f"`binding` with {count} skills", "one skill, or use `bindings`"
            )
        if "accepted" in record["expect"] and count == 0:
            raise document.error((index, "expect", "accepted"), "`accepted` with 0 skills", "one skill or more")


def _source_of_refusal(document: Document, index: int, record: Mapping[str, Any]) -> _Source:
    """Return what a refusal is read from, which has a control and nothing else."""
    for key, what in {"expect": "an expectation", "ask": "a conversation"}.items():
        if key in record:
            raise document.error((index, key), f"{what} together with a refusal", "one or the other")
    if "control" not in record or isinstance(record["refused"], list):
        found = "several refusals" if "control" in record else "a refusal without a control"
        raise document.error((index, "refused"), found, "one with a control, or `law` as expectation")
    if "or_binding" not in record:
        return "the declaration"
    pattern_check.check_words(document, (index, "or_binding"), record["or_binding"])
    pattern_check.check_members(document, (index,), {"or_binding": record["or_binding"]})
    return "the bindings"


def _needs(record: Mapping[str, Any], source: _Source) -> tuple[Need, ...]:
    """Return what an implementation must offer for a record to mean something."""
    if "needs" in record:
        return (record["needs"],)
    return ("bindings", "ask") if source == "the bindings" and "ask" in record else _NEEDS.get(source, ())
