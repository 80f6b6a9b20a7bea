import OfficeFiles
import ReportDocument
import ReviewModel
import Testing

@testable import word_writer

/// A document of these blocks, written and read back.
struct WrittenDocument {
    let bytes: [UInt8]
    let zip: ZipReader
    let body: String

    init(
        _ blocks: [DocumentBlock],
        language: String = "zh-CN",
        properties: DocumentProperties = DocumentProperties(),
        pages: [String: Int] = [:]
    ) throws {
        try self.init(
            sections: [DocumentSection(orientation: .portrait, blocks: blocks)],
            language: language,
            properties: properties,
            pages: pages
        )
    }

    init(
        sections: [DocumentSection],
        language: String = "zh-CN",
        properties: DocumentProperties = DocumentProperties(),
        pages: [String: Int] = [:]
    ) throws {
        var document = Document(title: "评审报告", language: language, properties: properties, sections: sections)
        document.fillContents()
        bytes = try WordPackage(document, headingPages: pages).bytes()
        zip = try ZipReader(bytes)
        body = String(decoding: try zip.bytes(of: "word/document.xml"), as: UTF8.self)
    }

    func part(_ name: String) throws -> String { String(decoding: try zip.bytes(of: name), as: UTF8.self) }

    func count(_ text: String) -> Int { body.split(separator: text, omittingEmptySubsequences: false).count - 1 }
}

extension String {
    fileprivate func split(separator: String, omittingEmptySubsequences: Bool) -> [Substring] {
        var (parts, rest) = ([Substring](), self[...])
        while let range = rest.firstRange(of: separator) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return parts + [rest]
    }

    /// What stands between `opening` and `closing`, each time.
    func all(between opening: String, and closing: String) -> [String] {
        split(separator: opening, omittingEmptySubsequences: false).dropFirst().map { piece in
            String(piece.firstRange(of: closing).map { piece[..<$0.lowerBound] } ?? piece)
        }
    }
}

extension Heading {
    init(_ level: Int, _ text: String, look: HeadingLook? = nil, isListed: Bool = true) {
        self.init(
            level: level,
            text: [.text(text)],
            anchor: text,
            isListed: isListed,
            look: look ?? HeadingLook(level: level)
        )
    }
}

/// A table of texts; a column is named by its first row. Numbers are figures.
func plainTable(_ rows: [[String]], widths: [Int]? = nil) -> DocumentTable {
    let columns = (rows.first ?? []).indices.map { DocumentColumn(width: widths?[$0] ?? 10, alignment: .left) }
    func row(_ texts: [String], _ style: CellStyle) -> DocumentRow {
        DocumentRow(
            cells: texts.enumerated().map { column, text in
                let figure = ExactDecimal(text.filter { $0 != "," }).map { Run.figure(Figure($0, .money)) }
                return DocumentCell(
                    column: column,
                    style: style,
                    alignment: figure == nil ? .left : .right,
                    runs: text.isEmpty ? [] : [figure ?? .text(text)]
                )
            }
        )
    }
    return DocumentTable(
        caption: [.text("表")],
        columns: columns,
        header: rows.prefix(1).map { row($0, .head) },
        body: rows.dropFirst().map { row($0, .data) }
    )
}
