/// What is read of a font that is installed, TrueType or OpenType, alone or one of a collection: how wide its digits are.
struct FontFile {
    private let bytes: [UInt8]
    /// Where its tables begin, by their names.
    private let tables: [String: Int]

    /// - Parameter index: of the font in a collection.
    /// - Returns: `nil` for what is none.
    init?(_ bytes: [UInt8], index: Int = 0) {
        self.bytes = bytes
        var start = 0
        if bytes.starts(with: Array("ttcf".utf8)) {
            guard index >= 0, index < 256, let offset = Self.number(bytes, 12 + 4 * index, 4) else { return nil }
            start = offset
        }
        guard let count = Self.number(bytes, start + 4, 2), count < 100 else { return nil }
        var tables: [String: Int] = [:]
        for entry in 0..<count {
            let place = start + 12 + 16 * entry
            guard place + 16 <= bytes.count, let offset = Self.number(bytes, place + 8, 4) else { return nil }
            tables[String(decoding: bytes[place..<place + 4], as: UTF8.self)] = offset
        }
        self.tables = tables
    }

    /// The width of its widest digit, in thousandths of its size; `nil` where it has none.
    var digitWidth: Int? {
        guard let head = tables["head"], let unit = number(head + 18, 2), unit > 0, let hhea = tables["hhea"],
            let count = number(hhea + 34, 2), count > 0, let metrics = tables["hmtx"]
        else { return nil }
        let widths = "0123456789".unicodeScalars.compactMap { digit -> Int? in
            guard let glyph = glyph(digit), glyph > 0 else { return nil }
            return number(metrics + 4 * min(glyph, count - 1), 2)
        }
        return widths.max().map { ($0 * 1000 + unit - 1) / unit }
    }

    private func glyph(_ scalar: Unicode.Scalar) -> Int? {
        guard let map = tables["cmap"], let count = number(map + 2, 2), count < 100 else { return nil }
        for entry in 0..<count {
            guard let offset = number(map + 8 + 8 * entry, 4), let format = number(map + offset, 2) else { continue }
            let code = Int(scalar.value)
            if format == 4, let glyph = segmented(map + offset, code) { return glyph }
            if format == 12, let glyph = grouped(map + offset, code) { return glyph }
        }
        return nil
    }

    /// Format 4: stretches of codes, each with what is to be added.
    private func segmented(_ table: Int, _ code: Int) -> Int? {
        guard let twice = number(table + 6, 2) else { return nil }
        for segment in stride(from: 0, to: twice, by: 2) {
            guard let end = number(table + 14 + segment, 2), end >= code else { continue }
            let starts = table + 16 + twice + segment
            guard let start = number(starts, 2), start <= code, let delta = number(starts + twice, 2),
                let offset = number(starts + 2 * twice, 2)
            else { return nil }
            if offset == 0 { return (code + delta) & 0xFFFF }
            guard let glyph = number(starts + 2 * twice + offset + 2 * (code - start), 2) else { return nil }
            return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF
        }
        return nil
    }

    /// Format 12: groups of codes.
    private func grouped(_ table: Int, _ code: Int) -> Int? {
        guard let count = number(table + 12, 4) else { return nil }
        for group in 0..<min(count, 100_000) {
            let place = table + 16 + 12 * group
            guard let start = number(place, 4), let end = number(place + 4, 4), let first = number(place + 8, 4) else {
                return nil
            }
            if start <= code, code <= end { return first + code - start }
        }
        return nil
    }

    private func number(_ place: Int, _ length: Int) -> Int? { Self.number(bytes, place, length) }

    /// A whole number, its highest byte first; `nil` beyond the end of the file.
    private static func number(_ bytes: [UInt8], _ place: Int, _ length: Int) -> Int? {
        guard place >= 0, place <= bytes.count - length else { return nil }
        return bytes[place..<place + length].reduce(0) { $0 << 8 | Int($1) }
    }
}
