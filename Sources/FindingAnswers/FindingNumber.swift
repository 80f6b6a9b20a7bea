public import ReviewModel

/// The id of a finding as it stands in a file that goes to people: in a line of its own, by which an answer finds back.
public enum FindingNumber {
    /// `编号：0123456789ab`.
    public static func line(_ id: String) -> LocalizedText { LocalizedText(zh: "编号：\(id)", en: "Number: \(id)") }

    /// The number that a text ends with: its last line does.
    public static func last(inText text: String) -> String? {
        text.split(whereSeparator: \.isNewline).last.flatMap { of(line: $0) }
    }

    /// The number that a line ends with; `nil` for any other line.
    public static func of(line: some StringProtocol) -> String? {
        guard line.count <= 60, let word = line.split(whereSeparator: { $0 == " " || $0 == "：" || $0 == ":" }).last
        else { return nil }
        return isOne(word) ? String(word) : nil
    }

    /// Whether a text is an id: twelve hexadecimal digits, and a count for one that stands several times.
    public static func isOne(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0].utf8.count == 12, parts[0].utf8.allSatisfy(\.isSmallHexadecimal) else { return false }
        return parts.count == 1 || Int(parts[1]) != nil
    }
}

extension UInt8 {
    fileprivate var isSmallHexadecimal: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
    }
}
