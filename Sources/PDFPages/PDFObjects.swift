/// The objects of a PDF file, found by its table of references, or where that is damaged by looking for them.
public final class PDFObjects {
    let bytes: [UInt8]
    private(set) var trailer: [String: PDFObject] = [:]
    private enum Entry {
        case offset(Int)
        /// The how manieth object of an object stream.
        case packed(stream: Int, index: Int)
    }
    private var entries: [Int: Entry] = [:]
    private var known: [Int: PDFObject] = [:]
    private var packed: [Int: [Int: PDFObject]] = [:]
    private var open: Set<Int> = []
    /// What may still be unpacked: a file of many small bombs is one, too.
    private var bytesLeft = 1 << 30

    /// Objects of one file; a report of a hundred pages has some ten thousand.
    private static let maximumObjects = 2_000_000

    /// - Throws: ``PDFReadError`` for what is no PDF file, has a password, or holds no page that can be found.
    public init(_ bytes: [UInt8]) throws(PDFReadError) {
        self.bytes = bytes
        guard bytes.count > 16 else { throw .damaged }
        if let start = startOfReferences() { readReferences(at: start) }
        if !hasPages { rebuild() }
        if trailer["Encrypt"] != nil { throw .hasPassword }
        guard hasPages else { throw .damaged }
    }

    private var hasPages: Bool { resolved(resolved(trailer["Root"]).entries?["Pages"]).entries != nil }

    // MARK: The table of references

    private func startOfReferences() -> Int? {
        let mark = Array("startxref".utf8)
        let first = max(0, bytes.count - 2_048)
        var position = bytes.count - mark.count
        while position >= first {
            if bytes[position] == mark[0], bytes[position..<position + mark.count].elementsEqual(mark) {
                var lexer = PDFLexer(bytes, at: position + mark.count)
                return lexer.next()?.integer
            }
            position -= 1
        }
        return nil
    }

    private func readReferences(at start: Int) {
        var (next, seen) = ([start], Set<Int>())
        while let position = next.popLast() {
            guard bytes.indices.contains(position), seen.insert(position).inserted, seen.count < 1_000 else { continue }
            var lexer = PDFLexer(bytes, at: position)
            let section: [String: PDFObject]
            if case .word("xref")? = lexer.next() {
                section = readTable(&lexer)
                if let stream = section["XRefStm"]?.integer { next.append(stream) }
            } else {
                section = readStream(at: position)
            }
            // The newest section comes first, and what it says stands.
            trailer.merge(section) { first, _ in first }
            if let previous = section["Prev"]?.integer { next.insert(previous, at: 0) }
        }
    }

    private func readTable(_ lexer: inout PDFLexer) -> [String: PDFObject] {
        while let token = lexer.next(resolvesReferences: false) {
            if case .word("trailer") = token { return lexer.next()?.entries ?? [:] }
            guard let first = token.integer, let count = lexer.next(resolvesReferences: false)?.integer, first >= 0,
                (0...Self.maximumObjects).contains(count)
            else { return [:] }
            for number in 0..<count {
                guard let offset = lexer.next(resolvesReferences: false)?.integer,
                    lexer.next(resolvesReferences: false)?.integer != nil,
                    case .word(let kind)? = lexer.next(resolvesReferences: false)
                else { return [:] }
                if kind == "n", entries[first &+ number] == nil { entries[first &+ number] = .offset(offset) }
            }
        }
        return [:]
    }

    private func readStream(at position: Int) -> [String: PDFObject] {
        guard let object = object(at: position)?.value, case .stream(let section, _) = object,
            section["Type"]?.name == "XRef", let data = data(of: object),
            let widths = section["W"]?.array?.compactMap(\.integer), widths.count >= 3,
            widths.allSatisfy({ (0...8).contains($0) })
        else { return [:] }
        let index = section["Index"]?.array?.compactMap(\.integer) ?? [0, section["Size"]?.integer ?? 0]
        var position = 0
        func field(_ width: Int, _ standard: Int) -> Int {
            if width == 0 { return standard }
            var value = 0
            for _ in 0..<width where position < data.count {
                value = value << 8 | Int(data[position])
                position += 1
            }
            return value
        }
        for pair in stride(from: 0, to: index.count - 1, by: 2) {
            for number in 0..<max(0, min(index[pair + 1], Self.maximumObjects)) {
                guard position < data.count else { return section }
                let kind = field(widths[0], 1)
                let (second, third) = (field(widths[1], 0), field(widths[2], 0))
                let id = index[pair] &+ number
                if entries[id] != nil { continue }
                if kind == 1 { entries[id] = .offset(second) }
                if kind == 2 { entries[id] = .packed(stream: second, index: third) }
            }
        }
        return section
    }

    /// Finds the objects themselves: `12 0 obj`. Of several with one number the last counts.
    private func rebuild() {
        entries.removeAll()
        known.removeAll()
        packed.removeAll()
        let mark = Array(" obj".utf8)
        var position = 0
        while let found = bytes[position...].firstRange(ofBytes: mark) {
            position = found + mark.count
            var start = found - 1
            while start > 0, (0x30...0x39).contains(bytes[start]) { start -= 1 }
            guard start < found - 1 || (0x30...0x39).contains(bytes[max(0, found - 1)]), bytes[start] <= 0x20 else {
                continue
            }
            while start > 0, bytes[start - 1] <= 0x20 { start -= 1 }
            while start > 0, (0x30...0x39).contains(bytes[start - 1]) { start -= 1 }
            var lexer = PDFLexer(bytes, at: start)
            if let number = lexer.next(resolvesReferences: false)?.integer, entries.count < Self.maximumObjects {
                entries[number] = .offset(start)
            }
        }
        var streams: [Int] = []
        for (number, entry) in entries.sorted(by: { $0.key < $1.key }) {
            guard case .offset(let offset) = entry, let object = object(at: offset)?.value, let found = object.entries
            else { continue }
            switch found["Type"]?.name {
            case "Catalog": trailer["Root"] = .reference(number)
            case "ObjStm": streams.append(number)
            case "XRef": if let encryption = found["Encrypt"] { trailer["Encrypt"] = encryption }
            default: break
            }
        }
        for stream in streams {
            for (number, object) in objects(in: stream) {
                if entries[number] == nil { entries[number] = .packed(stream: stream, index: -1) }
                if object.entries?["Type"]?.name == "Catalog" { trailer["Root"] = .reference(number) }
            }
        }
        if let found = bytes.lastTrailer { trailer.merge(found) { first, _ in first } }
    }

    // MARK: Objects

    /// The value itself, where it is a reference to one.
    func resolved(_ object: PDFObject?) -> PDFObject {
        var object = object ?? .null
        for _ in 0..<20 {
            guard case .reference(let number) = object else { return object }
            object = self.object(number)
        }
        return .null
    }

    private func object(_ number: Int) -> PDFObject {
        if let object = known[number] { return object }
        guard let entry = entries[number], open.insert(number).inserted else { return .null }
        defer { open.remove(number) }
        let object: PDFObject
        switch entry {
        case .offset(let offset):
            guard let found = self.object(at: offset), found.number == number else { return .null }
            object = found.value
        case .packed(let stream, _): object = objects(in: stream)[number] ?? .null
        }
        known[number] = object
        return object
    }

    /// `12 0 obj …`, a stream with the place of its bytes.
    private func object(at offset: Int) -> (number: Int, value: PDFObject)? {
        guard bytes.indices.contains(offset) else { return nil }
        var lexer = PDFLexer(bytes, at: offset)
        guard let number = lexer.next(resolvesReferences: false)?.integer,
            lexer.next(resolvesReferences: false)?.integer != nil,
            case .word("obj")? = lexer.next(resolvesReferences: false), let value = lexer.next()
        else { return nil }
        guard case .dictionary(let entries) = value else { return (number, value) }
        let afterValue = lexer.position
        guard case .word("stream")? = lexer.next() else {
            lexer.position = afterValue
            return (number, value)
        }
        var start = lexer.position
        if start < bytes.count, bytes[start] == 13 { start += 1 }
        if start < bytes.count, bytes[start] == 10 { start += 1 }
        return (number, .stream(entries, start: start))
    }

    private func objects(in stream: Int) -> [Int: PDFObject] {
        if let found = packed[stream] { return found }
        packed[stream] = [:]
        guard case .stream(let entries, _) = resolved(.reference(stream)), let count = resolved(entries["N"]).integer,
            let first = resolved(entries["First"]).integer, let data = data(of: resolved(.reference(stream))),
            first >= 0
        else { return [:] }
        var (lexer, result) = (PDFLexer(data), [Int: PDFObject]())
        for _ in 0..<max(0, min(count, 100_000)) {
            guard let number = lexer.next(resolvesReferences: false)?.integer,
                let offset = lexer.next(resolvesReferences: false)?.integer, offset >= 0, first &+ offset < data.count
            else { break }
            var inner = PDFLexer(data, at: first + offset)
            if let object = inner.next() { result[number] = object }
        }
        packed[stream] = result
        return result
    }

    /// What is in a stream, unpacked; `nil` for what is packed as pictures are, or damaged from its start.
    func data(of object: PDFObject) -> [UInt8]? {
        guard case .stream(let entries, let start) = object, start <= bytes.count else { return nil }
        var length = resolved(entries["Length"]).integer ?? -1
        if length < 0 || start + length > bytes.count || !endsStream(start + length) {
            length = (bytes[start...].firstRange(ofBytes: Array("endstream".utf8)) ?? bytes.count) - start
        }
        var filters = resolved(entries["Filter"])
        if case .name = filters { filters = .array([filters]) }
        var parameters = resolved(entries["DecodeParms"] ?? entries["DP"])
        if case .dictionary = parameters { parameters = .array([parameters]) }
        var data = bytes[start..<start + length]
        for (index, filter) in (filters.array ?? []).prefix(8).enumerated() {
            let list = parameters.array ?? []
            let settings = index < list.count ? resolved(list[index]).entries ?? [:] : [:]
            switch resolved(filter).name {
            case "FlateDecode", "Fl":
                guard bytesLeft > 0,
                    let result = PDFFilter.inflated(data, limit: min(PDFFilter.maximumBytes, bytesLeft))
                else { return nil }
                bytesLeft -= result.count
                data = PDFFilter.unpredicted(result, settings.mapValues { resolved($0) })[...]
            case "ASCIIHexDecode", "AHx": data = PDFFilter.hexadecimal(data)[...]
            case "ASCII85Decode", "A85": data = PDFFilter.base85(data)[...]
            case "Crypt": break
            default: return nil
            }
        }
        return Array(data)
    }

    private func endsStream(_ position: Int) -> Bool {
        var lexer = PDFLexer(bytes, at: position)
        lexer.skipSpace()
        return bytes[min(lexer.position, bytes.count)...].starts(with: "endstream".utf8)
    }
}

extension ArraySlice<UInt8> {
    /// Where the mark begins first.
    fileprivate func firstRange(ofBytes mark: [UInt8]) -> Int? {
        guard let first = mark.first else { return nil }
        var position = startIndex
        while position <= endIndex - mark.count {
            if self[position] == first, self[position..<position + mark.count].elementsEqual(mark) { return position }
            position += 1
        }
        return nil
    }
}

extension [UInt8] {
    /// The entries behind the last word `trailer`.
    fileprivate var lastTrailer: [String: PDFObject]? {
        let mark = Array("trailer".utf8)
        var (position, found) = (0, nil as [String: PDFObject]?)
        while let next = self[position...].firstRange(ofBytes: mark) {
            position = next + mark.count
            var lexer = PDFLexer(self, at: position)
            if let entries = lexer.next()?.entries, entries["Root"] != nil { found = entries }
        }
        return found
    }
}
