/// Objects that are added to a PDF file, or that take the place of others: they stand behind the file's own bytes, which stay as they
/// are, and a list of them stands behind them.
public struct PDFUpdate {
    private let file: PDFFile
    private var objects: [Int: (generation: Int, bytes: [UInt8])] = [:]
    private var next: Int

    public init(_ file: PDFFile) {
        self.file = file
        next = file.firstFreeNumber
    }

    public var isEmpty: Bool { objects.isEmpty }

    /// Adds an object.
    public mutating func add(_ value: PDFValue) -> PDFReference {
        let reference = PDFReference(next)
        next += 1
        replace(reference, with: value)
        return reference
    }

    /// Adds a stream; its length is put in.
    public mutating func add(_ dictionary: PDFDictionary, data: [UInt8]) -> PDFReference {
        let reference = PDFReference(next)
        next += 1
        objects[reference.number] = (0, Self.stream(dictionary, data))
        return reference
    }

    /// Gives an object another value.
    public mutating func replace(_ reference: PDFReference, with value: PDFValue) {
        objects[reference.number] = (reference.generation, value.bytes)
    }

    /// The file with the changes.
    ///
    /// - Parameter original: all bytes of the file, those before its head included.
    public func applied(to original: [UInt8]) -> [UInt8] {
        if isEmpty { return original }
        var result = original
        if result.last != 0x0A { result.append(0x0A) }
        var offsets: [Int: Int] = [:]
        for (number, object) in objects.sorted(by: { $0.key < $1.key }) {
            offsets[number] = result.count - file.head
            result += "\(number) \(object.generation) obj\n".utf8
            result += object.bytes
            result += "\nendobj\n".utf8
        }
        let position = result.count - file.head
        if file.lists.isStream {
            appendStream(offsets, position, to: &result)
        } else {
            appendTable(offsets, to: &result)
        }
        result += "startxref\n\(position)\n%%EOF\n".utf8
        return result
    }

    private static func stream(_ dictionary: PDFDictionary, _ data: [UInt8]) -> [UInt8] {
        var dictionary = dictionary
        dictionary["Length"] = .integer(data.count)
        return PDFValue.dictionary(dictionary).bytes + Array("\nstream\n".utf8) + data + Array("\nendstream".utf8)
    }

    /// What the new list says of the file: what the old one said, without what is of the old one alone.
    private func trailer(size: Int) -> PDFDictionary {
        var trailer = PDFDictionary()
        for key in ["Root", "Info", "ID"] { trailer[key] = file.trailer[key] }
        trailer["Size"] = .integer(size)
        trailer["Prev"] = .integer(file.lists.position)
        return trailer
    }

    private func appendTable(_ offsets: [Int: Int], to result: inout [UInt8]) {
        // Some readers expect the list to begin with the number that no object has.
        result += "xref\n0 1\n0000000000 65535 f\r\n".utf8
        for run in Self.runs(offsets.keys.sorted()) {
            result += "\(run.lowerBound) \(run.count)\n".utf8
            for number in run {
                let (offset, generation) = (String(offsets[number] ?? 0), String(objects[number]?.generation ?? 0))
                result += String(repeating: "0", count: max(0, 10 - offset.count)).utf8
                result += "\(offset) ".utf8
                result += String(repeating: "0", count: max(0, 5 - generation.count)).utf8
                result += "\(generation) n\r\n".utf8
            }
        }
        result += "trailer\n".utf8
        result += PDFValue.dictionary(trailer(size: next)).bytes
        result += "\n".utf8
    }

    private func appendStream(_ offsets: [Int: Int], _ position: Int, to result: inout [UInt8]) {
        let own = next
        var offsets = offsets
        offsets[own] = position
        var (data, index) = ([UInt8](), [PDFValue]())
        for run in Self.runs(offsets.keys.sorted()) {
            index += [.integer(run.lowerBound), .integer(run.count)]
            for number in run {
                let offset = offsets[number] ?? 0
                data.append(1)
                for shift in [24, 16, 8, 0] { data.append(UInt8(offset >> shift & 0xFF)) }
                let generation = objects[number]?.generation ?? 0
                data += [UInt8(generation >> 8 & 0xFF), UInt8(generation & 0xFF)]
            }
        }
        var dictionary = trailer(size: own + 1)
        dictionary["Type"] = .name("XRef")
        dictionary["W"] = .array([.integer(1), .integer(4), .integer(2)])
        dictionary["Index"] = .array(index)
        result += "\(own) 0 obj\n".utf8
        result += Self.stream(dictionary, data)
        result += "\nendobj\n".utf8
    }

    /// Numbers without gaps between them, together.
    private static func runs(_ numbers: [Int]) -> [Range<Int>] {
        numbers.reduce(into: [Range<Int>]()) { runs, number in
            if let last = runs.last, last.upperBound == number {
                runs[runs.count - 1] = last.lowerBound..<number + 1
            } else {
                runs.append(number..<number + 1)
            }
        }
    }
}
