internal import CMessageDigest

/// A SHA-256 that grows with what it is given, by the system's Nettle.
package struct Digest {
    private var context = sha256_ctx()

    package init() { nettle_sha256_init(&context) }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        nettle_sha256_update(&context, bytes.count, start.assumingMemoryBound(to: UInt8.self))
    }

    /// Of everything so far, in lower-case hexadecimal digits.
    package var text: String {
        var context = context
        return String(unsafeUninitializedCapacity: 64) { text in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
                digest.initialize(repeating: 0)
                sha256_result(&context, digest.baseAddress)
                for (index, byte) in digest.enumerated() {
                    text.initializeElement(at: 2 * index, to: Self.digits[Int(byte >> 4)])
                    text.initializeElement(at: 2 * index + 1, to: Self.digits[Int(byte & 15)])
                }
            }
            return 64
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

/// The SHA-256 of bytes, in lower-case hexadecimal digits.
package func sha256(_ bytes: [UInt8]) -> String {
    var digest = Digest()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.text
}
