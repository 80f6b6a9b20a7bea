internal import ReviewModel

/// A text as a cell may hold it.
///
/// A workbook is XML: it cannot hold most control characters, and it reads `_x000D_` as one. Excel takes 32,767 UTF-16 units
/// in a cell and calls a file with more broken.
package struct CellText {
    /// What is written: controls visible, not too long.
    package var text: String
    /// How many characters were left out at the end.
    package var cut = 0

    /// The most UTF-16 units of a cell.
    package static let limit = 32_767
    /// What is kept of a text that is too long, so that a remark fits behind it.
    private static let kept = 32_700

    package init(_ text: String) {
        guard text.needsCare else {
            self.text = text
            return
        }
        var clean = text.hasIllegalScalars ? text.withoutIllegalScalars : text
        if clean.utf8.contains(UInt8(ascii: "_")) { clean = clean.withEscapesEscaped }
        if clean.utf16.count > Self.limit {
            var (units, kept) = (0, String.UnicodeScalarView())
            for scalar in clean.unicodeScalars {
                units += UTF16.width(scalar)
                if units > Self.kept { break }
                kept.append(scalar)
            }
            cut = clean.unicodeScalars.count - kept.count
            clean = String(kept)
        }
        self.text = clean
    }

    /// Whether a spreadsheet would take the text for a formula if somebody typed it anew.
    package static func looksLikeFormula(_ text: String) -> Bool {
        switch text.utf8.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"):
            text.utf8.count > 1
        default: false
        }
    }

    /// How many columns of a digit's width the text takes: two for each Chinese character. Of several lines the longest counts.
    package static func width(_ text: String, upTo most: Int = 255) -> Int {
        var (widest, width) = (0, 0)
        for byte in text.utf8 {
            if byte == 0x0A { (widest, width) = (max(widest, width), 0) } else { width += columns(byte) }
            if width >= most { return most }
        }
        return max(widest, width)
    }

    /// How many lines the text takes in so many columns of a digit's width.
    static func lines(_ text: String, in room: Int) -> Int {
        var (lines, width) = (0, 0)
        for byte in text.utf8 {
            if byte == 0x0A {
                lines += max(1, (width + room - 1) / room)
                width = 0
            } else {
                width += columns(byte)
            }
        }
        return lines + max(1, (width + room - 1) / room)
    }

    /// What a byte adds to the width: the first byte of a scalar says which it is; quotation marks and dashes are as wide as Chinese
    /// here.
    private static func columns(_ byte: UInt8) -> Int {
        switch byte {
        case 0..<0x80, 0xC2..<0xE2: 1
        case 0xE2...0xF4: 2
        default: 0
        }
    }
}

extension String {
    fileprivate var needsCare: Bool {
        var length = 0
        for byte in utf8 {
            length += 1
            switch byte {
            case 0x0A, 0x20..<0x5F, 0x60..<0x7F: continue
            // A control or `_`; the first bytes of what would be acted on or not be seen; those of U+FFFE and U+FFFF.
            case 0..<0x20, 0x5F, 0x7F, 0xC2, 0xCD, 0xD8, 0xE1...0xE3, 0xEF, 0xF0, 0xF3: return true
            default: continue
            }
        }
        return length > CellText.limit
    }

    fileprivate var hasIllegalScalars: Bool { unicodeScalars.contains(where: \.isIllegalInCells) }

    fileprivate var withoutIllegalScalars: String {
        var clean = ""
        var previous: Unicode.Scalar?
        for scalar in unicodeScalars {
            switch scalar {
            case "\r": clean += "\n"
            case "\n": if previous != "\r" { clean += "\n" }
            case "\u{FFFE}", "\u{FFFF}": clean += scalar.visibleForm
            default: clean.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return clean.withVisibleControls
    }

    /// `_x000D_` would be read as a carriage return; `_x005F_x000D_` is read as what was written.
    fileprivate var withEscapesEscaped: String {
        let bytes = Array(utf8)
        var escaped: [UInt8] = []
        escaped.reserveCapacity(bytes.count)
        for (position, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "_"), position + 6 < bytes.count, bytes[position + 1] == UInt8(ascii: "x"),
                bytes[position + 6] == UInt8(ascii: "_"),
                bytes[(position + 2)..<(position + 6)].allSatisfy(\.isHexDigit)
            {
                escaped += Array("_x005F".utf8)
            }
            escaped.append(byte)
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// Whether XML has no place for the scalar, or it may have to be shown by its number. Line feeds are lines.
    fileprivate var isIllegalInCells: Bool {
        self != "\n" && self != "\t" && isActedOn || value == 0xFFFE || value == 0xFFFF
    }
}
