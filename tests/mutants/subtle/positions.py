"""What goes wrong at one position only: a later skill, prompt, request, round or call."""

from __future__ import annotations

from mutants.base import App
from mutants.subtle.retrying import RetryingApp
from mutants.subtle.subtle import subtle

FIRST = ["2024-04-14"]
ANSWER, HISTORY, SAME = "AST-CONVERSATION-ANSWER", "AST-CONVERSATION-HISTORY", "AST-CONVERSATION-RETRY-SAME"
RESULT, PARALLEL = "AST-CONVERSATION-RESULT", "AST-CONVERSATION-PARALLEL"


@subtle("From the second skill on, a description is told up to its first line break.", "AST-TOOL-DESCRIPTION")
class TellsFirstLinesOfLaterSkills(App):
    def description_of(self, skill):
        text = super().description_of(skill)
        return text if skill is self.skills[0] else text.splitlines()[0] or text


@subtle("From the third skill on, a given parameter description loses its required properties.", "AST-TOOL-PARAMETERS")
class LosesRequiredOfLaterSkills(App):
    def parse_schema(self, text):
        schema = super().parse_schema(text)
        if isinstance(schema, dict) and len(self.skills) > 1:
            schema.pop("required", None)
        return schema


@subtle("In the second binding and later ones, the function name is in small letters.", "AST-BINDING-FUNCTION-NAME")
class LowersNamesInLaterBindings(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "functionName" in binding and skill is not self.skills[0]:
            return {**binding, "functionName": binding["functionName"].lower()}
        return binding


@subtle("From the fourth binding on, the parameter description is missing.", "AST-BINDING-PARAMETERS")
class LosesParametersOfLaterBindings(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if self.skills.index(skill) > 2:
            binding.pop("parameterDescriptionJson", None)
        return binding


@subtle("In the second binding and later ones, blanks around the description are dropped.", "AST-BINDING-DESCRIPTION")
class TrimsLaterBindings(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        text = binding["functionDescription"]
        return {**binding, "functionDescription": text if skill is self.skills[0] else text.strip()}


@subtle("From the fourth prompt on, blanks around a prompt are dropped.", ANSWER)
class TrimsLaterPrompts(App):
    def prompt(self, message):
        prompts = sum(one["role"] == "user" for one in self.history)
        return super().prompt(message.strip() or message if prompts > 2 else message)


@subtle("From the third prompt on, line ends in a response become blanks.", ANSWER)
class JoinsLinesOfLaterResponses(App):
    def finish(self, turn, reply):
        late = sum(one["role"] == "user" for one in self.history) > 1
        text = super().finish(turn, reply)
        return text.replace("\n", " ") if late else text


@subtle("From the sixth request of an app on, the default model is asked.", "AST-MODEL-GIVEN", editions=FIRST)
class FallsBackAtTheSixthRequest(App):
    requests = 0

    def body(self, messages):
        self.requests += 1
        body = super().body(messages)
        return {**body, "model": self.default_model} if self.requests > 5 else body


@subtle("From the sixth request of an app on, tools have no descriptions.", "AST-TOOL-DESCRIPTION")
class TellsNoDescriptionsLater(App):
    requests = 0

    def body(self, messages):
        self.requests += 1
        return super().body(messages)

    def description_of(self, skill):
        return super().description_of(skill) if self.requests < 6 else ""


@subtle("From the tenth round of a prompt on, a result is cut after ten characters.", RESULT)
class CutsResultsOfLaterRounds(App):
    rounds = 0

    def prompt(self, message):
        self.rounds = 0
        return super().prompt(message)

    def answers(self, calls):
        self.rounds += 1
        answers = super().answers(calls)
        return answers if self.rounds < 10 else [{**one, "content": one["content"][:10]} for one in answers]


@subtle("From the twentieth call of an app on, every result is told as none.", RESULT)
class TellsNothingFromTheTwentiethCall(App):
    calls = 0

    def word_result(self, result):
        self.calls += 1
        return super().word_result(result if self.calls < 20 else None)


@subtle("From the twentieth skill on, a skill cannot be found when it is called.", "AST-CONVERSATION-CALL")
class FindsNineteenSkills(App):
    def find(self, name):
        skill = super().find(name)
        if self.skills.index(skill) > 18:
            raise LookupError(f"there is no function {name}")
        return skill


@subtle("From the twentieth skill on, a skill is told without its parameters.", "AST-TOOL-PARAMETERS", "AST-SCHEMA")
class TellsParametersOfNineteenSkills(App):
    def function_of(self, skill):
        function = super().function_of(skill)
        late = self.skills.index(skill) > 18
        return {**function, "parameters": {"type": "object", "properties": {}}} if late else function


@subtle("The last of three or more calls that fails is told as a call without a result.", "AST-CONVERSATION-FAILURE")
class TellsLastErrorsAsNothing(App):
    def answers(self, calls):
        self.left = len(calls)
        self.several = len(calls) > 2
        return super().answers(calls)

    def answer(self, name, arguments):
        self.left -= 1
        return super().answer(name, arguments)

    def word_failure(self, name, error):
        last = self.several and self.left == 0
        return self.word_result(None) if last else super().word_failure(name, error)


@subtle("The prompt after one that ended in an error is sent together with it in one message.", ANSWER)
class JoinsPromptsAfterErrors(App):
    unsaid = ""

    def ask(self, message):
        said = f"{self.unsaid}{message}"
        self.unsaid = f"{said}\n"
        text = super().ask(said)
        self.unsaid = ""
        return text


@subtle("From the fourth prompt on, the answers to the calls of the first prompt are replaced by a remark.", HISTORY)
class ReplacesOldResults(App):
    def send(self, messages):
        prompts = [index for index, message in enumerate(messages) if message["role"] == "user"]
        old = prompts[1] if len(prompts) > 3 else 0
        said = [
            {**one, "content": "(old)"} if index < old and one["role"] == "tool" else one
            for index, one in enumerate(messages)
        ]
        return super().send(said)


@subtle("A request of a later round is sent again without the last tool, if there are several.", SAME)
class DropsTheLastToolFromLaterRetries(RetryingApp):
    attempt = 0

    def send_once(self, messages, attempt):
        self.attempt = attempt if messages[-1]["role"] == "tool" else 0
        return super().send_once(messages, attempt)

    def tools(self):
        tools = super().tools()
        return tools[:-1] if self.attempt and len(tools) > 1 else tools


@subtle("A request of the second prompt or a later one is sent again with the prompt in small letters.", SAME)
class LowersPromptsInLaterRetries(RetryingApp):
    def again(self, messages):
        last = max(index for index, message in enumerate(messages) if message["role"] == "user")
        said = {**messages[last], "content": messages[last]["content"].lower()}
        return [*messages[:last], said, *messages[last + 1 :]] if self.history else messages


@subtle("In a reply with four calls or more, the answers of the first two change places.", PARALLEL)
class SwapsTheFirstTwoResults(App):
    def answers(self, calls):
        answers = super().answers(calls)
        if len(calls) < 4:
            return answers
        one, other, *rest = answers
        return [{**one, "content": other["content"]}, {**other, "content": one["content"]}, *rest]
