// How written text becomes lines and paragraphs. A text may hold line breaks of any kind; figures and missing names are
// something to read, so a line that holds one is never empty.

extension [Run] {
    /// One line: surrounding blanks and line breaks gone.
    public var line: [Run] { hasBreaks ? Self.joined(lines) : trimmed }

    /// A cell: every line that is not empty on its own line.
    public var cell: [Run] {
        if !hasBreaks { return trimmed }
        var runs: [Run] = []
        for line in lines where !line.isEmpty {
            if !runs.isEmpty { runs.append(.lineBreak) }
            runs += line
        }
        return runs
    }

    /// Paragraphs, as empty lines separate them. Lines of one paragraph are joined: without a blank where Chinese meets
    /// Chinese, as a written text would be.
    public var paragraphs: [[Run]] { lines.split(whereSeparator: \.isEmpty).map { Self.joined(Array<[Run]>($0)) } }

    /// The lines, without blanks at their ends.
    public var lines: [[Run]] {
        if !hasBreaks { return [trimmed] }
        var lines: [[Run]] = [[]]
        for run in self {
            guard case .text(let text) = run else {
                if run == .lineBreak { lines.append([]) } else { lines[lines.count - 1].append(run) }
                continue
            }
            var isFirst = true
            for piece in Blanks.lines(of: text) {
                if !isFirst { lines.append([]) }
                isFirst = false
                if !piece.isEmpty { lines[lines.count - 1].append(.text(String(piece))) }
            }
        }
        return lines.map(\.trimmed)
    }

    /// Whether there is more than one line; nearly every cell has just one.
    private var hasBreaks: Bool {
        contains { run in
            switch run {
            case .text(let text): Blanks.hasBreaks(text)
            case .lineBreak: true
            case .figure, .missing, .footnote, .counter, .reference: false
            }
        }
    }

    private static func joined(_ lines: [[Run]]) -> [Run] {
        var runs: [Run] = []
        for line in lines where !line.isEmpty {
            if let last = runs.last, let first = line.first, !last.endsIdeographic, !first.beginsIdeographic {
                runs.append(text: " ")
            }
            for run in line {
                if case .text(let text) = run { runs.append(text: text) } else { runs.append(run) }
            }
        }
        return runs
    }

    /// Without blanks at either end.
    private var trimmed: [Run] {
        if !beginsBlank, !endsBlank { return self }
        var runs = self
        while case .text(let text)? = runs.first {
            let rest = Blanks.trimmedStart(text[...])
            if rest.utf8.count == text.utf8.count { break }
            runs[0] = .text(String(rest))
            if !rest.isEmpty { break }
            runs.removeFirst()
        }
        while case .text(let text)? = runs.last {
            let rest = Blanks.trimmedEnd(text[...])
            if rest.utf8.count == text.utf8.count { break }
            runs[runs.count - 1] = .text(String(rest))
            if !rest.isEmpty { break }
            runs.removeLast()
        }
        return runs
    }
}

extension [Run] {
    private var beginsBlank: Bool {
        guard case .text(let text)? = first else { return false }
        return text.unicodeScalars.first.map(Blanks.isBlank) ?? true
    }

    private var endsBlank: Bool {
        guard case .text(let text)? = last else { return false }
        return text.unicodeScalars.last.map(Blanks.isBlank) ?? true
    }
}

extension Run {
    fileprivate var beginsIdeographic: Bool {
        switch self {
        case .text(let text): text.unicodeScalars.first?.isIdeographic ?? false
        case .figure(let figure): figure.text.unicodeScalars.first?.isIdeographic ?? false
        case .reference(let counter): counter.label.unicodeScalars.first?.isIdeographic ?? false
        case .missing, .lineBreak, .footnote, .counter: false
        }
    }

    fileprivate var endsIdeographic: Bool {
        switch self {
        case .text(let text): text.unicodeScalars.last?.isIdeographic ?? false
        case .figure(let figure): figure.text.unicodeScalars.last?.isIdeographic ?? false
        case .missing, .lineBreak, .footnote, .counter, .reference: false
        }
    }
}

extension Unicode.Scalar {
    /// Chinese characters and their punctuation, which take no blank between them.
    public var isIdeographic: Bool {
        switch value {
        case 0x2E80...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF, 0x20000...0x3FFFF: true
        case 0x2018, 0x2019, 0x201C, 0x201D, 0x2014, 0x2026: true
        default: false
        }
    }
}

/// Blanks and line breaks of all scripts, found byte by byte.
public enum Blanks {
    /// The text between line breaks: `\n`, `\r`, both together, and Unicode's own.
    static func lines(of text: String) -> [Substring] {
        let utf8 = text.utf8
        guard hasBreaks(text) else { return [text[...]] }
        var (lines, start, position) = ([Substring](), utf8.startIndex, utf8.startIndex)
        while position < utf8.endIndex {
            let length = lineBreak(utf8[position...])
            if length == 0 {
                utf8.formIndex(after: &position)
                continue
            }
            lines.append(text[start..<position])
            utf8.formIndex(&position, offsetBy: length)
            start = position
        }
        return lines + [text[start...]]
    }

    /// Whether a line break stands in the text.
    static func hasBreaks(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable(hasBreaks) ?? Array(text.utf8).withUnsafeBufferPointer(hasBreaks)
    }

    private static func hasBreaks(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for (position, byte) in bytes.enumerated() where byte <= 0x0D || byte == 0xC2 || byte == 0xE2 {
            switch byte {
            case 0x0A...0x0D: return true
            case 0xC2: if position + 1 < bytes.count, bytes[position + 1] == 0x85 { return true }
            case 0xE2:
                if position + 2 < bytes.count, bytes[position + 1] == 0x80, bytes[position + 2] & 0xFE == 0xA8 {
                    return true
                }
            default: break
            }
        }
        return false
    }

    /// How many bytes of a line break the text begins with.
    private static func lineBreak(_ utf8: Substring.UTF8View) -> Int {
        guard let first = utf8.first else { return 0 }
        switch first {
        case 0x0D: return utf8.dropFirst().first == 0x0A ? 2 : 1
        case 0x0A...0x0C: return 1
        case 0xC2: return utf8.dropFirst().first == 0x85 ? 2 : 0
        case 0xE2:
            let rest = Array(utf8.dropFirst().prefix(2))
            return rest == [0x80, 0xA8] || rest == [0x80, 0xA9] ? 3 : 0
        default: return 0
        }
    }

    /// The text without blanks at either end.
    public static func trimmed(_ text: Substring) -> Substring { trimmedEnd(trimmedStart(text)) }

    static func trimmedStart(_ text: Substring) -> Substring {
        var rest = text
        while let scalar = rest.unicodeScalars.first, isBlank(scalar) { rest.unicodeScalars.removeFirst() }
        return rest
    }

    static func trimmedEnd(_ text: Substring) -> Substring {
        var rest = text
        while let scalar = rest.unicodeScalars.last, isBlank(scalar) { rest.unicodeScalars.removeLast() }
        return rest
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20: true
        case 0x21...0x7F: false
        case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }
}
