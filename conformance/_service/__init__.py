"""A strict, scripted OpenAI and Azure OpenAI, free of HTTP: transports bring it requests."""

from conformance._service._record import Breach, Exchange
from conformance._service._rule import Rule
from conformance._service._rules import RULES
from conformance._service._script import Fault, Reply, Script, ToolCall
from conformance._service._service import Service
from conformance._service._wire import Request, Response

__all__ = [
    "RULES",
    "Breach",
    "Exchange",
    "Fault",
    "Reply",
    "Request",
    "Response",
    "Rule",
    "Script",
    "Service",
    "ToolCall",
]
