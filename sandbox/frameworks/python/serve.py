"""Runs inside the sandbox: boots, says that it is ready, then reads one job a line and answers each with a line on
descriptor 3. Every job runs in a fork of its own, so that nothing a test does to this process's memory reaches the next
one; whatever a job leaves behind (processes, temporary files) is removed before it is answered.

It is handed to Python as text behind the text of one framework, which defines `run_tests(job, coverage)`.

The code under test shares its fork with the framework, so this is a hurdle, not a wall: whoever patches the framework
could still forge a result.
"""

import ast
import contextlib
import ctypes
import gc
import importlib
import json
import os
import select
import shutil
import signal
import sys
import threading

CHANNEL = 3
MESSAGE_LENGTH = 300
SEPARATOR = " > "
PR_SET_CHILD_SUBREAPER = 36


def message_of(error):
    return f"{type(error).__name__}: {error}"[:MESSAGE_LENGTH]


def write_all(descriptor, data):
    while data:
        data = data[os.write(descriptor, data) :]


class Coverage:
    """Notes which tests call which of the job's watched functions, by the place where their code starts."""

    def __init__(self, job):
        self.test = None
        self.called = {}
        self.places = {}
        self.known = {}
        watched = {}
        for at, (file, _name, line) in enumerate(job["watch"]):
            watched.setdefault(os.path.join(job["workspace"], file), {})[line] = at
        for path, lines in watched.items():
            try:
                with open(path, encoding="utf-8") as source:
                    tree = ast.parse(source.read())
            except (SyntaxError, UnicodeDecodeError, OSError):
                continue
            for node in ast.walk(tree):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.lineno in lines:
                    # The code of a decorated function starts at its first decorator.
                    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                    self.places[path, first, node.name] = lines[node.lineno]
        if self.places:
            self.start()

    def start(self):
        if hasattr(sys, "monitoring"):
            monitoring = sys.monitoring
            monitoring.use_tool_id(monitoring.COVERAGE_ID, "reinforce")
            monitoring.register_callback(
                monitoring.COVERAGE_ID,
                monitoring.events.PY_START,
                lambda code, _at: self.note(code) or monitoring.DISABLE,
            )
            monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.PY_START)
            return

        def profile(frame, event, _argument):
            if event == "call":
                self.note(frame.f_code)

        threading.setprofile(profile)
        sys.setprofile(profile)

    def note(self, code):
        self.called.setdefault(self.test, set()).add(code)

    @contextlib.contextmanager
    def attributed_to(self, test):
        """What is called meanwhile is called by this test; by None, on behalf of several."""
        before, self.test = self.test, test
        self.forget()
        try:
            yield
        finally:
            self.test = before
            self.forget()

    def forget(self):
        """Has functions noticed again that the last test called too."""
        if self.places and hasattr(sys, "monitoring"):
            sys.monitoring.restart_events()

    def executed(self):
        """Pairs of a test's id (empty where none can be told) and the watched functions that it called."""
        return [[test or "", self.watched(codes)] for test, codes in list(self.called.items())]

    def watched(self, codes):
        return sorted({place for place in map(self.place_of, list(codes)) if place is not None})

    def place_of(self, code):
        if code not in self.known:
            key = (os.path.realpath(code.co_filename), code.co_firstlineno, code.co_name)
            self.known[code] = self.places.get(key)
        return self.known[code]


def run_job(line, pipe):
    """The life of a fork."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(CHANNEL)
    job = json.loads(line)
    nonce = job.pop("nonce")
    folder = os.path.join(job["workspace"], job["folder"]).rstrip("/")
    os.chdir(folder)
    sys.path[:] = [folder, *(path for path in sys.path if path not in ("", folder))]
    if os.path.isdir(os.path.join(folder, "src")):
        sys.path.append(os.path.join(folder, "src"))
    dump, write, leave = json.dumps, write_all, os._exit
    coverage = Coverage(job)
    report = run_tests(job, coverage)
    report["executed"] = coverage.executed()
    write(pipe, f"{nonce} {dump(report)}\n".encode())
    leave(0)


def answer_of(child, pipe):
    """What a fork wrote, or without a whole line how it ended, as an exit code."""
    answer = b""
    ended = None
    while not answer.endswith(b"\n"):
        if select.select([pipe], [], [], 0.05)[0]:
            piece = os.read(pipe, 1 << 16)
            if piece:
                answer += piece
                continue
            ended = ended or os.waitpid(child, 0)
        elif ended is None:
            pid, status = os.waitpid(child, os.WNOHANG)
            ended = (pid, status) if pid else None
            continue
        if ended is not None:
            code = os.waitstatus_to_exitcode(ended[1])
            return None, code if code >= 0 else 128 - code
    return answer, 0


def kill_descendants():
    """Orphans became our own children, since we are their reaper."""
    listing = f"/proc/self/task/{os.getpid()}/children"
    while os.path.exists(listing):
        with open(listing, encoding="ascii") as file:
            children = [int(pid) for pid in file.read().split()]
        if not children:
            return
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        for pid in children:
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:
                pass


def clear(folder):
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            os.unlink(entry.path)


def forget_modules_of(workspace):
    """Every fork is to import these for itself, since a job may replace their sources."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        if file.startswith(f"{workspace}/") and "/site-packages/" not in file:
            del sys.modules[name]


def serve(workspace, private_temporary_folder, preload):
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for name in preload:
        try:
            importlib.import_module(name)
        except BaseException:  # Whatever is wrong with it shows again where a test imports it.
            continue
    forget_modules_of(workspace)
    # What there is now stays shared with all forks, which need not look through it either.
    gc.freeze()
    write_all(CHANNEL, b"ready\n")
    for line in sys.stdin.buffer:
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                run_job(line, theirs)
            finally:
                os._exit(1)
        os.close(theirs)
        answer, code = answer_of(child, ours)
        os.close(ours)
        kill_descendants()
        if private_temporary_folder:
            clear("/tmp")
        if answer is None:
            sys.exit(code)
        write_all(CHANNEL, answer)


boot = json.loads(sys.argv[1])
serve(boot["workspace"], boot["privateTemporaryFolder"], boot["preload"])
