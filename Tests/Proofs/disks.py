#!/usr/bin/env python3
"""Full, tiny and read-only disks: disks.py PINGSHEN.

Mounts small file systems in a mount namespace of its own, which nobody else sees and which goes with this program.
"""
import os
import subprocess
import sys

from scene import Scene, report

INSIDE = "PINGSHEN_PROOF_NAMESPACE"


def main():
    if os.environ.get(INSIDE) is None:
        enter_namespace()
    scene = Scene(sys.argv[1])
    try:
        os.makedirs(scene.out, exist_ok=True)
        wrong = outputs(scene) + temporary_folders(scene) + others(scene)
    finally:
        scene.clear()
    sys.exit(1 if wrong else 0)


def enter_namespace():
    words = ["unshare", "-m", "--propagation", "private"] + ([] if os.geteuid() == 0 else ["-r"])
    if subprocess.run([*words, "true"], stderr=subprocess.DEVNULL).returncode != 0:
        print("disks: skipped, for this user may not mount anything (neither root nor user namespaces)")
        sys.exit(0)
    os.environ[INSIDE] = "1"
    os.execvp(words[0], [*words, sys.executable, os.path.abspath(__file__), *sys.argv[1:]])


def mount(path, options):
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "proof", path], check=True)


def unmount(path):
    subprocess.run(["umount", "-l", path], check=True)


def look(scene, code, err, allowed, mistakes, case, before=None):
    """What must hold after every run: an exit code of the contract with its reason, a whole review, nothing left."""
    if code not in allowed:
        mistakes.append("%s: exit code %s: %s" % (case, code, err[-300:]))
    elif code != 0 and "error:" not in err:
        mistakes.append("%s: exit code %s without a word" % (case, code))
    now = scene.in_place()
    if before is not None and now is None:
        mistakes.append("%s: no whole review is in place" % case)
    if before is not None and code != 0 and now not in (before, None):
        mistakes.append("%s: failed, and yet replaced" % case)
    rest = scene.settle()
    if rest:
        mistakes.append("%s: left are %s" % (case, rest))
        scene.sweep()


def outputs(scene):
    """A whole review is on a disk that has no room for another, or not quite."""
    mistakes, count, full = [], 0, 0
    for options in ["size=%dk" % size for size in range(100, 260, 8)] + ["nr_inodes=%d" % n for n in range(24, 56, 3)]:
        mount(scene.out, "size=4m")
        scene.learn()
        # What is there stays; only the room beside it shrinks.
        shrunk = subprocess.run(["mount", "-o", "remount," + options, scene.out], stderr=subprocess.DEVNULL)
        if shrunk.returncode == 0:
            count += 1
            code, _, err = scene.review("two")
            full += code == 73
            look(scene, code, err, (0, 73), mistakes, "out " + options, before="one")
        unmount(scene.out)
    wrong = report("run, full and tiny disks for --out (%d full)" % full, count, mistakes)
    mistakes = []
    mount(scene.out, "size=4m")
    scene.learn()
    subprocess.run(["mount", "-o", "remount,ro", scene.out], check=True)
    for index in range(5):
        code, _, err = scene.review("two")
        look(scene, code, err, (73,), mistakes, "out read-only", before="one")
    unmount(scene.out)
    return wrong + report("run, a read-only disk for --out", 5, mistakes)


def temporary_folders(scene):
    """No room for what plugins and hosts put into TMPDIR; a plugin that finds none fails, and is named."""
    mistakes, count = [], 0
    scene.learn()
    for options in ["size=%dk" % size for size in (4, 8, 16, 32, 64, 128, 256)] + ["nr_inodes=%d" % n for n in range(2, 40, 4)]:
        mount(scene.tmp, options)
        count += 1
        before = scene.in_place()
        code, _, err = scene.review("two" if before == "one" else "one")
        look(scene, code, err, (0, 3, 73), mistakes, "TMPDIR " + options)
        unmount(scene.tmp)
        if scene.in_place() is None:  # an incomplete review says so, and is replaced by a whole one
            scene.review("one")
    wrong = report("run, full and tiny disks for TMPDIR", count, mistakes)
    mistakes = []
    mount(scene.tmp, "ro")
    for words in (list(scene.words("two")), ["plugins", "inspect", "odd"], ["plugins", "list"], ["validate", "one.yaml"]):
        code, _, err = scene.run(*words)
        # Root may write to what says it may not, but not to a disk that says so.
        look(scene, code, err, (73, 3), mistakes, "TMPDIR read-only, " + " ".join(words[:2]))
    unmount(scene.tmp)
    return wrong + report("commands, a read-only disk for TMPDIR", 4, mistakes)


def others(scene):
    mistakes = []
    with open("/dev/full", "wb") as full:
        for words in ([*scene.words("one"), "--json"], ["plugins", "inspect", "odd"], ["--help"]):
            host = scene.start(*words, stdout=full, stderr=subprocess.PIPE)
            err = host.communicate(timeout=120)[1].decode(errors="replace")
            look(scene, host.returncode, err, (73,), mistakes, "stdout full, " + words[0])
    os.makedirs(scene.path("small"))
    mount(scene.path("small"), "size=4k")
    code, _, err = scene.run(*scene.words("two"), "--trace", scene.path("small/trace"))
    look(scene, code, err, (0,), mistakes, "a trace on a full disk")
    code, _, err = scene.review("one", env=scene.environment(HOME=scene.path("small")))
    look(scene, code, err, (0,), mistakes, "a cache on a full disk")
    subprocess.run(["mount", "-o", "remount,ro", scene.path("small")], check=True)
    code, _, err = scene.review("two", env=scene.environment(HOME=scene.path("small")))
    look(scene, code, err, (0,), mistakes, "a cache on a read-only disk")
    unmount(scene.path("small"))
    return report("full standard output, traces and caches on full disks", 6, mistakes)


main()
