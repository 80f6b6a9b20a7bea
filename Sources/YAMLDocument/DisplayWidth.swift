extension Unicode.Scalar {
    /// Columns that a terminal gives this scalar: 2 for wide East Asian characters and emoji, 0 for marks that sit on
    /// another character, else 1.
    ///
    /// Characters whose width Unicode calls ambiguous, such as “ and ×, count as 1, as terminals have it by default.
    var displayWidth: Int {
        if value < 0x300 { return 1 }
        if Self.isWide(value) { return 2 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return 1
        }
    }

    // The wide (W) and full-width (F) ranges of Unicode's EastAsianWidth.txt, joined across unassigned gaps.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
