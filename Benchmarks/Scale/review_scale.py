#!/usr/bin/env python3
"""Reviews one project of N budget lines and 3 N rows of earlier years, and prints what it took: the command, each process.

    Benchmarks/Scale/review_scale.py BUILD-FOLDER [--steps audit,report,…] [--source | --rows] N ...

BUILD-FOLDER holds `pingshen` and its plugins: .build/release. Up to 20,000 lines stand in the spec; above, and with --source,
a data source in Python reads them from CSV files. With --rows the project is one table of N rows from a source, asked by two
queries whether amounts are quantity × price, and what each group comes to. The exponent says how time grew from the N before: 1.0 is in proportion.
"""
import csv
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
STEPS = {
    "audit": "{use: deduction-auditor}",
    "targets": "{use: target-checker}",
    "prose": "{use: prose-reconciler}",
    "report": "{use: report-writer, with: {template: !include Specs/templates/short-opinion.yaml}}",
    "workbook": "{use: workbook-writer}",
    "findings": "{use: findings-writer}",
}
TABLES = {
    "budget_lines": ["id", "group", "detail", "quantity", "unit", "unit_price", "amount", "history_key"],
    "history": ["year", "item", "adjusted", "paid", "history_key"],
}
SOURCE = '''#!/usr/bin/env python3
import csv
import os
from pingshen_plugin import Plugin

plugin = Plugin("ledger", description="rows of CSV files")


def table(path):
    rows = csv.reader(open(path, encoding="utf-8"))
    columns = [{"name": name, "type": "integer" if name == "year" else "text"} for name in next(rows)]
    if "year" in [column["name"] for column in columns]:
        rows = ([int(row[0]), *row[1:]] for row in rows)
    return {"columns": columns, "rows": rows}


@plugin.source(writes=["budget_lines", "history"], settings={"folder": ""})
def read(settings):
    return {name: table(os.path.join(settings["folder"], name + ".csv")) for name in ("budget_lines", "history")}


plugin.run()
'''


# As SOURCE, with rows that are made up: one product in ten thousand is wrong.
ROWS = '''#!/usr/bin/env python3
from pingshen_plugin import Plugin

plugin = Plugin("ledger", description="made-up entries")


@plugin.source(writes=["entries"], settings={"rows": 0})
def read(settings):
    def rows():
        for i in range(int(settings["rows"])):
            quantity, price = i % 7 + 1, 100 + i % 900
            amount = quantity * price + (i % 10_000 == 9_999)
            yield [f"E{i}", f"S{i % 40}", str(quantity), f"{price}.00", f"{amount}.00"]

    columns = [{"name": name, "type": "text"} for name in ("id", "section", "quantity", "price", "amount")]
    return {"entries": {"columns": columns, "rows": rows()}}


plugin.run()
'''


def rows(count):
    """The rows of each table, cells as text."""
    lines, history = [], []
    for i in range(count):
        quantity, price = i % 7 + 1, 100 + i % 900
        lines.append([f"L{i:06d}", f"分组{i // 20}", f"项目内容第{i}号", str(quantity), "项", f"{price}.00",
                      f"{quantity * price}.00", f"L{i:06d}"])
        for year in (2023, 2024, 2025):
            adjusted = 50_000 + (i * 37 + year) % 1000
            history.append([str(year), f"项目内容第{i}号", f"{adjusted}.00", f"{adjusted * 9 // 10}.00", f"L{i:06d}"])
    return {"budget_lines": lines, "history": history}


def write_spec(folder, count, steps, by_source):
    tables = rows(count)
    shutil.copytree(ROOT / "Specs", folder / "Specs")
    with open(folder / "spec.yaml", "w", encoding="utf-8") as spec:
        spec.write(
            f"pingshen: 1\nid: scale-{count}\nform: !include Specs/forms/town-budget-request.yaml\n"
            "fields:\n  project: {name: 全区菜场, town: 望舒镇, year: 2026, kind: recurring}\n"
            "  organisations: {applicant: 望舒镇市场服务所}\n"
            "tables:\n  history_years:\n    columns: [year]\n    rows: [[2023], [2024], [2025]]\n")
        for name, columns in TABLES.items():
            if by_source:
                with open(folder / (name + ".csv"), "w", encoding="utf-8", newline="") as file:
                    writer = csv.writer(file)
                    writer.writerow(columns)
                    writer.writerows(tables[name])
            else:
                spec.write(f"  {name}:\n    columns: [{', '.join(columns)}]\n    rows:\n")
                spec.writelines(f"      - [{', '.join(row)}]\n" for row in tables[name])
        spec.write("pipeline:\n")
        if by_source:
            (folder / "ledger.py").write_text(SOURCE)
            shutil.copy(ROOT / "Kits/python/pingshen_plugin.py", folder)
            spec.write(f"  ledger: {{use: ledger, with: {{folder: {folder}}}}}\n")
        spec.writelines(f"  {step}: {STEPS[step]}\n" for step in steps)
        if by_source:
            spec.write("plugins:\n  ledger: {command: [python3, ./ledger.py]}\n")


def write_rows(folder, count):
    (folder / "ledger.py").write_text(ROWS)
    shutil.copy(ROOT / "Kits/python/pingshen_plugin.py", folder)
    (folder / "spec.yaml").write_text(f"""pingshen: 1
id: rows-{count}
form:
  form: ledger
  fields: {{project: {{fields: {{name: {{type: text}}}}}}}}
  tables:
    entries:
      columns:
        id: {{type: text}}
        section: {{type: text}}
        quantity: {{type: decimal}}
        price: {{type: decimal, unit: CNY}}
        amount: {{type: decimal, unit: CNY}}
fields: {{project: {{name: 明细账}}}}
plugins:
  ledger: {{command: [python3, ./ledger.py]}}
pipeline:
  ledger: {{use: ledger, with: {{rows: {count}}}}}
  check:
    use: rule-checker
    with:
      rules:
        - id: ledger/product
          severity: error
          query: SELECT id, amount, quantity * price AS product FROM entries WHERE amount <> quantity * price
          at: {{table: entries, key: id, column: amount}}
          message: "{{id}}：{{amount}} ≠ {{product}}"
        - id: ledger/section-above
          severity: warning
          query: SELECT section, sum(amount) AS total FROM entries GROUP BY section HAVING sum(amount) > 300000000
          message: "{{section}}：{{total}}"
""", encoding="utf-8")


def peaks(root):
    """The peak of resident memory of the command and all that it has started, by name, in kB, as far as seen now."""
    seen, parents = {}, {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                status = open(f"/proc/{entry}/status").read()
            except OSError:
                continue
            fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
            parents[int(entry)] = int(fields["PPid"])
            seen[int(entry)] = (fields["Name"], int(fields.get("VmHWM", "0 kB").split()[0]))
    below = {root}
    for _ in range(4):
        below |= {child for child, parent in parents.items() if parent in below}
    return {(pid, *seen[pid][:1]): seen[pid][1] for pid in below if pid in seen}


def measure(build, count, write):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write(folder, count)
        environment = os.environ | {"PATH": f"{build}:{os.environ['PATH']}"}
        before, started = os.times(), time.monotonic()
        command = [f"{build}/pingshen", "run", "spec.yaml", "--out", "out", "--locale", "zh"]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        memory = {}
        while process.poll() is None:
            for key, peak in peaks(process.pid).items():
                memory[key] = max(peak, memory.get(key, 0))
            time.sleep(0.02)
        wall, after = time.monotonic() - started, os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        if process.returncode not in (0, 1):
            sys.stdout.write(process.stdout.read().decode()[:4000])
        size = sum(file.stat().st_size for file in (folder / "out").rglob("*") if file.is_file())
        worst = {}
        for (_, name), peak in memory.items():
            worst[name] = max(peak, worst.get(name, 0))
        return process.returncode, wall, cpu, size, worst


def main():
    arguments = sys.argv[1:]
    by_source, by_rows = "--source" in arguments, "--rows" in arguments
    arguments = [argument for argument in arguments if argument not in ("--source", "--rows")]
    steps = list(STEPS)
    if "--steps" in arguments:
        at = arguments.index("--steps")
        steps = arguments[at + 1].split(",")
        del arguments[at:at + 2]
    if len(arguments) < 2 or set(steps) - set(STEPS):
        sys.exit(__doc__)
    build, previous = os.path.abspath(arguments[0]), None
    print("lines\texit\twall s\tCPU s\texponent\twritten MB\tpeak MB of each process")
    for count in map(int, arguments[1:]):
        def write(folder, count):
            if by_rows:
                write_rows(folder, count)
            else:
                write_spec(folder, count, steps, by_source or count > 20_000)

        code, wall, cpu, size, memory = measure(build, count, write)
        exponent = "" if previous is None else f"{math.log(cpu / previous[1]) / math.log(count / previous[0]):.2f}"
        peak = ", ".join(f"{name} {kb // 1024}" for name, kb in sorted(memory.items(), key=lambda item: -item[1]))
        print(f"{count}\t{code}\t{wall:.2f}\t{cpu:.2f}\t{exponent}\t{size / 1e6:.1f}\t{peak}", flush=True)
        previous = (count, cpu)


if __name__ == "__main__":
    main()
