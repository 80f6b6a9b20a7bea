public import Groundwork

/// The shape of a table: its name and its columns, in order.
public struct TableSchema: Sendable, Hashable {
    public var name: String
    public var title: LocalizedText
    public var columns: [Column]

    public init(name: String, title: LocalizedText? = nil, columns: [Column]) {
        self.name = name
        self.title = title ?? LocalizedText(name)
        self.columns = columns
    }

    public func position(of column: String) -> Int? {
        // The length first: it tells most names apart without comparing them.
        let length = column.utf8.count
        return columns.firstIndex { $0.name.utf8.count == length && $0.name == column }
    }
}

/// One column of a table.
public struct Column: Sendable, Hashable {
    public var name: String
    public var title: LocalizedText
    public var type: ColumnType
    /// What a number counts: a currency (`CNY`, `EUR`, `CNY-wan`), `percent`, `points`, a measure of the form's; empty for none.
    public var unit: String
    /// What that is called, where the form says so; `nil` for what is called as it is written.
    public var unitTitle: LocalizedText?

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

    /// What such a cell holds, as a message says it: `a number`, `a day such as 2026-01-31`.
    public var name: LocalizedText {
        switch self {
        case .text: LocalizedText(zh: "文字", en: "text")
        case .decimal: LocalizedText(zh: "数字", en: "a number")
        case .integer: LocalizedText(zh: "整数", en: "a whole number")
        case .boolean: LocalizedText(zh: "true 或 false", en: "true or false")
        case .date: LocalizedText(zh: "日期（如 2026-01-31）", en: "a day such as 2026-01-31")
        case .texts: LocalizedText(zh: "文字列表", en: "a list of texts")
        }
    }
}
