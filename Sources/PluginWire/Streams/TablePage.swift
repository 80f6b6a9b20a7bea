internal import JSONDocument
public import ReviewModel
internal import Tables

/// Some consecutive rows of a table, column by column.
///
/// A page is cells only where somebody has made them. One that is sent is a part of its table, written straight from the
/// packed columns; one that came is text until it is appended to a table, whose columns it is read into.
public struct TablePage: WireValue {
    /// Counts the pages of a stream from 0.
    public var sequence: Int
    public var rowCount: Int
    /// Whether this is the last page.
    public var done: Bool
    /// The rows of the whole stream: with the last page, where it proves that nothing was cut off, and before where they
    /// are known.
    public var totalRows: Int?
    private var cells: Cells
    /// Where rows and cells were read, `places`, `cellPlaces` and `sheet`; of the last page of a source also `findings` and `texts`.
    private var places: Record
    private static let further = ["places", "cellPlaces", "sheet", "findings", "texts"]

    private enum Cells: Sendable {
        case values([[Value]])
        /// A table's rows from one on.
        case rows(Table, start: Int)
        /// The list of columns as it came.
        case text(JSONText)
    }

    public init(sequence: Int, rowCount: Int, columns: [[Value]], done: Bool, totalRows: Int? = nil) {
        self.init(sequence, rowCount, .values(columns), done, totalRows)
    }

    /// The rows of `table` from `start` on.
    init(sequence: Int, _ table: Table, _ rows: Range<Int>, done: Bool, places detail: PlaceDetail) {
        self.init(sequence, rows.count, .rows(table, start: rows.lowerBound), done, table.rowCount)
        if detail != .none { places = table.places(rows, bySheet: detail == .bySheet) }
    }

    private init(_ sequence: Int, _ rowCount: Int, _ cells: Cells, _ done: Bool, _ totalRows: Int?) {
        (self.sequence, self.rowCount, self.cells, self.done) = (sequence, rowCount, cells, done)
        (self.totalRows, places) = (totalRows, Record())
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let sequence = record.required("seq")?.integer(),
            let rowCount = record.required("rows")?.count(), let columns = record.required("columns"),
            let done = record.required("done")?.boolean()
        else { return nil }
        self.init(
            sequence: sequence,
            rowCount: rowCount,
            // The cells are taken as they are: a reader for each would cost more than reading them.
            columns: columns.list().map { column in column.value.list ?? column.list().map(\.value) },
            done: done,
            totalRows: record.optional("totalRows")?.count()
        )
        for key in Self.further {
            if let value = record.optional(key)?.value { places[key] = value }
        }
    }

    public static func decode(_ text: JSONText, of method: String) throws(RPCError) -> TablePage {
        var (sequence, rowCount, done, total) = (nil as Int?, nil as Int?, nil as Bool?, nil as Int?)
        var (columns, places) = (nil as Range<Int>?, Record())
        text.read { cursor in
            _ = cursor.members { key, cursor in
                switch key {
                case "seq": sequence = cursor.integer()
                case "rows": rowCount = cursor.integer()
                case "columns" where cursor.kind == .list: columns = cursor.skip()
                case "done": done = cursor.boolean()
                case "totalRows": total = cursor.integer()
                case "places", "cellPlaces", "sheet", "findings", "texts": places[key.text] = cursor.value()
                default: cursor.skip()
                }
            }
        }
        // What is missing or of another kind is told by the slower way.
        guard let sequence, let rowCount, rowCount >= 0, total ?? 0 >= 0, let columns, let done else {
            return try read(text.value, of: method)
        }
        var page = TablePage(sequence, rowCount, .text(text.part(columns)), done, total)
        page.places = places
        return page
    }

    public var wire: Value {
        var record: Record = [
            "seq": .integer(sequence), "rows": .integer(rowCount), "columns": .list(columns.map(Value.list)),
            "done": .boolean(done),
        ]
        if let totalRows { record["totalRows"] = .integer(totalRows) }
        for (key, value) in places.members { record[key] = value }
        return .record(record)
    }

    public func encode(into writer: inout JSONWriter) {
        guard case .rows(let table, let start) = cells else { return writer.write(wire) }
        writer.reserve(
            table.storage.indices.reduce(64) { $0 + table.storage[$1].estimatedBytes(start..<start + rowCount) }
        )
        writer.write(raw: "{\"seq\":")
        writer.write(sequence)
        writer.write(raw: ",\"rows\":")
        writer.write(rowCount)
        writer.write(raw: ",\"columns\":[")
        for (position, column) in table.storage.enumerated() {
            writer.write(raw: position == 0 ? "[" : ",[")
            column.write(start..<start + rowCount, into: &writer)
            writer.write(raw: "]")
        }
        writer.write(raw: done ? "],\"done\":true" : "],\"done\":false")
        if let totalRows {
            writer.write(raw: ",\"totalRows\":")
            writer.write(totalRows)
        }
        for (key, value) in places.members {
            writer.write(raw: ",")
            writer.write(text: key)
            writer.write(raw: ":")
            writer.write(value)
        }
        writer.write(raw: "}")
    }

    /// The cells, made anew each time; see ``append(to:)``.
    public var columns: [[Value]] {
        switch cells {
        case .values(let columns): columns
        case .rows(let table, let start): table.page(start..<start + rowCount)
        case .text(let text): (text.value.list ?? []).map { $0.list ?? [] }
        }
    }

    /// The end of a source's stream: what is to be said of its rows, and which of its columns have cells of other types.
    mutating func end(findings: [Finding], texts: [String]) {
        places.setIfPresent("findings", Value(wire: findings))
        places.setIfPresent("texts", .list(texts.map(Value.text)))
    }

    /// What the source says behind its last row; `nil` where that cannot be read.
    var findings: [Finding]? {
        guard let value = places["findings"] else { return [] }
        let log = DiagnosticLog()
        let findings = ValueReader(value, log: log).list(of: Finding.self)
        return log.hasErrors ? nil : findings
    }

    /// The columns that are texts, whatever their types.
    var texts: [String] { places["texts"]?.list?.compactMap(\.text) ?? [] }

    /// Whether every column holds ``rowCount`` values and there are `columnCount` of them.
    public func fits(columnCount: Int) -> Bool {
        let columns = columns
        return columns.count == columnCount && columns.allSatisfy { $0.count == rowCount } && rowCount >= 0
    }

    /// Appends the rows to `table`, typed by its columns.
    ///
    /// - Returns: whether the page has the table's columns, each of ``rowCount`` cells. If not, the table is of no use any
    ///   more.
    public func append(to table: inout Table) -> Bool {
        let start = table.rowCount
        let fits =
            switch cells {
            case .text(let text): rowCount >= 0 && table.append(text, rows: rowCount)
            case .values, .rows: fits(columnCount: table.schema.columns.count) && table.append(page: columns)
            }
        if fits, start == 0, !done, let total = totalRows, total <= PageLimits.tableRows { table.reserve(rows: total) }
        return fits && (places.isEmpty || table.take(places: places, from: start))
    }
}

extension TablePage {
    /// The same rows, with nothing said of where they were read; `nil` where nothing was said.
    var withoutPlaces: TablePage? {
        if places.isEmpty { return nil }
        var page = self
        page.places = Record()
        return page
    }
}

extension TablePage: Hashable {
    public static func == (left: TablePage, right: TablePage) -> Bool { left.wire == right.wire }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(sequence)
        hasher.combine(rowCount)
    }
}

/// How much a page says of where its rows and cells were read.
public enum PlaceDetail: Sendable {
    case none
    /// Each row's place, and each cell's that knows better.
    case each
    /// The same, but for rows of one sheet only their numbers.
    case bySheet
}

/// Cuts a table into pages of bounded rows and bytes.
public struct TablePager: Sendable {
    private let table: Table
    private let places: PlaceDetail
    private var nextRow = 0
    private var sequence = 0

    /// - Parameter places: whether the pages say where rows and cells were read, and how.
    public init(_ table: Table, places: PlaceDetail = .none) {
        (self.table, self.places) = (table, table.hasPlaces ? places : .none)
    }

    public var isDone: Bool { nextRow >= table.rowCount && sequence > 0 }

    /// The next page; after the last one, empty pages that are `done`.
    public mutating func next(maximumRows: Int = PageLimits.rows, maximumBytes: Int = PageLimits.bytes) -> TablePage {
        let columns = table.storage
        func bytes(_ end: Int) -> Int {
            var bytes = places == .none ? 0 : (places == .bySheet ? 8 : 100) * (end - nextRow)
            for position in columns.indices { bytes += columns[position].estimatedBytes(nextRow..<end) }
            return bytes
        }
        // The first row that makes the page full is its last; looked for by halves.
        var (low, end) = (nextRow, min(table.rowCount, nextRow + max(1, maximumRows)))
        while low + 1 < end {
            let middle = (low + end) / 2
            if bytes(middle) >= maximumBytes { end = middle } else { low = middle }
        }
        let done = end >= table.rowCount
        defer { (nextRow, sequence) = (end, sequence + 1) }
        return TablePage(sequence: sequence, table, nextRow..<end, done: done, places: places)
    }
}
