"""The conversation, as the service sees it."""

import json

import openai as client
import pytest

from reference_impl import Assistant, ConversationError, FunctionApp

TRIGGER = {"function_description": "Does something"}


@pytest.fixture
def app(openai):
    return FunctionApp(openai.settings)


@pytest.fixture
def assistant(app):
    return Assistant(app)


@pytest.fixture
def received(app):
    """Declare the skill AddTodo, and collect what it is called with; it returns what it gets."""
    values = []

    @app.assistant_skill_trigger("task", function_name="AddTodo", function_description="Adds a todo")
    def add_todo(task: str):
        values.append(task)
        return task

    return values


def tool_contents(body):
    return [message["content"] for message in body["messages"] if message["role"] == "tool"]


def test_posts_a_message_and_returns_the_answer(openai, assistant):
    openai.say("Hello!")
    assert assistant.ask("Hi") == "Hello!"
    assert openai.bodies == [{"model": "gpt-3.5-turbo", "messages": [{"role": "user", "content": "Hi"}]}]


def test_begins_with_the_instructions(openai, app):
    openai.say("Hello!")
    Assistant(app, instructions="Be kind.").ask("Hi")
    assert openai.bodies[0]["messages"][0] == {"role": "system", "content": "Be kind."}


def test_runs_a_called_skill_and_replays_the_call_as_received(openai, app, assistant, received):
    arguments = '{ "task":"Milch für Ömer",  "extra": 1 }'
    openai.call(("call_1", "AddTodo", arguments), content="One moment.")
    openai.say("Done.")
    assert assistant.ask("Add milk") == "Done."
    assert received == ["Milch für Ömer"]
    first, second = openai.bodies
    assert first["tools"] == second["tools"] == app.tools
    assert second["messages"] == [
        {"role": "user", "content": "Add milk"},
        {
            "role": "assistant",
            "content": "One moment.",
            "tool_calls": [
                {"id": "call_1", "type": "function", "function": {"name": "AddTodo", "arguments": arguments}}
            ],
        },
        {"role": "tool", "tool_call_id": "call_1", "content": '"Milch für Ömer"'},
    ]


def test_answers_every_call_of_a_reply_in_order(openai, assistant, received):
    openai.call(("b", "AddTodo", '{"task": "1"}'), ("a", "AddTodo", '{"task": "2"}'))
    openai.call(("c", "AddTodo", '{"task": "3"}'))
    openai.say("Done.")
    assistant.ask("Add three")
    assert received == ["1", "2", "3"]
    answers = [
        (message["tool_call_id"], message["content"])
        for message in openai.bodies[2]["messages"]
        if message["role"] == "tool"
    ]
    assert answers == [("b", '"1"'), ("a", '"2"'), ("c", '"3"')]


def test_continues_one_conversation(openai, assistant):
    openai.say("One")
    openai.say("Two")
    assistant.ask("1")
    assistant.ask("2")
    assert [message["content"] for message in openai.bodies[1]["messages"]] == ["1", "One", "2"]


def test_keeps_two_assistants_of_an_app_apart(openai, app):
    openai.say("One")
    openai.say("Two")
    Assistant(app).ask("1")
    Assistant(app).ask("2")
    assert openai.bodies[1]["messages"] == [{"role": "user", "content": "2"}]


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (str, ""),
        (int, 2**70),
        (float, 0.1),
        (bool, True),
        (list, [[], [None, "é"]]),
        (dict, {"a": {"b": None}}),
        (str, None),
    ],
)
def test_passes_an_argument_of_every_json_type_and_returns_it(openai, app, assistant, annotation, value):
    def skill(it):
        received.append(it)
        return [it]

    received = []
    skill.__annotations__ = {"it": annotation}
    app.declare(skill, function="Echo", argument="it", parameters={"function_description": "Echoes"})
    openai.call(("1", "Echo", json.dumps({"it": value})))
    openai.say("Done.")
    assistant.ask("Echo")
    assert repr(received) == repr([value])
    assert json.loads(tool_contents(openai.bodies[1])[0]) == [value]


@pytest.mark.parametrize("arguments", ["{}", '{"Task": "by another case"}'])
def test_passes_none_for_a_missing_argument(openai, assistant, received, arguments):
    openai.call(("1", "AddTodo", arguments))
    openai.say("Done.")
    assistant.ask("Add")
    assert received == [None]


def test_tells_the_model_that_a_skill_without_result_is_done(openai, assistant, received):
    openai.call(("1", "AddTodo", "{}"))
    openai.say("Done.")
    assistant.ask("Add")
    assert tool_contents(openai.bodies[1]) == ["AddTodo is done."]
    assert received == [None]


@pytest.mark.parametrize(("result", "text"), [(False, "false"), (0, "0"), ("", '""'), ([], "[]"), ({}, "{}")])
def test_tells_the_model_a_result_that_python_takes_for_nothing(openai, app, assistant, result, text):
    app.declare(lambda it: result if it is None else it, function="F", argument="it", parameters=TRIGGER)
    openai.call(("1", "F", "{}"))
    openai.say("Done.")
    assistant.ask("Go")
    assert tool_contents(openai.bodies[1]) == [text]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (("RemoveTodo", "{}"), "There is no function RemoveTodo."),
        (("AddTodo", '{"task": "mil'), "are not JSON"),
        (("AddTodo", ""), "are not JSON"),
        (("AddTodo", '"milk"'), "are not a JSON object"),
        (("AddTodo", "null"), "are not a JSON object"),
    ],
)
def test_tells_the_model_of_a_bad_call_and_goes_on(openai, assistant, received, call, sentence):
    openai.call(("1", *call), ("2", "AddTodo", '{"task": "milk"}'))
    openai.say("Sorry.")
    assert assistant.ask("Add") == "Sorry."
    first, second = tool_contents(openai.bodies[1])
    assert sentence in first
    assert second == '"milk"'
    assert received == ["milk"]


@pytest.mark.parametrize("result", [ValueError("secret"), {1, 2}, float("nan")])
def test_tells_the_model_that_a_skill_failed_and_goes_on(openai, app, assistant, caplog, result):
    @app.assistant_skill_trigger("it", function_name="Fail", function_description="Fails")
    def fail(it):
        if isinstance(result, Exception):
            raise result
        return result if it is None else it

    openai.call(("1", "Fail", "{}"))
    openai.say("Sorry.")
    assert assistant.ask("Fail") == "Sorry."
    assert tool_contents(openai.bodies[1]) == ["The call of Fail failed: the function raised an error."]
    assert "The function fail failed" in caplog.text


def test_goes_on_for_25_rounds(openai, assistant, received):
    for number in range(25):
        openai.call((str(number), "AddTodo", json.dumps({"task": number})))
    openai.say("Done.")
    assert assistant.ask("Add") == "Done."
    assert received == list(range(25))


def test_ends_a_conversation_that_only_calls_functions(openai, assistant, received, monkeypatch):
    monkeypatch.setattr("reference_impl.assistant.MAX_REQUESTS", 3)
    for number in range(3):
        openai.call((str(number), "AddTodo", "{}"))
    with pytest.raises(ConversationError, match="still calls functions after 3 requests"):
        assistant.ask("Add")
    assert received == [None] * 3
    openai.say("Hello!")
    assert assistant.ask("Hi") == "Hello!"
    assert openai.bodies[-1]["messages"] == [{"role": "user", "content": "Hi"}]


def test_sends_the_same_request_again_when_the_client_retries(openai, assistant, received):
    openai.call(("1", "AddTodo", '{"task": "milk"}'))
    openai.replies += [openai.RETRY, openai.RETRY]
    openai.say("Done.")
    assert assistant.ask("Add") == "Done."
    assert received == ["milk"]
    first, second, third = openai.bodies[1:]
    assert first == second == third


@pytest.mark.parametrize("reason", ["length", "content_filter", "stop"])
@pytest.mark.parametrize("content", ["Half an ans", "", None])
def test_returns_what_there_is_of_an_answer(openai, assistant, reason, content):
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": reason}
    openai.replies.append([choice])
    assert assistant.ask("Hi") == (content or "")
    openai.say("More.")
    assert assistant.ask("Go on") == "More."
    assert openai.bodies[1]["messages"][1] == {"role": "assistant", "content": content or ""}


def test_takes_the_first_of_several_choices(openai, assistant):
    openai.replies.append(
        [
            {"index": n, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
            for n, text in enumerate(("One", "Two"))
        ]
    )
    assert assistant.ask("Hi") == "One"


@pytest.mark.parametrize(("arguments", "stored"), [({"task": "milk"}, '{"task": "milk"}'), (None, "null")])
def test_stores_arguments_that_are_not_text_as_the_service_takes_them(openai, assistant, received, arguments, stored):
    openai.call(("1", "AddTodo", arguments))
    openai.say("Done.")
    assert assistant.ask("Add") == "Done."
    assert openai.bodies[1]["messages"][1]["tool_calls"][0]["function"]["arguments"] == stored
    assert received == (["milk"] if arguments else [])


def test_lets_a_function_ask_in_its_turn(openai, app, assistant):
    def ask_again(it):
        return assistant.ask(it)

    app.declare(ask_again, function="Ask", argument="it", parameters=TRIGGER)
    openai.call(("1", "Ask", '{"it": "Inner?"}'))
    openai.say("Inner.")
    openai.say("Outer.")
    assert assistant.ask("Outer?") == "Outer."
    assert tool_contents(openai.bodies[2]) == ['"Inner."']


def test_returns_a_refusal_as_the_answer(openai, assistant):
    openai.replies.append({"role": "assistant", "content": None, "refusal": "I can't."})
    assert assistant.ask("Hi") == "I can't."
    assert assistant.messages[-1] == {"role": "assistant", "content": "I can't."}


def test_refuses_a_reply_without_a_message(openai, assistant):
    openai.replies.append({})
    with pytest.raises(ConversationError, match="no message"):
        assistant.ask("Hi")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, client.BadRequestError),
        (401, client.AuthenticationError),
        (404, client.NotFoundError),
        (429, client.RateLimitError),
        (500, client.InternalServerError),
    ],
)
def test_raises_the_services_error_and_can_go_on(openai, assistant, received, status, error):
    openai.say("Hello!")
    assistant.ask("Hi")
    before = assistant.messages
    openai.call(("1", "AddTodo", '{"task": "milk"}'))
    openai.fail(status)
    with pytest.raises(error):
        assistant.ask("Add milk")
    assert assistant.messages == before
    openai.say("Hello again!")
    assert assistant.ask("Still there?") == "Hello again!"
    assert [message["content"] for message in openai.bodies[-1]["messages"]] == [
        "Hi",
        "Hello!",
        "Still there?",
    ]
    assert received == ["milk"]
