import ReportDocument

/// How wide text is, in half characters: a Chinese character takes two, a Latin letter or digit one.
enum TextMeasure {
    static func halves(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + halves($1) }
    }

    static func halves(_ scalar: Unicode.Scalar) -> Int { scalar.value < 0x2000 ? 1 : 2 }

    /// What must not be broken: the longest word without a Chinese character in it, at least one character. Capital letters and
    /// a sign of percent are wider than half a character.
    static func longestWord(_ text: String) -> Int {
        var (longest, current) = (2, 0)
        for scalar in text.unicodeScalars {
            if scalar == " " || scalar == "\n" || halves(scalar) == 2 {
                current = 0
            } else {
                current += 1
            }
            longest = max(longest, current)
        }
        return longest
    }

    /// Whether text is one figure: digits with their marks, and a sign or unit.
    static func isFigure(_ text: String) -> Bool {
        var hasDigit = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": hasDigit = true
            case ",", ".", "-", "+", "%", "−", "±": continue
            default: return false
            }
        }
        return hasDigit
    }

    static func longestLine(_ text: String) -> Int {
        var (longest, current) = (0, 0)
        for scalar in text.unicodeScalars {
            current = scalar == "\n" ? 0 : current + halves(scalar)
            longest = max(longest, current)
        }
        return longest
    }

    /// The lines of a text that a column of `halves` needs.
    static func lines(_ text: String, in halves: Int) -> Int {
        guard halves > 0 else { return 1 }
        guard text.utf8.contains(UInt8(ascii: "\n")) else {
            return max(1, (self.halves(text) + halves - 1) / halves)
        }
        return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { sum, line in
            // A line seldom ends just at the edge: a Chinese full stop may not begin one, a word is not broken.
            sum + max(1, (self.halves(String(line)) + halves - 1) / halves)
        }
    }
}

extension [Run] {
    /// The text as a cell prints it, line breaks as such.
    var printed: String {
        if count == 1, case .text(let text) = self[0] { return text }
        return map { run in
            switch run {
            case .lineBreak: "\n"
            case .missing(let name): "〔?\(name)〕"
            default: run.plainText
            }
        }.joined()
    }
}
