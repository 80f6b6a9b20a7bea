/// How texts begin that are equal when they are folded; see ``HeadWords/folded(_:)``.
///
/// It is asked for nearly every text of a sheet, so it answers from one table of bits.
struct TextStarts {
    /// A bit for each Latin letter in lower case, and for the second and the third byte of others, in which ideographs differ.
    private var bits: [UInt64]

    init(of texts: Set<String>) {
        bits = Array(repeating: 0, count: 1 << 10)
        for text in texts {
            let bytes = Array(text.utf8.prefix(3))
            guard let first = bytes.first else { continue }
            let number = first < 0x80 ? Int(first) : Self.number(bytes)
            bits[number >> 6] |= 1 << (number & 63)
        }
    }

    /// Whether a text may be one of them. One that begins with what folding drops or narrows may always be.
    func allow(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first else { return false }
        switch first {
        case 0xE3, 0xEF, 0..<0x30, UInt8(ascii: ":"), UInt8(ascii: "["): return true
        case 0x30..<0x80: return has(Int((0x41...0x5A).contains(first) ? first | 0x20 : first))
        default: return has(text.count < 3 ? Self.number(text) : Int(text[1]) << 8 | Int(text[2]))
        }
    }

    private func has(_ number: Int) -> Bool { bits[number >> 6] >> (number & 63) & 1 == 1 }

    private static func number(_ bytes: some Sequence<UInt8>) -> Int {
        bytes.dropFirst().reduce(0) { $0 << 8 | Int($1) }
    }
}
