"""Times the queries of a file with SQLite, over lines.csv and history.csv of a folder. Amounts are cents there.

usage: queries.py QUERIES FOLDER
"""
import csv
import sqlite3
import sys
import time

queries, folder = sys.argv[1:]
connection = sqlite3.connect(":memory:")
connection.execute("CREATE TABLE lines (id TEXT, category TEXT, qty INTEGER, price INTEGER, amount INTEGER)")
connection.execute("CREATE TABLE history (line TEXT, year INTEGER, paid INTEGER)")
for table, width in (("lines", 5), ("history", 3)):
    with open(f"{folder}/{table}.csv", encoding="utf-8") as file:
        connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", csv.reader(file))
# Ours makes its own; without it, SQLite would need the square of the rows.
connection.execute("CREATE INDEX by_line ON history (line)")
with open(queries, encoding="utf-8") as file:
    lines = file.read().split("\n")
for name, sql in zip(lines, lines[1:]):
    if name.startswith("-- "):
        best = None
        for _ in range(3):
            start = time.thread_time()
            connection.execute(sql).fetchall()
            best = min(best or 1e9, time.thread_time() - start)
        print(f"{name[3:]}\t{int(best * 1e6)}")
