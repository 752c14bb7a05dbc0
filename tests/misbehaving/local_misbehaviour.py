"""An implementation in this process that misbehaves in the way that `habit` names, once it is asked to "Misbehave"."""

# ruff: noqa: PTH123, RUF012, S607, T201  # implementations do as they like

import atexit
import builtins
import contextlib
import ctypes
import gc
import io
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import types
import uuid

from small_conversation import SmallConversation, tool


class OwnBaseError(BaseException):
    pass


class UnprintableError(Exception):
    def __str__(self):
        raise SystemExit("not even this")


def hang_in_sleep():
    time.sleep(6)


def hang_in_a_loop():
    while True:
        pass


def hang_stubbornly():
    """Go on in spite of four interrupts."""
    for _ in range(4):
        with contextlib.suppress(BaseException):
            hang_in_a_loop()


def hang_deafly():
    """Go on in spite of everything, for a while."""
    end = time.monotonic() + 3
    while time.monotonic() < end:
        with contextlib.suppress(BaseException):
            while time.monotonic() < end:
                pass


def sleep_too_long():
    time.sleep(1.3)


def exit_politely():
    sys.exit(3)


def press_ctrl_c():
    raise KeyboardInterrupt


def raise_base_error():
    raise OwnBaseError("so there")


def raise_unprintable_error():
    raise UnprintableError


def recurse():
    recurse()


def time_out():
    raise TimeoutError("of my own")


def change_folder():
    os.chdir("/")


def change_environment():
    os.environ.clear()
    os.environ["OPENAI_API_KEY"] = "mine"


def replace_environment():
    os.environ = {}  # noqa: B003  # which does not change it


def patch_json():
    json.dumps = lambda *_, **__: "patched"
    json.loads = lambda *_, **__: "patched"


def patch_time():
    time.sleep = time.perf_counter = time.monotonic = lambda *_: 0.0


def patch_builtins():
    builtins.print = builtins.open = None


def make_all_random_the_same():
    uuid.uuid4 = lambda: uuid.UUID(int=0)
    os.urandom = bytes


def forbid_everything():
    os.umask(0o777)


def lower_recursion_limit():
    sys.setrecursionlimit(100)


def lose_standard_output():
    sys.stdout = sys.stderr = None


def leave_threads():
    for daemon in (False, True):
        threading.Thread(target=time.sleep, args=(1.0,), name="left", daemon=daemon).start()


def leave_a_thread_for_ever():
    threading.Thread(target=time.sleep, args=(3600.0,), name="left", daemon=False).start()


def leave_child():
    child = subprocess.Popen(["sleep", "3600"], start_new_session=True)
    with open(os.environ["MISBEHAVIOUR_NOTES"], "a") as notes:
        notes.write(f"{child.pid}\n")
    child.returncode = 0  # no warning that it still runs


def flood():
    for _ in range(50):
        print("x" * 1_000_000)


def connect_outside():
    socket.create_connection(("192.0.2.1", 80), timeout=1)


def look_up_a_host():
    socket.getaddrinfo("example.com", 80)


def install_handler():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def exit_at_once():
    os._exit(3)


def exit_well():
    os._exit(0)


def be_killed():
    os.kill(os.getpid(), signal.SIGKILL)


def segfault():
    ctypes.string_at(0)


def exit_in_a_thread():
    thread = threading.Thread(target=os._exit, args=(3,))
    thread.start()
    thread.join()


def exit_in_a_thread_later():
    threading.Timer(0.3, os._exit, (3,)).start()


def terminate_itself():
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(60)


def interrupt_itself():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(60)


def stop_itself():
    os.kill(os.getpid(), signal.SIGSTOP)


def kill_its_group():
    os.killpg(0, signal.SIGKILL)


def set_a_timer():
    signal.setitimer(signal.ITIMER_REAL, 0.2)


def lower_limits():
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    resource.setrlimit(resource.RLIMIT_NOFILE, (10, 10))


def lower_memory():
    resource.setrlimit(resource.RLIMIT_AS, (1, 1))
    bytearray(100_000_000)


def disturb_the_collector():
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    gc.callbacks.append(lambda *_: hang_in_sleep())


def close_all_files():
    for thing in gc.get_objects():
        if isinstance(thing, io.IOBase):
            with contextlib.suppress(Exception):
                thing.close()


def close_all_descriptors():
    os.closerange(0, 1000)


def delete_a_module():
    del sys.modules["json"]


def delete_all_modules():
    sys.modules.clear()


def hang_at_exit():
    atexit.register(time.sleep, 3600)


HABITS = {
    function.__name__.replace("_", "-"): function
    for function in list(globals().values())
    if isinstance(function, types.FunctionType) and function.__module__ == __name__
}


class Implementation:
    surfaces = ["java", "javascript", "python", "typescript"]

    def __init__(self, habit="behave", surface=None, stage="ask"):
        self.habit = None if habit == "behave" else HABITS[habit]
        self.surface = surface
        self.stage = stage

    def create_app(self, context):
        if self.stage == "create_app":
            self.habit()
        return App(self, context)


class App:
    def __init__(self, implementation, context):
        self.implementation = implementation
        self.on_surface = context.surface == implementation.surface
        self.conversation = SmallConversation(context.environment)

    def add_skill(self, skill):
        declared = tool(skill.name, skill.trigger, {"name": skill.argument.name, "type": skill.argument.type})
        if skill.name == "Misbehave" and self.implementation.habit:
            self.implementation.habit()
        self.conversation.skills.append((skill.name, declared, skill.argument.name, skill.handler))

    def ask(self, message):
        reply = self.conversation.ask(message)
        if self.implementation.habit and (message == "Misbehave" or self.on_surface):
            self.implementation.habit()
        return reply

    def close(self):
        if self.implementation.stage == "close":
            self.implementation.habit()


def __getattr__(name):
    """Make `local_misbehaviour:does_segfault_on_java` an implementation with a habit, on one surface or when asked."""
    if not name.startswith("does_"):
        raise AttributeError(name)
    habit, _, surface = name.removeprefix("does_").partition("_on_")
    return Implementation(habit.replace("_", "-"), surface or None)
