/// The last lines of a stream, bounded: what an error message quotes of a plugin's standard error.
struct LineTail: Sendable {
    private var complete: [String] = []
    private var pending: [UInt8] = []

    static let maximumLines = 12
    static let maximumLineBytes = 1000

    mutating func push(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                finishLine()
            } else if pending.count < Self.maximumLineBytes {
                pending.append(byte)
            }
        }
    }

    /// The lines, a last unfinished one included; control characters are made visible.
    var lines: [String] {
        pending.isEmpty ? complete : (complete + [printable(pending)]).suffix(Self.maximumLines)
    }

    private mutating func finishLine() {
        complete.append(printable(pending))
        if complete.count > Self.maximumLines { complete.removeFirst() }
        pending.removeAll(keepingCapacity: true)
    }

    private func printable(_ line: [UInt8]) -> String {
        var text = ""
        for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
            text.unicodeScalars.append(scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F ? "·" : scalar)
        }
        return text
    }
}
