import Groundwork
import Markup
import OfficeFiles

/// A Word file that gets comments: its parts are spliced, not written anew.
struct CommentedDocument {
    private let zip: ZipReader
    private let author: String
    private let main: String
    private let body: [UInt8]
    private let document: WordDocument
    private let relationships: PackageRelationships

    /// - Throws: ``OfficeFileError`` for what is no Word file that can be read.
    init(_ zip: ZipReader, author: String) throws(OfficeFileError) {
        (self.zip, self.author) = (zip, author)
        main = try WordDocument.mainPart(of: zip)
        body = try zip.bytes(of: main)
        // Word writes UTF-8, and so does everybody else that is known.
        if body.starts(with: [0xFE, 0xFF]) || body.starts(with: [0xFF, 0xFE]) { throw .otherEncoding }
        document = try WordDocument.read(zip, named: "")
        relationships = try PackageRelationships(of: main, in: zip)
    }

    /// The file with comments; those whose place is not in it stand at its first paragraph.
    func adding(_ comments: [DocumentComment]) throws(OfficeFileError) -> [UInt8] {
        let places = paragraphs()
        var anchors: [(comment: DocumentComment, id: Int, spot: WordSpot)] = []
        var next = 1 + (document.comments.compactMap { Int($0.id) }.max() ?? -1)
        for comment in comments {
            guard let spot = places[comment.place.inFile("")] ?? document.blocks.paragraphs.first?.spot else {
                continue
            }
            anchors.append((comment, next, spot))
            next += 1
        }
        var parts: [String: [UInt8]] = [:]
        if !anchors.isEmpty {
            parts[main] = spliced(anchors.map { ($0.id, $0.spot) })
            let texts = anchors.map { (id: $0.id, lines: $0.comment.lines) }
            for (name, bytes) in try commentParts(texts) { parts[name] = bytes }
        }
        return try packed(parts)
    }

    /// The paragraph at each place: of a cell its first with text, or its first.
    private func paragraphs() -> [Place: WordSpot] {
        var found: [Place: (spot: WordSpot, hasText: Bool)] = [:]
        func add(_ blocks: [WordBlock]) {
            for block in blocks {
                switch block {
                case .paragraph(let paragraph):
                    let hasText = !paragraph.runs.allSatisfy { $0.text.allSatisfy(\.isWhitespace) }
                    let known = found[paragraph.place]
                    if known == nil || known?.hasText == false && hasText {
                        found[paragraph.place] = (paragraph.spot, hasText)
                    }
                case .table(let table): for row in table.rows { row.cells.forEach { add($0.blocks) } }
                }
            }
        }
        add(document.blocks)
        return found.mapValues(\.spot)
    }

    // MARK: The body

    /// The body with the beginnings and ends of comments around what is in their paragraphs.
    private func spliced(_ anchors: [(id: Int, spot: WordSpot)]) -> [UInt8] {
        let sorted = anchors.enumerated().sorted {
            ($0.element.spot.whole.lowerBound, $0.offset) < ($1.element.spot.whole.lowerBound, $1.offset)
        }.map(\.element)
        var inserts: [(position: Int, text: String)] = []
        var index = 0
        while index < sorted.count {
            let spot = sorted[index].spot
            let ids = sorted[index...].prefix { $0.spot == spot }.map(\.id)
            index += ids.count
            let prefix = prefix(at: spot.whole.lowerBound)
            let start = ids.map { "<\(prefix)commentRangeStart \(prefix)id=\"\($0)\"/>" }.joined()
            let end = ids.map {
                "<\(prefix)commentRangeEnd \(prefix)id=\"\($0)\"/>"
                    + "<\(prefix)r><\(prefix)commentReference \(prefix)id=\"\($0)\"/></\(prefix)r>"
            }.joined()
            if spot.content.lowerBound == spot.whole.upperBound {
                // One tag: it becomes two, with the comments between them.
                inserts.append((spot.whole.upperBound, "\u{0}>\(start)\(end)</\(prefix)p>"))
            } else {
                inserts.append((spot.content.lowerBound, start))
                inserts.append((spot.content.upperBound, end))
            }
        }
        return insert(inserts)
    }

    private func insert(_ inserts: [(position: Int, text: String)]) -> [UInt8] {
        var (result, position) = ([UInt8](), 0)
        result.reserveCapacity(body.count + inserts.count * 100)
        for insert in inserts.sorted(by: { $0.position < $1.position }) {
            result += body[position..<insert.position]
            position = insert.position
            if insert.text.utf8.first == 0 {
                // Takes back the `/>` of the one tag.
                result.removeLast(2)
                result += insert.text.utf8.dropFirst()
            } else {
                result += insert.text.utf8
            }
        }
        return result + body[position...]
    }

    /// The prefix of the element that begins there, with its colon: `w:`.
    private func prefix(at position: Int) -> String {
        let name = body[(position + 1)...].prefix { byte in
            byte != UInt8(ascii: " ") && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/") && byte > 0x20
        }
        return Self.prefix(of: name)
    }

    private static func prefix(of name: some Sequence<UInt8>) -> String {
        let text = String(decoding: Array(name), as: UTF8.self)
        return text.firstIndex(of: ":").map { String(text[...$0]) } ?? "w:"
    }

    // MARK: The comments' own parts

    private func commentParts(
        _ comments: [(id: Int, lines: [String])]
    ) throws(OfficeFileError) -> [(String, [UInt8])] {
        if let name = relationships.target("comments"), zip[name] != nil {
            let old = try zip.bytes(of: name)
            guard let end = lastEndTag(old) else { throw .damagedPart(name) }
            let prefix = Self.prefix(of: old[end...].dropFirst(2).prefix { $0 != UInt8(ascii: ">") })
            return [(name, old[..<end] + elements(comments, prefix) + old[end...])]
        }
        let folder = main.lastIndex(of: "/").map { String(main[...$0]) } ?? ""
        let file = main.dropFirst(folder.count)
        let (name, links, types) = (folder + "comments.xml", "\(folder)_rels/\(file).rels", "[Content_Types].xml")
        let word = XMLNamespace.word.address
        var part = Array(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"\(word)\">".utf8
        )
        part += elements(comments, "w:") + Array("</w:comments>".utf8)
        let kind = XMLNamespace.relationship.address + "/comments"
        let link = "Relationship Id=\"rIdPingshenComments\" Type=\"\(kind)\" Target=\"comments.xml\"/>"
        let type = "Override PartName=\"/\(name)\" ContentType=\"\(Self.contentType)\"/>"
        return [(name, part), (links, try adding(link, to: links)), (types, try adding(type, to: types))]
    }

    private static let contentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"

    /// A list with an element more at its end, under the prefix that the list has.
    private func adding(_ element: String, to name: String) throws(OfficeFileError) -> [UInt8] {
        let list = try zip.bytes(of: name)
        guard let end = lastEndTag(list) else { throw .damagedPart(name) }
        let tag = String(decoding: list[end...].dropFirst(2).prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
        let prefix = tag.firstIndex(of: ":").map { String(tag[...$0]) } ?? ""
        return list[..<end] + Array("<\(prefix)\(element)".utf8) + list[end...]
    }

    /// Where the last end tag begins.
    private func lastEndTag(_ bytes: [UInt8]) -> Int? {
        var position = bytes.count - 2
        while position >= 0 {
            if bytes[position] == UInt8(ascii: "<"), bytes[position + 1] == UInt8(ascii: "/") { return position }
            position -= 1
        }
        return nil
    }

    private func elements(_ comments: [(id: Int, lines: [String])], _ prefix: String) -> [UInt8] {
        var xml = MarkupWriter(.xml)
        // The file's own time, so that the same file and findings give the same bytes.
        let modified = document.coreProperties["modified"].flatMap(Self.time)
        for comment in comments {
            xml.raw("<\(prefix)comment")
            xml.attribute("\(prefix)id", String(comment.id))
            xml.attribute("\(prefix)author", author)
            if let modified { xml.attribute("\(prefix)date", modified) }
            xml.raw(">")
            for line in comment.lines {
                xml.raw("<\(prefix)p><\(prefix)r><\(prefix)t xml:space=\"preserve\">")
                xml.text(line)
                xml.raw("</\(prefix)t></\(prefix)r></\(prefix)p>")
            }
            xml.raw("</\(prefix)comment>")
        }
        return xml.bytes
    }

    /// A time as Word reads it: `2026-11-28T10:00:00Z`.
    private static func time(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        let isTime = bytes.count == 20 && bytes[10] == UInt8(ascii: "T") && bytes[19] == UInt8(ascii: "Z")
        return isTime && bytes.allSatisfy { $0 < 0x7F && $0 > 0x20 } ? text : nil
    }

    /// The package with some of its parts replaced, and the new ones at its end.
    private func packed(_ parts: [String: [UInt8]]) throws(OfficeFileError) -> [UInt8] {
        // By the names as the package writes them, whatever the case of their letters.
        var (writer, rest) = (ZipWriter(), [String: [UInt8]]())
        for (name, bytes) in parts { rest[zip[name]?.name ?? name] = bytes }
        for entry in zip.entries {
            let name = entry.name
            let bytes = if let new = rest.removeValue(forKey: name) { new } else { try zip.bytes(of: entry) }
            let isPacked = [".png", ".jpg", ".jpeg", ".gif"].contains { name.lowercased().hasSuffix($0) }
            writer.add(name, bytes, compression: isPacked ? .stored : .fast)
        }
        for (name, bytes) in rest.sorted(by: { $0.key < $1.key }) { writer.add(name, bytes) }
        return try writer.bytes()
    }
}

// MARK: - Messages

extension OfficeFileError {
    fileprivate static let otherEncoding = OfficeFileError(
        reason: LocalizedText(zh: "正文不是 UTF-8 编码", en: "its text is not in UTF-8"),
        help: LocalizedText(zh: "请在 Word 或 WPS 中打开并另存一份", en: "open it in Word or WPS and save it again")
    )

    fileprivate static func damagedPart(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(zh: "其中的\(name)已损坏", en: "\(name) in it is damaged"),
            help: LocalizedText(zh: "请在 Word 或 WPS 中打开并另存一份", en: "open it in Word or WPS and save it again")
        )
    }
}
