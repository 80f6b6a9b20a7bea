/// On which pages the named places of a PDF file are, as LibreOffice writes it: a catalogue, a dictionary of names, a tree of
/// pages, all in plain text. It is no reader of PDF files in general; what it does not know it leaves out.
struct PDFPlaces {
    /// The page of each name, from 1.
    let pages: [String: Int]
    let pageCount: Int
    /// The names of the fonts that are embedded.
    let fonts: Set<String>

    init(_ bytes: [UInt8]) {
        let file = PDFText(bytes)
        let catalogue = file.last("/Type/Catalog").map { file.text(from: $0, to: "endobj") } ?? ""
        var numbers: [Int: Int] = [:]
        if let root = Self.reference(after: "/Pages ", in: catalogue) {
            Self.collect(root, file, depth: 0, &numbers)
        }
        pageCount = numbers.count
        var pages: [String: Int] = [:]
        if let names = Self.reference(after: "/Dests ", in: catalogue), let object = file.object(names) {
            for entry in object.split(separator: "/").dropFirst() {
                let parts = entry.split(separator: "[", maxSplits: 1)
                guard parts.count == 2, let first = parts[1].split(separator: " ").first,
                    let page = Int(first),
                    let number = numbers[page]
                else { continue }
                pages[String(parts[0])] = number
            }
        }
        self.pages = pages
        fonts = file.fonts
    }

    /// The page of the heading's bookmark of that number. LibreOffice writes `_Toc000000001` as `5FToc000000001`.
    func page(of bookmark: String) -> Int? {
        pages[bookmark] ?? pages["5F" + bookmark.dropFirst()] ?? pages["#5F" + bookmark.dropFirst()]
    }

    /// Whether no font but those without Chinese characters was found to print with.
    var hasNoChineseFont: Bool {
        let western = ["Liberation", "DejaVu", "OpenSymbol", "Carlito", "Caladea", "Gentium", "Linux"]
        return fonts.allSatisfy { name in western.contains { name.hasPrefix($0) } }
    }

    /// Numbers the pages below a node of their tree.
    private static func collect(_ node: Int, _ file: PDFText, depth: Int, _ numbers: inout [Int: Int]) {
        guard depth < 20, let object = file.object(node) else { return }
        guard object.contains("/Type/Pages"), let start = object.firstRange(of: "/Kids") else {
            if numbers[node] == nil { numbers[node] = numbers.count + 1 }
            return
        }
        let list = object[start.upperBound...].prefix { $0 != "]" }.drop { $0 != "[" }.dropFirst()
        let words = list.split { $0 == " " || $0 == "\n" || $0 == "\r" }
        for position in stride(from: 0, to: words.count - 2, by: 3) where words[position + 2] == "R" {
            if let kid = Int(words[position]) { collect(kid, file, depth: depth + 1, &numbers) }
        }
    }

    private static func reference(after key: String, in text: String) -> Int? {
        guard let range = text.firstRange(of: key) else { return nil }
        return Int(text[range.upperBound...].prefix { $0.isNumber })
    }
}

/// The bytes of a PDF file, searched for its objects.
private struct PDFText {
    private let bytes: [UInt8]
    /// Where each object begins.
    private let objects: [Int: Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var objects: [Int: Int] = [:]
        let marker = Array(" 0 obj".utf8)
        var position = 0
        while let next = Self.find(marker, in: bytes, from: position) {
            var start = next
            while start > 0, (0x30...0x39).contains(bytes[start - 1]) { start -= 1 }
            let isAtLine = start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D
            if isAtLine, let number = Int(String(decoding: bytes[start..<next], as: UTF8.self)) {
                objects[number] = next + marker.count
            }
            position = next + marker.count
        }
        self.objects = objects
    }

    func object(_ number: Int) -> String? { objects[number].map { text(from: $0, to: "endobj") } }

    /// The text up to a word, at most 8 MiB of it.
    func text(from start: Int, to end: String) -> String {
        let limit = min(bytes.count, start + (8 << 20))
        let stop = Self.find(Array(end.utf8), in: bytes, from: start) ?? limit
        return String(decoding: bytes[start..<min(stop, limit)], as: UTF8.self)
    }

    /// Where a word stands last.
    func last(_ word: String) -> Int? {
        let word = Array(word.utf8)
        var (found, position) = (nil as Int?, 0)
        while let next = Self.find(word, in: bytes, from: position) {
            (found, position) = (next, next + 1)
        }
        return found
    }

    /// The names of the fonts, without the six letters that say that only some of their characters are in the file.
    var fonts: Set<String> {
        let key = Array("/BaseFont/".utf8)
        var (names, position) = (Set<String>(), 0)
        while let next = Self.find(key, in: bytes, from: position) {
            let start = next + key.count
            let name = bytes[start...].prefix(100).prefix {
                $0 > 0x20 && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ">")
            }
            let text = String(decoding: name, as: UTF8.self)
            names.insert(text.split(separator: "+").last.map { String($0) } ?? text)
            position = start
        }
        return names
    }

    private static func find(_ word: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard start + word.count <= bytes.count, let first = word.first else { return nil }
        return bytes.withUnsafeBufferPointer { buffer in
            var position = start
            let last = buffer.count - word.count
            while position <= last {
                if buffer[position] == first, word.indices.allSatisfy({ buffer[position + $0] == word[$0] }) {
                    return position
                }
                position += 1
            }
            return nil
        }
    }
}
