#!/usr/bin/env python3
"""Ends hosts at random moments and looks at what they leave: kills.py PINGSHEN [COUNT] [SEED]."""
import os
import random
import signal
import sys
import time

from scene import HERE, PYTHON, Scene, report


def main():
    pingshen, count, seed = sys.argv[1], int((sys.argv[2:] or ["100"])[0]), int((sys.argv[3:] or ["1"])[0])
    print("seed %d" % seed)
    chance = random.Random(seed)
    scene = Scene(pingshen)
    try:
        scene.learn()
        begin = time.monotonic()
        scene.review("two")
        duration = time.monotonic() - begin
        wrong = 0
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            wrong += ended_runs(scene, number, count, lambda: chance.uniform(0, 1.05 * duration))
        wrong += ended_runs(scene, signal.SIGKILL, count, lambda: chance.uniform(0, 0.06), "in the first 60 ms")
        wrong += other_commands(scene, count, chance)
        wrong += under_nohup(scene, chance, duration)
    finally:
        scene.clear()
    sys.exit(1 if wrong else 0)


def ended_runs(scene, number, count, moment, when="at any moment"):
    """A review is in place, another is being made, and the host is ended."""
    mistakes, kept, replaced = [], 0, 0
    for index in range(count):
        before = scene.in_place()
        wanted = "one" if before == "two" else "two"
        after = moment()
        host = scene.begin(wanted)
        time.sleep(after)
        host.send_signal(number)
        code = host.wait(timeout=60)
        rest, now = scene.settle(), scene.in_place()
        if now == before:
            kept += 1
        elif now == wanted:
            replaced += 1
        else:
            mistakes.append("%d, after %.4f s: no whole review is in place" % (index, after))
            scene.review("one")
        if rest:
            mistakes.append("%d, after %.4f s: left are %s" % (index, after, rest))
            scene.sweep()
        if number != signal.SIGKILL and code not in (0, 130, -number):
            mistakes.append("%d, after %.4f s: exit code %d" % (index, after, code))
    title = "run, %s %s (%d kept, %d replaced)" % (signal.Signals(number).name, when, kept, replaced)
    return report(title, count, mistakes)


def other_commands(scene, count, chance):
    """kill -9 in the first 60 ms and a little later, of everything else that starts plugins."""
    plugin = [PYTHON, os.path.join(HERE, "plugin.py"), "scorer", "stubborn"]
    code, _, err = scene.run("run", "one.yaml", "--out", scene.out, "--trace", scene.path("trace"))
    if code != 0:
        sys.exit("the recorded review ended with %s:\n%s" % (code, err))
    commands = {
        "plugins test": ["plugins", "test", "--", *plugin],
        "plugins inspect": ["plugins", "inspect", "--", *plugin],
        "plugins replay": ["plugins", "replay", "--as-plugin", "judge", scene.path("trace"), "--", *plugin],
        "plugins list": ["plugins", "list"],
        "plugins lock": ["plugins", "lock", "one.yaml"],
        "rules list": ["rules", "list", "one.yaml"],
        "validate": ["validate", "one.yaml"],
    }
    wrong = 0
    for name, words in commands.items():
        mistakes = []
        for index in range(count):
            after = chance.uniform(0, 0.06 if index % 2 == 0 else 0.5)
            host = scene.start(*words)
            time.sleep(after)
            host.kill()
            host.wait()
            rest = scene.settle()
            if rest:
                mistakes.append("%d, after %.4f s: left are %s" % (index, after, rest))
                scene.sweep()
        wrong += report(name + ", SIGKILL", count, mistakes)
    return wrong


def under_nohup(scene, chance, duration):
    """A signal that was ignored at the start stays ignored: the review is made."""
    mistakes, count = [], 10
    for index in range(count):
        ignored = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        host = scene.begin("one")
        signal.signal(signal.SIGHUP, ignored)
        time.sleep(chance.uniform(0, duration / 2))
        host.send_signal(signal.SIGHUP)
        code = host.wait(timeout=60)
        if code != 0:
            mistakes.append("%d: exit code %d" % (index, code))
        rest = scene.settle()
        if rest:
            mistakes.append("%d: left are %s" % (index, rest))
    return report("run, SIGHUP ignored at the start", count, mistakes)


main()
