"""Liberties in the choice of a client: any that speaks HTTP will do, over loopback where it is not intercepted."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import urllib.request
from contextlib import closing
from functools import cache
from urllib.parse import urlsplit

import httpx
import openai
import requests
import urllib3
from mutants.base import App

from liberties.liberty import liberty

ONE_EACH = ["csharp-isolated", "powershell", "python"]
STREAMING = {"surfaces": ONE_EACH, "leaves_out": frozenset({"further choices"})}
"""A surface of each kind: what a client does is the same on all of them, and clients take their time."""


class ClientApp(App):
    """An app whose client takes a URL, headers and bytes, and returns a status and bytes."""

    def send(self, messages):
        body = self.body(messages)
        headers = {"Content-Type": "application/json", **self.headers()}
        status, content = self.post(self.url(body["model"]), headers, self.encode(body))
        if status >= 400:
            raise RuntimeError(f"the service answers {status}: {content.decode()}")
        return json.loads(content)["choices"][0]["message"]

    def url(self, model):
        base = self.settings.get("OPENAI_BASE_URL")
        return f"{base}/chat/completions" if base else super().url(model)


http_client = cache(httpx.Client)


@liberty("Any client may be used: httpx.", surfaces=ONE_EACH)
class UsesHttpx(ClientApp):
    def post(self, url, headers, content):
        response = http_client().post(url, headers=headers, content=content)
        return response.status_code, response.content


security = cache(httpx.create_ssl_context)


@liberty("Any client may be used: httpx, asynchronous.", surfaces=ONE_EACH)
class UsesHttpxInALoop(ClientApp):
    def post(self, url, headers, content):
        return asyncio.run(self.post_later(url, headers, content))

    async def post_later(self, url, headers, content):
        async with (
            httpx.AsyncClient(verify=security()) as client,
            client.stream("POST", url, headers=headers, content=content) as response,
        ):
            return response.status_code, await response.aread()


@liberty("Any client may be used: urllib3.", surfaces=ONE_EACH, transport="loopback")
class UsesUrllib3(ClientApp):
    def post(self, url, headers, content):
        with urllib3.PoolManager() as connections:
            response = connections.request("POST", url, headers=headers, body=content, retries=False)
            return response.status, response.data


@liberty("Any client may be used: requests.", surfaces=ONE_EACH, transport="loopback")
class UsesRequests(ClientApp):
    def post(self, url, headers, content):
        with requests.post(url, headers=headers, data=content, timeout=9) as response:
            return response.status_code, response.content


@liberty("Any client may be used: http.client.", surfaces=ONE_EACH, transport="loopback")
class UsesHttpClient(ClientApp):
    def post(self, url, headers, content):
        address = urlsplit(url)
        with closing(http.client.HTTPConnection(address.netloc, timeout=9)) as connection:
            connection.request("POST", url.partition(address.netloc)[2], content, headers)
            response = connection.getresponse()
            return response.status, response.read()


@liberty("Any client may be used: urllib.", surfaces=ONE_EACH, transport="loopback")
class UsesUrllib(ClientApp):
    def post(self, url, headers, content):
        request = urllib.request.Request(url, content, headers, method="POST")  # noqa: S310  # the suite's own address
        with urllib.request.urlopen(request, timeout=9) as response:  # noqa: S310  # the suite's own address
            return response.status, response.read()


@liberty("Any client may be used, one's own with the body in chunks, too.", surfaces=ONE_EACH, transport="loopback")
class UsesASocket(ClientApp):
    def post(self, url, headers, content):
        address = urlsplit(url)
        lines = [f"POST {url.partition(address.netloc)[2]} HTTP/1.1", f"Host: {address.netloc}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()] + ["Transfer-Encoding: chunked", "", ""]
        halves = content[: len(content) // 2], content[len(content) // 2 :], b""
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(half), half) for half in halves)
        with socket.create_connection((address.hostname, address.port), timeout=9) as connection:
            connection.sendall("\r\n".join(lines).encode() + chunks)
            answer = connection.makefile("rb").read()
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), body


@liberty("The answer may be streamed and put together by hand.", transport="loopback", **STREAMING)
class ReadsEventsItself(UsesHttpClient.app):
    def body(self, messages):
        return {**super().body(messages), "stream": True}

    def post(self, url, headers, content):
        status, events = super().post(url, headers, content)
        if status >= 400:
            return status, events
        message = {"content": None}
        lines = [line[6:] for line in events.splitlines() if line.startswith(b"data: ") and line != b"data: [DONE]"]
        for delta in (choice["delta"] for line in lines for choice in json.loads(line)["choices"]):
            if delta.get("content"):
                message["content"] = (message["content"] or "") + delta["content"]
            for piece in delta.get("tool_calls", []):
                join(message.setdefault("tool_calls", []), **piece)
        return status, json.dumps({"choices": [{"message": message}]}).encode()


def join(calls, *, index, function, **new):
    """Add a piece to the calls that are there."""
    if index == len(calls):
        calls.append({**new, "function": {"name": "", "arguments": ""}})
    for key, text in function.items():
        calls[index]["function"][key] += text or ""


openai_http = cache(openai.DefaultHttpxClient)


class OpenaiApp(App):
    """An app on the official client, which tries passing faults again."""

    def client(self):
        if self.on_azure:
            return openai.AzureOpenAI(http_client=openai_http())
        return openai.OpenAI(http_client=openai_http())

    def send(self, messages):
        return self.message_of(self.client().chat.completions.create(**self.body(messages)))

    def message_of(self, completion):
        return completion.choices[0].message.model_dump(exclude_unset=True)


@liberty("The official client may be used.", surfaces=ONE_EACH)
class UsesOpenai(OpenaiApp):
    pass


@liberty("The official client may be used without its retries.", surfaces=ONE_EACH)
class UsesOpenaiOnce(OpenaiApp):
    def client(self):
        return super().client().with_options(max_retries=0)


@liberty("The official client may be used for the raw response.", surfaces=ONE_EACH)
class UsesOpenaiRaw(OpenaiApp):
    def send(self, messages):
        response = self.client().chat.completions.with_raw_response.create(**self.body(messages))
        return json.loads(response.text)["choices"][0]["message"]


@liberty("The official client may be used asynchronously.", surfaces=ONE_EACH)
class UsesOpenaiInALoop(OpenaiApp):
    def send(self, messages):
        return self.message_of(asyncio.run(self.create(messages)))

    async def create(self, messages):
        kind = openai.AsyncAzureOpenAI if self.on_azure else openai.AsyncOpenAI
        async with kind(http_client=openai.DefaultAsyncHttpxClient(verify=security())) as client:
            return await client.chat.completions.create(**self.body(messages))


@liberty("The answer may be streamed, with the count of tokens at its end.", **STREAMING)
class UsesOpenaiStream(OpenaiApp):
    def send(self, messages):
        options = {"stream_options": {"include_usage": True}}
        with self.client().chat.completions.stream(**self.body(messages), **options) as stream:
            return self.message_of(stream.get_final_completion())

    def message_of(self, completion):
        message = completion.choices[0].message.to_dict()
        for call in message.get("tool_calls") or []:
            call.pop("index", None)
            call["function"] = {key: call["function"][key] for key in ("name", "arguments")}
        return message
