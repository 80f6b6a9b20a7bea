@testable import OfficeFiles

/// A workbook made of the XML of its parts: what a test says of one sheet, and the rest as Excel writes it.
struct WorkbookText {
    var sheets: [(name: String, state: String, xml: String)] = []
    /// What stands in `<sst>`.
    var texts: String?
    /// What stands in `<styleSheet>`.
    var styles: String?
    var properties = ""
    var parts: [(name: String, bytes: [UInt8])] = []
    /// `worksheets/sheet1.xml`, or absolute.
    var target: (Int) -> String = { "worksheets/sheet\($0).xml" }

    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    /// One sheet 明细 with these rows.
    init(rows: String, after: String = "", before: String = "") {
        add("明细", rows: rows, after: after, before: before)
    }

    init() {}

    mutating func add(_ name: String, rows: String, after: String = "", before: String = "", state: String = "") {
        let xml = "<worksheet xmlns=\"\(Self.main)\">\(before)<sheetData>\(rows)</sheetData>\(after)</worksheet>"
        sheets.append((name, state, xml))
    }

    /// The parts by their names; a test may change or drop some.
    var entries: [(name: String, bytes: [UInt8])] {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        func relationship(_ id: String, _ type: String, _ target: String) -> String {
            "<Relationship Id=\"\(id)\" Type=\"\(Self.office)/\(type)\" Target=\"\(target)\"/>"
        }
        func relationships(_ list: [String]) -> [UInt8] {
            Array("\(head)<Relationships xmlns=\"\(Self.package)\">\(list.joined())</Relationships>".utf8)
        }
        var targets = sheets.indices.map { relationship("rId\($0 + 1)", "worksheet", target($0 + 1)) }
        if texts != nil { targets.append(relationship("texts", "sharedStrings", "sharedStrings.xml")) }
        if styles != nil { targets.append(relationship("styles", "styles", "styles.xml")) }
        let list = sheets.enumerated().map { index, sheet in
            "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" \(sheet.state) r:id=\"rId\(index + 1)\"/>"
        }
        var entries = [
            ("_rels/.rels", relationships([relationship("rId1", "officeDocument", "xl/workbook.xml")])),
            (
                "xl/workbook.xml",
                Array(
                    (head + "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\">"
                        + "<workbookPr \(properties)/><sheets>\(list.joined())</sheets></workbook>").utf8
                )
            ), ("xl/_rels/workbook.xml.rels", relationships(targets)),
        ]
        for (index, sheet) in sheets.enumerated() {
            entries.append(("xl/worksheets/sheet\(index + 1).xml", Array((head + sheet.xml).utf8)))
        }
        if let texts {
            entries.append(("xl/sharedStrings.xml", Array("\(head)<sst xmlns=\"\(Self.main)\">\(texts)</sst>".utf8)))
        }
        if let styles {
            entries.append(
                ("xl/styles.xml", Array("\(head)<styleSheet xmlns=\"\(Self.main)\">\(styles)</styleSheet>".utf8))
            )
        }
        return entries + parts
    }

    var bytes: [UInt8] {
        get throws { try Self.zip(entries) }
    }

    static func zip(_ entries: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        var zip = ZipWriter()
        for (name, bytes) in entries { zip.add(name, bytes) }
        return try zip.bytes()
    }

    var book: Workbook { get throws { try Workbook(bytes) } }
}

/// The cells of a sheet as a test compares them: `A1 text 甲`, `B2 number 12.5`.
extension Workbook {
    func cells(_ sheet: Int = 0) throws -> [String] {
        var (reading, found) = (try reader(of: sheets[sheet]), [String]())
        while try reading.next() {
            for cell in reading.row.cells {
                let stored = reading.row.withStored(cell) { String(decoding: $0, as: UTF8.self) }
                let text = cell.kind == .sharedText ? Int(stored).map { texts[$0] } ?? "?" : stored
                let formula = reading.row.formula(cell)
                let column = Self.letters(cell.column)
                found.append(
                    "\(column)\(reading.row.number) \(cell.kind) \(text)" + (cell.hasFormula ? " =\(formula)" : "")
                )
            }
        }
        return found
    }

    private static func letters(_ column: Int) -> String {
        let low = String(UnicodeScalar(UInt8(65 + (column - 1) % 26)))
        return column > 26 ? letters((column - 1) / 26) + low : low
    }
}
