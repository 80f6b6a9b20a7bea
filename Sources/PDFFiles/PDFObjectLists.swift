/// Reads where the objects of a file stand: lists of the old and the new kind, the newest first, each naming the one before it.
struct PDFObjectLists {
    private let bytes: [UInt8]
    private(set) var places: [Int: PDFPlace] = [:]
    private(set) var trailer = PDFDictionary()
    private(set) var newest = (position: 0, isStream: false)

    /// Changes of one file; programs that save often make some dozen.
    private static let maximumLists = 1_000
    /// As many objects as the format has.
    static let maximumNumber = 8_388_607

    init(_ bytes: [UInt8]) throws(PDFError) { self.bytes = bytes }

    mutating func read() throws(PDFError) {
        var next: Int? = try start()
        var seen: Set<Int> = []
        while let position = next {
            guard seen.insert(position).inserted, seen.count <= Self.maximumLists, position > 0, position < bytes.count
            else { throw .damaged }
            let isFirst = seen.count == 1
            var lexer = PDFLexer(bytes, at: position)
            let isStream = !lexer.has("xref")
            let dictionary = isStream ? try readStream(at: position) : try readTable(&lexer)
            if isFirst { (trailer, newest) = (dictionary, (position, isStream)) }
            // A file for old and new readers has a stream beside the table; what the table has counts.
            if !isStream, let beside = dictionary["XRefStm"]?.integer, beside > 0, beside < bytes.count,
                seen.insert(beside).inserted
            {
                _ = try readStream(at: beside)
            }
            next = dictionary["Prev"]?.integer
        }
    }

    /// What stands behind the last `startxref`.
    private func start() throws(PDFError) -> Int {
        let mark = Array("startxref".utf8)
        var position = bytes.count - mark.count
        let least = max(0, bytes.count - 4_096)
        while position >= least {
            if bytes[position] == mark[0], bytes[position...].starts(with: mark) {
                var lexer = PDFLexer(bytes, at: position + mark.count)
                return try lexer.integer()
            }
            position -= 1
        }
        throw .damaged
    }

    private mutating func add(_ number: Int, _ place: PDFPlace) throws(PDFError) {
        guard (0...Self.maximumNumber).contains(number) else { throw .damaged }
        if places[number] == nil { places[number] = place }
    }

    // MARK: Tables

    private mutating func readTable(_ lexer: inout PDFLexer) throws(PDFError) -> PDFDictionary {
        while !lexer.has("trailer") {
            let (first, count) = (try lexer.integer(), try lexer.integer())
            guard (0...Self.maximumNumber).contains(first), count >= 0, count <= bytes.count / 18 + 1 else {
                throw .damaged
            }
            for index in 0..<count {
                let (offset, _) = (try lexer.integer(), try lexer.integer())
                if lexer.has("n") {
                    try add(first + index, .offset(offset))
                } else {
                    guard lexer.has("f") else { throw .damaged }
                    try add(first + index, .free)
                }
            }
        }
        guard let dictionary = try lexer.value().dictionary else { throw .damaged }
        return dictionary
    }

    // MARK: Streams

    private mutating func readStream(at position: Int) throws(PDFError) -> PDFDictionary {
        var lexer = PDFLexer(bytes, at: position)
        guard try lexer.integer() >= 0, try lexer.integer() >= 0, lexer.has("obj"),
            let dictionary = try lexer.value().dictionary, dictionary["Type"]?.name == "XRef"
        else { throw .damaged }
        // The length of this stream cannot stand elsewhere: where that is, it would have to say itself.
        let data = try Self.data(after: lexer.position, of: dictionary, in: bytes) { (_) throws(PDFError) in
            throw .damaged
        }
        let list = try PDFStream.unpacked(data, dictionary)
        let widths = dictionary["W"]?.array?.compactMap(\.integer) ?? []
        guard widths.count == 3, widths.allSatisfy({ (0...8).contains($0) }) else { throw .damaged }
        let size = dictionary["Size"]?.integer ?? 0
        let ranges = dictionary["Index"]?.array?.compactMap(\.integer) ?? [0, size]
        let width = widths.reduce(0, +)
        var place = 0
        guard width > 0, ranges.count.isMultiple(of: 2) else { throw .damaged }
        func field(_ count: Int, default standard: Int) -> Int {
            if count == 0 { return standard }
            defer { place += count }
            return list[place..<place + count].reduce(0) { ($0 & 0xFF_FFFF_FFFF) << 8 | Int($1) }
        }
        for pair in stride(from: 0, to: ranges.count, by: 2) {
            guard (0...Self.maximumNumber).contains(ranges[pair]), ranges[pair + 1] >= 0 else { throw .damaged }
            var number = ranges[pair]
            while number < ranges[pair] + min(ranges[pair + 1], Self.maximumNumber), place + width <= list.count {
                let kind = field(widths[0], default: 1)
                let (second, third) = (field(widths[1], default: 0), field(widths[2], default: 0))
                switch kind {
                case 0: try add(number, .free)
                case 1: try add(number, .offset(second))
                case 2: try add(number, .stream(second, index: third))
                default: break
                }
                number += 1
            }
        }
        return dictionary
    }

    /// The data of a stream whose dictionary ends at `end`.
    static func data(
        after end: Int,
        of dictionary: PDFDictionary,
        in bytes: [UInt8],
        object: (PDFReference) throws(PDFError) -> PDFValue
    ) throws(PDFError) -> ArraySlice<UInt8> {
        var lexer = PDFLexer(bytes, at: end)
        guard lexer.has("stream") else { throw .damaged }
        var start = lexer.position
        if start < bytes.count, bytes[start] == 0x0D { start += 1 }
        if start < bytes.count, bytes[start] == 0x0A { start += 1 }
        var length = dictionary["Length"]
        if case .reference(let reference)? = length { length = try object(reference) }
        guard let count = length?.integer, count >= 0, count <= bytes.count - start else { throw .damaged }
        return bytes[start..<start + count]
    }
}
