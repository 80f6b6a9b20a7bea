package import Groundwork

/// An Excel workbook: its sheets, and what they share.
///
///     let book = try Workbook(file: "applicant.xlsx")
///     var sheet = try book.reader(of: book.sheets[0])
///     while try sheet.next() {
///         for cell in sheet.row.cells { … }
///     }
///
/// Values are read as they are stored. Macros are never run, links to other files never followed; what formulas would give is computed by
/// ``FormulaCheck`` alone.
package final class Workbook {
    package let sheets: [Sheet]
    /// The sheet that a review has added, which is none of the ``sheets``.
    package let findings: Sheet?
    /// Whether days are counted from 1904.
    package let countsFrom1904: Bool
    /// Whether formulas are computed with all digits, not with those that are shown.
    package let hasFullPrecision: Bool
    package let formats: NumberFormats
    package let texts: SharedTexts
    /// The list of texts that it names and does not have: who reads a cell with a text of it is told.
    private let missingTexts: String?
    private let zip: ZipReader

    package struct Sheet: Sendable, Hashable {
        package var name: String
        package var isHidden: Bool
        package let part: String
    }

    /// What a sheet of findings is called that a review has added: it is no sheet of whoever wrote the workbook, and not read.
    package static let findingsSheet = LocalizedText(zh: "评审意见（Pingshen）", en: "Findings (Pingshen)")

    /// - Throws: ``OfficeFileError`` for everything that is no workbook, has a password or is damaged.
    package convenience init(file path: String) throws(OfficeFileError) {
        try self.init(ZipReader(file: path, limits: .workbook))
    }

    package convenience init(_ bytes: [UInt8], limits: ZipLimits = .workbook) throws(OfficeFileError) {
        try self.init(ZipReader(bytes, limits: limits))
    }

    init(_ zip: ZipReader) throws(OfficeFileError) {
        self.zip = zip
        let parts = try WorkbookParts(zip)
        (sheets, findings, countsFrom1904) = (parts.sheets, parts.findings, parts.countsFrom1904)
        hasFullPrecision = parts.hasFullPrecision
        var formats = NumberFormats()
        if let styles = parts.styles { formats = NumberFormats(plain: try zip.plain(styles)) }
        self.formats = formats
        var texts = SharedTexts()
        if let name = parts.texts, let entry = zip[name] { texts = try SharedTexts(zip, entry) }
        self.texts = texts
        missingTexts = parts.texts == nil ? parts.missingTexts : nil
    }

    /// How long the parts of all sheets are, unpacked.
    package var sheetBytes: Int { sheets.reduce(0) { $0 + (zip[$1.part]?.byteCount ?? 0) } }

    /// Reads the rows of a sheet from its start.
    package func reader(of sheet: Sheet) throws(OfficeFileError) -> SheetReading {
        guard let entry = zip[sheet.part] else { throw .missing(sheet.part) }
        return try SheetReading(zip, entry, missingTexts: missingTexts)
    }

    /// What a sheet says besides its cells: which of them are merged and which columns hidden.
    ///
    /// - Returns: `nil` for a sheet of more than `limit` bytes: it would have to be read twice.
    package func outline(of sheet: Sheet, limit: Int = 64 << 20) throws(OfficeFileError) -> SheetOutline? {
        guard let entry = zip[sheet.part] else { throw .missing(sheet.part) }
        guard entry.byteCount <= limit else { return nil }
        var reading = try SheetReading(zip, entry, missingTexts: missingTexts)
        while try reading.next() {}
        return reading.outline
    }
}

extension ZipLimits {
    /// For workbooks: a million rows of six columns have 270 MB unpacked.
    public static let workbook = ZipLimits(
        archiveBytes: 512 << 20,
        entries: 10_000,
        entryBytes: 2 << 30,
        allBytes: 4 << 30,
        ratio: 300
    )
}

/// Reads one sheet row by row.
package struct SheetReading {
    /// The row that was read last.
    package private(set) var row = SheetRow()
    private var scanner: SheetScanner
    private var isPlain = false
    private let zip: ZipReader
    private let entry: ZipEntry
    private var count = 0
    private let missingTexts: String?

    init(_ zip: ZipReader, _ entry: ZipEntry, missingTexts: String? = nil) throws(OfficeFileError) {
        (self.zip, self.entry, self.missingTexts) = (zip, entry, missingTexts)
        scanner = SheetScanner(ByteFeed(try zip.stream(of: entry)))
    }

    /// What the sheet says besides its cells, as far as it has been read: merged cells are told behind the last row.
    package var outline: SheetOutline { scanner.outline }

    /// Reads the next row that holds something.
    ///
    /// - Returns: `false` behind the last.
    package mutating func next() throws(OfficeFileError) -> Bool {
        while true {
            switch try scanner.next(&row) {
            case .row:
                count += 1
                if let missingTexts, row.cells.contains(where: { $0.kind == .sharedText }) {
                    throw .partMissing(missingTexts)
                }
                return true
            case .end: return false
            case .unknown: try startAgain()
            }
        }
    }

    /// Reads the part once more with a whole reader of XML, up to where we are.
    private mutating func startAgain() throws(OfficeFileError) {
        guard !isPlain else { throw .damaged(entry.name) }
        isPlain = true
        scanner = SheetScanner(try ByteFeed(plain: zip.stream(of: entry)), isPlain: true)
        for _ in 0..<count { guard case .row = try scanner.next(&row) else { throw .damaged(entry.name) } }
    }
}

extension ZipReader {
    /// A part in the form that ``PlainXML`` gives it.
    func plain(_ name: String) throws(OfficeFileError) -> [UInt8] {
        guard let entry = self[name] else { throw .missing(name) }
        guard entry.byteCount <= 64 << 20 else { throw .entryTooLarge(name, entry.byteCount, 64 << 20) }
        return try PlainXML.of(bytes(of: entry))
    }
}
