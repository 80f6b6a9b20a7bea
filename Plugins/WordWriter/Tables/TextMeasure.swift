import ReportDocument

/// How wide text is: in half characters, of which a Chinese character takes two and a Latin letter or digit one, or in thousandths
/// of the size of the type, where the width of Latin letters is given.
enum TextMeasure {
    /// How wide a Chinese character is.
    static let wide = 1000

    static func width(_ text: String, narrow: Int) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width($1, narrow: narrow) }
    }

    static func width(_ scalar: Unicode.Scalar, narrow: Int) -> Int { scalar.value < 0x2000 ? narrow : wide }

    static func halves(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + halves($1) }
    }

    static func halves(_ scalar: Unicode.Scalar) -> Int { scalar.value < 0x2000 ? 1 : 2 }

    /// What must not be broken: the longest word without a Chinese character in it, at least one character. A word of letters may be
    /// broken after `most` of them, an amount never.
    static func longestWord(_ text: String, narrow: Int, most: Int) -> Int {
        var (longest, count, isNumber) = (wide, 0, true)
        func end() {
            longest = max(longest, (isNumber ? count : min(count, most)) * narrow)
            (count, isNumber) = (0, true)
        }
        for scalar in text.unicodeScalars {
            if scalar == " " || scalar == "\n" || halves(scalar) == 2 {
                end()
            } else {
                count += 1
                if !isOfFigure(scalar) { isNumber = false }
            }
        }
        end()
        return longest
    }

    private static func isOfFigure(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", ",", ".", "-", "+", "%", "−", "±": true
        default: false
        }
    }

    /// Whether text is one figure: digits with their marks, and a sign or unit.
    static func isFigure(_ text: String) -> Bool {
        var hasDigit = false
        for scalar in text.unicodeScalars {
            guard isOfFigure(scalar) else { return false }
            if ("0"..."9").contains(scalar) { hasDigit = true }
        }
        return hasDigit
    }

    static func longestLine(_ text: String, narrow: Int) -> Int {
        var (longest, current) = (0, 0)
        for scalar in text.unicodeScalars {
            current = scalar == "\n" ? 0 : current + width(scalar, narrow: narrow)
            longest = max(longest, current)
        }
        return longest
    }

    /// The widest gap at the end of a line but the last, in lines of this width, in thousandths of the size of the type: what comes next
    /// is an amount or a word, and stands on the next line as a whole.
    static func widestGap(_ text: String, in room: Int, indent: Int, narrow: Int) -> Int {
        var (widest, line, blank, word, tail) = (0, indent, 0, 0, 0)
        // `line` ends with blanks of the width `blank`; `word` is what must stay together behind them, and ends with blanks, too: `tail`.
        func take() {
            if word == 0 { return }
            if line + word - tail > room, line > indent {
                widest = max(widest, room - (line - blank))
                (line, blank) = (0, 0)
            }
            (line, blank) = (line + word, tail)
            (word, tail) = (0, 0)
        }
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                take()
                (line, blank, last) = (0, 0, nil)
                continue
            }
            if let last, mayBreak(between: last, and: scalar) { take() }
            word += width(scalar, narrow: narrow)
            tail = scalar == " " ? tail + width(scalar, narrow: narrow) : 0
            last = scalar
        }
        take()
        return widest
    }

    private static let beginNoLine = Set("，。、；：！？）》」』】〕〉”’…—％‰℃·,.;:!?)]}%".unicodeScalars)
    private static let endNoLine = Set("（《「『【〔〈“‘([{￥¥".unicodeScalars)

    private static func mayBreak(between last: Unicode.Scalar, and next: Unicode.Scalar) -> Bool {
        if next == " " || beginNoLine.contains(next) || endNoLine.contains(last) { return false }
        return last == " " || halves(last) == 2 || halves(next) == 2
    }

    /// The lines of a text that a column of this width needs, in thousandths of the size of the type.
    static func lines(_ text: String, in room: Int, narrow: Int) -> Int {
        guard room > 0 else { return 1 }
        func count(_ line: String) -> Int { max(1, (width(line, narrow: narrow) + room - 1) / room) }
        guard text.utf8.contains(UInt8(ascii: "\n")) else { return count(text) }
        return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { $0 + count(String($1)) }
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
