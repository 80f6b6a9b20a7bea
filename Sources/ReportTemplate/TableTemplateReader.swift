internal import Groundwork
internal import JSONDocument
internal import ReportDocument

extension TemplateReader {
    /// A `table` or a `form` (a table without header).
    func table(_ kind: String, _ record: RecordReader) -> TableTemplate? {
        let caption = caption(kind, record)
        let unit = record.optional("unit").flatMap { MoneyUnit($0) }
        let note = record.optional("note")?.wording()
        let columns = record.required("columns")?.list().compactMap(column) ?? []
        let count = columns.count
        var header = record.optional("header")?.list().map { cells($0, in: nil) } ?? []
        if header.isEmpty, kind == "table", columns.contains(where: { $0.title != nil }) {
            header = [columns.map { titleCell($0, at: record.pointer / "columns", log: record.log) }]
        }
        let rows = record.required("rows").map { self.rows($0, in: count) } ?? []
        guard count > 0 else { return nil }
        if !rows.contains(where: \.hasTallCells) {
            for row in rows { row.tellOfGaps(in: count, record.log) }
        }
        return TableTemplate(
            caption: caption,
            note: note,
            unit: unit,
            columns: columns,
            header: header,
            rows: rows,
            isForm: kind == "form"
        )
    }

    private func titleCell(_ column: TemplateColumn, at pointer: JSONPointer, log: DiagnosticLog) -> TemplateCell {
        TemplateCell(
            text: column.title ?? Wording("", at: pointer, log: log),
            columnSpan: 1,
            rowSpan: 1,
            style: .head,
            alignment: .centre
        )
    }

    /// A title, or a mapping of title, width, align, merge and optional.
    private func column(_ reader: ValueReader) -> TemplateColumn? {
        guard case .record = reader.value, let record = reader.record() else {
            return reader.wording().map { TemplateColumn(title: $0, width: 10, alignment: .left, merges: false) }
        }
        let column = TemplateColumn(
            title: record.optional("title")?.wording(),
            width: min(max(1, record.optional("width")?.integer() ?? 10), 100_000),
            alignment: record.optional("align")?.oneOf(CellAlignment.self) ?? .left,
            merges: record.optional("merge")?.boolean() ?? false,
            isOptional: record.optional("optional")?.boolean() ?? false
        )
        record.finish()
        return column
    }

    private func rows(_ reader: ValueReader, in columns: Int) -> [TemplateRow] {
        reader.list().compactMap { row($0, in: columns) }
    }

    private func row(_ reader: ValueReader, in columns: Int) -> TemplateRow? {
        if case .list = reader.value { return .row(cells(reader, in: columns), style: .body) }
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        if record.record["each"] != nil {
            let repetition = repetition("each", record)
            let rows = record.required("rows").map { self.rows($0, in: columns) } ?? []
            return repetition.map { .each($0, rows: rows) }
        }
        let conditions = ["when", "unless"].compactMap { condition($0, record) }
        if let rows = record.optional("rows") { return .group(conditions, rows: self.rows(rows, in: columns)) }
        let style = record.optional("style")?.oneOf(RowStyle.self) ?? .body
        guard let cells = record.required("row").map({ cells($0, in: columns) }) else { return nil }
        return .group(conditions, rows: [.row(cells, style: style)])
    }

    /// The cells of one row; together they must be as wide as the table unless a cell above reaches into the row.
    private func cells(_ reader: ValueReader, in columns: Int?) -> [TemplateCell] {
        let cells = reader.list().compactMap(cell)
        let width = cells.reduce(0) { $0 + $1.columnSpan }
        // Without a column that could be read it is told that there is none.
        if let columns, columns > 0, width > columns {
            reader.log.add(tooWide(width, columns, at: reader.pointer))
        }
        return cells
    }

    private func cell(_ reader: ValueReader) -> TemplateCell? {
        guard case .record = reader.value, let record = reader.record() else {
            let text = reader.isNull ? Wording("", at: reader.pointer, log: reader.log) : reader.wording()
            return text.map { TemplateCell(text: $0, columnSpan: 1, rowSpan: 1) }
        }
        let text = record.optional("text")?.wording() ?? Wording("", at: reader.pointer, log: reader.log)
        let cell = TemplateCell(
            text: text,
            columnSpan: span(record.optional("colspan")),
            rowSpan: span(record.optional("rowspan")),
            style: record.optional("style")?.oneOf(CellStyle.self),
            alignment: record.optional("align")?.oneOf(CellAlignment.self),
            key: record.optional("key")?.wording()
        )
        record.finish()
        return cell
    }

    private func span(_ reader: ValueReader?) -> Int {
        guard let reader, let span = reader.integer() else { return 1 }
        if !(1...200).contains(span) { reader.log.add(badSpan(span, at: reader.pointer)) }
        return min(max(span, 1), 200)
    }
}

extension TemplateRow {
    /// Whether a cell reaches into the rows below, which then have fewer.
    fileprivate var hasTallCells: Bool {
        switch self {
        case .row(let cells, _): cells.contains { $0.rowSpan > 1 }
        case .each(_, let rows), .group(_, let rows): rows.contains(where: \.hasTallCells)
        }
    }

    /// Reports rows that are narrower than the table.
    fileprivate func tellOfGaps(in columns: Int, _ log: DiagnosticLog) {
        switch self {
        case .row(let cells, _):
            // How wide a row is with a wrong span nobody knows.
            if log.diagnostics.contains(where: { $0.code == "template/span" }) { return }
            let width = cells.reduce(0) { $0 + $1.columnSpan }
            if let first = cells.first, width < columns { log.add(tooNarrow(width, columns, at: first.text.pointer)) }
        case .each(_, let rows), .group(_, let rows): for row in rows { row.tellOfGaps(in: columns, log) }
        }
    }
}

// MARK: - Messages

private func tooNarrow(_ width: Int, _ columns: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        severity: .warning,
        code: "template/row-width",
        message: LocalizedText(
            zh: "这一行只有 \(width) 格，表格有 \(columns) 列",
            en: "this row has only \(width) cells for \(columns) columns"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "空着的格写 \"\"，跨列的写 {text: …, colspan: 2}",
            en: "write \"\" for an empty cell, and {text: …, colspan: 2} for a wide one"
        )
    )
}

private func tooWide(_ width: Int, _ columns: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/row-width",
        message: LocalizedText(
            zh: "这一行有 \(width) 格，表格只有 \(columns) 列",
            en: "this row has \(width) cells, the table \(columns) columns"
        ),
        pointer: pointer
    )
}

private func badSpan(_ span: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/span",
        message: LocalizedText(zh: "跨度应为 1 至 200，实为 \(span)", en: "spans are 1 to 200, found \(span)"),
        pointer: pointer
    )
}
