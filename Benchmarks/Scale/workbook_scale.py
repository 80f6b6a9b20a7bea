#!/usr/bin/env python3
"""Makes the workbook of a review of N budget lines, and prints what that step took, beside libxlsxwriter alone with the same cells.

    Benchmarks/Scale/workbook_scale.py BUILD-FOLDER [--earlier] [--findings] N ...

BUILD-FOLDER holds `pingshen` and its plugins: .build/release. With --earlier there are also 3 N rows of earlier years; with --findings a
check of two lines of SQL finds something at every line. Time of the clock is that of the step; processor time and memory are those of
`pingshen-workbook-writer`, and of the host while the step ran. The library is called by Benchmarks/Baseline/workbook.c, which computes and
looks up nothing; where there is no C compiler it is left out.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import review_scale

BASELINE = pathlib.Path(__file__).resolve().parents[1] / "Baseline/workbook.c"
CHECK = """  check:
    use: rule-checker
    with:
      rules:
        - id: scale/every-line
          severity: info
          query: SELECT id, amount, quantity * unit_price AS product FROM budget_lines WHERE amount = quantity * unit_price
          at: {table: budget_lines, key: id, column: amount}
          message: "{id}：申报金额 {amount} 元等于数量乘以单价 {product} 元，请核对单价的依据，并附合同或询价材料"
          expected: "{product} 元"
          found: "{amount} 元"
"""


def write_spec(folder, count, has_earlier, has_findings):
    tables = review_scale.TABLES
    review_scale.TABLES = {name: columns for name, columns in tables.items() if has_earlier or name != "history"}
    try:
        review_scale.write_spec(folder, count, ["audit", "workbook"], count > 20_000)
    finally:
        review_scale.TABLES = tables
    spec = folder / "spec.yaml"
    text = spec.read_text(encoding="utf-8")
    if not has_earlier:
        text = text.replace("  history_years:\n    columns: [year]\n    rows: [[2023], [2024], [2025]]\n", "")
        source = folder / "ledger.py"
        if source.exists():
            source.write_text(source.read_text().replace('"budget_lines", "history"', '"budget_lines",'))
    if has_findings:
        text = text.replace("  audit: ", CHECK + "  audit: ")
    spec.write_text(text, encoding="utf-8")


def used(process):
    """Seconds of processor time and the peak of memory in MB of a process."""
    fields = open(f"/proc/{process}/stat").read().rsplit(") ", 1)[1].split()
    status = open(f"/proc/{process}/status").read().splitlines()
    peak = next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), peak / 1024


def named(name):
    """The processes of a program."""
    for entry in os.listdir("/proc"):
        try:
            if entry.isdigit() and os.readlink(f"/proc/{entry}/exe").endswith("/" + name):
                yield int(entry)
        except OSError:
            pass


def measure(build, count, has_earlier, has_findings):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_spec(folder, count, has_earlier, has_findings)
        command = [f"{build}/pingshen", "run", "spec.yaml", "--out", "out", "--locale", "zh"]
        environment = os.environ | {"PATH": f"{build}:{os.environ['PATH']}"}
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        host, writer, began = [], (0.0, 0.0), None
        while process.poll() is None:
            try:
                now = used(process.pid)[0]
                for other in named("pingshen-workbook-writer"):
                    writer = max(writer, used(other))
                if writer[0] > 0.1:
                    began = began or (host[-1] if host else now)
                host.append(now)
            except (OSError, IndexError):
                pass
            time.sleep(0.05)
        if process.returncode not in (0, 1):
            sys.exit(process.stdout.read().decode()[:4000])
        output = next((folder / "out").iterdir())
        steps = [json.loads(line) for line in (output / "run.jsonl").read_text().splitlines()]
        times = {step["step"]: step["durationMicroseconds"] for step in steps if "durationMicroseconds" in step}
        seconds = times["workbook"] / 1e6
        size = (output / "workbook.xlsx").stat().st_size / 1e6
        # Hundreds of megabytes, a member a line.
        with open(output / "review.json", encoding="utf-8") as review:
            findings = sum(line.startswith('      "severity": ') for line in review)
        return seconds, writer, host[-1] - (began or host[-1]), size, findings


def baseline(folder, count, earlier, findings):
    """Processor seconds and MB of the library alone; nothing where it cannot be called."""
    program = folder / "workbook"
    if not program.exists():
        try:
            subprocess.run(["cc", "-O2", BASELINE, "-o", program, "-lxlsxwriter"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            return None
    before = os.times()
    subprocess.run([program, folder / "out.xlsx", str(count), str(earlier), str(findings)], check=True)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, (folder / "out.xlsx").stat().st_size / 1e6


def main():
    words = sys.argv[1:]
    has_earlier, has_findings = "--earlier" in words, "--findings" in words
    words = [word for word in words if not word.startswith("--")]
    if len(words) < 2:
        sys.exit(__doc__)
    build = os.path.abspath(words[0])
    print("lines\tfindings\tstep s\twriter CPU s\twriter MB\thost CPU s\tbook MB\tlibrary alone CPU s\tits book MB")
    with tempfile.TemporaryDirectory() as name:
        for count in map(int, words[1:]):
            seconds, (cpu, memory), host, size, findings = measure(build, count, has_earlier, has_findings)
            alone = baseline(pathlib.Path(name), count, 3 * count if has_earlier else 0, findings)
            library = f"{alone[0]:.2f}\t{alone[1]:.1f}" if alone else "–\t–"
            print(f"{count}\t{findings}\t{seconds:.2f}\t{cpu:.2f}\t{memory:.0f}\t{host:.2f}\t{size:.1f}\t{library}", flush=True)


main()
