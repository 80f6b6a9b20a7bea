#!/usr/bin/env python3
"""Has LibreOffice reckon a workbook anew, and prints what stood in its formulas before and what stands in every cell after.

    recalculate.py BOOK.xlsx [SHEET!CELL=VALUE ...]

Each VALUE is put into its cell first, in place of whatever stands there; without one the cell is cleared. Prints JSON: `cached`, the formulas of the book as it
was by sheet and cell, each with its cached value; `reckoned`, every cell of every sheet after reckoning.
"""
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree as xml
from xml.sax.saxutils import escape

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# LibreOffice believes cached values unless it is told otherwise.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def sheets(parts):
    """The names of the sheets, by the names of their parts."""
    book = xml.fromstring(parts["xl/workbook.xml"])
    names = [sheet.get("name") for sheet in book.iter(MAIN + "sheet")]
    return {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, 1)}


def cached(text):
    """The formulas of a sheet with their values."""
    found = {}
    for cell in xml.fromstring(text).iter(MAIN + "c"):
        formula = cell.find(MAIN + "f")
        if formula is not None:
            value = cell.find(MAIN + "v")
            found[cell.get("r")] = {"formula": formula.text, "value": "" if value is None else value.text or ""}
    return found


def put(text, address, value):
    """The sheet with another value in a cell."""
    number = re.fullmatch(r"-?\d+(\.\d+)?", value)
    pattern = re.compile(r'<c r="%s"([^>]*?)(/>|>.*?</c>)' % address, re.S)
    assert pattern.search(text), f"there is no cell {address}"

    def cell(match):
        style = re.search(r' s="\d+"', match[1])
        style = style[0] if style else ""
        if not value:
            return f'<c r="{address}"{style}/>'
        if number:
            return f'<c r="{address}"{style}><v>{value}</v></c>'
        return f'<c r="{address}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'

    return pattern.sub(cell, text, count=1)


def plain(value):
    """A percentage as the fraction that it is."""
    return repr(float(value[:-1]) / 100) if re.fullmatch(r"-?\d+(\.\d+)?%", value) else value


def letters(column):
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def reckon(book, folder):
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    out = folder / "out"
    # Fields parted by commas, in UTF-8, numbers with all their places, every sheet.
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", options, "--outdir",
         str(out), str(book)],
        check=True, capture_output=True, timeout=300)
    return out


def main():
    path, changes = sys.argv[1], [change.split("=", 1) for change in sys.argv[2:]]
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    names = sheets(parts)
    before = {name: cached(parts[part]) for name, part in names.items()}
    for place, value in changes:
        sheet, address = place.split("!")
        parts[names[sheet]] = put(parts[names[sheet]], address, value)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with zipfile.ZipFile(folder / "book.xlsx", "w") as archive:
            for part, text in parts.items():
                archive.writestr(part, text)
        out = reckon(folder / "book.xlsx", folder)
        after = {}
        for sheet in names:
            with open(out / f"book-{sheet}.csv", encoding="utf-8", newline="") as file:
                after[sheet] = {
                    letters(column) + str(row): plain(value)
                    for row, line in enumerate(csv.reader(file), 1) for column, value in enumerate(line, 1) if value}
    json.dump({"cached": before, "reckoned": after}, sys.stdout, ensure_ascii=False)


main()
