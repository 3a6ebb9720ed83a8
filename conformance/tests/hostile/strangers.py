#!/usr/bin/env python3
"""Adapters of an honest implementation that misbehave, each in one way: `strangers.py MODE NOTES [ARGUMENT]`.

The implementation is the skeleton's copy of folders, which conforms. A mode stands between it and the suite: it changes
replies, or does something besides. What is running is noted in the file NOTES, a line each: `pid N`.
"""
import hashlib
import importlib.machinery
import importlib.util
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time

MODE, NOTES = sys.argv[1:3]
ARGUMENT = sys.argv[3] if len(sys.argv) > 3 else ""
HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
loader = importlib.machinery.SourceFileLoader("skeleton", os.path.join(HERE, "../../adapters/skeleton"))
skeleton = importlib.util.module_from_spec(importlib.util.spec_from_loader("skeleton", loader))
loader.exec_module(skeleton)

OWN = os.getpid()
ABC = hashlib.sha256(b"abc").hexdigest()
state = {"count": 0, "asked": {}, "scratch": None, "sources": None, "plans": 0}


def note(text):
    with open(NOTES, "a") as notes:
        notes.write(text + "\n")


def write(data, to=1):
    while data:
        data = data[os.write(to, data):]


def send(reply):
    write(json.dumps(reply).encode("ascii") + b"\n")


def hang(*_):
    while True:
        time.sleep(1000)


# What a mode is made of: functions of (request, reply), which return a reply to be sent, bytes, or None for silence.

def members(**changes):
    """Changes members of an `ok`; a member that is None goes."""
    def change(req, reply):
        if "ok" in reply:
            reply["ok"].update(changes)
            for name in [name for name, value in changes.items() if value is None]:
                reply["ok"].pop(name, None)
        return reply
    return change


def instead(kind, body):
    return lambda req, reply: {"id": req["id"], kind: body}


def raw(text):
    """Bytes, with @ for the request's id."""
    return lambda req, reply: text.replace("@", str(req["id"])).encode("utf-8", "surrogatepass")


def files_of(change):
    def changed(req, reply):
        if reply.get("ok", {}).get("files"):
            reply["ok"]["files"] = change(reply["ok"]["files"])
        return reply
    return changed


def first(times, change):
    """Does so the first times only."""
    def some(req, reply):
        state["count"] += 1
        return change(req, reply) if state["count"] <= times else reply
    return some


def every(nth, change):
    def some(req, reply):
        state["count"] += 1
        return change(req, reply) if state["count"] % nth == 0 else reply
    return some


def doing(act):
    """Acts before the reply goes."""
    def acted(req, reply):
        act(req)
        return reply
    return acted


def where_assigned(change):
    """Where the implementation really has something to show."""
    return lambda req, reply: change(req, reply) if "files" in reply.get("ok", {}) else reply


def exits(status):
    return lambda req, reply: os._exit(status)


def hands_over(req, reply):
    """A child in a session of its own goes on answering, and this process ends."""
    if state["count"] == 0:
        state["count"] = 1
        if os.fork():
            os._exit(0)
        os.setsid()
        note("pid %d" % os.getpid())
    return reply


def without_end(data):
    def flood(req, reply):
        while True:
            write(data)
    return flood


def spelled_oddly(req, reply):
    """Legal JSON as nobody writes it: 100e-2 is 1, -0.0 is 0, and a name may be spelled with escapes."""
    text, version = json.dumps(reply), reply.get("ok", {}).get("version")
    text = text.replace('"version": %s' % version, '"version": %s00e-2' % version)
    return text.replace('"return_value": 0', '"return_valu\\u0065": -0.0').encode() + b"\n"


# What a mode does besides.

def popen(command, **how):
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, **how)
    note("pid %d" % child.pid)


def child(**how):
    return lambda req: popen(["sleep", "1000"], **how)


def double_fork(req):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            note("pid %d" % os.getpid())
            for descriptor in (0, 1, 2):
                os.close(descriptor)
            hang()
        os._exit(0)
    os.wait()


def deaf_daemon(req):
    popen(["sh", "-c", "trap '' INT TERM HUP; while :; do sleep 1000; done"], start_new_session=True)


def helper():
    """A process that nobody but this instance needs, in a session of its own and without a parent."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            null = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(null, descriptor)
            note("pid %d" % os.getpid())
            note("helper %d of %d" % (os.getpid(), OWN))
            hang()
        os._exit(0)
    os.wait()
    while not my_helper():
        time.sleep(0.001)


def my_helper():
    of = " of %d" % OWN
    lines = [line for line in open(NOTES).read().splitlines() if line.startswith("helper ") and line.endswith(of)]
    return int(lines[0].split()[1]) if lines else None


def needs_helper(req, reply):
    try:
        os.kill(my_helper(), 0)
    except ProcessLookupError:
        note("gone")
    return reply


def ends_helper():
    needs_helper(None, None)
    os.kill(my_helper(), signal.SIGKILL)


def forks(count):
    def act(req):
        for _ in range(count):
            child(start_new_session=True)(req)
    return act


def holds_the_pipes(req):
    """A child in a session of its own keeps all three pipes open."""
    if os.fork() == 0:
        os.setsid()
        note("pid %d" % os.getpid())
        hang()
    os._exit(0)


def moving_target(req):
    """Always one process, never the same for longer than it takes to start the next."""
    if os.fork() == 0:
        os.setsid()
        for descriptor in (0, 1, 2):
            os.close(descriptor)
        end = time.time() + 60
        while time.time() < end:
            if os.fork():
                os._exit(0)
            os.setsid()
        os._exit(0)


def stopped_daemon(req):
    if os.fork() == 0:
        os.setsid()
        note("pid %d" % os.getpid())
        for descriptor in (0, 1, 2):
            os.close(descriptor)
        os.kill(os.getpid(), signal.SIGSTOP)
        hang()


def leaves_dead(req):
    """Ten orphans that have ended already: whoever adopts them has to ask for their status."""
    for _ in range(10):
        if os.fork() == 0:
            if os.fork() == 0:
                os._exit(0)
            os._exit(0)
        os.wait()
    if req["op"] == "create":
        dead = 0
        for number in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/stat" % number) as stat:
                    state_, parent = stat.read().rsplit(") ", 1)[1].split()[:2]
                dead += state_ == "Z" and int(parent) == os.getppid()
            except OSError:
                pass
        note("dead %d" % dead)


def refiller(req):
    """Fills its scratch folder for as long as it lives."""
    scratch = state["scratch"]
    if os.fork() == 0:
        os.setsid()
        note("pid %d" % os.getpid())
        for descriptor in (0, 1, 2):
            os.close(descriptor)
        count = 0
        while True:
            count += 1
            try:
                os.makedirs(os.path.join(scratch, "r%d" % count, "a"))
            except OSError:
                time.sleep(0.001)


def plants(req):
    """Files in a source before anybody has edited it."""
    for name in ("S1", "S2"):
        folder = os.path.join(state["scratch"], "sources", name)
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "planted.txt"), "w") as f:
            f.write("planted")


def becomes_device(path):
    os.remove(path)
    try:
        os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    except OSError:
        os.mkfifo(path)


def chain(req):
    """Each starts the next and ends, so that the parent's number is never the same."""
    popen(["sh", "-c", "(sh -c '(sleep 1000 &)' &)"], start_new_session=True)


def source_file():
    for folder, _, names in os.walk(state["sources"]):
        for name in names:
            return os.path.join(folder, name)
    return None


def with_source_file(act):
    def acted(req):
        path = source_file()
        if path:
            act(path)
    return acted


def becomes_fifo(path):
    os.remove(path)
    os.mkfifo(path)


def becomes_folder(path):
    os.remove(path)
    os.mkdir(path)


def gets_an_index(path):
    with open(os.path.join(os.path.dirname(path), ".index"), "w") as index:
        index.write("an index")


def gets_a_folder(path):
    os.makedirs(os.path.join(os.path.dirname(path), ".cache"), exist_ok=True)


def leaves_a_link(req):
    """What the suite writes and what is read here are two folders from now on."""
    folder, copy = state["sources"], state["sources"] + ".copy"
    if not os.path.islink(folder):
        shutil.copytree(folder, copy)
        os.rename(folder, folder + ".moved")
        os.symlink(copy, folder)


def becomes_link(path):
    os.remove(path)
    os.symlink(os.path.join(ARGUMENT, "f"), path)


def parent_becomes_link(path):
    folder = os.path.dirname(path)
    shutil.rmtree(folder)
    os.symlink(ARGUMENT, folder)


def scratch_parent():
    return os.path.dirname(state["scratch"])


def moved_away(req):
    """A link to where nobody may go stands at the suite's own name."""
    os.rename(scratch_parent(), scratch_parent() + ".moved")
    os.symlink(ARGUMENT, scratch_parent())


def deep(req):
    folder = state["scratch"]
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(int(ARGUMENT or 3000)):
        os.mkdir("d")
        os.chdir("d")
    os.chdir(here)


def wide(req):
    for n in range(3000):
        os.mkdir(os.path.join(state["scratch"], "w%d" % n))
        with open(os.path.join(state["scratch"], "w%d" % n, "f"), "w"):
            pass


def odd_names(req):
    for name in (b"\xff\xfe", b"a\nb", b"-rf", b"..." , b" ", b"*"):
        with open(os.path.join(os.fsencode(state["scratch"]), name), "w"):
            pass


def odd_kinds(req):
    import socket
    os.mkfifo(os.path.join(state["scratch"], "fifo"))
    here = os.getcwd()
    os.chdir(state["scratch"])
    socket.socket(socket.AF_UNIX).bind("socket")
    os.chdir(here)
    os.symlink("loop", os.path.join(state["scratch"], "loop"))
    os.symlink(ARGUMENT or "/", os.path.join(state["scratch"], "out"))


def no_rights(req):
    os.makedirs(os.path.join(state["scratch"], "locked/inner"))
    os.chmod(os.path.join(state["scratch"], "locked/inner"), 0)
    os.chmod(os.path.join(state["scratch"], "locked"), 0)
    os.chmod(state["scratch"], 0o500)


def sources_at(path):
    def answer(req, reply):
        if callable(path):
            return {"id": req["id"], "ok": {"sources": path(req)}}
        return {"id": req["id"], "ok": {"sources": path}}
    return answer


def link_out(req):
    link = os.path.join(req["scratch"], "link")
    os.symlink(ARGUMENT, link)
    return link


class Share:
    """Sources on a share that is the same in every plan, which the adapter empties as the page allows."""

    def __call__(self, req, reply):
        if os.path.isdir(ARGUMENT):
            for name in os.listdir(ARGUMENT):
                shutil.rmtree(os.path.join(ARGUMENT, name), ignore_errors=True)
        os.makedirs(ARGUMENT, exist_ok=True)
        adapter.share = ARGUMENT
        return {"id": req["id"], "ok": {"sources": ARGUMENT}}


class Endless:
    """Pages without end, each of them progress."""

    def __init__(self, size, pause=0.0):
        self.size, self.pause = size, pause

    def __call__(self, req, reply):
        time.sleep(self.pause)
        start = int(req["after"][1:]) + 1 if "after" in req else 0
        page = [{"path": "f%012d" % n, "size": 3, "sha256": ABC} for n in range(start, start + self.size)]
        return {"id": req["id"], "ok": {"files": page, "next": page[-1]["path"]}}


def many_files(count):
    files = json.dumps([{"path": "f%012d" % n, "size": 3, "sha256": ABC} for n in range(count)])
    return lambda req, reply: ('{"id":%d,"ok":{"files":%s}}\n' % (req["id"], files)).encode()


class LongPaths:
    """Pages of long paths."""

    def __call__(self, req, reply):
        start = int(req["after"][:9]) + 1 if "after" in req else 0
        paths = ["%09d" % number + ("/" + "x" * 240) * 4 for number in range(start, start + 10_000)]
        return {"id": req["id"], "ok": {"files": [{"path": path, "size": 3, "sha256": ABC} for path in paths], "next": paths[-1]}}


class SecondPage:
    """A content in two pages, the second of which never comes."""

    def __init__(self, kind):
        self.kind = kind

    def __call__(self, req, reply):
        files = reply.get("ok", {}).get("files")
        if "after" in req:
            return {"id": req["id"], self.kind: {"message": "page two"}}
        if files:
            reply["ok"]["next"] = files[-1]["path"]
        return reply


class Stale:
    """Points keep the first content; where that would show, the adapter says that it failed."""

    def __call__(self, req, reply):
        key = (state["plans"], req["package"], req["point"])
        if "files" not in reply.get("ok", {}):
            return reply
        seen = state["asked"].setdefault(key, reply["ok"]["files"])
        if seen == reply["ok"]["files"]:
            return reply
        return {"id": req["id"], "adapter_error": {"message": "cannot read"}}


def flaky_version(req, reply):
    """Wrong the first time that a version above 1 is read, and never again."""
    if reply.get("ok", {}).get("version", 0) > 1 and not os.path.exists(NOTES + ".once"):
        open(NOTES + ".once", "w").close()
        reply["ok"]["version"] += 50
    return reply


def slow(seconds, change=None):
    def slowed(req, reply):
        time.sleep(seconds)
        return change(req, reply) if change else reply
    return slowed


def lines(*texts):
    """Other lines before the reply."""
    def more(req, reply):
        write(b"".join(text if isinstance(text, bytes) else text.encode() for text in texts))
        return reply
    return more


def twice(req, reply):
    data = json.dumps(reply).encode() + b"\n"
    return data + data


def pieces(req, reply):
    for byte in json.dumps(reply).encode() + b"\n":
        write(bytes([byte]))
    return None


def reorder(req, reply):
    reply["ok"]["files"] = list(reversed(reply["ok"]["files"])) if "files" in reply.get("ok", {}) else None
    return reply


def two_files(change):
    """Shows two files, whatever is there, and changes them."""
    def shown(req, reply):
        if "files" in reply.get("ok", {}):
            files = [{"path": name, "size": 3, "sha256": ABC} for name in ("a", "b")]
            reply["ok"]["files"] = change(files)
        return reply
    return shown


def positional(req, reply):
    return ('{"id":%d,"ok":[0,false,"none",3]}\n' % req["id"]).encode()


def kills_itself(number):
    return lambda req, reply: os.kill(os.getpid(), number)


def kills_parent_group(req):
    """The suite is in another group: this must not reach it."""
    os.killpg(0, signal.SIGTERM)


def ignores_signals(req=None, reply=None):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    return reply


def noise(req):
    write(b"noise \x1b[31m\xe2\x80\xae on standard error\n" * 20000, to=2)


IDENTITY = {"name": "x", "version": "1"}
INJECTED = "pkgsource: conforms\n\x1b[2J\u202egnihton\u2028\ufeff"

MODES = {
    "honest": {},
    "honest, several": {"hello": members(instances=64)},
    "has a version of 0, several": {"hello": members(instances=64), "package": members(version=0)},
    "exits at the first refresh, several": {"hello": members(instances=64), "refresh": first(1, exits(3))},
    "hangs at refresh, deaf, several": {"hello": members(instances=4), "start": ignores_signals, "refresh": hang},
    "leaves a deaf daemon, several": {"hello": members(instances=4), "refresh": first(1, doing(deaf_daemon))},
    # The end of the process
    "exits at create": {"create": exits(0)},
    "exits at the first refresh": {"refresh": first(1, exits(7))},
    "is killed at assign": {"assign": kills_itself(signal.SIGKILL)},
    "stops itself": {"refresh": kills_itself(signal.SIGSTOP)},
    "aborts at content": {"content": kills_itself(signal.SIGABRT)},
    "exits after the reply": {"package": lambda req, reply: (send(reply), os._exit(1))},
    "kills its group": {"refresh": doing(kills_parent_group)},
    "exits at close": {"close": exits(0)},
    "talks at the end": {"end": lambda: write(b"Goodbye.\n")},
    "replies at the end": {"end": lambda: send({"id": 1, "ok": {}})},
    "fails at the end": {"end": lambda: os._exit(9)},
    "stays after the end": {"end": hang},
    "stays after the end, deaf": {"start": ignores_signals, "end": hang},
    # What it leaves running
    "leaves a child": {"refresh": first(1, doing(child()))},
    "leaves a child of a group of its own": {"refresh": first(1, doing(child(process_group=0)))},
    "leaves a daemon": {"refresh": first(1, doing(child(start_new_session=True)))},
    "leaves a daemon of a daemon": {"refresh": first(1, doing(double_fork))},
    "leaves a deaf daemon": {"refresh": first(1, doing(deaf_daemon))},
    "leaves a chain of orphans": {"refresh": first(1, doing(chain))},
    "leaves two hundred": {"hello": doing(forks(200))},
    "leaves a daemon and dies": {"refresh": first(1, lambda req, reply: (child(start_new_session=True)(req), os._exit(3)))},
    "leaves a daemon at every start": {"hello": doing(child(start_new_session=True)), "refresh": exits(3)},
    "holds the pipes and exits": {"refresh": first(1, doing(holds_the_pipes))},
    "hands its pipes over to a daemon": {"create": hands_over},
    "leaves a moving target": {"refresh": first(1, doing(moving_target))},
    "leaves a stopped daemon": {"refresh": first(1, doing(stopped_daemon))},
    "leaves the dead": {op: doing(leaves_dead) for op in ("create", "refresh")},
    # Silence
    "is silent at create": {"create": lambda req, reply: None},
    "is silent at close": {"close": lambda req, reply: note("silent")},
    "is silent at hello": {"hello": lambda req, reply: note("silent")},
    "is silent at open": {"open": lambda req, reply: None},
    "hangs at refresh": {"refresh": hang},
    "hangs at refresh, deaf": {"start": ignores_signals, "refresh": hang},
    "hangs at content": {"content": hang},
    "trickles without end": {"refresh": lambda req, reply: [(write(b" "), time.sleep(0.05)) for _ in range(10_000)] and None},
    "closes its output": {"refresh": lambda req, reply: (os.close(1), hang())},
    "answers in single bytes": {"package": pieces},
    # What is no line
    "writes text before a reply": {"create": lines("creating...\n")},
    "writes an empty line": {"create": lines("\n")},
    "writes NUL": {"create": lines(b"\0\n")},
    "writes UTF-16": {"create": lambda req, reply: json.dumps(reply).encode("utf-16") + b"\n"},
    "writes a byte order mark": {"create": lambda req, reply: b"\xef\xbb\xbf" + json.dumps(reply).encode() + b"\n"},
    "writes broken UTF-8": {"create": raw('{"id":@,"ok":{"x":"\ud800"}}\n')},
    "writes two replies on a line": {"create": raw('{"id":@,"ok":{}}{"id":@,"ok":{}}\n')},
    "writes half a line": {"create": lambda req, reply: write(b'{"id":') or hang()},
    "writes a line of 20 MB": {"create": lambda req, reply: {**reply, "x": "x" * 20_000_000}},
    "writes 20 MB without an end": {"create": lambda req, reply: b"x" * 20_000_000},
    "nests a million deep": {"create": raw('{"id":@,"ok":{},"x":' + "[" * 1_000_000 + "\n")},
    "writes single quotes": {"create": raw("{'id':@,'ok':{}}\n")},
    "writes NaN": {"refresh": raw('{"id":@,"ok":{"return_value":NaN}}\n')},
    "writes to standard error": {"create": doing(noise)},
    "writes empty lines without end": {"refresh": without_end(b"\n" * 65536)},
    "writes lines of spaces without end": {"refresh": without_end(b"  \r\n" * 16384)},
    "writes half a surrogate": {"refresh": raw('{"id":@,"error":{"message":"\\ud800"}}\n')},
    "writes a line of 16 MiB": {"create": lambda req, reply: json.dumps(reply).encode().ljust(1 << 24) + b"\n"},
    "writes a line of 16 MiB and a byte": {"create": lambda req, reply: json.dumps(reply).encode().ljust((1 << 24) + 1) + b"\n"},
    "writes half a line at the end": {"end": lambda: write(b'{"id":')},
    # Ids
    "answers id 0": {"create": lambda req, reply: {**reply, "id": 0}},
    "answers a text as id": {"create": lambda req, reply: {**reply, "id": str(req["id"])}},
    "answers a negative id": {"create": lambda req, reply: {**reply, "id": -1}},
    "answers half an id": {"create": lambda req, reply: {**reply, "id": req["id"] + 0.5}},
    "answers an id of 2 to the 65": {"create": lambda req, reply: {**reply, "id": 2 ** 65}},
    "answers null as id": {"create": lambda req, reply: {**reply, "id": None}},
    "answers an array as id": {"create": lambda req, reply: {**reply, "id": [req["id"]]}},
    "answers the last id again": {"create": lambda req, reply: {**reply, "id": req["id"] - 1}},
    "answers twice": {"create": twice},
    # What is no reply
    "answers nothing": {"create": lambda req, reply: {"id": req["id"]}},
    "answers ok and error": {"create": lambda req, reply: {**reply, "error": {"message": "?"}}},
    "answers ok with null": {"create": lambda req, reply: {"id": req["id"], "ok": None}},
    "answers ok with an array": {"create": lambda req, reply: {"id": req["id"], "ok": [0]}},
    "answers ok with a truth value": {"create": lambda req, reply: {"id": req["id"], "ok": True}},
    "answers error with a text": {"create": lambda req, reply: {"id": req["id"], "error": "no"}},
    "answers a number as message": {"create": instead("error", {"message": 5})},
    "answers ok twice": {"create": raw('{"id":@,"ok":{},"ok":{}}\n')},
    "answers an id twice": {"create": raw('{"id":@,"id":@,"ok":{}}\n')},
    "answers an id twice, once with escapes": {"create": raw('{"id":@,"\\u0069d":@,"ok":{}}\n')},
    "spells legal values oddly": {"refresh": spelled_oddly, "package": spelled_oddly},
    "repeats an unknown member": {"create": raw('{"id":@,"ok":{"x":1,"x":2}}\n')},
    "answers by position": {"refresh": positional},
    # What does not fit its request
    "returns a text": {"refresh": members(return_value="0")},
    "returns too much": {"refresh": members(return_value=2 ** 31)},
    "returns half": {"refresh": members(return_value=0.5)},
    "returns nothing": {"refresh": members(return_value=None)},
    "returns a truth value": {"refresh": members(return_value=False)},
    "has a version of -1": {"package": members(version=-1)},
    "has a version of 2 to the 32": {"package": members(version=2 ** 32)},
    "has a version in an array": {"package": members(version=[1])},
    "is absent and has a version": {"package": members(absent=True)},
    "has an absent that is 0": {"package": members(absent=0)},
    "has an absent that is false": {"package": lambda req, reply: {"id": req["id"], "ok": {"absent": False, **reply["ok"]}} if "version" in reply.get("ok", {}) else reply},
    "has a version of 4294967295": {"package": lambda req, reply: members(version=2 ** 32 - 1)(req, reply) if "version" in reply.get("ok", {}) else reply},
    "has a version of 0": {"package": lambda req, reply: members(version=0)(req, reply) if "version" in reply.get("ok", {}) else reply},
    "has a size of 2 to the 64 less 1": {"content": two_files(lambda files: [{**file, "size": 2 ** 64 - 1} for file in files])},
    "returns the least number": {"refresh": members(return_value=-2 ** 31)},
    "has an empty page and a next": {"content": where_assigned(members(files=[], next="x"))},
    "has a state of its own": {"point": members(state="here")},
    "is absent and has files": {"content": members(absent=True, files=[])},
    "has files that are no array": {"content": members(files={"a": 1}, absent=None)},
    "has a file that is an array": {"content": where_assigned(members(files=[["a", 3, ABC]]))},
    "has a file twice": {"content": two_files(lambda files: [files[0], files[0]])},
    "has a file twice with other bytes": {"content": two_files(lambda files: [files[0], {**files[0], "size": 4}])},
    "has files out of order": {"content": two_files(lambda files: files[::-1])},
    "has a path with dots": {"content": two_files(lambda files: [{**files[0], "path": "../a"}])},
    "has an absolute path": {"content": two_files(lambda files: [{**files[0], "path": "/etc/passwd"}])},
    "has an empty path": {"content": two_files(lambda files: [{**files[0], "path": ""}])},
    "has a path with a line feed": {"content": two_files(lambda files: [{**files[0], "path": "a\nb"}])},
    "has a digest in capitals": {"content": two_files(lambda files: [{**files[0], "sha256": ABC.upper()}])},
    "has a digest that is short": {"content": two_files(lambda files: [{**files[0], "sha256": ABC[:-1]}])},
    "has a size of -1": {"content": two_files(lambda files: [{**files[0], "size": -1}])},
    "has a size that is a text": {"content": two_files(lambda files: [{**files[0], "size": "3"}])},
    "has no size": {"content": two_files(lambda files: [{"path": "a", "sha256": ABC}])},
    "has no files": {"content": members(files=None, absent=None)},
    "has a next that is no file": {"content": where_assigned(members(next="zzz"))},
    "has a page without progress": {"content": where_assigned(lambda req, reply: members(next=reply["ok"]["files"][-1]["path"])(req, reply) if reply["ok"]["files"] else reply)},
    "sends what nobody knows": {"refresh": members(status="fine", version="x", stored=[1], new={}), "package": members(files=3, state=7)},
    "sends null for what it has not": {"package": lambda req, reply: {**reply, "ok": {"failure": None, "action": None, **reply.get("ok", {})}} if "ok" in reply else reply},
    "spells whole numbers with a fraction": {"refresh": lambda req, reply: json.dumps(reply).replace(": 0}", ": 0.0}").encode() + b"\n"},
    # hello
    "greets with another protocol": {"hello": members(protocol=2)},
    "greets without classes": {"hello": members(classes=[])},
    "greets with an unknown operation": {"hello": members(operations=["create", "fly"])},
    "greets with a read as operation": {"hello": members(operations=["create", "assign", "refresh", "content"])},
    "greets with a window of 0": {"hello": members(window=0)},
    "greets with a window of 2 to the 64": {"hello": members(window=2 ** 64 - 1)},
    "greets with a bound of years": {"hello": members(completes="unknown", bounds={"stall_ms": 2 ** 63, "converge_ms": 2 ** 63})},
    "greets with a bound of -1": {"hello": members(bounds={"stall_ms": -1})},
    "greets with a class that is none": {"hello": members(classes=["SMS_Package", "SMS_Nothing"])},
    "greets with no operations": {"hello": members(operations=[], reads=[])},
    "greets with every class fifty times": {"hello": members(classes=["SMS_Package", "SMS_ImagePackage"] * 50)},
    "greets with a name in an array": {"hello": members(adapter=["x", "1"])},
    "greets with bounds in an array": {"hello": members(bounds=[1, 2])},
    "greets with a class twice named": {"hello": raw('{"id":@,"ok":{"protocol":1,"classes":["SMS_Package"],"classes":["SMS_VhdPackage"]}}\n')},
    "greets with a name of 15 MB": {"hello": members(adapter={"name": "x" * 15_000_000, "version": "1"})},
    "greets with a million operations": {"hello": members(operations=["create"] * 1_000_000)},
    "greets with lines in its name": {"hello": members(adapter={"name": INJECTED, "version": INJECTED}, implementation={"name": INJECTED, "version": "1"})},
    "greets with an error": {"hello": instead("adapter_error", {"message": INJECTED})},
    "promises what it does not serve": {"hello": members(operations=["create", "assign", "refresh", "delete"])},
    "knows every operation": {"unknown": lambda req, reply: {"id": req["id"], "ok": {}}},
    # Nothing is learned
    "shows no content": {"content": where_assigned(instead("error", {"message": "denied"}))},
    "fails at content": {"content": where_assigned(instead("adapter_error", {"message": "no rights"}))},
    "fails at one content": {"content": where_assigned(first(1, instead("adapter_error", {"message": "no rights"})))},
    "fails at every read": {"package": instead("adapter_error", {"message": "no rights"}), "point": instead("adapter_error", {"message": "no rights"}), "content": instead("adapter_error", {"message": "no rights"})},
    "fails now and then": {"package": every(3, instead("adapter_error", {"message": "busy"}))},
    "fails at page two": {"content": SecondPage("adapter_error")},
    "errs at page two": {"content": SecondPage("error")},
    "hides what is stale": {"content": Stale()},
    "answers unknown to everything": {op: instead("unknown", {"message": "?"}) for op in ("create", "assign", "refresh", "package", "point", "content")},
    "answers error to everything": {op: instead("error", {"message": "?"}) for op in ("create", "assign", "refresh", "package", "point", "content")},
    "supports no tree": {"open": instead("unsupported", {"message": INJECTED})},
    # Too much
    "has pages without end": {"content": Endless(1)},
    "has large pages without end": {"content": Endless(20_000)},
    "has slow pages without end": {"content": Endless(1, 0.1)},
    "has 60,000 files in each content": {"content": where_assigned(lambda req, reply: MANY(req, reply))},
    "has paths without end": {"content": LongPaths()},
    "says 15 MB in each message": {"refresh": instead("error", {"message": "x" * 15_000_000})},
    "says 15 MB in each failure": {"package": members(failure="x" * 15_000_000)},
    # Words that command
    "injects lines by messages": {"refresh": instead("adapter_error", {"message": INJECTED, "code": INJECTED})},
    "injects lines by failures": {"package": members(failure=INJECTED), "refresh": members(return_value=0)},
    "injects lines by paths": {"content": two_files(lambda files: [{**files[0], "path": "a\u202eb\u2028c"}])},
    "injects lines by standard error": {"refresh": lambda req, reply: (write(INJECTED.encode() + b"\n", to=2), os._exit(3))},
    # What it does to the scratch folder
    "deletes its scratch folder": {"refresh": doing(lambda req: shutil.rmtree(state["scratch"]))},
    "deletes the folder of its scratch folder": {"close": doing(lambda req: shutil.rmtree(scratch_parent(), ignore_errors=True))},
    "moves the folder of its scratch folder at open": {"open": doing(moved_away)},
    "moves the folder of its scratch folder at close": {"close": doing(moved_away)},
    "replaces its scratch folder by a link": {"close": doing(lambda req: (shutil.rmtree(state["scratch"]), os.symlink(ARGUMENT, state["scratch"])))},
    "replaces its scratch folder by a file": {"close": doing(lambda req: (shutil.rmtree(state["scratch"]), open(state["scratch"], "w").close()))},
    "locks its scratch folder": {"close": doing(no_rights)},
    "fills its scratch folder deep": {"close": first(1, doing(deep))},
    "fills its scratch folder wide": {"close": first(1, doing(wide))},
    "leaves odd names": {"close": doing(odd_names)},
    "leaves odd kinds of files": {"close": doing(odd_kinds)},
    "fills its scratch folder for ever": {"refresh": first(1, doing(refiller)), "close": doing(lambda req: note("close"))},
    # What it does to the sources
    "has sources that are a device": {"open": sources_at("/dev/null")},
    "has sources in its own folder of /proc": {"open": sources_at("/proc/self/cwd")},
    "has a path of a megabyte": {"content": two_files(lambda files: [{**files[0], "path": "x" * 1_000_000}])},
    "has sources with a NUL": {"open": sources_at(lambda req: req["scratch"] + "/a\0b")},
    "has sources that are its scratch folder": {"open": sources_at(lambda req: req["scratch"])},
    "plants files in a source": {"open": doing(plants)},
    "turns a source into a device": {"refresh": doing(with_source_file(becomes_device))},
    "has sources nowhere": {"open": sources_at("/no/such/folder")},
    "has relative sources": {"open": sources_at(".")},
    "has sources that are a file": {"open": sources_at(os.path.join(ARGUMENT, "f"))},
    "has sources at the root": {"open": sources_at("/")},
    "has sources where somebody's files are": {"open": sources_at(ARGUMENT)},
    "has sources behind dots": {"open": sources_at(lambda req: req["scratch"] + "/../..")},
    "has sources behind a link": {"open": sources_at(link_out)},
    "has sources of a number": {"open": sources_at(5)},
    "has no sources": {"open": instead("ok", {})},
    "has sources on a share": {"open": Share()},
    "turns a source into a pipe": {"refresh": doing(with_source_file(becomes_fifo))},
    "turns a source into a folder": {"refresh": doing(with_source_file(becomes_folder))},
    "turns a source into a link": {"refresh": doing(with_source_file(becomes_link))},
    "turns a source's folder into a link": {"refresh": doing(with_source_file(parent_becomes_link))},
    "puts an index into a source": {"refresh": doing(with_source_file(gets_an_index))},
    "makes a folder in a source": {"refresh": doing(with_source_file(gets_a_folder))},
    "leaves a link to a copy of the sources": {"refresh": doing(leaves_a_link)},
    "takes the sources away": {"create": doing(lambda req: shutil.rmtree(state["sources"]))},
    "makes the sources read-only": {"create": doing(lambda req: os.chmod(state["sources"], 0o500))},
    # Time
    "is slow and wrong": {"refresh": slow(0.3), "package": members(version=1)},
    "never becomes idle": {"hello": members(completes="reported", reads=["package", "point", "content", "idle"]), "idle": instead("ok", {"idle": False})},
    "never becomes idle in virtual time": {
        "hello": lambda req, reply: members(time="virtual", completes="reported", operations=reply["ok"]["operations"] + ["clock"], reads=reply["ok"]["reads"] + ["idle"])(req, reply),
        "idle": instead("ok", {"idle": False}), "clock": instead("ok", {})},
    "never settles in virtual time": {
        "hello": lambda req, reply: members(time="virtual", completes="unknown", operations=reply["ok"]["operations"] + ["clock"])(req, reply),
        "package": lambda req, reply: state.update(count=state["count"] + 1) or members(version=state["count"])(req, reply) if "version" in reply.get("ok", {}) else reply,
        "clock": instead("ok", {})},
    "never settles": {
        "hello": members(completes="unknown"),
        "package": lambda req, reply: state.update(count=state["count"] + 1) or members(version=state["count"])(req, reply) if "version" in reply.get("ok", {}) else reply},
    "never settles, and declares ten minutes": {
        "hello": members(completes="unknown", bounds={"stall_ms": 600_000, "converge_ms": 600_000}),
        "package": lambda req, reply: state.update(count=state["count"] + 1) or members(version=state["count"])(req, reply) if "version" in reply.get("ok", {}) else reply},
    # What does not repeat
    "is wrong once": {"package": flaky_version},
    # What another process says or has
    "starts once": {"hello": members(instances=4), "start": lambda: open(NOTES).read().count("pid ") > 1 and sys.exit(3)},
    "differs from the first": {"hello": lambda req, reply: members(instances=4, window=open(NOTES).read().count("pid "))(req, reply)},
    "has a daemon that it needs": {"hello": members(instances=4), "start": helper, "open": needs_helper, "refresh": needs_helper, "end": ends_helper},
    "differs after a restart": {"hello": lambda req, reply: members(window=open(NOTES).read().count("pid "))(req, reply), "refresh": exits(3)},
}

if MODE == "has 60,000 files in each content":
    MANY = many_files(60_000)


class Adapter(skeleton.Adapter):
    share = None

    def path(self, *parts):
        if self.share and parts[:1] == ("sources",):
            return os.path.join(self.share, *parts[1:])
        return super().path(*parts)


adapter = Adapter()


def main():
    note("pid %d" % os.getpid())
    mode = MODES[MODE]
    if "start" in mode:
        mode["start"]()
    for text in sys.stdin.buffer:
        if not text.strip():
            continue
        req = json.loads(text)
        if req["op"] == "open":
            adapter.share = None
            state.update(scratch=req["scratch"], sources=os.path.join(req["scratch"], "sources"), plans=state["plans"] + 1)
        reply = skeleton.answer(adapter, text)
        known = req["op"] in ("hello", "open", "close") or hasattr(adapter, "do_" + req["op"]) or req["op"] in mode
        change = mode.get(req["op"] if known else "unknown")
        reply = change(req, reply) if change else reply
        if isinstance(reply, bytes):
            write(reply)
        elif isinstance(reply, dict):
            send(reply)
    mode.get("end", lambda: None)()


main()
