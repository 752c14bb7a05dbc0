"""The messages between the suite and an implementation in another process: JSON-RPC 2.0, one message a line.

`conformance/protocol.schema.json` describes every message; `docs/protocol.md` explains them. `remote.py`
exchanges them as the suite does, `hosting.py` as an implementation does.
"""

from dataclasses import dataclass
from json import JSONDecodeError, dumps  # by name: an implementation may patch the module
from pathlib import Path
from typing import Any, Final, TypeAlias

from jsonschema.exceptions import best_match

from conformance._text import json_values
from conformance._text.schemas import load_validator, say_demand

VERSION: Final = 1

METHOD_NOT_FOUND: Final = -32601
INVALID_PARAMS: Final = -32602
RAISED: Final = -32000
"""The code of an error that code of the user's raised."""

NOT_SERVED: Final = {-32700: "could not read", -32600: "refused as no request", METHOD_NOT_FOUND: "does not know"}
"""The codes of JSON-RPC which say that a message was not served at all."""

SCHEMA: Final = Path(__file__).parent.parent / "protocol.schema.json"

Id: TypeAlias = int | str


class BrokenMessageError(Exception):
    """A line that is not a message of the protocol, or a message that its schema does not take."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found, expected)
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.found}; expected {self.expected}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RpcRequest:
    """A call of the other side."""

    id: Id
    method: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """What a call returned."""

    id: Id
    result: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The error that a call raised; `id` is None if the other side could not even read the call."""

    id: Id | None
    code: int
    message: str


Message: TypeAlias = RpcRequest | Success | Failure


def encode(message: Message) -> bytes:
    """Write a message as its line; raise ValueError or TypeError for what is not JSON."""
    body: dict[str, Any]
    match message:
        case RpcRequest():
            body = {"id": message.id, "method": message.method, "params": message.params}
        case Success():
            body = {"id": message.id, "result": message.result}
        case Failure():
            body = {"id": message.id, "error": {"code": message.code, "message": message.message}}
    return dumps({"jsonrpc": "2.0", **body}, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> Message:
    """Read a line; raise BrokenMessageError."""
    try:
        value = json_values.parse(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        found = f"a line with bytes that are not UTF-8: {_show(line)}"
        raise BrokenMessageError(found, "UTF-8 text") from error
    except ValueError as error:
        what = "is not JSON" if isinstance(error, JSONDecodeError) else f"cannot be read ({error})"
        raise BrokenMessageError(f"a line that {what}: {_show(line)}", "one JSON-RPC message a line") from error
    kind = next((kind for kind in ("method", "error", "result") if isinstance(value, dict) and kind in value), None)
    if kind is None:
        found = f"JSON that is not a message: {_show(line)}"
        raise BrokenMessageError(found, "an object with method and params, with result, or with error")
    if kind == "method":
        check_definition("request", value, "the request")
        return RpcRequest(id=value["id"], method=value["method"], params=value["params"])
    if kind == "error":
        check_definition("failure", value, "the response")
        return Failure(id=value["id"], code=value["error"]["code"], message=value["error"]["message"])
    check_definition("success", value, "the response")
    return Success(id=value["id"], result=value["result"])


def check_params(request: RpcRequest) -> None:
    """Raise BrokenMessageError for params that the schema of the method does not take."""
    check_definition(f"{request.method}.params", request.params, f"the params of {request.method}")


def check_result(method: str, result: Any) -> None:
    """Raise BrokenMessageError for a result that the schema of the method does not take."""
    check_definition(f"{method}.result", result, f"the result of {method}")


def check_definition(definition: str, value: Any, what: str) -> None:
    """Raise BrokenMessageError if a definition of the schema does not take a value; `what` names the value."""
    error = best_match(load_validator(SCHEMA, definition).iter_errors(value))
    if error is None:
        return
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path)
    instance: Any = error.instance
    wanted: Any = error.validator_value
    if error.validator == "required":
        missing = [key for key in wanted if key not in instance]
        expected = f"the member {missing[0]!r} in it"
    else:
        expected = say_demand(error.validator, wanted)
    raise BrokenMessageError(f"{what}{where} = {json_values.show(instance)}", expected)


def _show(line: bytes, limit: int = 200) -> str:
    text = line.decode("utf-8", "backslashreplace")
    return repr(text if len(text) <= limit else f"{text[:limit]}…")
