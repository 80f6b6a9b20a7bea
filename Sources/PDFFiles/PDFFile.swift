internal import Groundwork

/// A PDF file, as far as it has to be read so that something can be added to it: its objects, its pages.
///
/// Nothing is drawn and no text is read; what is added is written behind the file's own bytes, as PDF has it for changes.
public final class PDFFile {
    /// The file's bytes, from its head on.
    let bytes: [UInt8]
    /// What stood before the head; places in the file count from it.
    let head: Int
    /// The newest trailer.
    let trailer: PDFDictionary
    /// Where the newest list of objects stands, and whether it is a stream.
    let lists: (position: Int, isStream: Bool)
    private let places: [Int: PDFPlace]
    private var streams: [Int: [Int: PDFValue]] = [:]
    /// Bytes that streams may still be unpacked to.
    private var bytesLeft = 4 * PDFStream.maximumBytes

    /// - Throws: ``PDFError`` for what is no PDF, is damaged, or is encrypted.
    public init(_ file: [UInt8]) throws(PDFError) {
        let mark = Array("%PDF-".utf8)
        guard let start = file.prefix(1_024).indices.first(where: { file[$0...].starts(with: mark) }) else {
            throw .noPDF
        }
        (bytes, head) = (start == 0 ? file : Array(file[start...]), start)
        var reading = try PDFObjectLists(bytes)
        try reading.read()
        (places, trailer, lists) = (reading.places, reading.trailer, reading.newest)
        if trailer["Encrypt"] != nil { throw .encrypted }
        guard trailer["Root"]?.reference != nil else { throw .damaged }
    }

    /// The first number that no object has.
    var firstFreeNumber: Int {
        let size = min(trailer["Size"]?.integer ?? 0, PDFObjectLists.maximumNumber)
        return max(size, (places.keys.max() ?? 0) + 1)
    }

    /// The object that a value names; the value itself where it names none.
    public func resolved(_ value: PDFValue?) throws(PDFError) -> PDFValue {
        var (value, steps) = (value ?? .null, 0)
        while case .reference(let reference) = value {
            steps += 1
            guard steps < 32 else { throw .damaged }
            value = try object(reference)
        }
        return value
    }

    /// An object; null where there is none. The data of streams is left out.
    func object(_ reference: PDFReference) throws(PDFError) -> PDFValue {
        switch places[reference.number] {
        case .offset(let position)?: try value(at: position, of: reference.number).value
        case .stream(let number, _)?: try objects(inStream: number)[reference.number] ?? .null
        case .free?, nil: .null
        }
    }

    private func value(at position: Int, of number: Int) throws(PDFError) -> (value: PDFValue, end: Int) {
        guard position > 0, position < bytes.count else { throw .damaged }
        var lexer = PDFLexer(bytes, at: position)
        guard try lexer.integer() == number, try lexer.integer() >= 0, lexer.has("obj") else { throw .damaged }
        let value = try lexer.value()
        return (value, lexer.position)
    }

    /// The objects that are packed into a stream, by their numbers.
    private func objects(inStream number: Int) throws(PDFError) -> [Int: PDFValue] {
        if let known = streams[number] { return known }
        guard case .offset(let position)? = places[number] else { throw .damaged }
        let (value, end) = try value(at: position, of: number)
        guard let dictionary = value.dictionary, let count = dictionary["N"]?.integer,
            let first = dictionary["First"]?.integer, (0...1_000_000).contains(count), first >= 0
        else { throw .damaged }
        let data = try PDFObjectLists.data(after: end, of: dictionary, in: bytes) { (reference) throws(PDFError) in
            guard case .offset(let position)? = self.places[reference.number] else { throw .damaged }
            return try self.value(at: position, of: reference.number).value
        }
        let unpacked = try PDFStream.unpacked(data, dictionary)
        bytesLeft -= unpacked.count
        if bytesLeft < 0 { throw .tooLarge(4 * PDFStream.maximumBytes) }
        var lexer = PDFLexer(unpacked, at: 0)
        var starts: [(number: Int, start: Int)] = []
        for _ in 0..<count { starts.append((try lexer.integer(), try lexer.integer())) }
        var objects: [Int: PDFValue] = [:]
        for (number, start) in starts where start >= 0 && start < unpacked.count - min(first, unpacked.count) {
            var lexer = PDFLexer(unpacked, at: first + start)
            objects[number] = try lexer.value()
        }
        streams[number] = objects
        return objects
    }
}

/// Where an object stands.
enum PDFPlace: Sendable, Hashable {
    case free
    case offset(Int)
    /// Packed into a stream, as one of its objects.
    case stream(Int, index: Int)
}
