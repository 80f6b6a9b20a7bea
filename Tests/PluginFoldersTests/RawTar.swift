import CZLib

/// A tar file written byte by byte, so that it can say what no decent program writes.
struct RawTar {
    struct Entry {
        var name: [UInt8]
        var kind: Character = "0"
        var bytes: [UInt8] = []
        var link = ""
        /// What the header says; the truth when it is `nil`.
        var size: Int?

        init(_ name: String, _ text: String = "", kind: Character = "0", link: String = "", size: Int? = nil) {
            (self.name, self.kind, bytes) = (Array(name.utf8), kind, Array(text.utf8))
            (self.link, self.size) = (link, size)
        }
    }

    var entries: [Entry]

    init(_ entries: [Entry]) { self.entries = entries }

    var bytes: [UInt8] { entries.flatMap(block) + [UInt8](repeating: 0, count: 1024) }

    /// Packed by gzip.
    var packed: [UInt8] { gzip(bytes) }

    private func block(_ entry: Entry) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ bytes: some Sequence<UInt8>, at place: Int) {
            for (index, byte) in bytes.enumerated() { header[place + index] = byte }
        }
        put(entry.name.prefix(100), at: 0)
        put("0000644\0".utf8, at: 100)
        put(octal(entry.size ?? entry.bytes.count, 11).utf8, at: 124)
        put("00000000000\0".utf8, at: 136)
        put("        ".utf8, at: 148)
        header[156] = entry.kind.asciiValue ?? 0
        put(entry.link.utf8.prefix(100), at: 157)
        put("ustar\u{0}00".utf8, at: 257)
        put((octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ").utf8, at: 148)
        let padding = (512 - entry.bytes.count % 512) % 512
        return header + entry.bytes + [UInt8](repeating: 0, count: padding)
    }

    private func octal(_ number: Int, _ digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

/// What gzip makes of bytes.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
        &stream,
        9,
        Z_DEFLATED,
        15 + 16,
        8,
        Z_DEFAULT_STRATEGY,
        ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)
    )
    defer { deflateEnd(&stream) }
    var (input, output) = (bytes, [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count)))))
    let count = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(source.count))
            (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
            deflate(&stream, Z_FINISH)
            return target.count - Int(stream.avail_out)
        }
    }
    return Array(output[..<count])
}
