/// A value of a PDF file, as far as it is needed to write it again.
public indirect enum PDFValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int)
    /// As it is written.
    case real(String)
    /// As it is written, with its parentheses or angle brackets.
    case string([UInt8])
    /// Without its slash, as it is written.
    case name(String)
    case array([PDFValue])
    case dictionary(PDFDictionary)
    case reference(PDFReference)

    public var integer: Int? { if case .integer(let number) = self { number } else { nil } }
    public var array: [PDFValue]? { if case .array(let values) = self { values } else { nil } }
    public var dictionary: PDFDictionary? { if case .dictionary(let value) = self { value } else { nil } }
    public var name: String? { if case .name(let name) = self { name } else { nil } }
    public var reference: PDFReference? { if case .reference(let reference) = self { reference } else { nil } }

    /// An integer or a real, for places on pages.
    public var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .real(let text): Double(text.hasPrefix(".") ? "0" + text : text)
        default: nil
        }
    }
}

/// Names an object: its number and its generation.
public struct PDFReference: Sendable, Hashable {
    public var number: Int
    public var generation: Int

    public init(_ number: Int, _ generation: Int = 0) { (self.number, self.generation) = (number, generation) }
}

/// The entries of a dictionary, in their order.
public struct PDFDictionary: Sendable, Hashable {
    public private(set) var entries: [Entry] = []

    public struct Entry: Sendable, Hashable {
        public var key: String
        public var value: PDFValue
    }

    public init() {}

    /// Of two entries with one key the first counts.
    public subscript(key: String) -> PDFValue? {
        get { entries.first { $0.key == key }?.value }
        set {
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append(Entry(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    mutating func append(_ key: String, _ value: PDFValue) { entries.append(Entry(key: key, value: value)) }
}

extension PDFValue {
    /// The value as a file has it.
    public var bytes: [UInt8] {
        switch self {
        case .null: Array("null".utf8)
        case .boolean(let value): Array((value ? "true" : "false").utf8)
        case .integer(let number): Array(String(number).utf8)
        case .real(let text): Array(text.utf8)
        case .string(let bytes): bytes
        case .name(let name): Array("/\(name)".utf8)
        case .array(let values): Array("[".utf8) + values.flatMap { $0.bytes + [0x20] } + Array("]".utf8)
        case .dictionary(let dictionary):
            Array("<<".utf8)
                + dictionary.entries.flatMap { Array("/\($0.key) ".utf8) + $0.value.bytes + [0x0A] } + Array(">>".utf8)
        case .reference(let reference): Array("\(reference.number) \(reference.generation) R".utf8)
        }
    }

    /// A text as PDF has it: UTF-16 in hexadecimal digits.
    public static func text(_ text: String) -> PDFValue {
        var bytes = Array("<FEFF".utf8)
        for unit in text.utf16 {
            let digits = String(unit, radix: 16, uppercase: true)
            bytes += String(repeating: "0", count: 4 - digits.count).utf8
            bytes += digits.utf8
        }
        return .string(bytes + Array(">".utf8))
    }

    /// Letters and digits as a plain string.
    public static func plain(_ text: String) -> PDFValue { .string(Array("(\(text))".utf8)) }
}
