internal import CZLib

/// Unpacks the streams in which a PDF file keeps its lists of objects. Pictures and texts of pages are never unpacked.
enum PDFStream {
    /// Bytes of one stream, unpacked.
    static let maximumBytes = 64 << 20

    /// The data of a stream as its dictionary says that they are packed.
    static func unpacked(_ data: ArraySlice<UInt8>, _ dictionary: PDFDictionary) throws(PDFError) -> [UInt8] {
        let filters = names(dictionary["Filter"])
        if filters.isEmpty { return Array(data) }
        guard filters.count == 1, ["FlateDecode", "Fl"].contains(filters[0]) else { throw .damaged }
        let bytes = try inflated(data)
        let parameters = dictionary["DecodeParms"].flatMap { $0.dictionary ?? $0.array?.first?.dictionary }
        let predictor = parameters?["Predictor"]?.integer ?? 1
        if predictor < 10 {
            guard predictor == 1 else { throw .damaged }
            return bytes
        }
        let columns = parameters?["Columns"]?.integer ?? 1
        let (colors, bits) = (parameters?["Colors"]?.integer ?? 1, parameters?["BitsPerComponent"]?.integer ?? 8)
        guard colors == 1, bits == 8, (1...1_024).contains(columns) else { throw .damaged }
        return try unfiltered(bytes, width: columns)
    }

    private static func names(_ value: PDFValue?) -> [String] {
        switch value {
        case .name(let name)?: [name]
        case .array(let values)?: values.map { $0.name ?? "?" }
        default: []
        }
    }

    private static func inflated(_ data: ArraySlice<UInt8>) throws(PDFError) -> [UInt8] {
        var stream = z_stream()
        guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { throw .damaged }
        defer { inflateEnd(&stream) }
        var (input, result, buffer) = (Array(data), [UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        var status = Z_OK
        let isTooLarge = input.withUnsafeMutableBufferPointer { source -> Bool in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            while status == Z_OK {
                let count = buffer.withUnsafeMutableBufferPointer { target in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    status = inflate(&stream, Z_NO_FLUSH)
                    return target.count - Int(stream.avail_out)
                }
                result += buffer[..<count]
                if result.count > maximumBytes { return true }
                // Without its end a stream says nothing more; what came is what there is.
                if count == 0, stream.avail_in == 0 { break }
            }
            return false
        }
        if isTooLarge { throw .tooLarge(maximumBytes) }
        guard status == Z_STREAM_END || status == Z_OK || status == Z_BUF_ERROR, !result.isEmpty else { throw .damaged }
        return result
    }

    /// Takes back the filters of PNG, a byte before each row.
    private static func unfiltered(_ bytes: [UInt8], width: Int) throws(PDFError) -> [UInt8] {
        var (result, above) = ([UInt8](), [UInt8](repeating: 0, count: width))
        result.reserveCapacity(bytes.count)
        var start = 0
        while start + 1 + width <= bytes.count {
            var row = Array(bytes[(start + 1)..<(start + 1 + width)])
            for column in 0..<width {
                let left = column > 0 ? row[column - 1] : 0
                let corner = column > 0 ? above[column - 1] : 0
                switch bytes[start] {
                case 0: break
                case 1: row[column] &+= left
                case 2: row[column] &+= above[column]
                case 3: row[column] &+= UInt8((Int(left) + Int(above[column])) / 2)
                case 4: row[column] &+= paeth(Int(left), Int(above[column]), Int(corner))
                default: throw .damaged
                }
            }
            result += row
            above = row
            start += 1 + width
        }
        return result
    }

    private static func paeth(_ left: Int, _ above: Int, _ corner: Int) -> UInt8 {
        let guess = left + above - corner
        let (a, b, c) = (abs(guess - left), abs(guess - above), abs(guess - corner))
        return UInt8(a <= b && a <= c ? left : b <= c ? above : corner)
    }
}
