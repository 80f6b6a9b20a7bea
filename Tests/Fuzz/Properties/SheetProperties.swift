import OfficeFiles
import WorkbookFixture

extension Property {
    /// A workbook, or a part of one: `z` begins a whole file, `t` the list of texts, `=` a formula, anything else the XML of a sheet.
    ///
    /// It is read or refused; rows and cells come in their order, and formulas are computed alike twice.
    public static func sheets(_ bytes: [UInt8]) -> String? {
        guard let kind = bytes.first else { return nil }
        let rest = Array(bytes.dropFirst())
        let file: [UInt8]?
        switch kind {
        case UInt8(ascii: "z"): file = rest
        case UInt8(ascii: "t"): file = book("<row><c t=\"s\"><v>0</v></c></row>", texts: rest)
        case UInt8(ascii: "="): file = book(formula: String(decoding: rest, as: UTF8.self))
        default: file = book(sheet: bytes)
        }
        guard let file, let workbook = try? Workbook(file) else { return nil }
        for sheet in workbook.sheets {
            guard var reading = try? workbook.reader(of: sheet) else { continue }
            var last = 0
            while (try? reading.next()) == true {
                guard reading.row.number > last else { return "row \(reading.row.number) comes after \(last)" }
                last = reading.row.number
                let columns = reading.row.cells.map(\.column)
                guard zip(columns, columns.dropFirst()).allSatisfy({ $0 < $1 }) else {
                    return "cells in no order: \(columns)"
                }
                for cell in reading.row.cells { _ = reading.row.formula(cell) }
            }
        }
        return formulas(workbook)
    }

    private static func formulas(_ book: Workbook) -> String? {
        guard let cells = try? WorkbookCells(book), cells.formulas.count <= 1000,
            let first = try? FormulaCheck(cells), let second = try? FormulaCheck(cells)
        else { return nil }
        guard first.differences == second.differences, first.followers == second.followers else {
            return "formulas give other results the second time"
        }
        guard first.differences.count + first.left.count <= first.formulaCount else {
            return "more formulas were told of than there are"
        }
        return nil
    }

    private static func book(_ rows: String = "", texts: [UInt8]? = nil, sheet: [UInt8]? = nil) -> [UInt8]? {
        var text = WorkbookText(rows: rows)
        if texts != nil { text.texts = "" }
        var entries = text.entries
        for index in entries.indices {
            if let texts, entries[index].name == "xl/sharedStrings.xml" { entries[index].bytes = texts }
            if let sheet, entries[index].name == "xl/worksheets/sheet1.xml" { entries[index].bytes = sheet }
        }
        return try? WorkbookText.zip(entries)
    }

    /// A few cells, and one with the formula.
    private static func book(formula: String) -> [UInt8]? {
        let escaped = formula.unicodeScalars.map { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            default: scalar.value < 0x20 ? "" : String(scalar)
            }
        }.joined()
        return book(
            "<row r=\"1\"><c r=\"A1\"><v>2</v></c><c r=\"B1\" t=\"str\"><v>甲</v></c><c r=\"C1\" t=\"e\"><v>#DIV/0!</v></c>"
                + "<c r=\"D1\"><f>\(escaped)</f><v>5</v></c></row><row r=\"2\"><c r=\"A2\"><v>0.1</v></c>"
                + "<c r=\"D2\"><f>D1+A1</f><v>7</v></c></row>"
        )
    }
}
