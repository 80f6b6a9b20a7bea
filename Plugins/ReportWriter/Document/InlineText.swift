/// Turns rendered wording into runs and paragraphs.
enum InlineText {
    /// One line: the text with its marks of missing names, surrounding blanks and line breaks gone.
    static func line(_ text: String) -> [Run] {
        runs(joined(lines(of: text)))
    }

    /// A cell: every line of the text on its own line.
    static func cell(_ text: String) -> [Run] {
        var runs: [Run] = []
        for line in lines(of: text) where !line.isEmpty {
            if !runs.isEmpty { runs.append(.lineBreak) }
            runs += self.runs(line)
        }
        return runs
    }

    /// Paragraphs, as blank lines separate them. Lines of one paragraph are joined: without a blank where Chinese meets
    /// Chinese, as a written text would be.
    static func paragraphs(_ text: String) -> [[Run]] {
        lines(of: text).split(whereSeparator: \.isEmpty).map { runs(joined(Array($0))) }
    }

    static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(trimmed)
    }

    private static func joined(_ lines: [Substring]) -> Substring {
        var text = ""
        for line in lines where !line.isEmpty {
            if let last = text.last, let first = line.first, !last.isIdeographic, !first.isIdeographic { text += " " }
            text += line
        }
        return text[...]
    }

    private static func runs(_ text: Substring) -> [Run] {
        var (runs, rest) = ([Run](), text)
        while let start = rest.firstIndex(of: MissingName.opening),
            let end = rest[start...].firstIndex(of: MissingName.closing)
        {
            if start > rest.startIndex { runs.append(.text(String(rest[..<start]))) }
            runs.append(Run(kind: .missing, text: String(rest[rest.index(after: start)..<end])))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { runs.append(.text(String(rest))) }
        return runs
    }
}

extension Character {
    /// Chinese characters and their punctuation, which take no blank between them.
    var isIdeographic: Bool {
        guard let scalar = unicodeScalars.first?.value else { return false }
        return (0x2E80...0x9FFF).contains(scalar) || (0xF900...0xFAFF).contains(scalar)
            || (0xFF00...0xFFEF).contains(scalar) || (0x20000...0x3FFFF).contains(scalar)
            || [0x2018, 0x2019, 0x201C, 0x201D, 0x2014, 0x2026].contains(scalar)
    }
}
