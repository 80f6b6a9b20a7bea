public import ExactNumbers
public import Groundwork
internal import JSONDocument

/// A row of a table as a type of its own.
///
///     struct Line: TypedRow {
///         static let table = "lines"
///         let id: String, amount: ExactDecimal
///
///         init(_ row: TableRow) throws(RowError) {
///             id = try row.required("id")
///             amount = try row.required("amount")
///         }
///     }
///
///     for line in try dossier.rows(Line.self) { … }
public protocol TypedRow {
    /// The table that such rows stand in.
    static var table: String { get }
    init(_ row: TableRow) throws(RowError)
}

/// A cell that a row cannot do without, and that is empty or of another kind.
public struct RowError: Error, Sendable, Equatable {
    public var pointer: JSONPointer
    public var message: LocalizedText
}

extension TableRow {
    /// The cell as text; it must not be empty.
    public func required(_ column: String) throws(RowError) -> String {
        guard let text = optionalText(column), !text.isEmpty else { throw lacks(column, "文字", "text") }
        return text
    }

    /// The cell as an exact decimal.
    public func required(_ column: String) throws(RowError) -> ExactDecimal {
        guard let number = decimal(column) else { throw lacks(column, "数字", "a number") }
        return number
    }

    /// The cell as a whole number.
    public func required(_ column: String) throws(RowError) -> Int {
        guard let number = integer(column) else { throw lacks(column, "整数", "a whole number") }
        return number
    }

    /// The cell as true or false.
    public func required(_ column: String) throws(RowError) -> Bool {
        guard let flag = boolean(column) else { throw lacks(column, "true 或 false", "true or false") }
        return flag
    }

    private func lacks(_ column: String, _ zh: String, _ en: String) -> RowError {
        let found = self[column]
        let (isEmpty, shown) = (found.isNull, found.scalarText ?? found.kind.name.en)
        return RowError(
            pointer: pointer(column),
            message: LocalizedText(
                zh: "\(column) 应为\(zh)，实为\(isEmpty ? "空" : "\"\(shown)\"")",
                en: "\(column) should be \(en), it is \(isEmpty ? "empty" : "\"\(shown)\"")"
            )
        )
    }
}
