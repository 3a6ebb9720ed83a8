#!/usr/bin/env python3
"""Adapters that break the protocol, each in one way: `hostile.py BEHAVIOUR NOTES`.

All of them begin as one small well-behaved adapter. A behaviour replaces its answer to one operation. What is done and
who is running is noted in the file NOTES, a line each: `pid N`, `op NAME`, `line JSON`.
"""
import json
import os
import random
import signal
import subprocess
import sys
import time

BEHAVIOUR, NOTES = sys.argv[1:3]
HUNDRED_MB = 100_000_000
FILES = [{"path": "f%d" % n, "size": 3, "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}
         for n in range(7)]


def note(text):
    with open(NOTES, "a") as notes:
        notes.write(text + "\n")


def write(data, to=1):
    while data:
        data = data[os.write(to, data):]


def line(req, **reply):
    return (json.dumps({"id": req["id"], **reply}) + "\n").encode()


def say(req, **reply):
    write(line(req, **reply))


def ok(req, **members):
    say(req, ok=members)


def hang():
    while True:
        time.sleep(1000)


# The well-behaved adapter.

def capabilities(**changes):
    return {
        "protocol": 1,
        "adapter": {"name": "hostile", "version": "1"},
        "implementation": {"name": BEHAVIOUR, "version": "1"},
        "classes": ["SMS_Package"],
        "operations": ["create", "assign", "refresh", "add_content"],
        "reads": ["package", "content"],
        "completes": "at_return",
        **changes,
    }


def hello(req, **changes):
    ok(req, **capabilities(**changes))


def open_plan(req):
    sources = os.path.join(req["scratch"], "sources")
    os.makedirs(sources, exist_ok=True)
    ok(req, sources=sources)


WELL_BEHAVED = {
    "hello": hello,
    "open": open_plan,
    "close": ok,
    "create": ok,
    "assign": ok,
    "refresh": lambda req: ok(req, return_value=0),
    "add_content": ok,
    "package": lambda req: ok(req, version=2),
    "content": lambda req: ok(req, files=FILES),
    "unknown": lambda req: say(req, unsupported={}),
}


def serve(answers):
    note("pid %d" % os.getpid())
    answers = {**WELL_BEHAVED, **answers}
    while True:
        request = sys.stdin.readline()
        if not request:
            return answers.get("end", lambda: None)()
        note("line " + request.rstrip("\n"))
        req = json.loads(request)
        note("op " + req["op"])
        answers.get(req["op"], answers["unknown"])(req)


# Behaviours: what each answers, and to what.

def exits(status):
    return lambda req: os._exit(status)


def raw(data):
    return lambda req: write(data)


def raw_reply(text):
    """The text, with @ for the request's id."""
    return lambda req: write(text.replace("@", str(req["id"])).encode())


def then(first, second):
    def both(req):
        first(req)
        second(req)
    return both


def hangs(req):
    hang()


def floods_stderr(req):
    for _ in range(100):
        write(b"a line of standard error\n" * 40_000, to=2)


def starts_a_sleeper(**how):
    def start(req):
        note("pid %d" % subprocess.Popen(["sleep", "1000"], **how).pid)
    return start


def leaves_a_daemon(req):
    """In a session of its own, holding all pipes; it goes by itself."""
    subprocess.Popen(["sleep", "4"], start_new_session=True)


def closes(descriptor):
    return lambda req: os.close(descriptor)


def ignores_sigterm(req):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    hang()


def pages(req):
    start = [file["path"] for file in FILES].index(req["after"]) + 1 if "after" in req else 0
    page = FILES[start:start + 3]
    more = {"next": page[-1]["path"]} if start + 3 < len(FILES) else {}
    ok(req, files=page, **more)


class Shuffles:
    """Holds 64 replies back and then gives them in another order. The value is the package's number."""

    def __init__(self):
        self.held = []
        self.random = random.Random(1)

    def __call__(self, req):
        self.held.append(req)
        if len(self.held) == 64:
            self.random.shuffle(self.held)
            write(b"".join(line(held, ok={"return_value": int(held["package"][1:])}) for held in self.held))
            self.held = []


def dies_for(package):
    return lambda req: os._exit(3) if req["package"] == package else ok(req, return_value=0)


def another_hello_each_time(req):
    with open(NOTES) as notes:
        starts = sum(line.startswith("pid") for line in notes)
    hello(req, window=starts)


def resumes(req):
    ok(req, sources=os.path.dirname(NOTES))


BEHAVIOURS = {
    # The end of the process
    "exits at once": {"hello": exits(3)},
    "dies of a signal": {"refresh": lambda req: os.kill(os.getpid(), signal.SIGSEGV)},
    "exits in mid-reply": {"refresh": then(raw_reply('{"id":@,"ok":{"retu'), exits(0))},
    "exits and leaves a sleeper": {"refresh": then(starts_a_sleeper(), exits(3))},
    "exits and leaves a daemon": {"refresh": then(leaves_a_daemon, exits(3))},
    # Silence
    "says nothing": {"hello": hangs},
    "begins a line": {"hello": then(raw(b'{"id":1,'), hangs)},
    "trickles": {"refresh": lambda req: [(write(b" "), time.sleep(0.02)) for _ in range(10_000)]},
    "hangs with a sleeper": {"refresh": then(starts_a_sleeper(), hangs)},
    "hangs with a silent sleeper": {
        "refresh": then(starts_a_sleeper(stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL), hangs)},
    "ignores SIGTERM": {"refresh": ignores_sigterm},
    "never reads": {"refresh": then(lambda req: ok(req, return_value=0), hangs)},
    "closes its input": {"assign": then(closes(0), then(ok, hangs))},
    "closes its output": {"refresh": then(closes(1), hangs)},
    # Lines
    "greets": {"hello": then(raw(b"Starting...\n"), hello)},
    "writes no JSON": {"refresh": raw(b'{"id":5,"ok":{}\n')},
    "writes an array": {"refresh": raw_reply('[@,{"return_value":0}]\n')},
    "writes an empty line": {"refresh": raw(b"\n")},
    "writes no UTF-8": {"refresh": raw(b'{"id":5,"ok":{"\xff\xfe":0}}\n')},
    "writes a deep line": {"refresh": raw_reply('{"id":@,"x":' + "[" * 100_000 + "\n")},
    "writes 100 MB": {"refresh": lambda req: write(b"x" * HUNDRED_MB)},
    "writes a line of 100 MB": {"refresh": lambda req: ok(req, return_value=0, x="x" * HUNDRED_MB)},
    # Ids
    "answers another id": {"refresh": raw(b'{"id":4711,"ok":{"return_value":0}}\n')},
    "answers without an id": {"refresh": raw(b'{"ok":{"return_value":0}}\n')},
    "answers twice": {"assign": raw_reply('{"id":@,"ok":{}}\n{"id":@,"ok":{}}\n')},
    "answers what nobody asked": {"assign": raw_reply('{"id":@,"ok":{}}\n{"id":4711,"ok":{}}\n')},
    "answers before it is asked": {
        "hello": lambda req: write(line(req, ok=capabilities()) + line({"id": 2}, unsupported={}))},
    # Replies
    "answers two ways": {"refresh": raw_reply('{"id":@,"ok":{"return_value":0},"unknown":{"message":"?"}}\n')},
    "answers no way": {"refresh": raw_reply('{"id":@,"done":{}}\n')},
    "returns no value": {"refresh": ok},
    "returns too much": {"refresh": lambda req: ok(req, return_value=2**31)},
    "returns a text": {"refresh": lambda req: ok(req, return_value="0")},
    "stays on a page": {"content": lambda req: ok(req, files=FILES[:3], next="f2")},
    "names no page": {"content": lambda req: ok(req, files=FILES[:3], next="f6")},
    # Promises
    "answers anything": {"unknown": ok},
    "fails at anything": {"unknown": lambda req: say(req, adapter_error={"message": "what?"})},
    "does not serve": {"refresh": lambda req: say(req, unsupported={})},
    "refuses hello": {"hello": lambda req: say(req, unsupported={})},
    "speaks protocol 2": {"hello": lambda req: hello(req, protocol=2)},
    "has an unknown class": {"hello": lambda req: hello(req, classes=["SMS_Package", "SMS_Nothing"])},
    "has no window": {"hello": lambda req: hello(req, window=0)},
    "cannot open": {"open": lambda req: say(req, adapter_error={"code": "5", "message": "no such server"})},
    "errs at open": {"open": lambda req: say(req, error={"message": "no room"})},
    "has no sources": {"open": ok},
    "has sources nowhere": {"open": lambda req: ok(req, sources="/no/such/folder")},
    "does not close": {"close": lambda req: say(req, unsupported={"message": "not now"})},
    "talks at the end": {"end": lambda: write(b"Goodbye.\n")},
    "stays after the end": {"end": hang},
    # No fault at all
    "is well-behaved": {},
    "floods stderr": {"refresh": then(floods_stderr, lambda req: ok(req, return_value=0))},
    "floods stderr and exits": {"refresh": then(floods_stderr, exits(3))},
    "pages": {"content": pages},
    "shuffles": {"hello": lambda req: hello(req, window=64), "refresh": Shuffles()},
    # The next process
    "dies for KILLER": {"refresh": dies_for("KILLER")},
    "dies for KILLER and resumes": {
        "hello": lambda req: hello(req, survives_restart=True), "refresh": dies_for("KILLER"), "resume": resumes},
    "changes its mind": {"hello": another_hello_each_time, "refresh": dies_for("KILLER")},
}

serve(BEHAVIOURS[BEHAVIOUR])
