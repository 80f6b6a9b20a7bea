"""Answers SQL with SQLite: the first lines of the file make tables, up to an empty one; each line after it is a query.

Prints one line for each: its rows as JSON.
"""
import json
import sqlite3
import sys

connection = sqlite3.connect(":memory:")
connection.execute("PRAGMA case_sensitive_like = 1")
with open(sys.argv[1], encoding="utf-8") as file:
    lines = file.read().split("\n")
begin = lines.index("")
for line in lines[:begin]:
    connection.execute(line)
for line in lines[begin + 1:]:
    if line:
        try:
            print(json.dumps([[None if c is None else str(c) for c in row] for row in connection.execute(line)]))
        except sqlite3.Error as error:
            print(json.dumps(str(error)))
