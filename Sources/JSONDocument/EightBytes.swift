/// Eight bytes of text looked at together: scanning is most of the work of reading and writing JSON.
@frozen
package struct EightBytes {
    @inlinable static var ones: UInt64 { 0x0101_0101_0101_0101 }
    @inlinable static var highs: UInt64 { 0x8080_8080_8080_8080 }

    @usableFromInline let bytes: UInt64

    @inlinable package init(_ bytes: UInt64) { self.bytes = bytes }

    /// Whether `byte` is among them. A byte that is zero borrows from its high bit.
    @inlinable package func contains(_ byte: UInt8) -> Bool {
        Self.zeros(bytes ^ (Self.ones &* UInt64(byte))) & Self.highs != 0
    }

    /// Whether a quotation mark, a backslash or a control character is among them: what JSON text must escape.
    @inlinable package var needsCare: Bool {
        let quote = Self.zeros(bytes ^ (Self.ones &* UInt64(UInt8(ascii: "\""))))
        let backslash = Self.zeros(bytes ^ (Self.ones &* UInt64(UInt8(ascii: "\\"))))
        let control = (bytes &- Self.ones &* 0x20) & ~bytes
        return (quote | backslash | control) & Self.highs != 0
    }

    @inlinable package static func areASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(text)
        var (all, position) = (0 as UInt64, 0)
        while position &+ 8 <= raw.count {
            all |= raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            position &+= 8
        }
        while position < raw.count {
            all |= UInt64(raw[position])
            position &+= 1
        }
        return all & highs == 0
    }

    @inlinable static func zeros(_ difference: UInt64) -> UInt64 { (difference &- ones) & ~difference }
}
