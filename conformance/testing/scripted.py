"""The scripted service as a test holds it in its hand: what it was asked, and assertions about that."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from itertools import count
from typing import Any, NoReturn

from conformance._data.open_world.result_matching import holds
from conformance._service import Exchange, Fault, Provider, Reply, Script, Service
from conformance._text import json_values
from conformance.testing.asked_request import AskedRequest
from conformance.testing.scripted_replies import ModelReply, make_replies
from conformance.testing.transcript import describe_reply, write_transcript

__all__ = ["ScriptedOpenAI"]


class ScriptedOpenAI:
    """A scripted OpenAI or Azure OpenAI that runs.

    `settings` are the environment variables that lead clients to it; they are set while it runs. `url` is where it is
    served. The assertions raise AssertionError, with what was found, what was expected and the whole conversation.
    """

    def __init__(self, script: Script, service: Service, settings: Mapping[str, str]) -> None:
        self.provider: Provider = script.provider
        self.url = script.endpoint
        self.settings = settings
        self._replies = list(script.replies)
        self._numbers = count(sum(map(_count_calls, script.replies)) + 1)
        self._service = service
        self._expected: set[int] = set()

    def reply(self, *replies: ModelReply) -> None:
        """Let the model reply this too, after what it is to reply already."""
        more = list(make_replies(replies, self._numbers))
        self._replies += more
        self._service.extend(more)

    # What was seen

    @property
    def requests(self) -> tuple[AskedRequest, ...]:
        """Every request, in the order in which they were answered."""
        return tuple(AskedRequest.of(number, exchange) for number, exchange in self._exchanges())

    @property
    def last(self) -> AskedRequest:
        """The last request, with the conversation up to there; raises AssertionError if there is none."""
        __tracebackhide__ = True
        requests = self.requests
        if not requests:
            self._fail("no request was sent")
        return requests[-1]

    @property
    def prompts(self) -> tuple[str, ...]:
        """What the user asked, in order; a request that is sent again after an error counts once."""
        requests = self.requests
        pairs = zip(requests, (None, *requests), strict=False)
        asked = [one.prompt for one, before in pairs if before is None or not _is_sent_again(one, before)]
        return tuple(prompt for prompt in asked if prompt is not None)

    @property
    def transcript(self) -> str:
        """The whole conversation, as text."""
        return write_transcript(self._service.exchanges, self._replies)

    def explain(self, error: Exception) -> None:
        """Add the conversation to an exception, unless it shows it already; pytest prints it below."""
        if self.transcript not in str(error):
            error.add_note(f"what was said to the scripted service:\n{self.transcript}")

    def _exchanges(self) -> Iterator[tuple[int, Exchange]]:
        return enumerate(self._service.exchanges, 1)

    # Assertions

    def assert_asked(self, *prompts: str) -> None:
        """Assert that exactly these prompts of the user's reached the model, in this order."""
        __tracebackhide__ = True
        if self.prompts != prompts:
            self._fail(f"the model was asked {_show(self.prompts)}, but should be asked {_show(prompts)}")

    def assert_tools(self, *names: str) -> None:
        """Assert that every request offered exactly the tools of these names, in whatever order."""
        __tracebackhide__ = True
        for request in self.requests:
            if sorted(request.tools) != sorted(names):
                found = f"request {request.number} offers {_show(request.tools)}"
                self._fail(f"{found}, but should offer {_show(names)}")
        if not self.requests:
            self._fail(f"no request was sent, but one should offer {_show(names)}")

    def assert_told(self, function: str, result: Any) -> None:
        """Assert that a result of this function, a JSON value, was sent to the model.

        The tool message may hold the result as text, as JSON, as a member of JSON or inside a sentence, but complete.
        """
        __tracebackhide__ = True
        told = list(dict.fromkeys(text for one in self.requests for name, text in one.results if name == function))
        if any(holds(text, result) for text in told):
            return
        wanted = f"but should be sent {json_values.show(result)}"
        if not told:
            self._fail(f"the model was sent no result of {function}, {wanted}")
        self._fail(f"the model was sent {_show(told)} as the result of {function}, {wanted}")

    def assert_model(self, model: str) -> None:
        """Assert that every request named this model, on Azure OpenAI this deployment."""
        __tracebackhide__ = True
        named = list(dict.fromkeys(str(request.model) for request in self.requests))
        if named != [model]:
            self._fail(f"the requests name {_show(named)}, but should name {json_values.show(model)}")

    def assert_refused(self, *, status: int | None = None, code: str | None = None, param: str | None = None) -> None:
        """Assert that the service refused a request, for what is given; such refusals are expected then."""
        __tracebackhide__ = True
        wanted = {"status": status, "code": code, "param": param}
        wanted = {name: value for name, value in wanted.items() if value is not None}
        refused = {
            number
            for number, exchange in self._exchanges()
            for violation in exchange.violations
            if violation.certain and all(getattr(violation, name) == value for name, value in wanted.items())
        }
        if not refused:
            by = "".join(f" by {name} {json_values.show(value)}" for name, value in wanted.items())
            self._fail(f"no request was refused{by}, but one should be")
        self._expected |= refused

    def check(self) -> None:
        """Assert that the service was asked all that it was to reply, nothing more, and nothing that it refuses."""
        __tracebackhide__ = True
        problems = [f"  {one}" for one in self._problems()]
        if problems:
            self._fail("\n".join(["the scripted service was not used as scripted:", *problems]))

    def _problems(self) -> Iterator[str]:
        for number, exchange in self._exchanges():
            for violation in exchange.violations:
                if violation.certain and number not in self._expected:
                    yield f"request {number} was refused with {violation.answer}: {violation.message}"
            if exchange.unscripted:
                yield f"request {number} is one more than there are replies"
        for reply in self._service.unused:
            yield f"a reply was never requested: {'; '.join(describe_reply(reply))}"

    def _fail(self, what: str) -> NoReturn:
        __tracebackhide__ = True
        raise AssertionError(f"{what}\nwhat was said:\n{self.transcript}")


def _count_calls(reply: Reply | Fault) -> int:
    if isinstance(reply, Fault):
        return 0
    return len(reply.calls) + sum(map(_count_calls, reply.further_choices))


def _is_sent_again(request: AskedRequest, before: AskedRequest) -> bool:
    """Say whether a request repeats one that failed; one that was answered is asked anew, in another conversation."""
    return request.body == before.body and before.status != HTTPStatus.OK


def _show(words: Sequence[str] | Mapping[str, Any]) -> str:
    return ", ".join(json_values.show(word, 300) for word in words) or "nothing"
