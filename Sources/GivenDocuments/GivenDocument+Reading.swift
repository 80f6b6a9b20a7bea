internal import Groundwork
internal import LocalFiles
internal import OfficeFiles

extension GivenDocument {
    /// Bytes of a file. A PDF of 500 pages with pictures stays below it.
    static let maximumBytes = 128 << 20
    /// Bytes of a text, which is held in memory several times while it is read.
    static let maximumTextBytes = 16 << 20

    /// Reads the file at `path`, whatever its name says that it is.
    ///
    /// - Parameters:
    ///   - file: what places in it call it; the path where nothing is given.
    ///   - recognition: how scanned pages of a PDF file are to be read; without it they are not.
    /// - Throws: ``UnreadableDocument`` for what is no document, is damaged, or has a password.
    public static func read(
        _ path: String,
        named file: String? = nil,
        recognition: TextRecognition? = nil
    ) throws(UnreadableDocument) -> GivenDocument {
        let (kind, name) = (try DocumentKind.of(path), file ?? path)
        switch kind {
        case .word, .otherPackage, .container: return try word(path, name).withPrintableTables
        case .html: return try html(text(path), named: name).withPrintableTables
        case .markdown: return try MarkdownDocument.read(text(path), named: name).withPrintableTables
        case .text: return try plain(text(path), named: name)
        case .pdf: return try pdf(path, name, recognition).withPrintableTables
        case .richText: throw .richText
        case .picture: throw .picture
        case .unknown: throw .unknown
        }
    }

    /// Reads a document that is in memory.
    ///
    /// - Parameter file: what places in it call it; what is text is told apart by the end of this name.
    /// - Throws: ``UnreadableDocument``, as from a file.
    public static func read(_ bytes: [UInt8], named file: String) throws(UnreadableDocument) -> GivenDocument {
        switch DocumentKind(bytes.prefix(8_192), name: file) {
        case .word, .otherPackage, .container:
            do throws(OfficeFileError) {
                return GivenDocument(try WordDocument.read(ZipReader(bytes), named: file)).withPrintableTables
            } catch {
                throw UnreadableDocument(error)
            }
        case .html: return try html(text(bytes), named: file).withPrintableTables
        case .markdown: return try MarkdownDocument.read(text(bytes), named: file).withPrintableTables
        case .text: return try plain(text(bytes), named: file)
        case .pdf: return try pdf(bytes, named: file).withPrintableTables
        case .richText: throw .richText
        case .picture: throw .picture
        case .unknown: throw .unknown
        }
    }

    /// Whether the file can be opened, without reading all of it; what is wrong inside shows when it is read.
    public static func check(_ path: String) throws(UnreadableDocument) {
        switch try DocumentKind.of(path) {
        case .word, .otherPackage, .container:
            do throws(OfficeFileError) { _ = try WordDocument.mainPart(of: ZipReader(file: path)) } catch {
                throw UnreadableDocument(error)
            }
        case .pdf: try checkPDF(path)
        case .html, .markdown, .text: break
        case .richText: throw .richText
        case .picture: throw .picture
        case .unknown: throw .unknown
        }
    }

    private static func word(_ path: String, _ name: String) throws(UnreadableDocument) -> GivenDocument {
        do throws(OfficeFileError) {
            return GivenDocument(try WordDocument.read(ZipReader(file: path), named: name))
        } catch { throw UnreadableDocument(error) }
    }

    private static func text(_ path: String) throws(UnreadableDocument) -> PlainText {
        let bytes: [UInt8]
        do throws(FileError) { bytes = try FileSystem.read(path, atMost: maximumTextBytes) } catch {
            throw UnreadableDocument(error)
        }
        return try text(bytes)
    }

    private static func text(_ bytes: [UInt8]) throws(UnreadableDocument) -> PlainText {
        guard bytes.count <= maximumTextBytes else {
            throw .tooMuch(
                LocalizedText(zh: "文本超过 \(maximumTextBytes) 字节", en: "more than \(maximumTextBytes) bytes of text")
            )
        }
        do throws(OfficeFileError) { return try PlainText(bytes) } catch { throw UnreadableDocument(error) }
    }

    /// A page that says its encoding is not guessed: `<meta charset="gbk">`.
    private static func html(_ text: PlainText, named name: String) throws(UnreadableDocument) -> GivenDocument {
        var document = try HTMLDocument.read(text, named: name)
        let head = text.lines.prefix(40).joined(separator: "\n").prefix(4_096).lowercased()
        let names = ["gb2312", "gbk", "gb18030"].flatMap { ["charset=\($0)", "charset=\"\($0)", "charset='\($0)"] }
        if names.contains(where: head.contains) { document.losses.removeAll { $0.kind == .guessedEncoding } }
        return document
    }

    /// A converted text: a line is a paragraph, or a row whose cells are parted by tabs.
    private static func plain(_ text: PlainText, named name: String) -> GivenDocument {
        var document = GivenDocument(file: name, kind: .text)
        document.noteGuess(text)
        for (index, line) in text.lines.enumerated() {
            var paragraph = GivenParagraph(String(line), at: .text(file: name, line: index + 1, column: 1))
            paragraph.isWhole = false
            document.blocks.append(.paragraph(paragraph))
        }
        return document
    }

    /// The fields of all tables of a file, those that merged cells take and those that are missing at the ends of rows among them.
    /// A report of 500 pages has some hundred thousand.
    static let maximumFields = 500_000

    /// The same without tables that nobody prints: a few cells that go over thousands of rows and columns are many fields. What
    /// is left out is told.
    var withPrintableTables: GivenDocument {
        var (left, document) = (Self.maximumFields, self)
        document.blocks = blocks.filter { block in
            guard case .table(let table) = block else { return true }
            guard table.fieldCount <= left else {
                document.losses.append(GivenLoss(.table, notPrinted(table, Self.maximumFields), at: table.place))
                return false
            }
            left -= table.fieldCount
            return true
        }
        return document
    }

    mutating func noteGuess(_ text: PlainText) {
        if text.isGuessed { losses.append(GivenLoss(.guessedEncoding, guessedEncoding)) }
    }
}

extension GivenTable {
    fileprivate var fieldCount: Int {
        let taken = cells.reduce(0) { $0 + min($1.rowSpan, rowCount) * min($1.columnSpan, columnCount) }
        return max(rowCount * columnCount, taken)
    }
}

extension PlainText {
    /// Its lines, whether they end with one character or with two.
    var lines: [Substring] { text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" } }
}

// MARK: - Messages

private let guessedEncoding = LocalizedText(
    zh: "文件不是 UTF-8 编码，按 GB18030 读取",
    en: "the file is not in UTF-8, and was read as GB18030"
)

private func notPrinted(_ table: GivenTable, _ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "表格有 \(table.rowCount) 行、\(table.columnCount) 列，全文表格合计超过 \(limit) 格，该表没有读取；请拆分表格或减少合并单元格",
        en:
            "a table has \(table.rowCount) rows and \(table.columnCount) columns; with it the tables of the file have more than "
            + "\(limit) fields, and it was not read; divide it, or merge fewer cells"
    )
}
