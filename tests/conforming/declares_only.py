"""Conforms as a library that declares and leaves the conversation, and what only that can refuse, to the host."""

import documented

surfaces = ["csharp-isolated", "csharp-inprocess", "java", "javascript", "typescript", "powershell", "python"]


class App:
    def __init__(self, context):
        self.context = context
        self.functions = {}

    def add_skill(self, skill):
        given = documented.read(skill.trigger)
        given["functiondescription"]
        self.functions[skill.name] = given | {
            "type": "ASSISTANTSKILLTRIGGER" if self.context.surface == "python" else "AssistantSkillTrigger",
            "direction": documented.direction(self.context),
            "name": skill.argument.name,
        }

    def bindings(self):
        return {name: [{key.upper(): value for key, value in one.items()}] for name, one in self.functions.items()}


create_app = App
