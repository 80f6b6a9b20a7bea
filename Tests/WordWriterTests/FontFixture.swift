/// A font as small as one can be: ten digits of one width, and what it takes to find them.
enum FontFixture {
    /// - Parameters:
    ///   - digit: how wide each is.
    ///   - unit: what the size of the type is in that measure.
    static func bytes(digit: Int, unit: Int) -> [UInt8] {
        func short(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)] }
        func long(_ number: Int) -> [UInt8] { short(number >> 16) + short(number) }
        let head = [UInt8](repeating: 0, count: 18) + short(unit)
        let hhea = [UInt8](repeating: 0, count: 34) + short(11)
        // One stretch of codes, 0 to 9 as glyphs 1 to 10, and the end.
        let segments =
            short(4) + short(32) + short(0) + short(4) + short(0) + short(0) + short(0) + short(0x39) + short(0xFFFF)
            + short(0) + short(0x30) + short(0xFFFF) + short(0x10000 - 0x2F) + short(1) + short(0) + short(0)
        let cmap = short(0) + short(1) + short(3) + short(1) + long(12) + segments
        let hmtx = (0...10).flatMap { short($0 == 0 ? 9 : digit) + short(0) }
        let tables = [("cmap", cmap), ("head", head), ("hhea", hhea), ("hmtx", hmtx)]
        var (directory, content) = (long(0x10000) + short(tables.count) + [UInt8](repeating: 0, count: 6), [UInt8]())
        for (name, bytes) in tables {
            directory += Array(name.utf8) + long(0) + long(12 + 16 * tables.count + content.count) + long(bytes.count)
            content += bytes
        }
        return directory + content
    }
}
