"""Reads the same files with several readers, each in a process of its own: readers.py FOLDER SHEET_READER

Every reader gives the number of rows and the sum of the amounts, which must be the same. The ratio is of processor time, the reader's own:
for ours that of the plugin, without what this program needs to read its pages. A reader that cannot read a file is named and passed over.
"""

import json
import os
import resource
import subprocess
import sys
import time

COLUMNS = [("id", "编号", "text"), ("group", "项目内容", "text"), ("detail", "项目明细", "text"), ("quantity", "数量", "decimal"),
           ("unit_price", "单价", "decimal"), ("amount", "金额", "decimal")]


def ours(path, program):
    """Speaks the protocol as the host does, two pages ahead, and sums what the pages hold."""
    from decimal import Decimal
    plugin = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1 << 20)

    def send(number, method, params):
        message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        plugin.stdin.write((json.dumps(message) + "\n").encode())
        plugin.stdin.flush()

    def result():
        return json.loads(plugin.stdout.readline())["result"]

    send(1, "initialize", {"protocolVersions": [1], "host": {"name": "benchmark", "version": "1"}, "locale": "zh",
                           "limits": {"lineBytes": 8 << 20, "depth": 64, "requestsInFlight": 64},
                           "capabilities": ["lists", "places", "sheetPlaces", "lastPageFindings"]})
    result()
    columns = [{"name": name, "title": {"zh": zh, "en": name}, "type": kind} for name, zh, kind in COLUMNS]
    form = {"fields": [], "tables": [{"name": "lines", "title": {"zh": "明细", "en": "lines"}, "columns": columns}]}
    send(2, "source/open", {"role": "sheet-reader", "config": {"book": path, "tables": {"lines": None}},
                            "dossier": {"fields": {}, "tables": {}}, "form": form})
    table = result()["tables"][0]
    rows, total, number, page = 0, Decimal(0), 3, table.get("page")
    position = [column["name"] for column in table["schema"]["columns"]].index("amount")
    asked = 0
    while True:
        if page is not None:
            rows += page["rows"]
            total += sum(map(Decimal, page["columns"][position]), Decimal(0))
            if page["done"]:
                break
        while asked < 2:
            send(number, "stream/next", {"stream": table["stream"]})
            number, asked = number + 1, asked + 1
        page, asked = result(), asked - 1
    plugin.stdin.close()
    plugin.wait()
    return rows, float(total)


def with_openpyxl(path):
    import openpyxl
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    amounts = [row[5] for row in sheet.iter_rows(min_row=2, values_only=True)]
    return len(amounts), sum(amounts)


def with_calamine(path):
    import python_calamine
    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return len(rows) - 1, sum(row[5] for row in rows[1:])


def with_pandas(path):
    import pandas
    frame = pandas.read_csv(path) if path.endswith(".csv") else pandas.read_excel(path, engine="calamine")
    return len(frame), float(frame.iloc[:, 5].sum())


def with_polars(path):
    import polars
    frame = polars.read_csv(path) if path.endswith(".csv") else polars.read_excel(path)
    return frame.height, float(frame.get_column(frame.columns[5]).sum())


def with_duckdb(path):
    import duckdb
    # The extension for workbooks is downloaded when it is first used; without a network there is none.
    reader = "read_csv_auto" if path.endswith(".csv") else "read_xlsx"
    rows, total = duckdb.connect().execute(f"SELECT count(*), sum(\"金额（元）\") FROM {reader}('{path}')").fetchone()
    return rows, float(total)


READERS = {"sheet-reader": None, "openpyxl": with_openpyxl, "calamine": with_calamine, "pandas": with_pandas,
           "polars": with_polars, "duckdb": with_duckdb}


def one(name, path, program):
    start = time.monotonic()
    rows, total = ours(path, program) if name == "sheet-reader" else READERS[name](path)
    who = resource.RUSAGE_CHILDREN if name == "sheet-reader" else resource.RUSAGE_SELF
    usage = resource.getrusage(who)
    print(json.dumps([time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, rows, round(total, 2)]))


def main(folder, program):
    for file in ("lines.xlsx", "lines.csv"):
        path, own = os.path.join(folder, file), None
        print(f"{file}\n  {'':14}{'seconds':>9}{'CPU':>8}{'MB':>7}{'ratio':>8}")
        for name in READERS:
            if file.endswith(".csv") and name in ("openpyxl", "calamine"):
                continue
            run = subprocess.run([sys.executable, __file__, "--one", name, path, program], capture_output=True, text=True)
            if run.returncode != 0:
                print(f"  {name:14}not measured: {run.stderr.strip().splitlines()[-1][:100]}")
                continue
            seconds, cpu, memory, rows, total = json.loads(run.stdout)
            own = own or (cpu, rows, total)
            note = "" if (rows, total) == own[1:] else f"  {rows} rows, sum {total}: not the same"
            print(f"  {name:14}{seconds:9.2f}{cpu:8.2f}{memory:7.0f}{cpu / own[0]:8.1f}{note}")


if sys.argv[1] == "--one":
    one(*sys.argv[2:])
else:
    main(*sys.argv[1:])
