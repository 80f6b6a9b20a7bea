extension String {
    /// The text as a person types it: without marks that show nothing, with usual blanks, and with characters for those that only
    /// look like them: radicals (⼈) and compatibility forms, which PDF files are full of.
    ///
    /// Full-width marks and digits stay what they are, unlike under NFKC: whether they are mixed is a finding.
    var plain: String {
        // Few texts have any; a look at the bytes tells.
        guard utf8.contains(where: { $0 == 0xC2 || $0 == 0xE2 || $0 == 0xEF || $0 < 0x20 }) else { return self }
        var result = UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF, 0xFE00...0xFE0F: continue
            case 0xA0, 0x2000...0x200A, 0x202F, 0x205F: result.append(" ")
            case 0x2010, 0x2011: result.append("-")
            case 0x2028, 0x2029, 0x0B, 0x0C, 0x0D: result.append("\n")
            case 0..<0x20 where scalar != "\n" && scalar != "\t": continue
            case 0x2E80...0x2FD5: result.append(PlainCharacters.radicals[scalar] ?? scalar)
            case 0xFB00...0xFB06:
                result.append(contentsOf: PlainCharacters.ligatures[Int(scalar.value) - 0xFB00].unicodeScalars)
            case 0xF900...0xFAFF:
                // Canonical composition of one scalar gives the character that it is the twin of.
                result.append(PlainCharacters.canonical(scalar))
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Without blanks and line ends at both ends.
    var trimmedBlanks: String {
        // Nearly all texts begin and end with an ideograph, a digit or a mark: they stay as they are.
        if let first = utf8.first, Self.isNoBlank(lead: first), let last = unicodeScalars.last?.utf8.first,
            Self.isNoBlank(lead: last)
        {
            return self
        }
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }

    /// Whether a scalar that begins with that byte cannot be a blank.
    private static func isNoBlank(lead: UInt8) -> Bool { (0x21...0x7E).contains(lead) || (0xE4...0xEF).contains(lead) }

    /// One line: what stood on lines of its own follows after a blank.
    var onOneLine: String { filledLines.joined(separator: " ") }

    /// Its lines that hold something; nearly all texts are one, which a look at the bytes tells.
    var filledLines: [Substring] {
        mayHoldLines ? split(whereSeparator: \.isNewline) : isEmpty ? [] : [self[...]]
    }

    private var mayHoldLines: Bool { utf8.contains { $0 < 0x0E || $0 == 0xC2 || $0 == 0xE2 } }

    /// With a blank for each tab.
    var withoutTabs: String {
        utf8.contains(0x09) ? split(separator: "\t", omittingEmptySubsequences: false).joined(separator: " ") : self
    }
}

enum PlainCharacters {
    static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]

    /// The characters that the radicals U+2F00 to U+2FD5 look like, in their order (Unicode, Kangxi Radicals).
    private static let kangxi = Array(
        ("一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾"
            + "干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生"
            + "用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷"
            + "豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻"
            + "黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠").unicodeScalars
    )

    /// Those of the supplement (U+2E80 …) that simplified Chinese has.
    private static let supplement: [(Unicode.Scalar, Unicode.Scalar)] = [
        ("\u{2E9F}", "母"), ("\u{2EA0}", "民"), ("\u{2EB0}", "纟"), ("\u{2EC1}", "虎"),
        ("\u{2EC4}", "西"), ("\u{2EC5}", "见"), ("\u{2EC6}", "角"), ("\u{2EC8}", "讠"),
        ("\u{2EC9}", "贝"), ("\u{2ECB}", "车"), ("\u{2ED0}", "钅"), ("\u{2ED3}", "长"),
        ("\u{2ED4}", "门"), ("\u{2ED8}", "青"), ("\u{2ED9}", "韦"), ("\u{2EDA}", "页"),
        ("\u{2EDB}", "风"), ("\u{2EDC}", "飞"), ("\u{2EDD}", "食"), ("\u{2EE2}", "马"),
        ("\u{2EE5}", "鱼"), ("\u{2EE6}", "鸟"), ("\u{2EE7}", "卤"), ("\u{2EE8}", "麦"),
        ("\u{2EE9}", "黄"), ("\u{2EEC}", "齐"), ("\u{2EEE}", "齿"), ("\u{2EF0}", "龙"),
        ("\u{2EF2}", "亀"), ("\u{2EF3}", "龟"),
    ]

    static let radicals: [Unicode.Scalar: Unicode.Scalar] = {
        var map = Dictionary(supplement) { first, _ in first }
        for (offset, scalar) in kangxi.enumerated() {
            if let radical = Unicode.Scalar(0x2F00 + UInt32(offset)) { map[radical] = scalar }
        }
        return map
    }()

    static func canonical(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        // Strings compare by canonical equivalence, so a set of one finds the twin.
        twins[String(scalar)] ?? scalar
    }

    /// The compatibility ideographs that Chinese text has; built once, when the first is met.
    private static let twins: [String: Unicode.Scalar] = {
        var map: [String: Unicode.Scalar] = [:]
        for value in UInt32(0x4E00)...0x9FFF {
            if let scalar = Unicode.Scalar(value) { map[String(scalar)] = scalar }
        }
        return map
    }()
}
