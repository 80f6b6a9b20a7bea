public import ReviewModel

/// A query that cannot be understood or answered, with its place in the text.
public struct QueryError: Error, Sendable, Equatable {
    public var code: Code
    public var message: LocalizedText
    /// Where in the query, counted in characters from 0.
    public var offset: Int
    public var help: LocalizedText?

    /// ``Severity/warning`` where the query itself is right, but not for the dossier at hand.
    public var severity = Severity.error

    /// What kind of mistake it is; on the wire with `query/` before it.
    public enum Code: String, Sendable, CaseIterable {
        case syntax
        case unknownTable = "unknown-table"
        case unknownColumn = "unknown-column"
        case unknownFunction = "unknown-function"
        case unknownField = "unknown-field"
        case unknownParameter = "unknown-parameter"
        case unknownType = "unknown-type"
        /// A table of the form that this dossier leaves out.
        case tableNotFilled = "table-not-filled"
        case ambiguous
        /// Text where a number should be, a number where a condition should be.
        case wrongType = "wrong-type"
        /// A value that only the run can find wrong.
        case wrongValue = "wrong-value"
        /// Something right in a place where it cannot stand.
        case wrongUse = "wrong-use"
        case tooMuch = "too-much"
        case cancelled
    }

    /// Whether the query as a whole was stopped: too much work, or no longer wanted.
    var isFinal = false

    init(_ code: Code, _ offset: Int, isFinal: Bool = false, zh: String, en: String, help: LocalizedText? = nil) {
        message = LocalizedText(zh: zh, en: en)
        (self.code, self.offset) = (code, offset)
        self.isFinal = isFinal
        self.help = help
    }

    /// `line 2, column 8` of the query, counted from 1; columns count Unicode scalars.
    public func place(in query: String) -> (line: Int, column: Int) {
        let before = query.prefix(offset)
        let lineStart = before.lastIndex(where: \.isNewline).map { before.index(after: $0) } ?? before.startIndex
        return (before.count(where: \.isNewline) + 1, before[lineStart...].unicodeScalars.count + 1)
    }

    /// The mistake as plugins and hosts tell of it.
    public func mistake(in query: String) -> QueryMistake {
        let place = place(in: query)
        return QueryMistake(
            severity: severity,
            code: "query/" + code.rawValue,
            message: message,
            help: help,
            place: TextPlace(line: place.line, column: place.column)
        )
    }
}
