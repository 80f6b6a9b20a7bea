#!/usr/bin/env python3
"""A plugin of the proofs: plugin.py scorer|renderer [stubborn].

Stubborn, it ignores every polite signal and the end of its input, has a child in a session of its own, and leaves what is hard
to remove in its folder. It ends when it is asked to.
"""
import json
import os
import signal
import subprocess
import sys

kind = sys.argv[1]
is_stubborn = "stubborn" in sys.argv
is_asked = "--plugin-manifest" in sys.argv
manifest = {
    "protocolVersion": 1,
    "protocolVersions": [1],
    "plugin": {"name": "proof-" + kind, "version": "1"},
    "roles": [{"kind": kind, "name": "proof", "reads": ["lines"], "writes": ["txt"] if kind == "renderer" else []}],
}


def be_stubborn():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    subprocess.Popen(
        ["sh", "-c", "trap '' TERM INT HUP; while :; do sleep 1000; done"],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = os.environb.get(b"TMPDIR", b".")
    os.makedirs(base + b"/not-utf8-\xff\xfe", exist_ok=True)
    open(base + b"/not-utf8-\xff\xfe/\xfa", "w").close()
    os.makedirs(base + b"/closed/inner", exist_ok=True)
    os.chmod(base + b"/closed/inner", 0)
    os.chmod(base + b"/closed", 0)
    here = os.open(base, os.O_RDONLY | os.O_DIRECTORY)
    for _ in range(50):  # 50 times 200 bytes are more than a path may have
        os.mkdir("d" * 200, dir_fd=here)
        below = os.open("d" * 200, os.O_RDONLY | os.O_DIRECTORY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def result(method, params):
    if method == "initialize":
        return manifest
    if method == "scorer/score":
        note = params["dossier"]["fields"]["project"]["name"]
        return {
            "findings": [
                {"rule": "proof/seen", "severity": "info", "message": note, "pointers": ["/tables/lines/0/amount"]}
            ]
        }
    if method == "renderer/render":
        artifacts = []
        for index in range(20):
            name = "pages/page-%02d.txt" % index
            path = os.path.join(params["scratchDirectory"], name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as page:
                page.write(params["review"]["project"]["name"] * 1000)
            artifacts.append({"path": name, "mediaType": "text/plain"})
        return {"artifacts": artifacts}
    return {"diagnostics": [], "rules": []}


if is_stubborn:
    be_stubborn()
if is_asked:
    say(manifest)
    sys.exit(0)
for line in sys.stdin:
    message = json.loads(line)
    if "id" not in message or "method" not in message:
        continue
    say({"jsonrpc": "2.0", "id": message["id"], "result": result(message["method"], message.get("params", {}))})
    if message["method"] == "shutdown":
        sys.exit(0)
while is_stubborn:
    signal.pause()
