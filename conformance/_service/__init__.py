"""A strict, scripted OpenAI and Azure OpenAI, free of HTTP: transports bring it requests."""

from conformance._service.exchange import Exchange
from conformance._service.rules import RULES
from conformance._service.rules.tool_names import TOOL_NAME
from conformance._service.script import Fault, FinishReason, Lasting, Provider, Reply, Script, ToolCall
from conformance._service.service import Service
from conformance._service.tool_calls import functions_called
from conformance._service.violation import Area, Violation
from conformance._service.wire import Request, Response

__all__ = [
    "RULES",
    "TOOL_NAME",
    "Area",
    "Exchange",
    "Fault",
    "FinishReason",
    "Lasting",
    "Provider",
    "Reply",
    "Request",
    "Response",
    "Script",
    "Service",
    "ToolCall",
    "Violation",
    "functions_called",
]
