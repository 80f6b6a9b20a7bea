"""Writes one table of budget lines as FOLDER/lines.xlsx and FOLDER/lines.csv: make_files.py FOLDER ROWS"""

import random
import sys
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEADS = ["编号", "项目内容", "项目明细", "数量", "单价（元）", "金额（元）"]
NAMES = [f"项目{number}" for number in range(200)]


def lines(count):
    chance = random.Random(1)
    for number in range(count):
        quantity, cents = chance.randint(1, 20), chance.randint(100, 999_999)
        yield number, chance.randrange(200), quantity, cents, quantity * cents


def row(line):
    number, name, quantity, price, amount = line
    r = number + 2
    # As spreadsheet programs store them: binary numbers with 17 digits.
    return (f'<row r="{r}"><c r="A{r}" t="str"><v>L{number:07d}</v></c><c r="B{r}" t="s"><v>{6 + name}</v></c>'
            f'<c r="C{r}" t="s"><v>{6 + name * 7 % 200}</v></c><c r="D{r}"><v>{quantity}</v></c>'
            f'<c r="E{r}"><v>{price / 100:.17g}</v></c><c r="F{r}"><v>{amount / 100:.17g}</v></c></row>')


def main(folder, count):
    with open(f"{folder}/lines.csv", "w", encoding="utf-8") as file:
        file.write(",".join(HEADS) + "\n")
        for number, name, quantity, price, amount in lines(count):
            file.write(f"L{number:07d},{NAMES[name]},{NAMES[name * 7 % 200]},{quantity},{price / 100:.2f},{amount / 100:.2f}\n")
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPES}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="明细" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in HEADS + NAMES) + "</sst>",
    }
    with zipfile.ZipFile(f"{folder}/lines.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in parts.items():
            book.writestr(name, DECLARATION + text)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            heads = "".join(f'<c r="{letter}1" t="s"><v>{index}</v></c>' for index, letter in enumerate("ABCDEF"))
            sheet.write(f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData><row r="1">{heads}</row>'.encode())
            for line in lines(count):
                sheet.write(row(line).encode())
            sheet.write(b"</sheetData></worksheet>")


main(sys.argv[1], int(sys.argv[2]))
