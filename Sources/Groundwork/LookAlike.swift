/// What a reserved name is compared by: names that a person could take for it have the same key.
extension String {
    /// What the text looks like to somebody in a hurry: without case, accents, blanks and what nobody sees, every character as
    /// the Latin letter that it could be taken for; `i` and `l`, `o` and zero are one.
    ///
    /// Very coarse, so only for comparison with the few names that must not be imitated: `нost/х` and `ｈｏｓｔ/x` are `host/x`.
    public var lookAlikeKey: String { lookAlikeKey(upTo: .max) }

    /// The beginning of ``lookAlikeKey``, of at least so many letters where it has them: all that a comparison of beginnings needs.
    public func lookAlikeKey(upTo count: Int) -> String {
        var key = ""
        for scalar in unicodeScalars {
            if key.utf8.count >= count { break }
            guard let letter = scalar.lookAlike else { continue }
            // Two v are a w, to the eye.
            if letter == "v", key.utf8.last == UInt8(ascii: "v") {
                key.removeLast()
                key += "w"
            } else {
                key += letter
            }
        }
        return key
    }
}

extension Unicode.Scalar {
    /// What it could be taken for; `nil` for nothing.
    fileprivate var lookAlike: String? {
        if isActedOn || properties.isWhitespace { return nil }
        if (0xFF01...0xFF5E).contains(value) { return Unicode.Scalar(value - 0xFEE0)?.lookAlike }
        switch self {
        case "i", "I", "1", "|": return "l"
        case "0": return "o"
        case "\\": return "/"
        default: break
        }
        if isASCII { return properties.lowercaseMapping }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return nil
        default: break
        }
        if let letters = ligatures[value] { return letters }
        let letter = letterOfItsName ?? lookAlikes[self] ?? uppercase.flatMap { lookAlikes[$0] }
        return letter?.lookAlike ?? properties.lowercaseMapping
    }

    /// Small letters that are drawn as small capitals: т, н.
    private var uppercase: Unicode.Scalar? {
        let capital = properties.uppercaseMapping.unicodeScalars
        return capital.count == 1 ? capital.first : nil
    }

    /// The Latin letter that a variant of it is called by: MATHEMATICAL BOLD SMALL O, LATIN SMALL LETTER O WITH ACUTE, CIRCLED LATIN
    /// SMALL LETTER O.
    private var letterOfItsName: Unicode.Scalar? {
        guard let name = properties.name else { return nil }
        let words = name.split(separator: " ").prefix { $0 != "WITH" }
        guard let last = words.last, !words.contains("TURNED") else { return nil }
        if words.first == "MATHEMATICAL", let letter = greekLetters[String(last)] {
            return last == "NU" && words.contains("SMALL") ? "v" : letter
        }
        let kinds: Set = [
            "LATIN", "MATHEMATICAL", "SCRIPT", "BLACK-LETTER", "DOUBLE-STRUCK", "SQUARED", "REGIONAL", "DOTLESS",
        ]
        guard last.utf8.count == 1, words.contains(where: { kinds.contains(String($0)) }) else { return nil }
        return last.lowercased().unicodeScalars.first
    }
}

/// By what they look like, large or small.
private let greekLetters: [String: Unicode.Scalar] = [
    "ALPHA": "a", "BETA": "b", "EPSILON": "e", "ZETA": "z", "ETA": "h", "IOTA": "i", "KAPPA": "k", "MU": "m", "NU": "n",
    "OMICRON": "o", "RHO": "p", "SIGMA": "o", "TAU": "t", "UPSILON": "u", "CHI": "x",
]

/// Several letters in one character.
private let ligatures: [UInt32: String] = [
    0xFB00: "ff", 0xFB01: "fl", 0xFB02: "fl", 0xFB03: "ffl", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st", 0x0132: "lj",
    0x0133: "lj",
    0x01C7: "lj", 0x01C8: "lj", 0x01C9: "lj", 0x01CA: "nj", 0x01CB: "nj", 0x01CC: "nj",
]

/// Letters of other scripts and signs by the Latin letter that they are drawn like, those of the first plane: after Unicode's list
/// of confusables (UTS 39).
private let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = {
    let groups: [(Unicode.Scalar, String)] = [
        ("a", "\u{251}\u{391}\u{3B1}\u{410}\u{430}\u{13AA}\u{15C5}\u{237A}\u{A4EE}"),
        ("b", "\u{184}\u{392}\u{412}\u{42C}\u{13CF}\u{13F4}\u{1472}\u{15AF}\u{15F7}\u{A4D0}\u{A7B4}"),
        ("c", "\u{3F2}\u{3F9}\u{421}\u{441}\u{13DF}\u{216D}\u{217D}\u{2CA4}\u{2CA5}\u{A4DA}\u{ABAF}"),
        ("d", "\u{501}\u{13A0}\u{13E7}\u{146F}\u{15DE}\u{15EA}\u{216E}\u{217E}\u{A4D2}\u{A4D3}"),
        ("e", "\u{395}\u{415}\u{435}\u{4BD}\u{13AC}\u{212E}\u{22FF}\u{2D39}\u{A4F0}\u{AB32}"),
        ("f", "\u{17F}\u{3DC}\u{584}\u{15B4}\u{1E9D}\u{A4DD}\u{AB35}"),
        ("g", "\u{18D}\u{261}\u{50C}\u{581}\u{13C0}\u{13F3}\u{A4D6}"),
        ("h", "\u{397}\u{41D}\u{4BB}\u{570}\u{13BB}\u{13C2}\u{157C}\u{210E}\u{2C8E}\u{A4E7}"),
        ("i", "\u{131}\u{269}\u{2DB}\u{37A}\u{3B9}\u{456}\u{4CF}\u{13A5}\u{1FBE}\u{2139}\u{2170}"),
        ("i", "\u{2373}\u{A647}\u{AB75}"),
        ("j", "\u{37F}\u{3F3}\u{408}\u{458}\u{13AB}\u{148D}\u{A4D9}"),
        ("k", "\u{39A}\u{41A}\u{13E6}\u{16D5}\u{212A}\u{2C94}\u{A4D7}"),
        ("l", "\u{196}\u{1C0}\u{399}\u{406}\u{4C0}\u{6F1}\u{13DE}\u{14AA}\u{16C1}\u{2110}\u{2111}"),
        ("l", "\u{2160}\u{216C}\u{217C}\u{2223}\u{23FD}\u{2C92}\u{2CD0}\u{2D4F}\u{A4E1}\u{A4F2}\u{FF29}"),
        ("m", "\u{39C}\u{3FA}\u{41C}\u{13B7}\u{15F0}\u{16D6}\u{216F}\u{2C98}\u{A4DF}"),
        ("n", "\u{39D}\u{578}\u{57C}\u{2C9A}\u{A4E0}"),
        ("o", "\u{39F}\u{3BF}\u{3C3}\u{41E}\u{43E}\u{555}\u{585}\u{6F5}\u{966}\u{9E6}\u{A66}"),
        ("o", "\u{AE6}\u{B20}\u{B66}\u{BE6}\u{C66}\u{CE6}\u{D20}\u{D66}\u{E50}\u{ED0}\u{101D}"),
        ("o", "\u{1040}\u{10FF}\u{12D0}\u{1D11}\u{2C9E}\u{2C9F}\u{2D54}\u{A4F3}\u{AB3D}"),
        ("p", "\u{3A1}\u{3C1}\u{3F1}\u{420}\u{440}\u{13E2}\u{146D}\u{2374}\u{2CA2}\u{2CA3}\u{A4D1}"),
        ("q", "\u{51B}\u{563}\u{566}\u{2D55}"),
        ("r", "\u{1A6}\u{433}\u{13A1}\u{13D2}\u{1587}\u{1D26}\u{2C85}\u{A4E3}\u{AB47}\u{AB48}\u{AB81}"),
        ("s", "\u{1BD}\u{405}\u{455}\u{54F}\u{13D5}\u{13DA}\u{A4E2}\u{ABAA}"),
        ("t", "\u{3A4}\u{422}\u{13A2}\u{22A4}\u{27D9}\u{2CA6}\u{A4D4}"),
        ("u", "\u{28B}\u{3C5}\u{54D}\u{57D}\u{1200}\u{144C}\u{222A}\u{22C3}\u{A4F4}\u{A79F}"),
        ("v", "\u{3BD}\u{474}\u{475}\u{6F7}\u{13D9}\u{142F}\u{2164}\u{2174}\u{2228}\u{2D38}\u{A4E6}"),
        ("v", "\u{A6DF}\u{ABA9}"),
        ("w", "\u{26F}\u{461}\u{51C}\u{51D}\u{561}\u{13B3}\u{13D4}\u{A4EA}\u{AB83}"),
        ("x", "\u{D7}\u{3A7}\u{425}\u{445}\u{1541}\u{157D}\u{166D}\u{166E}\u{16B7}\u{2169}\u{2179}"),
        ("x", "\u{2573}\u{292B}\u{292C}\u{2A2F}\u{2CAC}\u{2D5D}\u{A4EB}\u{A7B3}"),
        ("y", "\u{263}\u{3A5}\u{3B3}\u{3D2}\u{423}\u{443}\u{4AE}\u{4AF}\u{10E7}\u{13A9}\u{13BD}"),
        ("y", "\u{1D8C}\u{213D}\u{2CA8}\u{A4EC}"),
        ("z", "\u{396}\u{13C3}\u{A4DC}\u{AB93}"),
        (".", "\u{6F0}\u{2024}\u{A4F8}\u{A60E}"),
        ("/", "\u{1735}\u{2041}\u{2044}\u{2215}\u{2571}\u{27CB}\u{29F8}\u{2CC6}"),
    ]
    return groups.reduce(into: [:]) { table, group in
        for scalar in group.1.unicodeScalars { table[scalar] = group.0 }
    }
}()
