/// One remark about a document that was read: where, how grave, and what to do, in Chinese and in English.
///
///     Diagnostic(
///         .error, code: "form/unknown-table", at: place, length: 5,
///         .init(zh: "未知的表\"收入\"", en: "unknown table \"收入\"", hintZh: "已有的表：…", hintEn: "known tables: …"))
///
/// Diagnostics order by place and code, which is the order in which a reader wants them.
public struct Diagnostic: Sendable, Hashable {
    /// ``Severity/error`` when the document cannot be used until it is mended, ``Severity/warning`` when a reader should look.
    public var severity: Severity
    /// A stable name such as `yaml/unknown-key`, for filters and tests; never shown translated.
    public var code: String
    /// Where the thing begins that the remark is about.
    public var place: Place
    /// How many Unicode scalars of a text to underline from `place` on; at least 1.
    public var length: Int
    /// The remark, one sentence.
    public var message: LocalizedText
    /// The next step.
    public var hint: LocalizedText?

    /// What a diagnostic says, in both languages, written side by side so that they cannot drift apart.
    public struct Wording: Sendable, Hashable {
        public var message: LocalizedText
        public var hint: LocalizedText?

        public init(_ message: LocalizedText, hint: LocalizedText? = nil) {
            (self.message, self.hint) = (message, hint)
        }

        /// - Parameters:
        ///   - zh: one Chinese sentence without a full stop: the thing in quotes, and what was expected.
        ///   - en: the same sentence in English, beginning with a small letter.
        ///   - hintZh: the next step in Chinese.
        ///   - hintEn: the next step in English; both or neither.
        public init(zh: String, en: String, hintZh: String? = nil, hintEn: String? = nil) {
            message = LocalizedText(zh: zh, en: en)
            if let either = hintZh ?? hintEn { hint = LocalizedText(zh: hintZh ?? either, en: hintEn ?? either) }
        }
    }

    /// A diagnostic; a `length` below 1 becomes 1.
    public init(_ severity: Severity, code: String, at place: Place, length: Int = 1, _ wording: Wording) {
        self.severity = severity
        self.code = code
        self.place = place
        self.length = max(1, length)
        (message, hint) = (wording.message, wording.hint)
    }
}

extension Diagnostic: Comparable {
    /// By place, then code, then sentence.
    public static func < (left: Self, right: Self) -> Bool {
        if left.place != right.place { return left.place < right.place }
        // The sentence decides last, so that the order never depends on the order of discovery.
        return (left.code, left.message.en) < (right.code, right.message.en)
    }
}
