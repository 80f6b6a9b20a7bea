/// What is known of a query before it runs.
public struct QueryOutline: Sendable, Hashable {
    /// The columns of its result; `nil` where they are not known.
    public var columns: [Column]?
    /// What is wrong with it, in the order of the text; without errors among it, the query can run.
    public var mistakes: [QueryMistake]

    /// A column of a result.
    public struct Column: Sendable, Hashable {
        public var name: String
        /// `nil` where only the values will tell.
        public var type: ColumnType?
        public var unit: String
        /// The values that are written out in the query as what the column may be, among others that are computed.
        public var constants: [Constant] = []

        public init(name: String, type: ColumnType? = nil, unit: String = "") {
            (self.name, self.type, self.unit) = (name, type, unit)
        }
    }

    /// A value that stands in the query as it is, and where.
    public struct Constant: Sendable, Hashable {
        public var value: Value
        public var place: TextPlace

        public init(value: Value, place: TextPlace) { (self.value, self.place) = (value, place) }
    }

    /// Nothing is known, and nothing is held against it.
    public init(columns: [Column]? = nil, mistakes: [QueryMistake] = []) {
        (self.columns, self.mistakes) = (columns, mistakes)
    }
}

/// What is wrong with a query, with its place in the query's text. ``RoleContext/query(_:_:)`` throws one.
public struct QueryMistake: Error, Sendable, Hashable {
    public var severity: Severity
    /// `query/unknown-column`, `query/syntax` …
    public var code: String
    public var message: LocalizedText
    public var help: LocalizedText?
    public var place: TextPlace

    public init(
        severity: Severity = .error,
        code: String,
        message: LocalizedText,
        help: LocalizedText? = nil,
        place: TextPlace
    ) {
        (self.severity, self.code, self.message, self.help) = (severity, code, message, help)
        self.place = place
    }

    /// The mistake as one of the settings, whose value at `pointer` is the query.
    public func diagnostic(at pointer: JSONPointer) -> ConfigurationDiagnostic {
        var diagnostic = ConfigurationDiagnostic(
            severity: severity,
            code: code,
            message: message,
            pointer: pointer,
            help: help
        )
        diagnostic.place = place
        return diagnostic
    }

    /// The message with its place and the next step, for where the query itself is not seen.
    public var sentence: LocalizedText {
        LocalizedText(
            zh: "查询第 \(place.line) 行第 \(place.column) 列：\(message.zh)" + (help.map { "（\($0.zh)）" } ?? ""),
            en: "line \(place.line), column \(place.column) of the query: \(message.en)"
                + (help.map { " (\($0.en))" } ?? "")
        )
    }
}

extension QueryMistake: CustomStringConvertible {
    public var description: String { sentence.en }
}
