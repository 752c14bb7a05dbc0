"""What the rules look at: a request, taken apart once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeAlias

from conformance._service.route import Route, read_route
from conformance._service.script import Script
from conformance._service.tool_schema import SchemaFault, find_schema_faults
from conformance._service.wire import Request
from conformance._text import json_values

FunctionPlace: TypeAlias = tuple[str, Mapping[str, Any]]
"""A declared function, with its place: `tools[2].function`, `functions[0]`."""

_OF_MODELS: Final = frozenset({"messages", "input", "prompt"})
"""Keys of a body that is for a model."""


@dataclass(frozen=True, kw_only=True)
class RequestView:
    """A request and its parts.

    `json` is the parsed body or, with `unreadable` saying why, None. What comes after `model` is for rules about the
    content, which are asked only of bodies whose structure is right.
    """

    script: Script
    request: Request
    route: Route
    json: Any
    unreadable: str | None

    @cached_property
    def body(self) -> Mapping[str, Any]:
        """The body if it is an object, or else an empty one."""
        return self.json if isinstance(self.json, dict) else {}

    @property
    def concerns_a_model(self) -> bool:
        """Say whether it is for a model, wherever it went: by its host, its path, its key or its body.

        Libraries also fetch price lists, and report how they are used.
        """
        return (
            self.route.same_host
            or not _OF_MODELS.isdisjoint(self.body)
            or self.route.path.endswith(("/completions", "/responses"))
            or any(self.script.key in value for value in self.request.headers.values())
        )

    @property
    def model(self) -> Any:
        """The effective model, as it stands in the body, or the deployment that the path names."""
        return self.route.deployment if self.route.form == "deployments" else self.body.get("model")

    @cached_property
    def messages(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """The messages, each with its place."""
        return tuple((f"messages[{index}]", message) for index, message in enumerate(self.body["messages"]))

    @cached_property
    def functions(self) -> tuple[FunctionPlace, ...]:
        """The functions that the tools declare, and those that are declared the old way."""
        return (*self._declared("function"), *self.old_functions)

    @cached_property
    def old_functions(self) -> tuple[FunctionPlace, ...]:
        """The functions that are declared in `functions`, the forerunner of `tools`."""
        return tuple((f"functions[{index}]", one) for index, one in enumerate(self.body.get("functions") or ()))

    @cached_property
    def tools(self) -> tuple[FunctionPlace, ...]:
        """What the tools declare, functions and custom tools alike, each with its place."""
        return (*self._declared("function"), *self._declared("custom"))

    @cached_property
    def offered(self) -> frozenset[tuple[str, str]]:
        """Type and name of every tool."""
        return frozenset((kind, tool["name"]) for kind in ("function", "custom") for _, tool in self._declared(kind))

    def _declared(self, kind: str) -> Iterator[FunctionPlace]:
        for index, tool in enumerate(self.body.get("tools") or ()):
            if tool["type"] == kind:
                yield f"tools[{index}].{kind}", tool[kind]

    @cached_property
    def parameter_faults(self) -> tuple[tuple[str, SchemaFault], ...]:
        """What is wrong with the parameters of the functions, each with the place of the parameters."""
        return tuple(
            (f"{where}.parameters", fault)
            for where, function in self.functions
            if function.get("parameters") is not None
            for fault in find_schema_faults(function["parameters"], strict=function.get("strict") is True)
        )

    @cached_property
    def answer_faults(self) -> tuple[SchemaFault, ...]:
        """What is wrong with the schema that the answer is to follow."""
        wanted = (self.body.get("response_format") or {}).get("json_schema")
        if wanted is None:
            return ()
        return tuple(find_schema_faults(wanted["schema"], strict=wanted.get("strict") is True))


def view_request(script: Script, request: Request) -> RequestView:
    """Take a request apart; never raises, whatever its bytes are."""
    parsed, unreadable = _parse(request.body)
    return RequestView(
        script=script, request=request, route=read_route(script, request), json=parsed, unreadable=unreadable
    )


def _parse(body: bytes) -> tuple[Any, str | None]:
    try:
        return json_values.parse(body.decode("utf-8")), None
    except ValueError as error:
        return None, str(error)
