/// The characters of symbol fonts that forms are ticked with; others stay what they are in their font.
enum WordSymbol {
    static func scalar(_ code: UInt32, font: String) -> Unicode.Scalar? {
        // Fonts of symbols begin at U+F000.
        let glyph = code >= 0xF000 ? code - 0xF000 : code
        let known: [UInt32: Unicode.Scalar] =
            switch font.lowercased() {
            case "wingdings": [0x6F: "☐", 0xA8: "☐", 0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0x78: "☒"]
            case "wingdings 2": [0xA3: "☐", 0x52: "☑", 0x54: "☒", 0x53: "☒", 0x50: "✓", 0x4F: "✗"]
            case "symbol": [0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xB7: "•"]
            default: [:]
            }
        return known[glyph] ?? Unicode.Scalar(code)
    }
}
