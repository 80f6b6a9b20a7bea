/// How texts begin that are equal when they are folded; see ``HeadWords/folded(_:)``.
struct TextStarts {
    /// Latin letters in lower case, as bytes.
    private var letters = Set<UInt8>()
    /// The first three bytes of others.
    private var others = Set<UInt32>()

    init(of texts: Set<String>) {
        for text in texts {
            let bytes = Array(text.utf8.prefix(3))
            guard let first = bytes.first else { continue }
            if first < 0x80 { letters.insert(first) } else { others.insert(Self.number(bytes)) }
        }
    }

    /// Whether a text may be one of them. One that begins with what folding drops or narrows may always be.
    func allow(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first else { return false }
        switch first {
        case 0xE3, 0xEF, 0..<0x30, UInt8(ascii: ":"), UInt8(ascii: "["): return true
        case 0x30..<0x80: return letters.contains((0x41...0x5A).contains(first) ? first | 0x20 : first)
        default: return others.contains(Self.number(text.prefix(3)))
        }
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
}
