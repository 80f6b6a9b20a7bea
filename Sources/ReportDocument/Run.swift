/// A stretch of a line, of one kind.
public enum Run: Sendable, Hashable {
    case text(String)
    case figure(Figure)
    /// The name of something that is not there: printed as a mark, never to be overlooked.
    case missing(String)
    case lineBreak
    /// A note at the foot of the page, called from here.
    case footnote(Footnote)
    /// The number of a table or picture: `2` in "表 2". Formats that count for themselves may let it count.
    case counter(Counter)
    /// A text's mention of a table or picture: "表 2". Formats that count for themselves may keep it true.
    case reference(Counter)
}

/// A note at the foot of the page.
public struct Footnote: Sendable, Hashable {
    public var runs: [Run]

    public init(_ runs: [Run]) { self.runs = runs }
}

/// A place in a series that is counted through the document.
public struct Counter: Sendable, Hashable {
    /// What is counted: `表`, `图`. Each series counts from 1.
    public var series: String
    public var number: Int

    public init(series: String, number: Int) { (self.series, self.number) = (series, number) }

    /// What texts call it: `表 2`.
    public var label: String { "\(series) \(number)" }
}

extension Run {
    /// The run as plain text; a line break is a blank, a missing name stands without its mark, a footnote is left out.
    public var plainText: String {
        switch self {
        case .text(let text): text
        case .figure(let figure): figure.text
        case .missing(let name): name
        case .lineBreak: " "
        case .footnote: ""
        case .counter(let counter): String(counter.number)
        case .reference(let counter): counter.label
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
