"""Looks at a preview as a browser does, saves its spec, and ends it: look.py FOLDER SIGNAL, with the spec FOLDER/spec.yaml.

Prints what it has seen, a line each."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

folder, number = sys.argv[1], getattr(signal, "SIG" + sys.argv[2])
spec, scratch = folder + "/spec.yaml", folder + "/scratch"
os.mkdir(scratch)
host = subprocess.Popen(
    ["pingshen", "preview", spec, "--locale", "en"],
    stdout=subprocess.PIPE,
    stderr=open(folder + "/log", "w"),
    env={**os.environ, "TMPDIR": scratch},
    text=True,
    preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
)
address = host.stdout.readline().strip()
print("address", re.sub(r"\d+/[0-9a-f]{32}/$", "PORT/TOKEN/", address))


def get(path):
    with urllib.request.urlopen(address + path, timeout=300) as answer:
        return answer.read().decode()


def page(wanted):
    """The page once it shows that; the events say when to look again."""
    events = urllib.request.urlopen(address + "events", timeout=300)
    while True:
        text = get("")
        if re.search(wanted, text):
            return text
        while not events.readline().startswith(b"event: version"):
            pass


def runs(process):
    """Whether a process is there, and not only waits to be reaped by whoever inherits it."""
    try:
        return open("/proc/%s/stat" % process).read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def save(text):
    """As many editors do it: another file gets the name."""
    with open(spec + ".new", "w") as file:
        file.write(text)
    os.replace(spec + ".new", spec)


first = page('class="fresh"')
print("frames", *re.findall(r'<iframe class="(\w+)" src="(review/[\w.]+)\?', first))
print("report", "<html" in get("review/report.html"), "findings", "<html" in get("review/findings.html"))
good = open(spec).read()
save(good.replace("locale: zh", "locality: zh"))
stale = page('class="stale"')
print("mistake", re.search(r'<mark>(locality)</mark>', stale) is not None, "report", "<html" in get("review/report.html"))
save(good.replace("name: 老年人助餐送餐", "name: 新的名称"))
print("mended", "新的名称" in page('class="fresh"'), "新的名称" in get("review/report.html"))
processes = subprocess.run(["pgrep", "-P", str(host.pid)], capture_output=True, text=True).stdout.split()
host.send_signal(number)
print("rest", repr(host.stdout.read()), "code", host.wait())
# What is left is gone as soon as whoever sees to it has seen that the host is gone.
end = time.monotonic() + 300
while time.monotonic() < end and (os.listdir(scratch) or any(map(runs, processes))):
    time.sleep(0.02)
print("left", os.listdir(scratch), list(filter(runs, processes)))
try:
    get("")
    print("still there")
except (urllib.error.URLError, ConnectionError):
    print("gone")
