"""What a case file says of the model's replies, and what is wrong with one."""

import pytest

from conformance._data.case_files.model_replies import read_replies
from conformance._service import Fault, Reply, ToolCall
from conformance._text.yaml_documents import Document
from conformance.errors import CaseFileError


def read(*records):
    document = Document(path="replies.yaml", value=list(records), lines={(n,): n + 1 for n in range(len(records))})
    return tuple(read_replies(document, (), records))


def call(number, arguments="{}"):
    return ToolCall(id=f"call_{number}", name="AddTodo", arguments=arguments)


CALL = {"name": "AddTodo", "arguments": "{}"}


def test_a_text_and_a_mapping_with_a_text_are_the_same():
    assert read("Hello", {"text": "Hello"}) == (Reply(text="Hello"), Reply(text="Hello"))


def test_a_refusal_takes_the_place_of_the_text():
    assert read({"refusal": "No."}) == (Reply(refusal="No."),)


def test_a_reply_that_is_cut_off_may_say_nothing():
    assert read({"finish_reason": "length"}) == (Reply(finish_reason="length"),)
    assert read({"text": "Half", "finish_reason": "length"}) == (Reply(text="Half", finish_reason="length"),)


def test_calls_are_numbered_through_all_choices_and_replies():
    first, second = read({"calls": [CALL], "further_choices": ["Or not", {"calls": [CALL]}]}, {"calls": [CALL]})
    assert first == Reply(calls=(call(1),), further_choices=(Reply(text="Or not"), Reply(calls=(call(2),))))
    assert second == Reply(calls=(call(3),))


def test_a_fault_has_a_status():
    assert read({"status": 503, "lasts": "always"}) == (Fault(status=503, lasts="always"),)


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"finish_reason": "stop"}, "neither text nor calls nor a refusal"),
        ({"text": "Yes", "finish_reason": "bored"}, "finish_reason = 'bored', but should be one of stop, length"),
        ({"text": "Yes", "refusal": "No"}, "a refusal as well as text or calls"),
        ({"further_choices": ["Yes"]}, "neither text nor calls nor a refusal"),
        ({"text": "Yes", "further_choices": [{"status": 500}]}, "status in a further choice"),
        ({"text": "Yes", "further_choices": [{"text": "No", "further_choices": ["So"]}]}, "further_choices in a"),
        ({"status": 500, "refusal": "No"}, "status together with refusal"),
        ({"lasts": "always"}, "lasts, but no status"),
    ],
)
def test_what_no_model_says_is_refused_with_its_place(record, found):
    with pytest.raises(CaseFileError) as error:
        read("Hello", record)
    assert str(error.value).startswith("replies.yaml:2: ")
    assert found in str(error.value)
