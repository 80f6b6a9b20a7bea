/// A character that a Chinese keyboard, a word processor or a web page gives where the plain one was meant: `：` for `:`, `％` for
/// `%`, a blank that is none, a mark that nobody sees.
///
///     OddCharacter("，")?.plain           // ","
///     OddCharacter("\u{200B}")?.name.en   // "the invisible zero-width space (U+200B)"
public struct OddCharacter: Sendable, Hashable {
    public let scalar: Unicode.Scalar
    /// What to write instead; empty for what is to be deleted.
    public let plain: String
    /// What it is called, the character itself in quotes where it can be seen.
    public let name: LocalizedText

    /// `nil` for a character that means what it looks like.
    public init?(_ scalar: Unicode.Scalar) {
        self.scalar = scalar
        if let (zh, en) = Self.invisible(scalar) {
            plain = ""
            name = LocalizedText(zh: "不可见的\(zh)（\(scalar.codePoint)）", en: "the invisible \(en) (\(scalar.codePoint))")
        } else if let (zh, en) = Self.blank(scalar) {
            plain = " "
            name = LocalizedText(zh: "\(zh)（\(scalar.codePoint)）", en: "\(en) (\(scalar.codePoint))")
        } else if let (plain, zh, en) = Self.visible(scalar) {
            self.plain = plain
            name = LocalizedText(zh: "\(zh)\"\(scalar)\"", en: "\(en) \"\(scalar)\"")
        } else {
            return nil
        }
    }

    public var isInvisible: Bool { plain.isEmpty }

    public var isBlank: Bool { plain == " " }

    private static func invisible(_ scalar: Unicode.Scalar) -> (zh: String, en: String)? {
        switch scalar.value {
        case 0x200B: ("零宽空格", "zero-width space")
        case 0x200C, 0x200D, 0x2060: ("零宽连接符", "zero-width joiner")
        case 0xFEFF: ("字节顺序标记（BOM）", "byte order mark (BOM)")
        case 0x00AD: ("软连字符", "soft hyphen")
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: ("书写方向标记", "mark of writing direction")
        default: nil
        }
    }

    private static func blank(_ scalar: Unicode.Scalar) -> (zh: String, en: String)? {
        switch scalar.value {
        case 0x3000: ("全角空格", "a full-width blank")
        case 0x00A0, 0x202F: ("不换行空格", "a no-break space")
        case 0x1680, 0x2000...0x200A, 0x205F: ("排版空格", "a typographic blank")
        default: nil
        }
    }

    private static func visible(_ scalar: Unicode.Scalar) -> (plain: String, zh: String, en: String)? {
        switch scalar {
        case "：": (":", "全角冒号", "the full-width colon")
        case "，": (",", "全角逗号", "the full-width comma")
        case "、": (",", "顿号", "the Chinese enumeration comma")
        case "。": (".", "中文句号", "the Chinese full stop")
        case "“", "”", "„": ("\"", "弯引号", "the curly quote")
        case "‘", "’": ("'", "弯引号", "the curly quote")
        case "—", "–", "−", "‐", "‑": ("-", "长横线", "the long dash")
        case "【": ("[", "方头括号", "the Chinese bracket")
        case "】": ("]", "方头括号", "the Chinese bracket")
        case "％": ("%", "全角百分号", "the full-width percent sign")
        case "\u{FF10}"..."\u{FF19}": (folded(scalar), "全角数字", "the full-width digit")
        case "\u{FF21}"..."\u{FF3A}", "\u{FF41}"..."\u{FF5A}": (folded(scalar), "全角字母", "the full-width letter")
        case "\u{FF01}"..."\u{FF5E}": (folded(scalar), "全角符号", "the full-width sign")
        default: nil
        }
    }

    private static func folded(_ scalar: Unicode.Scalar) -> String {
        Unicode.Scalar(scalar.value - 0xFEE0).map(String.init) ?? ""
    }
}

extension Unicode.Scalar {
    /// `U+200B`.
    fileprivate var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension String {
    /// The first odd character, and how many scalars stand before it; `nil` where all mean what they look like.
    ///
    /// - Parameter isMeant: which of them count.
    public func firstOddCharacter(where isMeant: (OddCharacter) -> Bool = { _ in true })
        -> (character: OddCharacter, offset: Int)?
    {
        if utf8.allSatisfy({ $0 < 0x80 }) { return nil }
        for (offset, scalar) in unicodeScalars.enumerated() where !scalar.isASCII {
            if let odd = OddCharacter(scalar), isMeant(odd) { return (odd, offset) }
        }
        return nil
    }

    /// The text with every odd character as the plain one that was meant; the invisible ones are gone.
    public var withPlainCharacters: String {
        unicodeScalars.reduce(into: "") { text, scalar in
            if let odd = OddCharacter(scalar) { text += odd.plain } else { text.unicodeScalars.append(scalar) }
        }
    }
}

/// A hint for a word that is wrong and has an odd character in it: its name, and the word as it was probably meant; `nil` for a
/// word without one.
public func oddCharacterHint(in word: String) -> LocalizedText? {
    guard word.utf8.count <= 400, let odd = word.firstOddCharacter()?.character else { return nil }
    if ["\"", "'"].contains(odd.plain) {
        return LocalizedText(
            zh: "其中有\(odd.name.zh)，YAML 只认半角的 \(odd.plain)，请写成 \(word.withPlainCharacters)",
            en:
                "it has \(odd.name.en) in it, where YAML takes only the straight \(odd.plain): write \(word.withPlainCharacters)"
        )
    }
    let meant = word.withPlainCharacters
    return LocalizedText(
        zh: "其中有\(odd.name.zh)，请\(meant.isEmpty ? "删去" : "写成\(quoted(meant))")",
        en: "it has \(odd.name.en) in it; \(meant.isEmpty ? "delete it" : "write \(quoted(meant))")"
    )
}
