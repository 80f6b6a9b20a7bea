internal import ExactNumbers
internal import JSONDocument
internal import ReviewFile
internal import ReviewModel
internal import Tables

extension Table {
    /// Appends the columns of a page, each a list of `rows` cells, read straight into the packed columns.
    ///
    /// - Returns: whether there were as many columns, and cells in each.
    mutating func append(_ columns: JSONText, rows: Int) -> Bool {
        let width = schema.columns.count
        let fits = columns.read { cursor in
            var position = 0
            let isWhole = cursor.elements { cursor in
                guard position < width, cursor.kind == .list else { return false }
                fill(column: position) { column in
                    _ = cursor.elements { cell in
                        column.append(&cell)
                        return true
                    }
                }
                position += 1
                return true
            }
            return isWhole && position == width
        }
        return endFill(rows: rows) && fits
    }
}

extension ColumnStorage {
    fileprivate mutating func append(_ cell: inout JSONCursor) {
        switch cell.kind {
        case .text:
            if cell.plainText({ append(typing: $0) }) { return }
            append(text: cell.text() ?? "")
        case .null:
            cell.skip()
            appendMissing()
        case .number where type == .integer || type == .decimal:
            guard let number = cell.plainInteger() else { return append(cell.value()) }
            append(significand: Int128(number), places: 0)
        default: append(cell.value())
        }
    }

    /// About how many bytes the cells take as JSON, without looking at each where that can be had.
    func estimatedBytes(_ rows: Range<Int>) -> Int {
        guard let first = rows.first, let last = rows.last else { return 0 }
        switch type {
        case .boolean: return 5 * rows.count
        case .integer: return 8 * rows.count
        case .decimal: return 16 * rows.count
        case .date: return 13 * rows.count
        case .text where strays.isEmpty: return range(last).upperBound - range(first).lowerBound + 5 * rows.count
        case .text, .texts: return rows.reduce(0) { $0 + estimatedBytes($1) }
        }
    }

    /// Writes cells, with commas between them.
    func write(_ rows: Range<Int>, into writer: inout JSONWriter) {
        switch type {
        case .text where strays.isEmpty: writeTexts(rows, into: &writer)
        case .decimal where strays.isEmpty && bigNumbers.isEmpty:
            for row in rows {
                if row > rows.lowerBound { writer.write(raw: ",") }
                let significand = numbers[row]
                if significand == Self.absentNumber {
                    writer.write(raw: "null")
                } else {
                    writer.write(
                        decimal: significand,
                        places: Int(placesByRow.isEmpty ? places : placesByRow[row])
                    )
                }
            }
        default:
            for row in rows {
                if row > rows.lowerBound { writer.write(raw: ",") }
                writer.write(value(row))
            }
        }
    }

    private func writeTexts(_ rows: Range<Int>, into writer: inout JSONWriter) {
        guard let first = rows.first, let last = rows.last else { return }
        var start = range(first).lowerBound
        writer.reserve(range(last).upperBound - start + 3 * rows.count)
        let hasMissing = !missing.isEmpty
        bytes.withUnsafeBufferPointer { bytes in
            ends.withUnsafeBufferPointer { ends in
                for row in rows {
                    if row > first { writer.write(raw: ",") }
                    let end = Int(ends[row])
                    if hasMissing, missing.contains(row) {
                        writer.write(raw: "null")
                    } else {
                        writer.write(utf8: UnsafeBufferPointer(rebasing: bytes[start..<end]))
                    }
                    start = end
                }
            }
        }
    }
}

// MARK: - Places

extension Table {
    /// What a page of these rows says of their places: `sheet`, where all stand in one and the other side knows that, else `places`
    /// and `cellPlaces`.
    func places(_ rows: Range<Int>, bySheet: Bool) -> Record {
        if bySheet, let sheet = sheetRows(rows), let letters = letters(sheet.column) {
            let columns = schema.columns.enumerated().compactMap { position, column -> Record.Member? in
                sheetColumns[position].flatMap(letters(_:)).map { (column.name, .text($0)) }
            }
            var record: Record = [
                "file": .text(sheet.file), "sheet": .text(sheet.sheet), "column": .text(letters),
                "rows": .list(sheet.rows.map(Value.integer)),
            ]
            record.setIfPresent("columns", .record(Record(columns)))
            return ["sheet": .record(record)]
        }
        var record: Record = ["places": .list(rows.map { spot(ofRow: $0)?.wire ?? .null })]
        let cells = schema.columns.enumerated().compactMap { position, column -> Record.Member? in
            guard hasPlaces(ofColumn: position) || sheetColumns[position] != nil else { return nil }
            return (column.name, .list(rows.map { spot(ofRow: $0, column: position)?.wire ?? .null }))
        }
        record.setIfPresent("cellPlaces", .record(Record(cells)))
        return record
    }

    private func letters(_ column: Int) -> String? { CellAddress(column: column, row: 1)?.columnLetters }

    private mutating func take(sheet: Record, from start: Int) -> Bool {
        func column(_ value: Value?) -> Int? { value?.text.flatMap { CellAddress($0 + "1") }?.column }
        guard let file = sheet["file"]?.text, let name = sheet["sheet"]?.text, let first = column(sheet["column"]),
            let rows = sheet["rows"]?.list, start + rows.count <= rowCount
        else { return false }
        for (offset, row) in rows.enumerated() {
            guard let row = row.integer, let address = CellAddress(column: first, row: row) else { return false }
            set(.cell(file: file, sheet: name, address: address), ofRow: start + offset)
        }
        var columns: [Int: Int] = [:]
        for (name, letters) in sheet["columns"]?.record?.members ?? [] {
            guard let position = schema.position(of: name), let column = column(letters) else { return false }
            columns[position] = column
        }
        // Two sheets of one table may have a column in different places; then each cell says its own.
        if start > 0, columns != sheetColumns {
            for (position, column) in columns { spell(position, column, start..<start + rows.count) }
        } else {
            sheetColumns = columns
        }
        return true
    }

    /// Notes the places of cells one by one.
    private mutating func spell(_ position: Int, _ column: Int, _ rows: Range<Int>) {
        for row in rows {
            guard case .place(.cell(let file, let sheet, let address))? = spot(ofRow: row),
                let own = CellAddress(column: column, row: address.row)
            else { continue }
            set(.cell(file: file, sheet: sheet, address: own), ofRow: row, column: position)
        }
    }

    private func spot(_ value: Value) -> Spot? {
        let log = DiagnosticLog()
        let spot = Spot(wire: ValueReader(value, log: log))
        return log.hasErrors ? nil : spot
    }

    /// Takes the places of a page whose first row is `start`.
    ///
    /// - Returns: whether they were places, of rows and columns that are there.
    mutating func take(places: Record, from start: Int) -> Bool {
        if let sheet = places["sheet"] {
            guard let sheet = sheet.record, take(sheet: sheet, from: start) else { return false }
        }
        for (offset, value) in (places["places"]?.list ?? []).enumerated() where !value.isNull {
            guard let spot = spot(value), start + offset < rowCount else { return false }
            set(spot, ofRow: start + offset)
        }
        for (name, values) in places["cellPlaces"]?.record?.members ?? [] {
            guard let column = schema.position(of: name), let values = values.list else { return false }
            for (offset, value) in values.enumerated() where !value.isNull {
                guard let spot = spot(value), start + offset < rowCount else { return false }
                set(spot, ofRow: start + offset, column: column)
            }
        }
        return true
    }
}
