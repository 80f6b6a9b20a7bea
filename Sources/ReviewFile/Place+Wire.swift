public import ReviewModel

/// `{file, line, column}`, `{file, sheet, cell}`, `{file, page, box}`, `{file, paragraph, heading}` or `{file, table, row, column}`.
extension Place: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let file = record.required("file")?.text() else { return nil }
        if let sheet = record.optional("sheet")?.text() {
            guard let address = record.required("cell")?.cellAddress() else { return nil }
            self = .cell(file: file, sheet: sheet, address: address)
        } else if let page = record.optional("page")?.count() {
            self = .page(file: file, page: page, box: record.optional("box").flatMap(PageBox.init(wire:)))
        } else if let paragraph = record.optional("paragraph")?.count() {
            self = .paragraph(file: file, heading: record.optional("heading")?.texts() ?? [], index: paragraph)
        } else if let table = record.optional("table")?.text() {
            guard let row = record.required("row")?.count(), let column = record.required("column")?.count() else {
                return nil
            }
            self = .tableCell(file: file, table: table, row: row, column: column)
        } else {
            self = .text(
                file: file,
                line: record.optional("line")?.count() ?? 1,
                column: record.optional("column")?.count() ?? 1
            )
        }
    }

    public var wire: Value {
        switch self {
        case .text(let file, let line, let column):
            return ["file": .text(file), "line": .integer(line), "column": .integer(column)]
        case .cell(let file, let sheet, let address):
            return ["file": .text(file), "sheet": .text(sheet), "cell": .text(address.description)]
        case .page(let file, let page, let box):
            var record: Record = ["file": .text(file), "page": .integer(page)]
            if let box { record["box"] = box.wire }
            return .record(record)
        case .paragraph(let file, let heading, let index):
            var record: Record = ["file": .text(file), "paragraph": .integer(index)]
            record.setIfPresent("heading", .list(heading.map(Value.text)))
            return .record(record)
        case .tableCell(let file, let table, let row, let column):
            return ["file": .text(file), "table": .text(table), "row": .integer(row), "column": .integer(column)]
        }
    }
}

/// `[left, top, width, height]`, in points.
extension PageBox: WireForm {
    public init?(wire reader: ValueReader) {
        let sides = reader.list().compactMap { $0.integer() }
        guard sides.count == 4 else { return nil }
        self.init(left: sides[0], top: sides[1], width: sides[2], height: sides[3])
    }

    public var wire: Value { [.integer(left), .integer(top), .integer(width), .integer(height)] }
}

/// `{pointer}`, `{pointer, line, column}`, or a place in a file.
extension Spot: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        guard let pointer = record.optional("pointer") else {
            guard let place = Place(wire: reader) else { return nil }
            self = .place(place)
            return
        }
        guard let pointer = pointer.jsonPointer() else { return nil }
        guard let line = record.optional("line") else {
            self = .value(pointer)
            return
        }
        guard let number = line.count() else { return nil }
        self = .line(of: pointer, line: number, column: record.optional("column")?.count() ?? 1)
    }

    public var wire: Value {
        switch self {
        case .value(let pointer): ["pointer": Value(pointer)]
        case .line(let pointer, let line, let column):
            ["pointer": Value(pointer), "line": .integer(line), "column": .integer(column)]
        case .place(let place): place.wire
        }
    }

    var isValue: Bool { if case .value = self { true } else { false } }
}

extension Location: WireForm {
    public init?(wire reader: ValueReader) {
        guard let place = Place(wire: reader), let record = reader.record() else { return nil }
        self.init(
            place,
            path: record.optional("path")?.text() ?? "",
            words: record.optional("words")?.localizedText()
        )
    }

    public var wire: Value {
        guard case .record(var record) = place.wire else { return .null }
        record.setIfPresent("path", .text(path))
        if let words { record["words"] = words.wire }
        return .record(record)
    }
}

extension ValueReader {
    /// A number that counts from 1 and that no file outgrows: lines, columns, pages, rows.
    fileprivate func count() -> Int? {
        guard let number = integer() else { return nil }
        if (1...Int(Int32.max)).contains(number) { return number }
        log.add(notACount(number, at: pointer))
        return nil
    }

    fileprivate func cellAddress() -> CellAddress? {
        guard let text = text() else { return nil }
        if let address = CellAddress(text) { return address }
        log.add(notACell(text, at: pointer))
        return nil
    }
}

private func notACount(_ number: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/out-of-range",
        message: LocalizedText(
            zh: "\(number) 不是行号、列号或页码（从 1 开始）",
            en: "\(number) is no line, column or page; they count from 1"
        ),
        pointer: pointer
    )
}

private func notACell(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/wrong-type",
        message: LocalizedText(
            zh: "\"\(text)\"不是单元格地址（如 C14）",
            en: "\"\(text)\" is no address of a cell such as C14"
        ),
        pointer: pointer
    )
}
