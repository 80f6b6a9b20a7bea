public import ExactNumbers
public import Groundwork

/// Columns looked up once and read by row. What a column is made of need not be what it is read as; a cell that is not of
/// the kind asked for reads as empty, and so does every cell of a column that is not there.
extension Table {
    /// The column as exact decimals, from numbers and from texts that are numbers.
    public func decimals(_ column: String) -> DecimalColumn { DecimalColumn(self, column) }

    /// The column as whole numbers.
    public func integers(_ column: String) -> IntegerColumn { IntegerColumn(self, column) }

    /// The column as truth values.
    public func booleans(_ column: String) -> BooleanColumn { BooleanColumn(self, column) }

    /// The column as days, from dates and from texts written `2026-01-31`.
    public func dates(_ column: String) -> DateColumn { DateColumn(self, column) }

    /// The column as texts, numbers in digits.
    public func texts(_ column: String) -> TextColumn { TextColumn(self, column) }

    /// The column as lists of texts; an empty cell is an empty list.
    public func textLists(_ column: String) -> TextListColumn { TextListColumn(self, column) }
}

/// A column of a table read as exact decimals, from numbers and from texts that are numbers: `column[row]`, rows counted from 0.
public struct DecimalColumn: Sendable, RandomAccessCollection {
    private let storage: ColumnStorage
    public let endIndex: Int

    init(_ table: Table, _ column: String) {
        (storage, endIndex) = (table.storage(of: column) ?? ColumnStorage(.text), table.rowCount)
    }

    public var startIndex: Int { 0 }
    public subscript(row: Int) -> ExactDecimal? { storage.decimal(row) }
}

/// A column of a table read as whole numbers: `column[row]`, rows counted from 0.
public struct IntegerColumn: Sendable, RandomAccessCollection {
    private let storage: ColumnStorage
    public let endIndex: Int

    init(_ table: Table, _ column: String) {
        (storage, endIndex) = (table.storage(of: column) ?? ColumnStorage(.text), table.rowCount)
    }

    public var startIndex: Int { 0 }
    public subscript(row: Int) -> Int? { storage.integer(row) }
}

/// A column of a table read as truth values: `column[row]`, rows counted from 0.
public struct BooleanColumn: Sendable, RandomAccessCollection {
    private let storage: ColumnStorage
    public let endIndex: Int

    init(_ table: Table, _ column: String) {
        (storage, endIndex) = (table.storage(of: column) ?? ColumnStorage(.text), table.rowCount)
    }

    public var startIndex: Int { 0 }
    public subscript(row: Int) -> Bool? { storage.boolean(row) }
}

/// A column of a table read as days, from dates and from texts written `2026-01-31`: `column[row]`, rows counted from 0.
public struct DateColumn: Sendable, RandomAccessCollection {
    private let storage: ColumnStorage
    public let endIndex: Int

    init(_ table: Table, _ column: String) {
        (storage, endIndex) = (table.storage(of: column) ?? ColumnStorage(.text), table.rowCount)
    }

    public var startIndex: Int { 0 }
    public subscript(row: Int) -> CalendarDate? { storage.date(row) }
}

/// A column of a table read as texts, numbers in digits: `column[row]`, rows counted from 0.
public struct TextColumn: Sendable, RandomAccessCollection {
    private let storage: ColumnStorage
    public let endIndex: Int

    init(_ table: Table, _ column: String) {
        (storage, endIndex) = (table.storage(of: column) ?? ColumnStorage(.text), table.rowCount)
    }

    public var startIndex: Int { 0 }
    public subscript(row: Int) -> String? { storage.text(row) }
}

/// A column of a table read as lists of texts; an empty cell is an empty list: `column[row]`, rows counted from 0.
public struct TextListColumn: Sendable, RandomAccessCollection {
    private let storage: ColumnStorage
    public let endIndex: Int

    init(_ table: Table, _ column: String) {
        (storage, endIndex) = (table.storage(of: column) ?? ColumnStorage(.text), table.rowCount)
    }

    public var startIndex: Int { 0 }
    public subscript(row: Int) -> [String] { storage.list(row) }
}
