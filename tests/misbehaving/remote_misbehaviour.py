"""A program that speaks the protocol with plain Python, and misbehaves in the way that its command line names.

`remote_misbehaviour.py HABIT [SURFACE]`: the habit shows when it is asked to "Misbehave", or asked anything on
the surface.
"""

# ruff: noqa: ARG002, PTH123, S607, T201  # implementations do as they like

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time

from small_conversation import SmallConversation, tool

MB = 1_000_000


def send(**message):
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


def write(data):
    sys.stdout.buffer.write(data)
    sys.stdout.flush()


def hang():
    time.sleep(3600)


def exit_at_once():
    print("leaving now", file=sys.stderr, flush=True)
    os._exit(3)


def be_killed():
    os.kill(os.getpid(), signal.SIGKILL)


def segfault():
    ctypes.string_at(0)


def recurse():
    recurse()


def raise_error():
    raise ValueError("a bug in the adapter")


def answer_with_the_wrong_id():
    send(id=987654, result={"reply": "Done."})
    hang()


def write_half_a_line():
    write(b'{"jsonrpc": "2.0", "id": 3, "resu')
    os._exit(0)


def write_half_a_line_and_wait():
    write(b'{"jsonrpc": "2.0", "id": 3, "resu')
    hang()


def write_no_text():
    write(b'{"jsonrpc": "2.0", "id": "\xff\xfe"}\n')
    hang()


def write_no_message():
    write(b'{"reply": "Done."}\n')
    hang()


def write_another_result():
    write(b'{"jsonrpc": "2.0", "id": 4, "result": {"reply": 5}}\n')
    write(b'{"jsonrpc": "2.0", "id": 3, "result": {"reply": 5}}\n')
    hang()


def call_what_is_not_there():
    send(id=1, method="log", params={"text": "hello"})
    hang()


def write_200_mb():
    for _ in range(200):
        write(b"x" * MB)
    hang()


def flood_standard_output():
    while True:
        write(b"debug\n" * 10_000)


def flood_standard_error():
    for _ in range(200):
        sys.stderr.buffer.write(b"x" * MB)
    print("the end", file=sys.stderr, flush=True)
    os._exit(4)


def flood_with_calls():
    while True:
        send(id=1, method="invoke_skill", params={"app": "misbehaving", "name": "AddTodo", "argument": "x" * 1000})


def print_debugging_text():
    print("about to ask the model", flush=True)
    hang()


def close_standard_output():
    os.close(1)
    hang()


def leave_children():
    """Start a child in the group and one in a session of its own, which hold the pipes, and go on rightly."""
    for apart in (False, True):
        child = subprocess.Popen(["sleep", "3600"], start_new_session=apart)
        note(child.pid)


def leave_children_and_exit():
    leave_children()
    os._exit(5)


def note(text):
    with open(os.environ["MISBEHAVIOUR_NOTES"], "a") as notes:
        notes.write(f"{text}\n")


def note_the_environment():
    note(json.dumps(dict(os.environ)))


def refuse():
    raise KeyError("description")


def print_the_environment_of_its_parent():
    with open(f"/proc/{os.getppid()}/environ") as environ:
        entries = environ.read().split("\0")
    print(*(entry for entry in entries if entry.startswith("GITHUB_")), file=sys.stderr, flush=True)
    hang()


def mumble():
    print("thinking", file=sys.stderr, flush=True)


HABITS = {
    function.__name__.replace("_", "-"): function
    for function in (
        hang,
        exit_at_once,
        be_killed,
        segfault,
        recurse,
        raise_error,
        answer_with_the_wrong_id,
        write_half_a_line,
        write_half_a_line_and_wait,
        write_no_text,
        write_no_message,
        write_another_result,
        call_what_is_not_there,
        write_200_mb,
        flood_standard_output,
        flood_standard_error,
        flood_with_calls,
        print_debugging_text,
        close_standard_output,
        leave_children,
        leave_children_and_exit,
        note_the_environment,
        refuse,
        mumble,
        print_the_environment_of_its_parent,
    )
}


class Program:
    def __init__(self, habit, surface):
        self.habit = habit
        self.surface = surface
        self.conversation = None
        self.calls = 0

    def serve(self):
        for line in sys.stdin:
            message = json.loads(line)
            if self.habit == "hang-in-every-call" and message["method"] != "initialize":
                hang()
            try:
                result = getattr(self, message["method"])(**message["params"])
            except KeyError as error:
                send(id=message["id"], error={"code": -32000, "message": f"no {error}"})
            else:
                send(id=message["id"], result=result)
            if self.habit == "chatter-between-cases" and message["method"] == "close_app":
                time.sleep(0.02)
                print("closed an app", flush=True)

    def initialize(self, protocol):
        if self.habit == "never-read":
            hang()
        if self.habit == "die-at-once":
            raise_error()
        if self.habit == "offer-nothing":
            return {"name": "misbehaving", "version": "1", "surfaces": ["python"], "capabilities": []}
        surfaces = ["java", "javascript", "python", "typescript"]
        return {"name": "misbehaving", "version": str(protocol), "surfaces": surfaces, "capabilities": ["ask"]}

    def create_app(self, edition, surface, environment):
        if self.habit == "never-create":
            raise KeyError("app")
        self.conversation = SmallConversation(environment)
        self.on_surface = surface == self.surface
        return {"app": "misbehaving"}

    def add_skill(self, app, skill):
        if skill["name"] == "Misbehave":
            HABITS[self.habit]()
        argument = skill["argument"]["name"]
        declared = tool(skill["name"], skill["trigger"], skill["argument"])
        self.conversation.skills.append(
            (skill["name"], declared, argument, lambda value: self.invoke(skill["name"], value))
        )

    def invoke(self, name, argument):
        self.calls += 1
        send(
            id=f"call {self.calls}",
            method="invoke_skill",
            params={"app": "misbehaving", "name": name, "argument": argument},
        )
        answer = json.loads(sys.stdin.readline())
        return answer.get("result", "it failed")

    def ask(self, app, message):
        if self.habit in HABITS and (message == "Misbehave" or self.on_surface):
            HABITS[self.habit]()
        if self.habit == "answer-late" and message == "Misbehave":
            time.sleep(1.5)
        return {"reply": self.conversation.ask(message)}

    def close_app(self, app):
        self.conversation = None


if __name__ == "__main__":
    if sys.argv[1] == "ignore-the-end":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        threading.Thread(target=hang).start()
    Program(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None).serve()
