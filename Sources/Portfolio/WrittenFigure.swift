internal import ReviewModel

/// A number in a running text, and what is written behind it.
struct WrittenFigure {
    var number: ExactDecimal
    /// The next few characters, blanks left out.
    var after: String

    /// How many figures of one text are looked at.
    private static let most = 1000

    /// Every number with at least four digits; thousands separators are read as such.
    static func all(in text: String) -> [WrittenFigure] {
        let text = plainDigits(text)
        // Most texts have none, and bytes are looked at faster than characters.
        var (figures, digits, start) = ([WrittenFigure](), 0, text.utf8.startIndex)
        var position = text.utf8.startIndex
        func end(at end: String.Index) {
            guard digits >= 4, figures.count < most else { return }
            var written = text[start..<end]
            while let last = written.utf8.last, last == UInt8(ascii: ".") || last == UInt8(ascii: ",") {
                written = written.dropLast()
            }
            guard let number = ExactDecimal(grouped: String(written)) else { return }
            let after = text[written.endIndex...].filter { !$0.isWhitespace }.prefix(3)
            figures.append(WrittenFigure(number: number, after: String(after)))
        }
        while position < text.utf8.endIndex {
            let byte = text.utf8[position]
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            if isDigit {
                if digits == 0 { start = position }
                digits += 1
            } else if digits == 0 || byte != UInt8(ascii: ",") && byte != UInt8(ascii: ".") {
                if digits > 0 { end(at: position) }
                digits = 0
            }
            position = text.utf8.index(after: position)
        }
        if digits > 0 { end(at: text.utf8.endIndex) }
        return figures
    }

    /// The text with the digits ０ to ９ and the point ． of input methods as plain ones. The comma ， stays, being one of sentences.
    private static func plainDigits(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { wideDigits.contains($0.value) }) else { return text }
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isWide = wideDigits.contains(scalar.value) || scalar == "．"
            plain.append(isWide ? Unicode.Scalar(scalar.value - wideOffset) ?? scalar : scalar)
        }
        return String(plain)
    }

    private static let wideDigits: ClosedRange<UInt32> = 0xFF10...0xFF19
    /// How far ０ is from 0.
    private static let wideOffset: UInt32 = 0xFEE0
}
