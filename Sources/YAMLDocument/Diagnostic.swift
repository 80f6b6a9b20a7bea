/// One remark about a document: where, how grave, and what to do, in Chinese and in English.
///
/// ```swift
/// Diagnostic(
///     .error, code: "spec/unknown-table", at: node.place, length: node.length,
///     .init(zh: "未知的表\"收入\"", en: "unknown table \"收入\"", hintZh: "已有的表：…", hintEn: "known tables: …"))
/// ```
///
/// Diagnostics order by file, line, column and code, which is the order in which a reader wants them.
public struct Diagnostic: Sendable, Hashable {
    /// How grave a remark is. The words stay English in every language, because editors parse them.
    public enum Severity: String, Sendable {
        /// The document cannot be used until this is mended.
        case error
        /// The document can be used; a reader should look.
        case warning
    }

    /// What a diagnostic says, in both languages, written side by side so that they cannot drift apart.
    public struct Wording: Sendable, Hashable {
        /// The Chinese sentence.
        public var zh: String
        /// The English sentence.
        public var en: String
        /// The next step in Chinese.
        public var hintZh: String?
        /// The next step in English.
        public var hintEn: String?

        /// A sentence in both languages, and what to do next.
        ///
        /// - Parameters:
        ///   - zh: one Chinese sentence without a full stop: the thing in quotes, and what was expected.
        ///   - en: the same sentence in English, beginning with a small letter.
        ///   - hintZh: the next step in Chinese.
        ///   - hintEn: the next step in English.
        public init(zh: String, en: String, hintZh: String? = nil, hintEn: String? = nil) {
            self.zh = zh
            self.en = en
            self.hintZh = hintZh
            self.hintEn = hintEn
        }
    }

    /// How grave the remark is.
    public var severity: Severity
    /// A stable name such as `yaml/unknown-key`, for filters and tests; never shown translated.
    public var code: String
    /// Where the thing begins that the remark is about.
    public var place: SourcePlace
    /// How many Unicode scalars to underline from `place` on; at least 1.
    public var length: Int
    /// The remark in Chinese, one sentence.
    public var zh: String
    /// The remark in English, one sentence.
    public var en: String
    /// The next step in Chinese.
    public var hintZh: String?
    /// The next step in English.
    public var hintEn: String?

    /// A diagnostic; a `length` below 1 becomes 1.
    public init(_ severity: Severity, code: String, at place: SourcePlace, length: Int = 1, _ wording: Wording) {
        self.severity = severity
        self.code = code
        self.place = place
        self.length = max(1, length)
        zh = wording.zh
        en = wording.en
        hintZh = wording.hintZh
        hintEn = wording.hintEn
    }
}

extension Diagnostic: Comparable {
    /// By place, then code, then sentence.
    public static func < (left: Self, right: Self) -> Bool {
        if left.place != right.place { return left.place < right.place }
        // The sentence decides last, so that the order never depends on the order of discovery.
        return (left.code, left.en) < (right.code, right.en)
    }
}

/// `text` in straight quotes, fit for one line of a message: control characters become escapes, long text is cut.
func quoted(_ text: String, limit: Int = 40) -> String {
    var result = "\""
    for (count, scalar) in text.unicodeScalars.enumerated() {
        guard count < limit else {
            result += "…"
            break
        }
        switch scalar {
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case "\r": result += "\\r"
        default: result.unicodeScalars.append(scalar.isUnsafeToPrint ? "\u{FFFD}" : scalar)
        }
    }
    return result + "\""
}

extension Unicode.Scalar {
    /// Whether a terminal might act on this scalar instead of showing it: controls, and the marks that reverse text.
    var isUnsafeToPrint: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
