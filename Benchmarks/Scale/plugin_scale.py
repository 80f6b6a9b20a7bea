#!/usr/bin/env python3
"""Gives one plugin a dossier of N budget lines, 3 N rows of earlier years, N texts and N/3 cuts, and prints what it took.

    Benchmarks/Scale/plugin_scale.py PLUGIN [--prefix] N ...

PLUGIN is a program that speaks the protocol (Docs/PROTOCOL.md): .build/release/pingshen-prose-reconciler. With --prefix all
items have names that begin alike. The plugin is spoken to directly, so that its processor time is its own; the exponent says
how it grew from the N before: 1.0 is in proportion.
"""
import json
import math
import os
import random
import subprocess
import sys

PAGE = 10_000
AREAS = ["党建服务", "课程活动", "设施维护", "宣传印刷", "志愿服务", "场地租赁", "物业保洁", "信息系统", "设备采购", "培训会议"]


def column(name, type="text", unit=None):
    return {"name": name, "type": type} | ({"unit": unit} if unit else {})


def dossier(count, prefix):
    """The tables by name, each as columns and rows; the same for the same arguments."""
    chance = random.Random(count)
    lines, history, cuts, texts, targets = [], [], [], [], []
    for i in range(count):
        letters = "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(4))
        name = f"社区党群服务项目第{i:06d}号" if prefix else f"{AREAS[chance.randrange(10)]}{letters}{i}项"
        quantity, price = chance.randrange(1, 50), chance.randrange(100, 99999)
        amount = quantity * price
        group = f"分组{i % max(1, count // 20)}"
        lines.append([f"L{i:06d}", group, name, f"{quantity}.00", "项", f"{price}.00", f"{amount}.00", f"K{i}"])
        for year in (2023, 2024, 2025):
            adjusted = chance.randrange(10000, 900000)
            paid = adjusted * chance.randrange(50, 100) // 100
            history.append([year, name, f"{adjusted}.00", f"{paid}.00", None, f"K{i}"])
        if i % 3 == 0:
            cut = min(price, 500)
            cuts.append([f"L{i:06d}", "cut", f"{cut}.00", f"根据询价结果，{name}核减 {cut} 元，按合同 {1000 + i} 元计算"])
        rate = f"{chance.randrange(50, 99)}.{chance.randrange(10, 99)}%"
        people = chance.randrange(10, 9999)
        texts.append([f"{name}申报预算 {amount / 10000:.2f} 万元，2025 年执行率 {rate}，预计服务 {people} 人次。"])
        if i % 5 == 0:
            targets.append(["产出指标", "数量指标", name + "完成数", "≥12 次", "工作计划", [f"L{i:06d}"]])
    money = [("decimal", "CNY")] * 2
    return {
        "budget_lines": (
            [column("id"), column("group"), column("detail"), column("quantity", "decimal"), column("unit")]
            + [column(n, *m) for n, m in zip(("unit_price", "amount"), money)] + [column("history_key")], lines),
        "history": (
            [column("year", "integer"), column("item")]
            + [column(n, *m) for n, m in zip(("adjusted", "paid"), money)]
            + [column("declared_rate", "decimal", "percent"), column("history_key")], history),
        "deductions": ([column("line"), column("kind"), column("amount", "decimal", "CNY"), column("reason")], cuts),
        "paragraphs": ([column("text")], texts),
        "targets": (
            [column(n) for n in ("level1", "level2", "name", "value", "basis")] + [column("lines", "texts")], targets),
    }


def page(table, number):
    columns, rows = table
    part = rows[number * PAGE:(number + 1) * PAGE]
    return {
        "seq": number, "rows": len(part), "columns": [[row[k] for row in part] for k in range(len(columns))],
        "done": (number + 1) * PAGE >= len(rows), "totalRows": len(rows),
    }


class Plugin:
    def __init__(self, program, tables):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.tables, self.pages = tables, {}

    def send(self, message):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0"} | message, ensure_ascii=False).encode() + b"\n")
        self.process.stdin.flush()

    def call(self, number, method, params):
        """The reply and its bytes; what the plugin asks meanwhile is answered."""
        self.send({"id": number, "method": method, "params": params})
        for line in self.process.stdout:
            message = json.loads(line)
            if "method" not in message:
                if "error" in message:
                    sys.exit(f"{method}: {message['error']['message']}")
                return message["result"], len(line)
            if message["method"] == "stream/next":
                name = message["params"]["stream"]
                self.pages[name] = self.pages.get(name, 0) + 1
                self.send({"id": message["id"], "result": page(self.tables[name], self.pages[name])})
            elif "id" in message:
                self.send({"id": message["id"], "result": {}})
        sys.exit(f"{method}: the plugin ended")

    def seconds(self):
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self):
        lines = open(f"/proc/{self.process.pid}/status").read().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def measure(program, count, prefix):
    tables = {name: table for name, table in dossier(count, prefix).items() if table[1]}
    plugin = Plugin(program, tables)
    limits = {"lineBytes": 8 << 20, "depth": 64, "requestsInFlight": 64}
    offered, _ = plugin.call(1, "initialize", {
        "protocolVersions": [1], "host": {"name": "scale", "version": "1"}, "locale": "zh", "limits": limits,
        "capabilities": ["lists"]})
    role = offered["roles"][0]
    given = {}
    for name in role["reads"]:
        if name in tables:
            given[name] = {"schema": {"name": name, "columns": tables[name][0]}, "page": page(tables[name], 0)}
            if not given[name]["page"]["done"]:
                given[name]["stream"] = name
    project = {"name": "社区服务", "year": 2026, "kind": "recurring"}
    before = plugin.seconds()
    reply, size = plugin.call(2, "scorer/score", {
        "role": role["name"], "config": {}, "prior": {}, "dossier": {"fields": {"project": project}, "tables": given}})
    for pointer, stream in reply.pop("more", {}).items():
        done, number = False, 10
        while not done:
            number += 1
            rest, more = plugin.call(number, "stream/next", {"stream": stream})
            reply[pointer[1:]] += rest["items"]
            size, done = size + more, rest["done"]
    taken, memory = plugin.seconds() - before, plugin.megabytes()
    plugin.process.kill()
    return role["name"], taken, memory, size, len(reply["findings"]), len(reply["facts"])


def main():
    arguments = [a for a in sys.argv[1:] if a != "--prefix"]
    if len(arguments) < 2:
        sys.exit(__doc__)
    last = None
    for count in map(int, arguments[1:]):
        name, taken, memory, size, findings, facts = measure(arguments[0], count, "--prefix" in sys.argv)
        growth = f"{math.log(taken / last[1]) / math.log(count / last[0]):5.2f}" if last and last[1] and taken else "    –"
        print(f"{name} N={count}: {taken:6.2f} s CPU, exponent {growth}, {memory} MB, {size / 1e6:.2f} MB back, "
              f"{findings} findings, {facts} facts", flush=True)
        last = (count, taken)


main()
