public import ReviewModel

extension LocalizedText: WireValue {
    public init?(wire reader: ValueReader) {
        guard let text = reader.localizedText() else { return nil }
        self = text
    }

    public var wire: Value { ["zh": .text(zh), "en": .text(en)] }
}

extension TableSchema: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let name = record.required("name")?.text() else { return nil }
        let columns = record.required("columns")?.list(of: Column.self) ?? []
        let origin = record.optional("origin").flatMap(Origin.init(wire:))
        self.init(name: name, title: record.optional("title")?.localizedText(), columns: columns, origin: origin)
    }

    public var wire: Value {
        var record: Record = ["name": .text(name)]
        if title != LocalizedText(name) { record["title"] = title.wire }
        record["columns"] = Value(wire: columns)
        if let origin { record["origin"] = origin.wire }
        return .record(record)
    }
}

extension TableSchema.Origin: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let setting = record.required("setting")?.text(),
            let line = record.required("line")?.text()
        else { return nil }
        self.init(setting: setting, lineColumn: line)
    }

    public var wire: Value { ["setting": .text(setting), "line": .text(lineColumn)] }
}

extension Column: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let name = record.required("name")?.text() else { return nil }
        let type = record.optional("type")?.oneOf(ColumnType.allCases.map(\.rawValue))
        self.init(
            name: name,
            title: record.optional("title")?.localizedText(),
            type: type.flatMap(ColumnType.init) ?? .text,
            unit: record.optional("unit")?.text() ?? ""
        )
    }

    public var wire: Value {
        var record: Record = ["name": .text(name)]
        if title != LocalizedText(name) { record["title"] = title.wire }
        record["type"] = .text(type.rawValue)
        record.setIfPresent("unit", .text(unit))
        return .record(record)
    }
}

/// Some consecutive rows of a table, column by column.
public struct TablePage: WireValue, Hashable {
    /// Counts the pages of a stream from 0.
    public var sequence: Int
    public var rowCount: Int
    public var columns: [[Value]]
    /// Whether this is the last page.
    public var done: Bool
    /// With the last page: the rows of the whole stream, which proves that nothing was cut off.
    public var totalRows: Int?

    public init(sequence: Int, rowCount: Int, columns: [[Value]], done: Bool, totalRows: Int? = nil) {
        self.sequence = sequence
        self.rowCount = rowCount
        self.columns = columns
        self.done = done
        self.totalRows = totalRows
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let sequence = record.required("seq")?.integer(),
            let rowCount = record.required("rows")?.integer(), let columns = record.required("columns"),
            let done = record.required("done")?.boolean()
        else { return nil }
        self.init(
            sequence: sequence,
            rowCount: rowCount,
            // The cells are taken as they are: a reader for each would cost more than reading them.
            columns: columns.list().map { column in column.value.list ?? column.list().map(\.value) },
            done: done,
            totalRows: record.optional("totalRows")?.integer()
        )
    }

    public var wire: Value {
        var record: Record = [
            "seq": .integer(sequence), "rows": .integer(rowCount), "columns": .list(columns.map(Value.list)),
            "done": .boolean(done),
        ]
        if let totalRows { record["totalRows"] = .integer(totalRows) }
        return .record(record)
    }

    /// Whether every column holds ``rowCount`` values and there are `columnCount` of them.
    public func fits(columnCount: Int) -> Bool {
        columns.count == columnCount && columns.allSatisfy { $0.count == rowCount } && rowCount >= 0
    }
}

/// Cuts a table into pages of bounded rows and bytes.
public struct TablePager: Sendable {
    private let table: Table
    private var nextRow = 0
    private var sequence = 0

    public init(_ table: Table) { self.table = table }

    public var isDone: Bool { nextRow >= table.rowCount && sequence > 0 }

    /// The next page; after the last one, empty pages that are `done`.
    public mutating func next(maximumRows: Int = PageLimits.rows, maximumBytes: Int = PageLimits.bytes) -> TablePage {
        let columns = table.storage
        var (end, bytes) = (nextRow, 0)
        while end < table.rowCount, end - nextRow < max(1, maximumRows), bytes < maximumBytes {
            for column in columns { bytes += column.estimatedBytes(end) }
            end += 1
        }
        let done = end >= table.rowCount
        let page = TablePage(
            sequence: sequence,
            rowCount: end - nextRow,
            columns: table.page(nextRow..<end),
            done: done,
            totalRows: done ? table.rowCount : nil
        )
        nextRow = end
        sequence += 1
        return page
    }
}
