"""A tiny stand-in for OpenAI on loopback, as lenient as the suite's own service is strict."""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "docs" / "example"
sys.path.insert(0, str(EXAMPLE))  # the example is a program in a folder of its own


class FakeOpenAI(ThreadingHTTPServer):
    """Answers each request with the next of `replies`: a message, a list of choices, or a status for an error."""

    RETRY = "retry"  # a reply: an error after which the client tries again

    daemon_threads = True

    def __init__(self):
        self.replies = []
        self.requests = []  # (path, headers, body)
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def settings(self):
        return {"OPENAI_API_KEY": "sk-test", "OPENAI_BASE_URL": f"{self.url}/v1"}

    @property
    def azure_settings(self):
        return {"AZURE_OPENAI_ENDPOINT": self.url, "AZURE_OPENAI_KEY": "az-test", "OPENAI_API_VERSION": "2024-10-21"}

    @property
    def bodies(self):
        return [body for _, _, body in self.requests]

    def say(self, text):
        self.replies.append({"role": "assistant", "content": text})

    def call(self, *calls, content=None):
        """Script a reply that calls functions; each call is (id, name, arguments as JSON text)."""
        tool_calls = [
            {"id": call_id, "type": "function", "function": {"name": name, "arguments": arguments}}
            for call_id, name, arguments in calls
        ]
        self.replies.append({"role": "assistant", "content": content, "tool_calls": tool_calls})

    def fail(self, status):
        self.replies.append(status)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, self.headers, json.loads(body)))
        reply = self.server.replies.pop(0)
        if reply == self.server.RETRY:
            self._send(503, {}, retry="true")
            return
        if isinstance(reply, int):
            self._send(reply, {"error": {"message": "refused", "type": "t", "param": None, "code": None}})
            return
        choices = reply if isinstance(reply, list) else self._choices(reply)
        completion = {"id": "c", "object": "chat.completion", "created": 0, "model": "m", "choices": choices}
        self._send(200, completion)

    def _choices(self, message):
        reason = "tool_calls" if message.get("tool_calls") else "stop"
        return [{"index": 0, "message": message, "finish_reason": reason}] if message else []

    def _send(self, status, content, retry="false"):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "session=of-this-app")
        self.send_header("x-should-retry", retry)
        self.send_header("retry-after-ms", "1")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def openai():
    with FakeOpenAI() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
    assert server.replies == [], "a scripted reply was never asked for"
