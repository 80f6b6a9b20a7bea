/// What the 256 codes of a simple font mean (ISO 32000-1, 9.6.6 and annex D).
enum SimpleEncoding {
    static func characters(_ object: PDFObject, _ font: [String: PDFObject], _ file: PDFObjects) -> [String?] {
        let base = object.name ?? file.resolved(object.entries?["BaseEncoding"]).name
        let descriptor = file.resolved(font["FontDescriptor"]).entries ?? [:]
        // Glyphs of symbol fonts are no letters, whatever their codes.
        let isSymbolic = ((file.resolved(descriptor["Flags"]).integer ?? 0) & 4) != 0
        let isDrawn = file.resolved(font["Subtype"]).name == "Type3"
        var characters: [String?] = (isSymbolic || isDrawn) && base == nil ? .init(repeating: nil, count: 256) : windows
        if base == "MacRomanEncoding" { for code in 128..<256 { characters[code] = nil } }
        var code = 0
        for item in file.resolved(object.entries?["Differences"]).array ?? [] {
            if let number = file.resolved(item).integer {
                code = number
            } else if let name = file.resolved(item).name {
                if (0..<256).contains(code) { characters[code] = character(named: name) }
                code &+= 1
            }
        }
        return characters
    }

    /// Windows' code page 1252, which the other encodings of Latin text equal in letters and digits.
    private static let windows: [String?] = (0..<256).map { code in
        switch code {
        case 0x20...0x7E, 0xA0...0xFF: Unicode.Scalar(UInt32(code)).map { String(Character($0)) }
        case 0x80...0x9F: upper[code - 0x80]
        default: nil
        }
    }

    private static let upper: [String?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil, nil, "‘", "’", "“", "”", "•",
        "–", "—", "˜", "™",
        "š", "›", "œ", nil, "ž", "Ÿ",
    ]

    /// Names of the Adobe Glyph List that are no letter themselves, as far as documents have them.
    private static let named: [String: String] = [
        "space": " ", "exclam": "!", "quotedbl": "\"", "numbersign": "#", "dollar": "$", "percent": "%",
        "ampersand": "&",
        "quotesingle": "'", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",",
        "hyphen": "-",
        "period": ".", "slash": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
        "six": "6",
        "seven": "7", "eight": "8", "nine": "9", "colon": ":", "semicolon": ";", "less": "<", "equal": "=",
        "greater": ">",
        "question": "?", "at": "@", "bracketleft": "[", "backslash": "\\", "bracketright": "]", "asciicircum": "^",
        "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|", "braceright": "}", "asciitilde": "~",
        "bullet": "•",
        "endash": "–", "emdash": "—", "quoteleft": "‘", "quoteright": "’", "quotedblleft": "“", "quotedblright": "”",
        "ellipsis": "…", "yen": "¥", "cent": "¢", "sterling": "£", "Euro": "€", "degree": "°", "multiply": "×",
        "divide": "÷",
        "plusminus": "±", "minus": "−", "greaterequal": "≥", "lessequal": "≤", "notequal": "≠", "periodcentered": "·",
        "section": "§", "copyright": "©", "registered": "®", "trademark": "™", "perthousand": "‰", "nbspace": " ",
        "fi": "fi",
        "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl", "guillemotleft": "«", "guillemotright": "»",
    ]

    private static func character(named name: String) -> String? {
        if let known = named[name] { return known }
        // The part behind a point says which form of the character it is.
        let stem = String(name.prefix { $0 != "." })
        if let known = named[stem] { return known }
        if stem.count == 1 { return stem }
        let digits = stem.hasPrefix("uni") ? stem.dropFirst(3) : stem.hasPrefix("u") ? stem.dropFirst() : ""
        guard (4...6).contains(digits.count), let value = UInt32(digits, radix: 16) else { return nil }
        return Unicode.Scalar(value).map { String(Character($0)) }
    }
}
