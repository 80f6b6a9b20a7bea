internal import CZLib

/// Unpacks what a PDF file holds packed.
enum PDFFilter {
    /// What a stream may unpack to. A page of a report has some hundred kilobytes, a font ten megabytes.
    static let maximumBytes = 64 << 20

    /// As far as the bytes are sound: a file that was cut off still has its first pages. `nil` for what is no Flate.
    static func inflated(_ bytes: ArraySlice<UInt8>, limit: Int = maximumBytes) -> [UInt8]? {
        inflated(bytes, windowBits: 15, limit) ?? inflated(bytes, windowBits: -15, limit)
    }

    private static func inflated(_ bytes: ArraySlice<UInt8>, windowBits: Int32, _ limit: Int) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
        defer { inflateEnd(&stream) }
        var (input, output) = (Array(bytes), [UInt8]())
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(clamping: source.count)
            var status = Z_OK
            while status == Z_OK, output.count < limit {
                let produced = buffer.withUnsafeMutableBufferPointer { target in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    status = inflate(&stream, Z_NO_FLUSH)
                    return target.count - Int(stream.avail_out)
                }
                output += buffer[..<produced]
                if produced == 0, stream.avail_in == 0 { break }
            }
        }
        return output.isEmpty && !bytes.isEmpty ? nil : output
    }

    /// Takes back what a predictor did to rows of bytes (ISO 32000-1, 7.4.4.4).
    static func unpredicted(_ bytes: [UInt8], _ parameters: [String: PDFObject]) -> [UInt8] {
        let predictor = parameters["Predictor"]?.integer ?? 1
        guard predictor > 1 else { return bytes }
        let colors = max(1, min(parameters["Colors"]?.integer ?? 1, 32))
        let bits = max(1, min(parameters["BitsPerComponent"]?.integer ?? 8, 16))
        let columns = max(1, min(parameters["Columns"]?.integer ?? 1, 1 << 20))
        let (size, width) = (max(1, colors * bits / 8), (colors * bits * columns + 7) / 8)
        if predictor == 2 { return bytes }
        var (result, above) = ([UInt8](), [UInt8](repeating: 0, count: width))
        result.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let kind = bytes[position]
            var row = Array(bytes[position + 1..<min(position + 1 + width, bytes.count)])
            if row.count < width { row += [UInt8](repeating: 0, count: width - row.count) }
            for index in row.indices {
                let left = index >= size ? row[index - size] : 0
                let corner = index >= size ? above[index - size] : 0
                switch kind {
                case 1: row[index] &+= left
                case 2: row[index] &+= above[index]
                case 3: row[index] &+= UInt8((Int(left) + Int(above[index])) / 2)
                case 4: row[index] &+= paeth(left, above[index], corner)
                default: break
                }
            }
            result += row
            above = row
            position += 1 + width
        }
        return result
    }

    private static func paeth(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
        let estimate = Int(left) + Int(above) - Int(corner)
        let distances = (abs(estimate - Int(left)), abs(estimate - Int(above)), abs(estimate - Int(corner)))
        if distances.0 <= distances.1, distances.0 <= distances.2 { return left }
        return distances.1 <= distances.2 ? above : corner
    }

    static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var lexer = PDFLexer([UInt8(ascii: "<")] + bytes.prefix { $0 != UInt8(ascii: ">") } + [UInt8(ascii: ">")])
        return lexer.next()?.string ?? []
    }

    static func base85(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var (result, group) = ([UInt8](), [UInt32]())
        func flush(_ count: Int) {
            let value = (group + [UInt32](repeating: 84, count: 5 - group.count)).reduce(UInt32(0)) { $0 &* 85 &+ $1 }
            for shift in [24, 16, 8, 0].prefix(count) {
                result.append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
            }
            group.removeAll(keepingCapacity: true)
        }
        for byte in bytes {
            if byte == UInt8(ascii: "~") { break }
            if byte == UInt8(ascii: "z"), group.isEmpty { result += [0, 0, 0, 0] }
            guard (0x21...0x75).contains(byte) else { continue }
            group.append(UInt32(byte - 0x21))
            if group.count == 5 { flush(4) }
        }
        if group.count > 1 { flush(group.count - 1) }
        return result
    }
}
