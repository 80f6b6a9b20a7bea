"""What the proofs share: a spec with two contents, its plugins, a TMPDIR of its own, and what must hold afterwards."""
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# The program itself: what stands for it on PATH may be a script that takes its time.
PYTHON = os.path.realpath(sys.executable)
HERE = os.path.dirname(os.path.abspath(__file__))
SPEC = """pingshen: 1
id: proof
form:
  form: proof
  fields: {project: {fields: {name: {type: text}}}}
  tables: {lines: {key: id, columns: {id: {type: text}, amount: {type: decimal}}}}
fields: {project: {name: %s}}
tables: {lines: [{id: a, amount: 5}]}
pipeline:
  score: {use: judge}
  write: {use: writer}
plugins:
  judge: {command: [%s, %s, scorer, stubborn]}
  writer: {command: [%s, %s, renderer]}
"""


class Scene:
    def __init__(self, pingshen, parent=None):
        self.pingshen = pingshen
        self.folder = tempfile.mkdtemp(prefix="pingshen-proof-", dir=parent)
        self.tmp = self.path("tmp")
        self.out = self.path("out")
        os.mkdir(self.tmp)
        # A file of the name that a plugin has on PATH, for the commands that look there.
        os.mkdir(self.path("bin"))
        plugin = os.path.join(HERE, "plugin.py")
        with open(self.path("bin/pingshen-odd"), "w") as script:
            script.write("#!/bin/sh\nexec '%s' '%s' scorer stubborn \"$@\"\n" % (PYTHON, plugin))
        os.chmod(self.path("bin/pingshen-odd"), 0o755)
        for name in ("one", "two"):
            with open(self.path(name + ".yaml"), "w") as spec:
                spec.write(SPEC % (name, PYTHON, plugin, PYTHON, plugin))
        self.whole = {}

    def path(self, name):
        return os.path.join(self.folder, name)

    def environment(self, **more):
        variables = dict(os.environ, TMPDIR=self.tmp, HOME=self.path("home"), LC_ALL="C.UTF-8")
        variables.pop("XDG_CACHE_HOME", None)
        variables["PATH"] = self.path("bin") + ":" + variables["PATH"]
        variables.update(more)
        return variables

    def start(self, *words, **options):
        options.setdefault("stdout", subprocess.DEVNULL)
        options.setdefault("stderr", subprocess.DEVNULL)
        options.setdefault("env", self.environment())
        return subprocess.Popen([self.pingshen, *words], stdin=subprocess.DEVNULL, cwd=self.folder, **options)

    def run(self, *words, limit=120, **options):
        """The exit code and what was said; `None` for a host that has not ended in time."""
        host = self.start(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        try:
            out, err = host.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            host.kill()
            host.communicate()
            return None, "", "has not ended within %d s" % limit
        return host.returncode, out.decode(errors="replace"), err.decode(errors="replace")

    def words(self, name):
        return "run", name + ".yaml", "--out", self.out, "--locale", "en"

    def review(self, name, **options):
        return self.run(*self.words(name), **options)

    def begin(self, name, **options):
        return self.start(*self.words(name), **options)

    def learn(self):
        """Reviews both contents undisturbed and remembers what a whole review is."""
        for name in ("two", "one"):
            code, _, err = self.review(name)
            if code != 0:
                sys.exit("the undisturbed review of %s ended with %s:\n%s" % (name, code, err))
            self.whole[name] = self.digest()
        if self.whole["one"] == self.whole["two"]:
            sys.exit("both contents give the same review: the proof would see no difference")

    def digest(self):
        """Of all files of the review but run.jsonl, whose times differ."""
        files, top = {}, os.path.join(self.out, "proof")
        for folder, _, names in os.walk(top):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    files[os.path.relpath(path, top)] = hashlib.sha256(file.read()).hexdigest()
        files.pop("run.jsonl", None)
        return json.dumps(files, sort_keys=True)

    def in_place(self):
        """Which content's whole review is in place; `None` where it is neither."""
        digest = self.digest()
        return next((name for name, whole in self.whole.items() if whole == digest), None)

    def survivors(self):
        """Processes that still have our TMPDIR, or a folder in it, in their environment."""
        mark = b"TMPDIR=" + os.fsencode(self.tmp)
        found = []
        for pid in os.listdir("/proc"):
            if not pid.isdigit() or int(pid) == os.getpid():
                continue
            try:
                with open("/proc/%s/environ" % pid, "rb") as file:
                    variables = file.read().split(b"\0")
            except OSError:
                continue
            if any(variable == mark or variable.startswith(mark + b"/") for variable in variables):
                found.append(int(pid))
        return found

    def left(self):
        """What lies about: folders in TMPDIR, and whatever is beside the review."""
        beside = [name for name in os.listdir(self.out) if name != "proof"] if os.path.isdir(self.out) else []
        return os.listdir(self.tmp) + beside

    def settle(self, limit=10.0):
        """Waits until nothing is left; returns what still is."""
        end = time.monotonic() + limit
        while True:
            rest = self.survivors() + self.left()
            if not rest or time.monotonic() > end:
                return rest
            time.sleep(0.02)

    def sweep(self):
        """Removes what is left, so that the next host is not blamed for it."""
        for pid in self.survivors():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        for name in os.listdir(self.tmp):
            subprocess.run(["chmod", "-R", "u+rwx", os.path.join(self.tmp, name)], stderr=subprocess.DEVNULL)
            subprocess.run(["rm", "-rf", os.path.join(self.tmp, name)])

    def clear(self):
        self.sweep()
        subprocess.run(["chmod", "-R", "u+rwx", self.folder], stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", self.folder])
        shutil.rmtree(self.folder, ignore_errors=True)


def report(title, count, mistakes):
    """Prints one line for what was tried, and what did not hold."""
    print("%-58s %4d tried, %d wrong" % (title, count, len(mistakes)), flush=True)
    for mistake in mistakes[:10]:
        print("    " + mistake, flush=True)
    return len(mistakes)
