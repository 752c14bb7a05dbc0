"""The scripted service in anybody's tests: what it answers, what a test can ask it, and what it fails."""

import json
import os
import urllib.request

import openai
import pytest

from conformance.errors import CaseFileError
from conformance.testing import Fault, Reply, scripted_openai, tool_call

PARAMETERS = {"type": "object", "properties": {"task": {"type": "string"}}, "required": ["task"]}
TOOL = {"type": "function", "function": {"name": "add_todo", "description": "Add a todo", "parameters": PARAMETERS}}
MILK = tool_call("add_todo", {"task": "Buy milk"})


class Chat:
    """The smallest app: one conversation on the package openai, with one skill."""

    def __init__(self, result="added", model="gpt-4o-mini", client=None):
        self.result, self.model = result, model
        self.client = client or openai.OpenAI()
        self.messages = []

    def ask(self, prompt):
        self.messages.append({"role": "user", "content": prompt})
        while True:
            completion = self.client.chat.completions.create(model=self.model, messages=self.messages, tools=[TOOL])
            message = completion.choices[0].message
            self.messages.append(message.model_dump(exclude_none=True))
            if not message.tool_calls:
                return message.content
            for call in message.tool_calls:
                self.messages.append({"role": "tool", "tool_call_id": call.id, "content": self.result})


def azure():
    return openai.AzureOpenAI(max_retries=0)


@pytest.mark.parametrize("transport", ["intercepted", "loopback"])
@pytest.mark.parametrize("provider", ["openai", "azure"])
def test_a_conversation_is_answered_by_its_script(provider, transport):
    with scripted_openai(MILK, "I will remind you.", provider=provider, transport=transport) as service:
        chat = Chat(client=azure() if provider == "azure" else None)
        assert chat.ask("Remind me") == "I will remind you."
    service.assert_asked("Remind me")
    service.assert_tools("add_todo")
    service.assert_told("add_todo", "added")
    service.assert_model("gpt-4o-mini")
    assert [request.status for request in service.requests] == [200, 200]
    assert service.last.results == [("add_todo", "added")]
    assert service.last.tools["add_todo"]["parameters"] == PARAMETERS
    assert service.url in service.last.url


SCRIPT = """
provider: azure
key: my-key
models: [my-deployment]
model_replies:
  - calls: [{name: add_todo, arguments: {task: Buy milk}}]
  - Done.
"""


def test_a_script_may_be_a_file(tmp_path):
    path = tmp_path / "script.yaml"
    path.write_text(SCRIPT)
    with scripted_openai(script=path) as service:
        assert Chat(model="my-deployment", client=azure()).ask("Remind me") == "Done."
    assert service.settings["AZURE_OPENAI_API_KEY"] == "my-key"
    service.assert_model("my-deployment")


def test_a_file_that_repeats_begins_again(tmp_path):
    path = tmp_path / "script.yaml"
    path.write_text("model_replies: [One., Two.]\nrepeat: true\n")
    with scripted_openai(script=str(path)):
        chat = Chat()
        assert [chat.ask("Next") for _ in range(3)] == ["One.", "Two.", "One."]


def test_a_file_that_is_no_script_is_refused_with_its_line(tmp_path):
    path = tmp_path / "script.yaml"
    path.write_text("model_replies: [Hello.]\nkeys: x\n")
    with pytest.raises(CaseFileError, match=r"script\.yaml:2"), scripted_openai(script=path):
        pass


def test_a_script_and_replies_are_one_too_many(tmp_path):
    with pytest.raises(TypeError, match="as well as a script"), scripted_openai("Hello.", script=tmp_path / "x.yaml"):
        pass


def test_the_model_can_say_everything_that_a_model_says():
    replies = (
        [MILK, tool_call("add_todo", "{not json", call_id="mine")],
        Reply(refusal="I can't help with that."),
        Reply(finish_reason="length", text="And th"),
        Fault(status=429),
        "At last.",
    )
    with scripted_openai(*replies) as service:
        client = openai.OpenAI()
        said = [
            client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "Hi"}]).choices[0]
            for _ in range(4)
        ]
    assert [call.id for call in said[0].message.tool_calls] == ["call_1", "mine"]
    assert said[0].message.tool_calls[1].function.arguments == "{not json"
    assert said[1].message.refusal == "I can't help with that."
    assert said[2].finish_reason == "length"
    assert said[3].message.content == "At last."
    assert [request.status for request in service.requests] == [200, 200, 200, 429, 200]


@pytest.mark.parametrize("reply", [5, None, {"text": "Hello."}, ["Hello."]])
def test_what_is_no_reply_is_refused(reply):
    with pytest.raises(TypeError, match="but should be"), scripted_openai(reply):
        pass


def test_replies_can_follow_later():
    with scripted_openai(MILK, "Done.") as service:
        chat = Chat()
        chat.ask("Remind me")
        service.reply(tool_call("add_todo", {"task": "Buy bread"}), "Done, too.")
        assert chat.ask("And bread") == "Done, too."
    service.assert_asked("Remind me", "And bread")
    assert chat.messages[-3]["tool_calls"][0]["id"] == "call_2"


def test_the_settings_are_those_of_one_provider_until_the_end(monkeypatch):
    mine = {"OPENAI_API_KEY": "sk-mine", "OPENAI_ORG_ID": "org-mine", "AZURE_OPENAI_ENDPOINT": "https://mine.example"}
    for name, value in mine.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("STORAGE_KEY", "untouched")
    with scripted_openai() as service:
        os.environ["SET_MEANWHILE"] = "kept"
        names = {name for name in os.environ if name.startswith(("OPENAI", "AZURE_OPENAI"))}
        assert names == set(service.settings) == {"OPENAI_API_KEY"}
        assert os.environ["STORAGE_KEY"] == "untouched"
    assert {name: os.environ[name] for name in mine} == mine
    assert os.environ.pop("SET_MEANWHILE") == "kept"


@pytest.mark.parametrize("transport", ["intercepted", "loopback"])
def test_of_several_services_the_last_that_was_started_answers(transport):
    with scripted_openai("from A", "from A again", transport=transport) as first:
        assert Chat().ask("Hi") == "from A"
        with scripted_openai("from B", transport=transport) as second:
            assert Chat().ask("Hello") == "from B"
        assert Chat().ask("Hi again") == "from A again"
    first.assert_asked("Hi", "Hi again")
    second.assert_asked("Hello")


def test_any_client_is_answered_over_loopback():
    with scripted_openai("Hello.", transport="loopback") as service:
        body = json.dumps({"model": "gpt-4o", "messages": [{"role": "user", "content": "Hi"}]}).encode()
        headers = {"content-type": "application/json", "authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}
        url = f"{os.environ['OPENAI_BASE_URL']}/chat/completions"
        request = urllib.request.Request(url, body, headers)  # noqa: S310  # a URL of our own
        with urllib.request.urlopen(request) as response:  # noqa: S310  # a URL of our own
            assert json.load(response)["choices"][0]["message"]["content"] == "Hello."
    service.assert_asked("Hi")


# What fails at the end


def ask_in_vain(**options):
    """Ask what the service refuses."""
    with pytest.raises(openai.APIError):
        Chat(**options).ask("Hi")


def failure_of(use, *replies):
    """Return what is raised when a test uses the service so."""
    with pytest.raises((AssertionError, TypeError)) as caught, scripted_openai(*replies) as service:
        use(service)
    return caught.value


def test_a_request_that_the_service_would_refuse_fails_at_the_end():
    error = failure_of(lambda _: ask_in_vain(model="gpt-99"), "Hello.")
    assert isinstance(error, AssertionError)
    assert 'request 1 was refused with 404 model_not_found: model = "gpt-99", but should be' in str(error)
    assert 'a reply was never requested: "Hello."' in str(error)


def test_a_refusal_can_be_expected():
    with scripted_openai() as service:
        ask_in_vain(model="gpt-99")
        service.assert_refused(status=404, code="model_not_found")


def test_a_refusal_for_another_reason_is_not_the_expected_one():
    def use(service):
        ask_in_vain(model="gpt-99")
        service.assert_refused(param="tools")

    assert str(failure_of(use)).startswith('no request was refused by param "tools", but one should be')


def test_one_request_too_many_fails_at_the_end():
    def use(_):
        Chat().ask("Hi")
        ask_in_vain()

    assert "request 2 is one more than there are replies" in str(failure_of(use, "Hello."))


def test_an_error_in_the_block_is_not_hidden_and_says_what_was_asked():
    error = failure_of(lambda _: Chat().ask("Hi") / 0, "Hello.", "Never asked for.")
    assert isinstance(error, TypeError)
    (note,) = error.__notes__
    assert 'user: "Hi"' in note
    assert 'answered: "Hello."' in note


# Assertions that speak


@pytest.fixture
def asked():
    with scripted_openai(MILK, "I will remind you.") as service:
        Chat().ask("Remind me")
    return service


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (lambda one: one.assert_asked("Hello"), 'the model was asked "Remind me", but should be asked "Hello"'),
        (lambda one: one.assert_asked(), 'the model was asked "Remind me", but should be asked nothing'),
        (
            lambda one: one.assert_tools("add_todo", "get_todos"),
            'request 1 offers "add_todo", but should offer "add_todo", "get_todos"',
        ),
        (
            lambda one: one.assert_told("add_todo", "removed"),
            'the model was sent "added" as the result of add_todo, but should be sent "removed"',
        ),
        (
            lambda one: one.assert_told("get_todos", []),
            "the model was sent no result of get_todos, but should be sent []",
        ),
        (lambda one: one.assert_model("gpt-5"), 'the requests name "gpt-4o-mini", but should name "gpt-5"'),
        (lambda one: one.assert_refused(), "no request was refused, but one should be"),
    ],
)
def test_a_claim_that_is_wrong_says_what_was_found(claim, message, asked):
    with pytest.raises(AssertionError) as caught:
        claim(asked)
    assert str(caught.value).splitlines()[0] == message
    assert "what was said:" in str(caught.value)


TRANSCRIPT = """\
  request 1 to gpt-4o-mini:
    user: "Remind me"
    offers: add_todo
    answered: calls add_todo({"task": "Buy milk"}) as call_1
  request 2 to gpt-4o-mini:
    tool: "added"
    offers: add_todo
    answered: "I will remind you."\
"""


def test_the_transcript_says_each_thing_once(asked):
    assert asked.transcript == TRANSCRIPT


@pytest.mark.parametrize(
    ("result", "told"),
    [("added", "added"), ("added", '"added"'), ({"id": 1}, 'The result is {"id": 1}.'), (7, '{"id": 7}')],
)
def test_a_result_may_be_told_in_any_form(result, told):
    with scripted_openai(MILK, "Done.") as service:
        Chat(result=told).ask("Remind me")
    service.assert_told("add_todo", result)


def test_a_result_that_is_cut_off_is_not_told():
    with scripted_openai(MILK, "Done.") as service:
        Chat(result="Buy mi").ask("Remind me")
    with pytest.raises(AssertionError, match='"Buy mi" as the result of add_todo, but should be sent "Buy milk"'):
        service.assert_told("add_todo", "Buy milk")


def test_a_claim_about_no_request_at_all_fails():
    with scripted_openai() as service:
        pass
    with pytest.raises(AssertionError, match="no request was sent"):
        service.assert_tools("add_todo")
    with pytest.raises(AssertionError, match="no request was sent"):
        _ = service.last
    with pytest.raises(AssertionError, match="name nothing"):
        service.assert_model("gpt-4o")


def test_a_prompt_that_another_conversation_repeats_counts_again():
    with scripted_openai("Hello", "Hello again") as service:
        Chat().ask("Hi")
        Chat().ask("Hi")
    service.assert_asked("Hi", "Hi")


def test_a_prompt_that_is_sent_again_after_an_error_counts_once():
    with scripted_openai(Fault(status=500), "Hello") as service:
        Chat(client=openai.OpenAI(max_retries=1)).ask("Hi")
    service.assert_asked("Hi")


def test_the_calls_of_further_choices_have_ids_of_their_own():
    with scripted_openai(Reply(calls=(MILK,), further_choices=(Reply(calls=(MILK,)),))) as service:
        service.reply(MILK)
        tools, messages = [TOOL], [{"role": "user", "content": "Hi"}]
        request = {"model": "gpt-4o-mini", "messages": messages, "tools": tools}
        client = openai.OpenAI()
        answers = [client.chat.completions.create(**request, n=2), client.chat.completions.create(**request)]
    ids = [call.id for answer in answers for choice in answer.choices for call in choice.message.tool_calls]
    assert ids == ["call_1", "call_2", "call_3"]
