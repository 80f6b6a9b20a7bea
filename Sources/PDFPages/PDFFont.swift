internal import Glibc

/// What the codes of a font mean, and how wide they are.
final class PDFFont {
    /// A code of a text: its characters, its width as a share of the size, and whether it is the code of a blank that words are
    /// widened at.
    struct Code {
        var text: String
        var width: Double
        var isSpace: Bool
    }

    private enum Encoding {
        /// One byte a code.
        case simple([String?])
        /// Two bytes, a glyph of the font.
        case glyphs
        /// Two bytes, UTF-16.
        case utf16
        /// One or two bytes, as GB18030 has them.
        case gb18030
    }

    private let encoding: Encoding
    private let unicode: CodeMap?
    private var widths: [Int: Double] = [:]
    private var standardWidth = 1.0

    init(_ entries: [String: PDFObject], _ file: PDFObjects) {
        unicode = file.data(of: file.resolved(entries["ToUnicode"])).map(CodeMap.init)
        if file.resolved(entries["Subtype"]).name == "Type0" {
            encoding = Self.encoding(ofComposite: file.resolved(entries["Encoding"]), file)
            let descendant = file.resolved(file.resolved(entries["DescendantFonts"]).array?.first).entries ?? [:]
            standardWidth = (file.resolved(descendant["DW"]).number ?? 1_000) / 1_000
            readWidths(file.resolved(descendant["W"]).array ?? [], file)
        } else {
            encoding = .simple(SimpleEncoding.characters(file.resolved(entries["Encoding"]), entries, file))
            readSimpleWidths(entries, file)
        }
    }

    private static func encoding(ofComposite object: PDFObject, _ file: PDFObjects) -> Encoding {
        let name = object.name ?? file.resolved(object.entries?["CMapName"]).name ?? ""
        if name.contains("UCS2") || name.contains("UTF16") { return .utf16 }
        if ["GBK", "GB-EUC", "GBpc"].contains(where: name.hasPrefix) { return .gb18030 }
        return .glyphs
    }

    // MARK: Widths

    private func readWidths(_ items: [PDFObject], _ file: PDFObjects) {
        var index = 0
        while index + 1 < items.count, widths.count < 70_000 {
            guard let first = file.resolved(items[index]).integer else { return }
            let second = file.resolved(items[index + 1])
            if let list = second.array {
                for (offset, item) in list.enumerated() {
                    widths[first &+ offset] = (file.resolved(item).number ?? 0) / 1_000
                }
                index += 2
            } else if let last = second.integer, index + 2 < items.count {
                let width = (file.resolved(items[index + 2]).number ?? 0) / 1_000
                if last >= first, last - first < 70_000 { for code in first...last { widths[code] = width } }
                index += 3
            } else {
                return
            }
        }
    }

    private func readSimpleWidths(_ entries: [String: PDFObject], _ file: PDFObjects) {
        // The glyphs of such a font are drawings of their own size.
        let isDrawn = file.resolved(entries["Subtype"]).name == "Type3"
        let matrix = file.resolved(entries["FontMatrix"]).array?.compactMap { file.resolved($0).number } ?? []
        let unit = isDrawn ? matrix.first ?? 0.001 : 0.001
        let descriptor = file.resolved(entries["FontDescriptor"]).entries ?? [:]
        standardWidth = (file.resolved(descriptor["MissingWidth"]).number ?? (isDrawn ? 0 : 500)) * unit
        let first = file.resolved(entries["FirstChar"]).integer ?? 0
        for (offset, item) in (file.resolved(entries["Widths"]).array ?? []).prefix(256).enumerated() {
            widths[first &+ offset] = (file.resolved(item).number ?? 0) * unit
        }
    }

    // MARK: Codes

    /// The codes of a text, in their order.
    func codes(_ bytes: [UInt8]) -> [Code] {
        var (codes, index) = ([Code](), 0)
        codes.reserveCapacity(bytes.count)
        while index < bytes.count {
            let byte = bytes[index]
            if case .simple(let characters) = encoding {
                let text = unicode?[Int(byte), bytes: 1] ?? characters[Int(byte)] ?? "\u{FFFD}"
                codes.append(Code(text: text, width: widths[Int(byte)] ?? standardWidth, isSpace: byte == 32))
                index += 1
                continue
            }
            if case .gb18030 = encoding, byte < 0x80 {
                codes.append(Code(text: String(UnicodeScalar(byte)), width: 0.5, isSpace: byte == 32))
                index += 1
                continue
            }
            // A program's own map may have codes of one byte.
            if let unicode, unicode.hasShortCodes, let text = unicode[Int(byte), bytes: 1] {
                codes.append(Code(text: text, width: widths[Int(byte)] ?? standardWidth, isSpace: byte == 32))
                index += 1
                continue
            }
            guard index + 1 < bytes.count else { break }
            codes.append(code(Int(byte) << 8 | Int(bytes[index + 1])))
            index += 2
        }
        return codes
    }

    private func code(_ code: Int) -> Code {
        if let text = unicode?[code, bytes: 2] {
            return Code(text: text, width: widths[code] ?? standardWidth, isSpace: false)
        }
        switch encoding {
        case .utf16:
            let text = Unicode.Scalar(UInt32(code)).map { String(Character($0)) } ?? "\u{FFFD}"
            return Code(text: text, width: code < 0x80 ? 0.5 : standardWidth, isSpace: false)
        case .gb18030: return Code(text: ChineseCodes.text(code), width: standardWidth, isSpace: false)
        case .glyphs, .simple: return Code(text: "\u{FFFD}", width: widths[code] ?? standardWidth, isSpace: false)
        }
    }
}

/// The fonts of a file, each read once.
struct FontCache {
    private var known: [Int: PDFFont] = [:]
    private var count = 0

    /// Fonts that are no objects of their own are read for each use; a page has a dozen uses.
    private static let most = 20_000

    mutating func font(_ object: PDFObject?, in file: PDFObjects) -> PDFFont? {
        if case .reference(let number)? = object, let font = known[number] { return font }
        guard let entries = file.resolved(object).entries, count < Self.most else { return nil }
        count += 1
        let font = PDFFont(entries, file)
        if case .reference(let number)? = object { known[number] = font }
        return font
    }
}

/// What a file says that codes of a font mean (ISO 32000-1, 9.10.3).
struct CodeMap {
    private var short: [Int: String] = [:]
    private var long: [Int: String] = [:]
    private static let most = 140_000

    var hasShortCodes: Bool { !short.isEmpty }

    subscript(code: Int, bytes count: Int) -> String? { count == 1 ? short[code] ?? long[code] : long[code] }

    init(_ bytes: [UInt8]) {
        var (lexer, values) = (PDFLexer(bytes), [PDFObject]())
        while let token = lexer.next(resolvesReferences: false) {
            guard case .word(let word) = token else {
                if values.count < 1_000 { values.append(token) }
                continue
            }
            if word == "endbfchar" {
                for pair in stride(from: 0, to: values.count - 1, by: 2) {
                    if let code = values[pair].string, let text = values[pair + 1].string { set(code, Self.text(text)) }
                }
            } else if word == "endbfrange" {
                for triple in stride(from: 0, to: values.count - 2, by: 3) {
                    addRange(values[triple], values[triple + 1], values[triple + 2])
                }
            }
            values.removeAll(keepingCapacity: true)
        }
    }

    private mutating func addRange(_ first: PDFObject, _ last: PDFObject, _ target: PDFObject) {
        guard let start = first.string, let end = last.string.map(Self.number), start.count <= 4 else { return }
        let code = Self.number(start)
        guard end >= code, end - code < 0x1_0000 else { return }
        if let list = target.array {
            for (offset, item) in list.prefix(end - code + 1).enumerated() {
                if let text = item.string { set(code + offset, start.count, Self.text(text)) }
            }
        } else if let text = target.string, text.count >= 1 {
            // Of the text the last unit is counted on.
            var units = Self.units(text)
            for offset in 0...(end - code) {
                guard let last = units.last, short.count + long.count < Self.most else { return }
                set(code + offset, start.count, String(decoding: units, as: UTF16.self))
                units[units.count - 1] = last &+ 1
            }
        }
    }

    private mutating func set(_ code: [UInt8], _ text: String) { set(Self.number(code), code.count, text) }

    private mutating func set(_ code: Int, _ count: Int, _ text: String) {
        guard short.count + long.count < Self.most else { return }
        if count == 1 { short[code] = text } else { long[code] = text }
    }

    private static func number(_ bytes: [UInt8]) -> Int { bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) } }

    private static func units(_ bytes: [UInt8]) -> [UInt16] {
        if bytes.count == 1 { return [UInt16(bytes[0])] }
        return stride(from: 0, to: min(bytes.count, 64) - 1, by: 2).map {
            UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
        }
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let text = String(decoding: units(bytes), as: UTF16.self)
        // Some programs write this for "nothing that is known".
        return text.isEmpty || text == "\0" ? "\u{FFFD}" : text
    }
}

/// Chinese characters by their codes of two bytes in GB18030.
enum ChineseCodes {
    private static let table: [UInt16] = {
        var table = [UInt16](repeating: 0xFFFD, count: 0x1_0000)
        guard let converter = iconv_open("UTF-16LE", "GB18030"), converter != iconv_t(bitPattern: -1) else {
            return table
        }
        defer { iconv_close(converter) }
        for high in 0x81...0xFE {
            for low in 0x40...0xFE where low != 0x7F {
                var (input, output) = (
                    [CChar(bitPattern: UInt8(high)), CChar(bitPattern: UInt8(low))], [CChar](repeating: 0, count: 4)
                )
                var (inputLeft, outputLeft) = (2, 4)
                let status = input.withUnsafeMutableBufferPointer { source in
                    output.withUnsafeMutableBufferPointer { target in
                        var (from, to) = (source.baseAddress, target.baseAddress)
                        return iconv(converter, &from, &inputLeft, &to, &outputLeft)
                    }
                }
                guard status == 0, outputLeft == 2 else { continue }
                table[high << 8 | low] =
                    UInt16(UInt8(bitPattern: output[0])) | UInt16(UInt8(bitPattern: output[1])) << 8
            }
        }
        return table
    }()

    static func text(_ code: Int) -> String {
        guard (0..<0x1_0000).contains(code) else { return "\u{FFFD}" }
        return String(decoding: [table[code]], as: UTF16.self)
    }
}
