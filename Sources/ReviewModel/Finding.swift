/// Something that a reviewer should see, with its place and its proof.
public struct Finding: Sendable, Hashable {
    /// The rule's id, `area/name`: `arithmetic/line-product`.
    public var rule: String
    public var severity: Severity
    public var message: LocalizedText
    /// What is spoken of, in the dossier's own ids: a line, a criterion, a target.
    public var subject: String
    /// Where it stands, most telling place first. Pointers begin with `/fields`, `/tables` or `/config`.
    public var pointers: [JSONPointer]
    /// What should stand there, and what does; figures or words, empty when the message says it all.
    public var expected: String
    public var found: String
    /// `found` less `expected`, with its unit, where both are figures; otherwise empty.
    public var difference = ""
    /// The figures behind it.
    public var proof: Proof?
    /// The next step.
    public var hint: LocalizedText?

    public init(
        rule: String,
        severity: Severity,
        message: LocalizedText,
        subject: String = "",
        pointers: [JSONPointer] = [],
        expected: String = "",
        found: String = "",
        hint: LocalizedText? = nil
    ) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.subject = subject
        self.pointers = pointers
        self.expected = expected
        self.found = found
        self.hint = hint
    }
}

/// How much a finding weighs, lightest first.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// Worth knowing.
    case info
    /// Unsupported, but not contradicted.
    case warning
    /// The document contradicts itself.
    case error
    /// Must not be signed.
    case blocker

    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        case .blocker: 3
        }
    }

    public var name: LocalizedText {
        switch self {
        case .info: LocalizedText(zh: "提示", en: "info")
        case .warning: LocalizedText(zh: "提醒", en: "warning")
        case .error: LocalizedText(zh: "错误", en: "error")
        case .blocker: LocalizedText(zh: "严重", en: "blocker")
        }
    }
}
