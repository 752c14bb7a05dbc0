"""What all misbehaving implementations have in common: a small conversation over urllib, right as far as it goes."""

import json
import urllib.request

JSON_OF = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean", "object": "object"}


def tool(name, trigger, argument):
    """Make the chat tool of a declaration on the Python surface, or on one that spells it alike."""
    plain = {key.replace("_", "").lower(): value for key, value in trigger.items()}
    parameters = plain.get("parameterdescriptionjson")
    if parameters is None:
        kind = {"type": "array", "items": {}} if argument["type"] == "array" else {"type": JSON_OF[argument["type"]]}
        schema = {"type": "object", "properties": {argument["name"]: kind}}
    else:
        schema = json.loads(parameters)
    function = {"name": plain.get("functionname", name), "description": plain["functiondescription"]}
    return {"type": "function", "function": {**function, "parameters": schema}}


class SmallConversation:
    """One conversation; `skills` has (function name, tool, argument's name, function to call) for each skill."""

    def __init__(self, settings):
        self.settings = settings
        self.skills = []
        self.messages = []

    def ask(self, message):
        self.messages.append({"role": "user", "content": message})
        while True:
            said = self.complete()
            self.messages.append(said)
            if not said.get("tool_calls"):
                return said["content"]
            for call in said["tool_calls"]:
                content = json.dumps(self.run(call["function"]))
                self.messages.append({"role": "tool", "tool_call_id": call["id"], "content": content})

    def run(self, function):
        for _, declared, argument, call in self.skills:
            if declared["function"]["name"] == function["name"]:
                return call(json.loads(function["arguments"])[argument])
        return "no such function"

    def complete(self):
        body = {"model": "gpt-3.5-turbo", "messages": self.messages}
        if self.skills:
            body["tools"] = [declared for _, declared, _, _ in self.skills]
        request = urllib.request.Request(  # noqa: S310  # the settings name the scripted service
            f"{self.settings['OPENAI_BASE_URL']}/chat/completions",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.settings['OPENAI_API_KEY']}"},
        )
        with urllib.request.urlopen(request) as response:  # noqa: S310  # a URL of our own
            return json.load(response)["choices"][0]["message"]
