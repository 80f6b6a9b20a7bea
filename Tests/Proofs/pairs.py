#!/usr/bin/env python3
"""Two hosts at once in one output folder, and somebody who looks all the time: pairs.py PINGSHEN [COUNT]."""
import os
import sys
import threading

from scene import Scene, report


def main():
    pingshen, count = sys.argv[1], int((sys.argv[2:] or ["50"])[0])
    scene = Scene(pingshen)
    mistakes, absences, looks, is_over = [], 0, 0, threading.Event()

    def watch():
        nonlocal absences, looks
        review = os.path.join(scene.out, "proof", "review.json")
        while not is_over.is_set():
            looks += 1
            absences += not os.path.exists(review)

    try:
        scene.learn()
        watcher = threading.Thread(target=watch)
        watcher.start()
        for index in range(count):
            # Half of the pairs make the same review, half two different ones.
            names = ("one", "two") if index % 2 else ("one", "one")
            codes = [host.wait(timeout=300) for host in [scene.begin(name) for name in names]]
            if codes != [0, 0]:
                mistakes.append("pair %d: exit codes %s" % (index, codes))
            if scene.in_place() not in names:
                mistakes.append("pair %d: no whole review is in place" % index)
            rest = scene.settle()
            if rest:
                mistakes.append("pair %d: left are %s" % (index, rest))
                scene.sweep()
        is_over.set()
        watcher.join()
        if absences:
            mistakes.append("the review was away in %d of %d looks" % (absences, looks))
        wrong = report("pairs of hosts in one folder (%d looks, never away)" % looks, count, mistakes)
    finally:
        is_over.set()
        scene.clear()
    sys.exit(1 if wrong else 0)


main()
