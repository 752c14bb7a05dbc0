"""The one table of rules that the scripted service refuses or warns by.

The order is that of the answers: of several certain breaches, the first one's error is sent.
"""

from functools import partial
from typing import Final, TypeAlias

from conformance._service import _rules_access as access
from conformance._service import _rules_body as body
from conformance._service import _rules_messages as messages
from conformance._service import _rules_tools as tools
from conformance._service._checks import Check, has_empty, has_strays, has_unknown_word, has_wrong_kind, lacks
from conformance._service._record import Area
from conformance._service._rule import Known, Rule, Stage

__all__ = ["RULES"]

_Error: TypeAlias = tuple[int, str | None, str | None]

CLIENT: Final = "URLs and headers of the Python client, openai 1.109, 2.54 and 3.54"
ISSUES: Final = "error bodies in public issues"
RECORDED: Final = "recorded exchanges"
PROBED: Final = "one third party's probes"
SPEC: Final = "OpenAPI description, CreateChatCompletionRequest"
UNSEEN: Final = "likely, but seen nowhere"


def _bad(code: str | None = None, status: int = 400) -> _Error:
    return status, "invalid_request_error", code


def _gateway(code: str, status: int) -> _Error:
    return status, None, code


def _rule(  # noqa: PLR0913, PLR0917  (one argument for each column of the table)
    stage: Stage, area: Area, name: str, error: _Error, known: Known, source: str, wrong: str, check: Check
) -> Rule:
    status, error_type, code = error
    return Rule(
        id=name,
        stage=stage,
        area=area,
        wrong=wrong,
        status=status,
        type=error_type,
        code=code,
        known=known,
        source=source,
        check=check,
    )


_address, _access, _document, _content = (
    partial(_rule, "address"),
    partial(_rule, "access"),
    partial(_rule, "document"),
    partial(_rule, "content"),
)

# A table reads by its rows: two lines for each rule.
# fmt: off
RULES: Final[tuple[Rule, ...]] = (
    _address("url", "url-host", (404, "conformance_error", "unknown_host"), "M", CLIENT,
             "another host than the service's", access.find_another_host),
    _address("url", "url-openai", _bad(status=404), "I", "github.com/chatboxai/chatbox/issues/199",
             "not a POST to OpenAI's chat completions", access.find_another_openai_path),
    _address("url", "url-azure", _gateway("404", 404), "I", "github.com/ThinkInAIXYZ/deepchat/issues/262",
             "not a POST to Azure OpenAI's chat completions", access.find_another_azure_path),
    _access("auth", "openai-key-missing", _bad(status=401), "I", ISSUES,
            "no key, or not as a Bearer token", access.find_missing_bearer),
    _access("auth", "openai-key-wrong", _bad("invalid_api_key", 401), "I", ISSUES,
            "another key", access.find_wrong_bearer),
    _access("auth", "azure-key", _gateway("401", 401), "I", ISSUES,
            "no key where Azure reads it, or another one", access.find_missing_azure_key),
    _access("url", "azure-api-version", _gateway("404", 404), "I", ISSUES,
            "api-version missing, or not one", access.find_missing_version),
    _access("url", "azure-api-version-v1", _gateway("BadRequest", 400), "?",
            "github.com/pydantic/pydantic-ai/issues/5066, of Azure AI Foundry",
            "a dated api-version in the /openai/v1/ form", access.find_version_on_v1),
    _document("body", "body-json", _bad(), "I", ISSUES,
              "body is not JSON", access.find_unreadable_body),
    _document("body", "body-object", _bad(), "S", SPEC,
              "body is JSON, but no object", access.find_body_that_is_no_object),

    _content("model", "model-missing", _bad(), "T", PROBED,
             "no model", body.find_missing_model),
    _content("model", "model-kind", _bad("invalid_type"), "S", SPEC,
             "model is no string", has_wrong_kind("top", "model", "string", "null")),
    _content("model", "openai-model-unknown", _bad("model_not_found", 404), "R", RECORDED,
             "OpenAI has no such model", body.find_unknown_model),
    _content("model", "azure-deployment-unknown", _gateway("DeploymentNotFound", 404), "I", ISSUES,
             "the Azure resource has no such deployment", body.find_unknown_deployment),
    _content("body", "max-tokens-reasoning", _bad("unsupported_parameter"), "R",
             f"{RECORDED} (gpt-5); github.com/pydantic/pydantic-ai/issues/1205 (o3-mini)",
             "max_tokens for a reasoning model", body.find_cap_on_reasoning_model),
    _content("body", "key-unknown", _bad("unknown_parameter"), "T", PROBED,
             "unknown top-level key", body.find_unknown_keys),
    _content("body", "key-kind", _bad("invalid_type"), "S", SPEC,
             "top-level key of another kind", body.find_keys_of_wrong_kind),
    _content("body", "integer-below", _bad("integer_below_min_value"), "I",
             "github.com/OpenBMB/ChatDev/issues/446",
             "integer below its least value", body.is_out_of_range("integer", -1)),
    _content("body", "integer-above", _bad("integer_above_max_value"), "S", f"{SPEC}; code by analogy",
             "integer above its greatest value", body.is_out_of_range("integer", 1)),
    _content("body", "number-below", _bad("decimal_below_min_value"), "S", f"{SPEC}; code by analogy",
             "number below its least value", body.is_out_of_range("number", -1)),
    _content("body", "number-above", _bad("decimal_above_max_value"), "S", f"{SPEC}; code by analogy",
             "number above its greatest value", body.is_out_of_range("number", 1)),

    _content("messages", "messages-missing", _bad("missing_required_parameter"), "T", PROBED,
             "no messages", lacks("top", "messages")),
    _content("messages", "messages-kind", _bad("invalid_type"), "S", SPEC,
             "messages are no array", has_wrong_kind("top", "messages", "array")),
    _content("messages", "messages-empty", _bad("empty_array"), "R", RECORDED,
             "messages are empty", has_empty("top", "messages", [], "at least one message")),
    _content("messages", "message-kind", _bad("invalid_type"), "S", SPEC,
             "a message is no object", has_strays("top", "messages")),
    _content("messages", "role-missing", _bad("missing_required_parameter"), "S", SPEC,
             "a message without role", lacks("messages", "role")),
    _content("messages", "role-unknown", _bad("invalid_value"), "T", PROBED,
             "unknown role", has_unknown_word("messages", "role", *messages.ROLES)),
    _content("messages", "content-missing", _bad(), "I", "github.com/langchain4j/langchain4j/issues/1105",
             "content null or absent where it is needed", messages.find_contentless),
    _content("messages", "content-kind", _bad("invalid_type"), "I",
             "github.com/pydantic/pydantic-ai/issues/2653",
             "content neither string nor array", has_wrong_kind("messages", "content", "string", "array", "null")),
    _content("messages", "content-empty", _bad("empty_array"), "S", SPEC,
             "content is an empty array", has_empty("messages", "content", [], "a string, or parts")),
    _content("messages", "part-kind", _bad("invalid_type"), "S", SPEC,
             "a content part is no object", has_strays("messages", "content")),
    _content("messages", "part-type-missing", _bad("missing_required_parameter"), "I",
             "github.com/langchain-ai/langgraphjs/issues/506",
             "a content part without type", lacks("parts", "type")),
    _content("messages", "part-type-unknown", _bad("invalid_value"), "I",
             "github.com/aallam/openai-kotlin/issues/320",
             "unknown type of content part", has_unknown_word("parts", "type", *messages.PART_TYPES)),
    _content("messages", "part-text-missing", _bad("missing_required_parameter"), "S", SPEC,
             "a text part without text", lacks("texts", "text")),
    _content("messages", "part-text-kind", _bad("invalid_type"), "S", SPEC,
             "text of a part is no string", has_wrong_kind("texts", "text", "string")),
    _content("messages", "function-message-unnamed", _bad("missing_required_parameter"), "S", SPEC,
             "a function message without name", messages.find_unnamed_function_messages),
    _content("messages", "tool-calls-kind", _bad("invalid_type"), "S", SPEC,
             "tool_calls are no array", has_wrong_kind("messages", "tool_calls", "array", "null")),
    _content("messages", "tool-calls-null", _bad("invalid_type"), "?", UNSEEN,
             "tool_calls are null", messages.find_null_calls),
    _content("messages", "tool-calls-empty", _bad("empty_array"), "I",
             "github.com/openai/openai-node/pull/1341",
             "tool_calls are empty", has_empty("messages", "tool_calls", [], "absent, or at least one call")),
    _content("messages", "tool-call-kind", _bad("invalid_type"), "S", SPEC,
             "a tool call is no object", has_strays("messages", "tool_calls")),
    _content("messages", "tool-call-incomplete", _bad("missing_required_parameter"), "S", SPEC,
             "a tool call without id or type", lacks("calls", "id", "type")),
    _content("messages", "tool-call-id-kind", _bad("invalid_type"), "S", SPEC,
             "id of a tool call is no string", has_wrong_kind("calls", "id", "string")),
    _content("messages", "tool-call-type-unknown", _bad("invalid_value"), "S", SPEC,
             "unknown type of tool call", has_unknown_word("calls", "type", *messages.CALL_TYPES)),
    _content("messages", "tool-call-function-missing", _bad("missing_required_parameter"), "S", SPEC,
             "a tool call without function", lacks("function_calls", "function")),
    _content("messages", "tool-call-function-kind", _bad("invalid_type"), "S", SPEC,
             "function of a tool call is no object", has_wrong_kind("calls", "function", "object")),
    _content("messages", "called-function-incomplete", _bad("missing_required_parameter"), "I",
             "github.com/mark3labs/mcphost/issues/117",
             "a call's function without name or arguments", lacks("called", "name", "arguments")),
    _content("messages", "called-name-kind", _bad("invalid_type"), "S", SPEC,
             "name of a called function is no string", has_wrong_kind("called", "name", "string")),
    _content("messages", "called-arguments-kind", _bad("invalid_type"), "I", ISSUES,
             "arguments of a call are no string", has_wrong_kind("called", "arguments", "string")),
    _content("messages", "tool-message-without-id", _bad(), "I", "github.com/MadcowD/ell/issues/325",
             "a tool message without tool_call_id", messages.find_tool_messages_without_id),
    _content("messages", "tool-message-id-kind", _bad("invalid_type"), "S", SPEC,
             "tool_call_id is no string", has_wrong_kind("messages", "tool_call_id", "string", "null")),
    _content("messages", "tool-message-unasked", _bad(), "I", "github.com/smarter-sh/smarter/issues/264",
             "a tool message that answers no call before it", messages.find_unasked),
    _content("messages", "tool-calls-unanswered", _bad(), "I", "github.com/RamiAwar/dataline/issues/172",
             "a message before all calls are answered", messages.find_unanswered),
    _content("messages", "tool-calls-unanswered-at-end", _bad(), "?", UNSEEN,
             "calls unanswered at the end", messages.find_unanswered_at_end),

    _content("tools", "tools-kind", _bad("invalid_type"), "S", SPEC,
             "tools are no array", has_wrong_kind("top", "tools", "array", "null")),
    _content("tools", "tools-empty", _bad("empty_array"), "I", ISSUES,
             "tools are empty", has_empty("top", "tools", [], "absent, or at least one tool")),
    _content("tools", "tools-too-many", _bad("array_above_max_length"), "I", ISSUES,
             "more than 128 tools", tools.find_excess),
    _content("tools", "tool-kind", _bad("invalid_type"), "S", SPEC,
             "a tool is no object", has_strays("top", "tools")),
    _content("tools", "tool-type-missing", _bad("missing_required_parameter"), "I",
             "github.com/openai/openai-cookbook/issues/1248",
             "a tool without type", lacks("tools", "type")),
    _content("tools", "tool-type-unknown", _bad("invalid_value"), "S", SPEC,
             "unknown type of tool", has_unknown_word("tools", "type", *tools.TOOL_TYPES)),
    _content("tools", "tool-declaration-missing", _bad("missing_required_parameter"), "I", ISSUES,
             "a tool without function (or custom)", tools.find_undeclared),
    _content("tools", "function-kind", _bad("invalid_type"), "S", SPEC,
             "function of a tool is no object", has_wrong_kind("tools", "function", "object")),
    _content("tools", "function-name-missing", _bad("missing_required_parameter"), "I", ISSUES,
             "a function without name", lacks("functions", "name")),
    _content("tools", "function-name-kind", _bad("invalid_type"), "S", SPEC,
             "name of a function is no string", has_wrong_kind("functions", "name", "string")),
    _content("tools", "function-name-empty", _bad("empty_string"), "T", PROBED,
             "name of a function is empty", has_empty("functions", "name", "", "at least one character")),
    _content("tools", "function-name-unfit", _bad("invalid_value"), "I", ISSUES,
             "name of a function breaks ^[a-zA-Z0-9_-]+$", tools.find_unfit_names),
    _content("tools", "function-name-long", _bad("string_above_max_length"), "I", f"{ISSUES}; {SPEC}",
             "name of a function is longer than 64", tools.find_long_names),
    _content("tools", "function-description-kind", _bad("invalid_type"), "S", SPEC,
             "description of a function is no string",
             has_wrong_kind("functions", "description", "string", "null")),
    _content("tools", "function-strict-kind", _bad("invalid_type"), "S", SPEC,
             "strict is neither true nor false", has_wrong_kind("functions", "strict", "boolean", "null")),
    _content("tools", "custom-name-missing", _bad("missing_required_parameter"), "S", SPEC,
             "a custom tool without name", lacks("customs", "name")),
    _content("tools", "parameters-root", _bad("invalid_function_parameters"), "I",
             "github.com/vercel/ai/issues/1485",
             "parameters are no schema of type object", tools.has_schema_fault("root")),
    _content("tools", "parameters-schema", _bad("invalid_function_parameters"), "I",
             "github.com/vercel/ai/issues/2271, github.com/pleaseai/shunt/pull/488",
             "parameters are no JSON Schema", tools.has_schema_fault("schema")),
    _content("tools", "parameters-properties", _bad("invalid_function_parameters"), "I", ISSUES,
             "root of the parameters without properties", tools.has_schema_fault("properties")),
    _content("tools", "parameters-items", _bad("invalid_function_parameters"), "I",
             "github.com/modelscope/ms-agent/pull/610",
             "an array schema without items", tools.has_schema_fault("items")),
    _content("tools", "strict-open", _bad("invalid_function_parameters"), "I", ISSUES,
             "strict, but open to additional properties", tools.has_schema_fault("open")),
    _content("tools", "strict-optional", _bad("invalid_function_parameters"), "I",
             "github.com/CherryHQ/cherry-studio/issues/12407",
             "strict, but with a property that is not required", tools.has_schema_fault("optional")),
    _content("tools", "tool-choice-alone", _bad(), "I", "github.com/writer/writer-framework/pull/1013",
             "tool_choice without tools", tools.stands_without_tools("tool_choice")),
    _content("tools", "parallel-tool-calls-alone", _bad(), "I", "github.com/Upsonic/Upsonic/issues/323",
             "parallel_tool_calls without tools", tools.stands_without_tools("parallel_tool_calls")),
    _content("tools", "tool-choice-unknown", _bad("invalid_value"), "S", SPEC,
             "unknown word for tool_choice", tools.find_unknown_choice),
    _content("tools", "tool-choice-stranger", _bad(), "?", UNSEEN,
             "tool_choice names no tool", tools.find_unknown_tool_choice),
)
# fmt: on
