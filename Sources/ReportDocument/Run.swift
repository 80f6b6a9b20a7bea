/// A stretch of a line, of one kind.
public enum Run: Sendable, Hashable {
    case text(String)
    case figure(Figure)
    /// The name of something that is not there: printed as a mark, never to be overlooked.
    case missing(String)
    case lineBreak
}

extension Run {
    /// The run as plain text; a line break is a blank, a missing name stands without its mark.
    public var plainText: String {
        switch self {
        case .text(let text): text
        case .figure(let figure): figure.text
        case .missing(let name): name
        case .lineBreak: " "
        }
    }
}

extension [Run] {
    /// The text without its kinds.
    public var plainText: String {
        if count == 1 { return self[0].plainText }
        return reduce(into: "") { $0 += $1.plainText }
    }

    /// The figure that these runs are, when they are just one: what a worksheet writes as a number.
    public var figure: Figure? {
        if count == 1, case .figure(let figure) = self[0] { figure } else { nil }
    }

    /// Adds text, to the last run when that is text, too.
    public mutating func append(text: some StringProtocol) {
        if text.isEmpty { return }
        if case .text(var last)? = last {
            // Taken out first, so that the text can grow in place.
            removeLast()
            last += text
            append(.text(last))
        } else {
            append(.text(String(text)))
        }
    }
}
