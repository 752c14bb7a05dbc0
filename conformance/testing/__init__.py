"""The strict scripted OpenAI and Azure OpenAI, for the tests of anything that talks to them.

    def test_adds_a_todo(scripted_openai):
        service = scripted_openai(tool_call("add_todo", {"task": "Buy milk"}), "I will remind you.")
        assert my_app.ask("Remind me to buy milk") == "I will remind you."
        service.assert_told("add_todo", "added")

`scripted_openai` is a fixture that comes with the package, and, imported from here, a context manager with the same
arguments. docs/testing.md explains it.
"""

from conformance._service import Fault, Reply, ToolCall
from conformance.testing.asked_request import AskedRequest
from conformance.testing.scripted import ScriptedOpenAI
from conformance.testing.scripted_replies import ModelReply, tool_call
from conformance.testing.starting import StartScriptedOpenAI, scripted_openai

__all__ = [
    "AskedRequest",
    "Fault",
    "ModelReply",
    "Reply",
    "ScriptedOpenAI",
    "StartScriptedOpenAI",
    "ToolCall",
    "scripted_openai",
    "tool_call",
]
