#!/usr/bin/env python3
"""Reviews N small projects: a process a spec, as one batch, and as a batch in which nothing has changed; prints rates and ratios.

    Benchmarks/Batch/batch_scale.py BUILD-FOLDER [--full] [--jobs J] N

BUILD-FOLDER holds `pingshen` and its plugins: .build/release. A small project is the example town's, with amounts of its own: rubric,
deductions, targets, and the opinion as Markdown and HTML; with --full also every number in the texts, the workbook, the findings
files and the Word report. The memory is that of all processes together, shared pages counted once, at its highest when looked at four
times a second.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "Specs/example-town/meal-delivery-2026.yaml"
# Reviews of which each has a process of its own: enough for a mean.
SINGLE = 24
FURTHER = """  prose: {use: prose-reconciler, needs: [rubric]}
  findings: {use: findings-writer}
"""


def make(folder, count, is_full):
    """The specs, in a folder beside copies of what they share."""
    for name in ["forms", "rubrics", "templates"]:
        shutil.copytree(ROOT / "Specs" / name, folder / name)
    text = EXAMPLE.read_text(encoding="utf-8")
    # The town's own check is a program in Python, which would be most of what is measured.
    text = re.sub(r"(?ms)^plugins:.*?(?=^pipeline:)", "", text)
    text = re.sub(r"(?m)^  round-numbers:\n(    .*\n)+", "", text)
    if is_full:
        text += FURTHER
    else:
        text = re.sub(r"(?m)^  (workbook|word): .*\n", "", text)
    (folder / "specs").mkdir()
    paths = []
    for number in range(count):
        spec = text.replace("id: example-meal-delivery-2026", f"id: meals-{number:06}", 1)
        price = f"{240 + number % 97}.{number % 100:02}"
        spec = spec.replace("285.00,  34200.00", f"{price},  {120 * (240 + number % 97) + 120 * (number % 100) / 100:.2f}")
        path = folder / "specs" / f"meals-{number:06}.yaml"
        path.write_text(spec, encoding="utf-8")
        paths.append(path)
    return paths


def family(leader):
    """The process and all that it has started, caretakers and plugins in sessions of their own included."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                    parents[int(name)] = int(file.read().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                pass
    found, size = {leader}, 0
    while len(found) != size:
        size = len(found)
        found |= {process for process, parent in parents.items() if parent in found}
    return found


def megabytes(processes):
    total = 0
    for process in processes:
        try:
            with open(f"/proc/{process}/smaps_rollup", encoding="utf-8") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:
            pass
    return total / 1024


def measure(command, folder):
    """Wall time, processor time and the highest memory of a command."""
    before = os.times()
    start = time.perf_counter()
    with open(folder / "log", "ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    peak, is_over = 0.0, threading.Event()

    def watch():
        nonlocal peak
        while not is_over.wait(0.25):
            peak = max(peak, megabytes(family(process.pid)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    wall = time.perf_counter() - start
    is_over.set()
    watcher.join()
    after = os.times()
    if status:
        sys.exit(f"{' '.join(map(str, command))}: exit code {status}\n" + (folder / "log").read_text()[-2000:])
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, used, peak


def main():
    words = sys.argv[1:]
    is_full = "--full" in words
    jobs = []
    if "--jobs" in words:
        place = words.index("--jobs")
        jobs, words = ["--jobs", words[place + 1]], words[:place] + words[place + 2:]
    words = [word for word in words if word != "--full"]
    if len(words) != 2:
        sys.exit(__doc__)
    pingshen, count = pathlib.Path(words[0]).resolve() / "pingshen", int(words[1])
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pingshen-bench-"))
    try:
        paths = make(folder, count, is_full)
        measure([pingshen, "run", paths[0], "--out", "warm"], folder)
        singles = paths[:SINGLE]
        start = time.perf_counter()
        for path in singles:
            measure([pingshen, "run", path, "--out", "single"], folder)
        single = len(singles) / (time.perf_counter() - start)
        batch = [pingshen, "batch", "specs", "--out", "batch", *jobs]
        rows = []
        for name in ["cold", "unchanged"]:
            wall, used, peak = measure(batch, folder)
            rows.append((name, count / wall, used / count * 1000, peak))
        size = sum(file.stat().st_size for file in (folder / "batch" / "meals-000000").iterdir())
        print(f"{count} specs, {'full' if is_full else 'small'}; {os.cpu_count()} processors; {size / 1024:.0f} KiB a review")
        print(f"{'':24} {'reviews/s':>10} {'CPU ms each':>12} {'all MB':>8}")
        print(f"{'a process a spec':24} {single:10.1f}")
        for name, rate, used, peak in rows:
            print(f"{'batch, ' + name:24} {rate:10.1f} {used:12.2f} {peak:8.0f}")
        print(f"batch / a process a spec: {rows[0][1] / single:.1f}   unchanged / cold: {rows[1][1] / rows[0][1]:.0f}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
