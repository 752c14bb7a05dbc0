"""The app that is made of these parts."""

from __future__ import annotations

from mutants.pipeline.desk import Conversation, Desk, Reply
from mutants.pipeline.intake import Catalogue, Intake
from mutants.pipeline.json_text import rendered
from mutants.pipeline.transport import Transport


class Pipeline:
    """Conforms on every surface, in both editions."""

    IntakeType = Intake
    CatalogueType = Catalogue
    ConversationType = Conversation
    DeskType = Desk
    TransportType = Transport
    default_model = "gpt-3.5-turbo"
    rounds = 64

    def __init__(self, context):
        self.context = context
        self.edition = context.edition
        self.surface = context.surface
        self.settings = context.environment
        self.construct = self.construct_of(context)
        self.intake = self.IntakeType(self)
        self.catalogue = self.CatalogueType(self)
        self.conversation = self.ConversationType(self)
        self.desk = self.DeskType(self)
        self.transport = self.TransportType(self)

    def construct_of(self, context):
        match context.edition, context.surface:
            case "2024-04-14", "csharp-isolated":
                return "AssistantSkillTriggerInput"
            case "2025-05-15", "python":
                return "generic_trigger"
        return "AssistantSkillTrigger"

    def add_skill(self, skill):
        self.catalogue.add(self.intake.admit(skill))

    def bindings(self):
        return self.catalogue.manifest()

    def ask(self, message):
        turn = self.conversation.open(self.prompt(message))
        for number in range(self.rounds):
            reply = Reply.read(self.post(turn, number))
            if not self.calls_of(reply):
                return self.finish(turn, reply)
            self.conversation.called(turn, reply)
            for call, text in self.desk.work(reply.calls):
                self.conversation.answered(turn, call, text)
        raise RuntimeError(f"no answer in {self.rounds} rounds")

    def prompt(self, message):
        return message

    def calls_of(self, reply):
        return reply.calls

    def finish(self, turn, reply):
        self.conversation.close(turn, reply.final)
        return reply.final

    def post(self, turn, number):
        model = self.model(turn)
        return self.transport.post(model, self.body(model, turn, number))

    def model(self, turn):
        return self.catalogue.model()

    def tools(self, turn, number):
        return self.catalogue.tools()

    def body(self, model, turn, number):
        members = {"model": rendered(model), "messages": f"[{','.join(self.conversation.view(turn))}]"}
        if tools := self.tools(turn, number):
            members["tools"] = f"[{tools}]"
        members |= {word: rendered(value) for word, value in self.options(model, turn, number).items()}
        return "{" + ",".join(f'"{word}":{text}' for word, text in members.items()) + "}"

    def options(self, model, turn, number):
        """Return what else a request says: nothing."""
        return {}
