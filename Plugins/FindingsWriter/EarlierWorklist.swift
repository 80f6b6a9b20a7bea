import ReviewModel

/// The ticks and remarks of a working list that people have worked with.
///
/// An entry begins with its box and has its id at the end of one of its lines. What stands in it and is none of the lines that the list
/// itself writes is a remark, and is kept as it is.
struct EarlierWorklist {
    struct Entry {
        var id: String
        /// Its first line without the box, for when its finding is no more.
        var message: String
    }

    private(set) var ticked: Set<String> = []
    private(set) var remarks: [String: [String]] = [:]
    private(set) var entries: [Entry] = []
    /// Lines that belong to no entry and that the list itself has not written.
    private(set) var notes: [String] = []

    init() {}

    init(_ text: String) {
        var block: [Substring] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            // What belongs to an entry is indented; anything else ends it.
            if line.first == " " || line.first == "\t" {
                if !block.isEmpty { block.append(line) }
                continue
            }
            take(block)
            block = line.hasPrefix("- ") ? [line] : []
            if block.isEmpty, Self.isNote(line), notes.count < Self.mostRemarks {
                notes.append(String(line.prefix(Self.longestRemark)))
            }
        }
        take(block)
    }

    private mutating func take(_ block: [Substring]) {
        guard let first = block.first, let last = block.lastIndex(where: { Self.id(endingIn: $0) != nil }), last > 0,
            let id = Self.id(endingIn: block[last])
        else { return }
        let isTicked = first.hasPrefix("- [x]") || first.hasPrefix("- [X]")
        if isTicked { ticked.insert(id) }
        let message = first.hasPrefix("- [") ? "-" + first.dropFirst(5) : first
        entries.append(Entry(id: id, message: String(message)))
        let own = block.indices.dropFirst().filter { position in
            position != last && !block[position].allSatisfy(\.isWhitespace) && !Self.isWritten(block[position])
        }
        // A list of thousands of remarks is no list that people have made.
        let kept = own.prefix(Self.mostRemarks).map { String(block[$0].prefix(Self.longestRemark)) }
        if !kept.isEmpty { remarks[id, default: []] += kept }
    }

    /// The id that a line ends with: twelve hexadecimal digits, and perhaps a number: `3f2a0b1c2d3e-2`.
    private static func id(endingIn line: Substring) -> String? {
        guard line.hasPrefix("  - "), let word = line.split(separator: " ").last else { return nil }
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard let digits = parts.first, digits.utf8.count == 12, digits.utf8.allSatisfy(isHexadecimal) else {
            return nil
        }
        guard parts.count == 1 || parts.count == 2 && Int(parts[1]) != nil else { return nil }
        return String(word)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    /// Whether the list itself has written the line, in either language.
    private static func isWritten(_ line: Substring) -> Bool {
        guard line.hasPrefix("  - ") else { return false }
        let text = line.dropFirst(4)
        return Locale.allCases.contains { locale in
            WorklistLabel.allCases.contains { text.hasPrefix($0.name(locale)) }
        }
    }

    /// Whether somebody has added the line: it is no heading, and none of the sentences of a list.
    private static func isNote(_ line: Substring) -> Bool {
        !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#")
            && !Locale.allCases.contains { WorkingList.sentences($0 == .zh).contains(String(line)) }
    }

    private static let mostRemarks = 50
    private static let longestRemark = 2_000
}
