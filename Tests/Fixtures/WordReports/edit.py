"""Edits written.docx by hand, as people do; LibreOffice then saves it: see README.md."""

import copy

import docx
from docx.oxml.ns import qn

document = docx.Document("written.docx")
tables, paragraphs = document.tables, document.paragraphs


def put(paragraph, old, new):
    """The new text for the old one, cut into two runs in the middle of it."""
    for run in paragraph.runs:
        if old in run.text:
            before, after = run.text.split(old, 1)
            half = len(new) // 2
            run.text = before + new[:half]
            rest = copy.deepcopy(run._r)
            rest.findall(qn("w:t"))[0].text = new[half:] + after
            rest.findall(qn("w:t"))[0].set(qn("xml:space"), "preserve")
            run._r.addnext(rest)
            return
    raise SystemExit(f"no {old} in {paragraph.text}")


def cell(table, row, column, old, new):
    put([p for p in tables[table].rows[row].cells[column].paragraphs if old in p.text][0], old, new)


budget = [[c.text for c in row.cells] for row in tables[3].rows]
figures = []
for row in range(1, 6):
    for column in (3, 5):
        text = budget[row][column].strip()
        if text.endswith(".00") and len(figures) < 5 and len(text) > 6:
            new = text[:-3][:-1] + ("7" if text[-4] != "7" else "3") + ".10"
            cell(3, row, column, text, new)
            figures.append((text, new))
            break
cell(1, 11, 3, "93.5", "95.5")
cell(2, 17, 4, "84.5", "86.5")
cell(4, 1, 4, "3,600.00", "3,900.00")
put(paragraphs[10], "330,400.00", "333,400.00")
put(paragraphs[20], "1.09%", "1.90%")
# Two changes in one paragraph.
put(paragraphs[6], "改造一处", "新建一处")
put(paragraphs[6], "十二月总结", "次年一月总结")
# A paragraph and a row more, a row moved, a sentence gone.
added = copy.deepcopy(paragraphs[28]._p)
for run in added.findall(qn("w:r"))[1:]:
    added.remove(run)
added.findall(qn("w:r"))[0].findall(qn("w:t"))[0].text = "请项目单位于每季度末报送进度。"
paragraphs[28]._p.addnext(added)
row = copy.deepcopy(tables[5].rows[7]._tr)
texts = list(row.iter(qn("w:t")))
texts[-2].text, texts[-1].text = "每周一次", "合同约定"
tables[5].rows[7]._tr.addnext(row)
moved = tables[1].rows[9]._tr
moved.getparent().remove(moved)
tables[1].rows[3]._tr.addnext(moved)
put(paragraphs[10], "单价测算有待完善。", "")
document.save("edited.docx")
for figure in figures:
    print(*figure)
