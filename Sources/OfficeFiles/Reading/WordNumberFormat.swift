/// How the number of a paragraph is written (ECMA-376, ST_NumberFormat), as far as reports in Chinese and English have it.
enum WordNumberFormat: Sendable, Hashable {
    case decimal, decimalZero, fullWidth, circled, inBrackets, withPoint
    case upperRoman, lowerRoman, upperLetter, lowerLetter
    /// 一, 十, 十一, 一百二十.
    case chinese
    /// 壹, 拾.
    case chineseLegal
    /// 一, 一〇, 一一.
    case chineseDigits
    /// 甲, 乙, 丙.
    case stems
    /// 子, 丑, 寅.
    case branches
    case bullet, none

    init(_ name: String) {
        self =
            switch name {
            case "decimalZero": .decimalZero
            case "decimalFullWidth", "decimalFullWidth2": .fullWidth
            case "decimalEnclosedCircle", "decimalEnclosedCircleChinese": .circled
            case "decimalEnclosedParen": .inBrackets
            case "decimalEnclosedFullstop": .withPoint
            case "upperRoman": .upperRoman
            case "lowerRoman": .lowerRoman
            case "upperLetter": .upperLetter
            case "lowerLetter": .lowerLetter
            case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                "taiwaneseCountingThousand":
                .chinese
            case "chineseLegalSimplified", "ideographLegalTraditional": .chineseLegal
            case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital": .chineseDigits
            case "ideographTraditional": .stems
            case "ideographZodiac", "ideographZodiacTraditional": .branches
            case "bullet": .bullet
            case "none": .none
            default: .decimal
            }
    }

    func text(_ number: Int) -> String {
        switch self {
        case .decimal: String(number)
        case .decimalZero: (0..<10).contains(number) ? "0\(number)" : String(number)
        case .fullWidth: Self.mapped(String(number), to: Array("０１２３４５６７８９"))
        case .circled: Self.scalar(0x2460, number, atMost: 20)
        case .inBrackets: Self.scalar(0x2474, number, atMost: 20)
        case .withPoint: Self.scalar(0x2488, number, atMost: 20)
        case .upperRoman: Self.roman(number)
        case .lowerRoman: Self.roman(number).lowercased()
        case .upperLetter: Self.letters(number)
        case .lowerLetter: Self.letters(number).lowercased()
        case .chinese: Self.counted(number, Array("零一二三四五六七八九"), Array("十百千"))
        case .chineseLegal: Self.counted(number, Array("零壹贰叁肆伍陆柒捌玖"), Array("拾佰仟"))
        case .chineseDigits: Self.mapped(String(number), to: Array("〇一二三四五六七八九"))
        case .stems: Self.of(Array("甲乙丙丁戊己庚辛壬癸"), number)
        case .branches: Self.of(Array("子丑寅卯辰巳午未申酉戌亥"), number)
        case .bullet, .none: ""
        }
    }

    private static func mapped(_ digits: String, to names: [Character]) -> String {
        String(digits.map { digit in digit.wholeNumberValue.map { names[$0] } ?? digit })
    }

    private static func scalar(_ first: UInt32, _ number: Int, atMost last: Int) -> String {
        guard (1...last).contains(number), let scalar = Unicode.Scalar(first + UInt32(number) - 1) else {
            return String(number)
        }
        return String(Character(scalar))
    }

    private static func of(_ names: [Character], _ number: Int) -> String {
        (1...names.count).contains(number) ? String(names[number - 1]) : String(number)
    }

    private static func roman(_ number: Int) -> String {
        guard (1...3_999).contains(number) else { return String(number) }
        let signs = [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
            (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ]
        var (rest, text) = (number, "")
        for (value, sign) in signs {
            while rest >= value {
                text += sign
                rest -= value
            }
        }
        return text
    }

    /// A, …, Z, AA, BB: Word doubles the letter.
    private static func letters(_ number: Int) -> String {
        guard (1...780).contains(number), let letter = Unicode.Scalar(UInt32(65 + (number - 1) % 26)) else {
            return String(number)
        }
        return String(repeating: Character(letter), count: (number - 1) / 26 + 1)
    }

    private static func counted(_ number: Int, _ digits: [Character], _ places: [Character]) -> String {
        guard (1...9_999).contains(number) else { return String(number) }
        let figures = String(number).compactMap(\.wholeNumberValue)
        var (text, hasGap) = ("", false)
        for (index, figure) in figures.enumerated() {
            let place = figures.count - 1 - index
            if figure == 0 {
                hasGap = true
                continue
            }
            if hasGap { text.append(digits[0]) }
            hasGap = false
            // 十二, not 一十二; 一百一十二.
            if !(figure == 1 && place == 1 && text.isEmpty) { text.append(digits[figure]) }
            if place > 0 { text.append(places[place - 1]) }
        }
        return text
    }
}
