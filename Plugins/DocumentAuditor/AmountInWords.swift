import BudgetLines
import ReviewModel

/// An amount in the characters of cheques: 壹佰贰拾万肆仟壹佰伍拾元整, also 萬圓.
struct AmountInWords: Sendable {
    /// In yuan, to the fen.
    var value: ExactDecimal
    /// As printed.
    var text: String
    var range: Range<Int>

    /// The amounts of a folded text. They are of some length and end in 元, 圆, 角 or 分, or 整 and 正 behind these.
    static func all(in text: [Unicode.Scalar]) -> [AmountInWords] {
        var (found, position) = ([AmountInWords](), 0)
        while position < text.count {
            let end = text[position...].prefix(while: isWord).endIndex
            if end > position {
                if let amount = AmountInWords(text, position..<end) { found.append(amount) }
                position = end
            } else {
                position += 1
            }
        }
        return found
    }

    /// Whether a text has a digit of this kind at all, which hardly a line has.
    static func mayStand(in text: String) -> Bool { digits.keys.contains { text.hasBytes(of: String($0)) } }

    private init?(_ text: [Unicode.Scalar], _ range: Range<Int>) {
        let words = text[range]
        guard words.contains(where: { yuan.contains($0) }), words.count(where: { digits[$0] != nil }) > 0,
            let fen = Self.fen(words)
        else { return nil }
        (value, self.text, self.range) = (ExactDecimal(significand: Int128(fen), places: 2), words.string, range)
    }

    /// `nil` where the characters stand in no order that makes a number.
    private static func fen(_ words: ArraySlice<Unicode.Scalar>) -> Int? {
        var (whole, section, digit, fen) = (0, 0, nil as Int?, 0)
        var isBehindYuan = false
        for word in words {
            if let value = digits[word] {
                digit = value
            } else if let scale = scales[word] {
                guard !isBehindYuan, digit.map({ $0 > 0 }) ?? (section == 0 && scale == 10) else { return nil }
                section += (digit ?? 1) * scale
                digit = nil
            } else if word == "万" || word == "萬" || word == "亿" || word == "億" {
                guard !isBehindYuan else { return nil }
                section += digit ?? 0
                digit = nil
                let scale = word == "万" || word == "萬" ? 10_000 : 100_000_000
                whole = scale == 10_000 ? whole + section * scale : (whole + section) * scale
                section = 0
            } else if yuan.contains(word) {
                guard !isBehindYuan else { return nil }
                whole += section + (digit ?? 0)
                (section, digit, isBehindYuan) = (0, nil, true)
            } else if word == "角" || word == "分" {
                guard isBehindYuan, let value = digit else { return nil }
                fen += value * (word == "角" ? 10 : 1)
                digit = nil
            }
            guard whole < 1_000_000_000_000_000 else { return nil }
        }
        guard isBehindYuan, digit == nil || digit == 0 else { return nil }
        return whole * 100 + fen
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        digits[scalar] != nil || scales[scalar] != nil || yuan.contains(scalar) || others.contains(scalar)
    }
}

private let digits: [Unicode.Scalar: Int] = [
    "零": 0, "壹": 1, "贰": 2, "貳": 2, "叁": 3, "叄": 3, "肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
]
private let scales: [Unicode.Scalar: Int] = ["拾": 10, "佰": 100, "仟": 1000]
private let yuan: Set<Unicode.Scalar> = ["元", "圆", "圓"]
private let others: Set<Unicode.Scalar> = ["万", "萬", "亿", "億", "角", "分", "整", "正"]
