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
