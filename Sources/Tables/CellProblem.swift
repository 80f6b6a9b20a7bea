public import Groundwork
internal import JSONDocument

/// A cell that does not fit the type of its column. It is kept as it came; readers of the typed column see it empty.
public struct CellProblem: Sendable, Hashable {
    /// Counts from 0.
    public var row: Int
    /// The column's position in the schema, from 0.
    public var column: Int
    public var columnName: String
    /// What people call the column.
    public var columnTitle: LocalizedText
    public var expected: ColumnType
    /// What stands there, as it was written; the first characters of it if it is long.
    public var found: String
    public var reason: Reason

    public enum Reason: Sendable, Hashable {
        /// Another kind of value: a list where a number belongs.
        case kind
        /// Text that cannot be read as the type.
        case text
        /// A number with decimal places, or too large, where a whole number belongs.
        case notWhole
        /// `2026-02-31`: written as a day, but the calendar has none such.
        case noSuchDay
    }

    /// What is wrong, in a sentence for people.
    public var message: LocalizedText {
        if reason == .noSuchDay {
            return LocalizedText(
                zh: "\(columnTitle.zh)：没有\"\(found)\"这一天",
                en: "\(columnTitle.en): there is no day \"\(found)\""
            )
        }
        return LocalizedText(
            zh: "\(columnTitle.zh) 应为\(expected.name.zh)，实为\"\(found)\"",
            en: "\(columnTitle.en) should be \(expected.name.en), it is \"\(found)\""
        )
    }

    init(row: Int, column: Int, of schema: Column, found value: Value) {
        (self.row, self.column, columnName, expected) = (row, column, schema.name, schema.type)
        columnTitle = schema.title
        let text = value.scalarText ?? "…"
        found = String(text.prefix(80)) + (text.count > 80 ? "…" : "")
        switch (schema.type, value) {
        case (.integer, .decimal): reason = .notWhole
        case (.integer, .text(let text)): reason = Value.text(text).decimal == nil ? .text : .notWhole
        case (.date, .text(let text)): reason = Self.looksLikeDay(text) ? .noSuchDay : .text
        case (_, .text): reason = .text
        default:
            reason = .kind
            if value.scalarText == nil { found = value.kind.name.en }
        }
    }

    private static func looksLikeDay(_ text: String) -> Bool {
        let utf8 = Array(text.utf8)
        return utf8.count == 10
            && utf8.indices.allSatisfy { index in
                index == 4 || index == 7
                    ? utf8[index] == UInt8(ascii: "-")
                    : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(utf8[index])
            }
    }
}
