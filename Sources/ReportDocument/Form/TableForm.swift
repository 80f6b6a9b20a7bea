internal import Groundwork
public import JSONDocument

extension DocumentTable {
    init?(wire record: RecordReader) {
        self.init(
            caption: record.runs("caption"),
            note: record.runs("note"),
            columns: record.required("columns")?.list(of: DocumentColumn.self) ?? [],
            header: record.optional("header")?.list(of: DocumentRow.self) ?? [],
            body: record.required("body")?.list(of: DocumentRow.self) ?? [],
            isForm: record.optional("form")?.boolean() ?? false
        )
        let cells = (header + body).lazy.flatMap(\.cells)
        guard let stray = cells.first(where: { $0.column < 0 || $0.column + $0.columnSpan > columns.count }) else {
            return
        }
        record.log.add(outside(stray.column, columns.count, at: record.pointer))
        return nil
    }

    var members: Record {
        var record: Record = [:]
        record.setIfPresent("caption", caption.wire)
        record.setIfPresent("note", note.wire)
        record["columns"] = Value(wire: columns)
        record.setIfPresent("header", Value(wire: header))
        record["body"] = Value(wire: body)
        if isForm { record["form"] = .boolean(true) }
        return record
    }
}

extension DocumentColumn: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            width: min(max(record.optional("width")?.integer() ?? 0, 0), DocumentCell.widest),
            alignment: record.optional("alignment")?.oneOf(CellAlignment.self) ?? .left
        )
    }

    public var wire: Value { ["width": .integer(width), "alignment": .text(alignment.rawValue)] }
}

extension DocumentRow: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            cells: record.required("cells")?.list(of: DocumentCell.self) ?? [],
            style: record.optional("style")?.oneOf(RowStyle.self) ?? .body
        )
    }

    public var wire: Value {
        var record: Record = ["cells": Value(wire: cells)]
        if style != .body { record["style"] = .text(style.rawValue) }
        return .record(record)
    }
}

extension DocumentCell: WireForm {
    /// More columns, rows under one cell, or shares of a width than any table has.
    fileprivate static let widest = 1_000_000

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let column = record.required("column")?.integer() else { return nil }
        self.init(
            // What lies farther is no column of any table, and no arithmetic may fail over it.
            column: min(max(column, -1), Self.widest),
            columnSpan: min(max(record.optional("columnSpan")?.integer() ?? 1, 1), Self.widest),
            rowSpan: min(max(record.optional("rowSpan")?.integer() ?? 1, 1), Self.widest),
            style: record.optional("style")?.oneOf(CellStyle.self) ?? .data,
            alignment: record.optional("alignment")?.oneOf(CellAlignment.self) ?? .left,
            runs: record.runs("runs")
        )
    }

    public var wire: Value {
        var record: Record = ["column": .integer(column), "runs": runs.wire, "alignment": .text(alignment.rawValue)]
        if columnSpan > 1 { record["columnSpan"] = .integer(columnSpan) }
        if rowSpan > 1 { record["rowSpan"] = .integer(rowSpan) }
        if style != .data { record["style"] = .text(style.rawValue) }
        return .record(record)
    }
}

// MARK: - Messages

private func outside(_ column: Int, _ count: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "document/cell-outside",
        message: LocalizedText(
            zh: "表格只有 \(count) 列，却有单元格起于第 \(column + 1) 列或越出右边",
            en: "the table has \(count) columns, and a cell that begins at column \(column + 1) does not fit"
        ),
        pointer: pointer
    )
}
