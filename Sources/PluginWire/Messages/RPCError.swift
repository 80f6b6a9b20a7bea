public import ReviewModel

/// An error object of the protocol: what went wrong, whose mistake it is, and what to do.
public struct RPCError: Error, Sendable, Hashable {
    public var code: Int
    public var message: String
    public var kind: Kind
    /// Where in the settings or the dossier, when that is known.
    public var pointer: JSONPointer?
    public var help: String?
    public var detail: String?
    /// What is wrong with the query, where it is a query that went wrong: in both languages, with its place in the text.
    public var mistake: QueryMistake?
    /// The message in both languages.
    public var words: LocalizedText?
    /// The same for whoever has found the mistake in what the other side says: in both languages, without the method. Never sent.
    public var finding: LocalizedText?

    public enum Kind: String, Sendable {
        /// The document is at fault.
        case user
        /// The settings are at fault.
        case config
        /// Trying again may help.
        case transient
        /// The program is at fault.
        case bug
    }

    public init(
        _ code: Code,
        _ message: String,
        kind: Kind = .bug,
        pointer: JSONPointer? = nil,
        help: String? = nil,
        detail: String? = nil
    ) {
        self.init(code: code.rawValue, message: message, kind: kind, pointer: pointer, help: help, detail: detail)
    }

    public init(
        code: Int,
        message: String,
        kind: Kind,
        pointer: JSONPointer? = nil,
        help: String? = nil,
        detail: String? = nil
    ) {
        self.code = code
        self.message = message
        self.kind = kind
        self.pointer = pointer
        self.help = help
        self.detail = detail
    }

    /// What is wrong with something that the other side has said.
    init(_ code: Code, found finding: LocalizedText, help: String? = nil) {
        self.init(code, finding.en, help: help)
        self.finding = finding
    }

    /// The codes that protocol 1 gives a meaning.
    public enum Code: Int, Sendable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        case internalError = -32603
        case notInitialized = -32001
        case versionNotSupported = -32002
        case configInvalid = -32003
        case capabilityMissing = -32004
        case limitExceeded = -32005
        case messageTooLarge = -32006
        case unknownStream = -32007
        case cancelled = -32008
        case deadlineExceeded = -32009
        case shuttingDown = -32010
        case pluginFailure = -32011
        case notPermitted = -32012
    }
}

extension RPCError {
    /// A query that cannot be answered.
    public init(_ mistake: QueryMistake) {
        self.init(.invalidParams, mistake.sentence.en, kind: .user)
        self.mistake = mistake
    }

    /// Something that the program's own code says in both languages.
    public init(_ error: any SpokenError) {
        self.init(.pluginFailure, error.sentence.en, kind: .user)
        words = error.sentence
    }

    /// For people in their language, as far as the error itself knows it.
    public var sentence: LocalizedText {
        mistake?.sentence ?? words ?? LocalizedText(message + (help.map { "; \($0)" } ?? ""))
    }
}

extension RPCError {
    /// What is wrong with a message of the other side, and where in it.
    public var complaint: LocalizedText {
        let said = finding ?? LocalizedText(message)
        guard let pointer, !pointer.tokens.isEmpty else { return said }
        return LocalizedText(zh: "\(said.zh)（\(pointer)）", en: "\(said.en) (\(pointer))")
    }
}

extension RPCError: CustomStringConvertible {
    /// For people: what went wrong, and what to do.
    public var description: String { message + (help.map { " (\($0))" } ?? "") }
}

extension RPCError: WireValue {
    /// The most bytes of `detail` that are sent; the rest is cut, for an error must always fit its line.
    static let detailBytes = 64 << 10

    public var wire: Value {
        var data: Record = ["kind": .text(kind.rawValue)]
        if let pointer { data["pointer"] = .text(pointer.description) }
        if let help { data["help"] = .text(help) }
        if let detail {
            data["detail"] = .text(String(decoding: detail.utf8.prefix(Self.detailBytes), as: UTF8.self))
        }
        if let mistake { data["query"] = mistake.wire }
        if let words { data["message"] = words.wire }
        return ["code": .integer(code), "message": .text(message), "data": .record(data)]
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let code = record.required("code")?.integer(),
            let message = record.required("message")?.text()
        else { return nil }
        let data = record.optional("data")?.value
        self.init(
            code: code,
            message: message,
            kind: data?["kind"]?.text.flatMap(Kind.init) ?? .bug,
            pointer: data?["pointer"]?.text.flatMap { JSONPointer($0) },
            help: data?["help"]?.text,
            detail: data?["detail"]?.text
        )
        // Only its own reader may find fault with it: an error that cannot be read is worse than one that says less.
        mistake = data?["query"].flatMap { QueryMistake(wire: ValueReader($0, log: DiagnosticLog())) }
        words = data?["message"].flatMap { ValueReader($0, log: DiagnosticLog()).localizedText() }
    }
}
