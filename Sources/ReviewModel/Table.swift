/// The shape of a table: its name and its columns, in order.
public struct TableSchema: Sendable, Hashable {
    public var name: String
    public var title: LocalizedText
    public var columns: [Column]
    /// Where the rows of a data source were read; `nil` where a finding can only name the source.
    public var origin: Origin?

    /// A text among the data source's own settings, whose lines the rows were read from.
    public struct Origin: Sendable, Hashable {
        /// The setting that holds the text.
        public var setting: String
        /// The column that holds the line of each row, counted from 1.
        public var lineColumn: String

        public init(setting: String, lineColumn: String) { (self.setting, self.lineColumn) = (setting, lineColumn) }
    }

    public init(name: String, title: LocalizedText? = nil, columns: [Column], origin: Origin? = nil) {
        self.name = name
        self.title = title ?? LocalizedText(name)
        self.columns = columns
        self.origin = origin
    }

    public func position(of column: String) -> Int? {
        columns.firstIndex { $0.name == column }
    }
}

/// One column of a table.
public struct Column: Sendable, Hashable {
    public var name: String
    public var title: LocalizedText
    public var type: ColumnType
    /// What a number counts: `CNY`, `percent`, `points`, a unit of measure; empty for none.
    public var unit: String

    public init(name: String, title: LocalizedText? = nil, type: ColumnType = .text, unit: String = "") {
        self.name = name
        self.title = title ?? LocalizedText(name)
        self.type = type
        self.unit = unit
    }
}

/// What the cells of a column hold. An empty cell is `null` in every type.
public enum ColumnType: String, Sendable, CaseIterable {
    case text
    /// An exact decimal; crosses the wire as text.
    case decimal
    case integer
    case boolean
    /// A calendar date, `2026-01-31`.
    case date
    /// A list of texts.
    case texts
}

/// A named table of values, held by columns.
///
///     for row in dossier.rows(of: "budget_lines") {
///         let amount = row.decimal("amount")      // nil where the cell is empty
///     }
public struct Table: Sendable, Hashable {
    public var schema: TableSchema
    /// One list a column, all of ``rowCount`` values.
    public private(set) var columns: [[Value]]
    public private(set) var rowCount: Int

    public init(schema: TableSchema) {
        self.schema = schema
        columns = Array(repeating: [], count: schema.columns.count)
        rowCount = 0
    }

    public var name: String { schema.name }

    /// Appends one row; missing cells become null, surplus ones are dropped.
    public mutating func append(row: [Value]) {
        for position in columns.indices {
            columns[position].append(position < row.count ? row[position] : .null)
        }
        rowCount += 1
    }

    /// Appends a page of columns; returns `false` and changes nothing when it does not fit the schema.
    public mutating func append(page: [[Value]]) -> Bool {
        guard page.count == columns.count, Set(page.map(\.count)).count <= 1 else { return false }
        for position in columns.indices {
            if rowCount == 0 { columns[position] = page[position] } else { columns[position] += page[position] }
        }
        rowCount += page.first?.count ?? 0
        return true
    }

    public var rows: some RandomAccessCollection<TableRow> {
        (0..<rowCount).lazy.map { TableRow(table: self, index: $0) }
    }

    public func cell(row: Int, column: String) -> Value {
        guard let position = schema.position(of: column), columns[position].indices.contains(row) else { return .null }
        return columns[position][row]
    }

    /// The rows `range` as a page of columns.
    public func page(_ range: Range<Int>) -> [[Value]] {
        columns.map { Array($0[range]) }
    }
}

/// One row of a table, read by column name. An absent column reads as empty.
public struct TableRow: Sendable {
    public let table: Table
    /// Counts from 0.
    public let index: Int

    public subscript(column: String) -> Value { table.cell(row: index, column: column) }

    /// The cell as text; numbers in digits, the empty string for an empty cell.
    public func text(_ column: String) -> String { self[column].scalarText ?? "" }
    /// The cell as text, or `nil` when it is empty.
    public func optionalText(_ column: String) -> String? {
        let cell = self[column]
        return cell.isNull ? nil : cell.scalarText
    }
    public func decimal(_ column: String) -> ExactDecimal? { self[column].decimal }
    public func integer(_ column: String) -> Int? { self[column].integer }
    public func boolean(_ column: String) -> Bool? { self[column].boolean }
    public func texts(_ column: String) -> [String] { self[column].list?.compactMap(\.scalarText) ?? [] }

    /// Where this row stands in the dossier: `/tables/budget_lines/3`.
    public var pointer: JSONPointer { JSONPointer(["tables", table.name, String(index)]) }
    /// Where a cell of this row stands: `/tables/budget_lines/3/amount`.
    public func pointer(_ column: String) -> JSONPointer { pointer / column }
}
