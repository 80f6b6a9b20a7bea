import OfficeFiles
import ReviewModel

/// A file with rows in it, whatever its kind: a workbook, a CSV or a database.
struct OpenedBook {
    /// The path, as the settings name it: places have it.
    let path: String
    let content: Content
    /// Whether another program has made a workbook of it first.
    let isConverted: Bool
    /// What its formulas give, once that is asked for.
    private(set) var formulas: FormulaFindings?

    enum Content {
        case workbook(Workbook)
        case text(DelimitedText)
        case database(Database)
    }

    /// - Parameter scratch: a folder for what has to be converted first.
    init(_ path: String, _ settings: SheetSettings, scratch: String?) throws {
        self.path = path
        do {
            (content, isConverted) = try Self.open(path, settings, scratch)
        } catch let error as OfficeFileError {
            throw BookError(Self.name(of: path), error)
        }
    }

    private static func open(_ path: String, _ settings: SheetSettings, _ scratch: String?) throws -> (
        Content, isConverted: Bool
    ) {
        if try Database.isOne(path) { return (.database(try Database(path)), false) }
        let ending = path.split(separator: "/").last?.split(separator: ".").dropFirst().last?.lowercased() ?? ""
        do {
            return (.workbook(try Workbook(file: path)), false)
        } catch {
            if let renamed = RenamedFile(path) {
                if let error = renamed.error { throw error }
                guard let scratch else { throw OfficeFileError.isOldFormat }
                return (.workbook(try Workbook(file: try Conversion.convert(path, in: scratch))), true)
            }
            switch error {
            case .noZip where !Conversion.endings.contains(ending) || RenamedFile.isText(path):
                let text = try DelimitedText(file: path, encoding: settings.encoding, delimiter: settings.delimiter)
                return (.text(text), false)
            case .isOldFormat, .isOpenDocument:
                guard let scratch else { throw error }
                return (.workbook(try Workbook(file: try Conversion.convert(path, in: scratch))), true)
            default: throw error
            }
        }
    }

    /// Computes the formulas anew.
    mutating func computeFormulas(isCancelled: () -> Bool) throws {
        guard case .workbook(let workbook) = content else { return }
        do {
            formulas = try FormulaFindings(workbook, file: path, isCancelled: isCancelled)
        } catch let error as OfficeFileError {
            throw BookError(name, error)
        }
    }

    var name: String { Self.name(of: path) }

    private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The sheets or tables by their names. A CSV has one, called like the file without its ending.
    var sheets: [(name: String, isHidden: Bool)] {
        switch content {
        case .workbook(let book): book.sheets.map { ($0.name, $0.isHidden) }
        case .text: [(String(name.split(separator: ".").first ?? "CSV"), false)]
        case .database(let database): database.tables.map { ($0, false) }
        }
    }
}

extension OpenedBook {
    /// What was guessed of the file, or left out with it.
    var guessed: Finding? {
        let message: LocalizedText
        var severity = Severity.info
        switch content {
        case .text where ["xlsx", "xlsm", "xls", "et"].contains(name.split(separator: ".").last?.lowercased() ?? ""):
            severity = .warning
            message = LocalizedText(
                zh: "\(name) 不是工作簿，而是文本文件，只是名字像工作簿；已按文本中的列读取。请核对，或在 Excel、WPS 中打开后另存为 .xlsx",
                en:
                    "\(name) is no workbook but a text that is called like one; it was read by the columns of the text. Check it, or open it in Excel or WPS and save it as .xlsx"
            )
        case .text(let text) where !text.isMarked && text.encoding != .utf8:
            message = LocalizedText(
                zh: "\(name) 没有写明编码，按 \(text.encoding.rawValue) 读取",
                en: "\(name) does not say its encoding; it was read as \(text.encoding.rawValue)"
            )
        case .database(let database) where database.hasLog:
            message = LocalizedText(
                zh: "\(name) 使用预写日志（WAL），旁边 -wal 文件中尚未并入的行没有读取",
                en: "\(name) keeps a write-ahead log; rows that are still in the -wal file beside it were not read"
            )
        default: return nil
        }
        var finding = Finding(rule: "sheet/guessed", severity: severity, message: message, subject: name)
        finding.spots = [.place(.text(file: path, line: 1, column: 1))]
        return finding
    }
}

/// Why a file cannot be read, in a sentence that names it.
struct BookError: SpokenError, CustomStringConvertible {
    /// Half a sentence, to stand after the file's name and a colon.
    var reason: LocalizedText
    var help: LocalizedText?
    /// Whether another program could make a workbook of it.
    var needsConversion: Bool
    private let name: String

    init(_ name: String, _ error: OfficeFileError) {
        (self.name, reason, help) = (name, error.reason, error.help)
        needsConversion = error == .isOldFormat || error == .isOpenDocument
    }

    var sentence: LocalizedText {
        LocalizedText(
            zh: "\(name)：\(reason.zh)" + (help.map { "。\($0.zh)" } ?? ""),
            en: "\(name): \(reason.en)" + (help.map { "; \($0.en)" } ?? "")
        )
    }

    var description: String { sentence.en }
}

/// Rows one by one, from whatever.
protocol RowReading {
    var row: SheetRow { get }
    /// Whether there was one more.
    mutating func next() throws -> Bool
}

extension SheetReading: RowReading {}
extension DelimitedReading: RowReading {}

/// What is needed to understand the cells of a row.
struct CellContext {
    var texts = SharedTexts()
    var formats = NumberFormats()
    var countsFrom1904 = false
    /// Whether cells know of themselves what they are: those of a CSV are all texts.
    var isWorkbook = false

    init() {}

    init(_ book: Workbook) {
        (texts, formats, countsFrom1904) = (book.texts, book.formats, book.countsFrom1904)
        isWorkbook = true
    }

    /// The text of a cell that holds one; the stored digits of others.
    func text(_ cell: SheetCell, _ row: SheetRow) -> String {
        withText(cell, row) { String(decoding: $0, as: UTF8.self) }
    }

    /// The same as UTF-8, of which no string need be made.
    @inline(__always)
    func withText<Result>(
        _ cell: SheetCell,
        _ row: SheetRow,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        guard case .sharedText = cell.kind else { return try withStored(cell, row, body) }
        let number = withStored(cell, row, Self.number)
        return try texts.bytes.withUnsafeBufferPointer { bytes in
            try body(UnsafeBufferPointer(rebasing: bytes[texts.range(of: number)]))
        }
    }

    /// What is stored for the cell, as UTF-8; for a shared text its number.
    @inline(__always)
    func withStored<Result>(
        _ cell: SheetCell,
        _ row: SheetRow,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try row.bytes.withUnsafeBufferPointer { bytes in
            try body(UnsafeBufferPointer(rebasing: bytes[cell.stored]))
        }
    }

    /// A shared text's number.
    static func number(_ stored: UnsafeBufferPointer<UInt8>) -> Int {
        var number = 0
        for byte in stored {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10, number < 1 << 40 else { return -1 }
            number = number * 10 + Int(digit)
        }
        return stored.isEmpty ? -1 : number
    }
}
