internal import Glibc
import OfficeFiles

/// A workbook made of the XML of its parts: what a test says of one sheet, and the rest as Excel writes it.
package struct WorkbookText {
    package var sheets: [(name: String, state: String, xml: String)] = []
    /// What stands in `<sst>`.
    package var texts: String?
    /// What stands in `<styleSheet>`.
    package var styles: String?
    package var properties = ""
    /// What stands behind the list of sheets.
    package var after = ""
    package var parts: [(name: String, bytes: [UInt8])] = []
    /// `worksheets/sheet1.xml`, or absolute.
    package var target: (Int) -> String = { "worksheets/sheet\($0).xml" }

    package static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    /// One sheet 明细 with these rows.
    package init(rows: String, after: String = "", before: String = "") {
        add("明细", rows: rows, after: after, before: before)
    }

    package init() {}

    package mutating func add(_ name: String, rows: String, after: String = "", before: String = "", state: String = "")
    {
        let xml = "<worksheet xmlns=\"\(Self.main)\">\(before)<sheetData>\(rows)</sheetData>\(after)</worksheet>"
        sheets.append((name, state, xml))
    }

    /// The parts by their names; a test may change or drop some.
    package var entries: [(name: String, bytes: [UInt8])] {
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
                        + "<workbookPr \(properties)/><sheets>\(list.joined())</sheets>\(after)</workbook>").utf8
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

    package var bytes: [UInt8] {
        get throws { try Self.zip(entries) }
    }

    package static func zip(_ entries: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        var zip = ZipWriter()
        for (name, bytes) in entries { zip.add(name, bytes) }
        return try zip.bytes()
    }

    /// Writes it into a file.
    package func write(to path: String) throws {
        guard let file = fopen(path, "w") else { return }
        defer { fclose(file) }
        let bytes = try bytes
        fwrite(bytes, 1, bytes.count, file)
    }
}

/// Cells in rows, as the XML of a sheet: text in quotes, what begins with `=` as formula with the result behind `|`, the rest as numbers;
/// `nil` for none.
package func sheetRows(_ rows: [(number: Int, cells: [String?])]) -> String {
    rows.map { number, cells in
        "<row r=\"\(number)\">"
            + cells.enumerated().map { index, cell in
                guard let cell else { return "" }
                let address = String(UnicodeScalar(UInt8(65 + index))) + String(number)
                if cell.hasPrefix("'") {
                    return "<c r=\"\(address)\" t=\"inlineStr\"><is><t>\(cell.dropFirst())</t></is></c>"
                }
                if cell.hasPrefix("#") { return "<c r=\"\(address)\" t=\"e\"><v>\(cell)</v></c>" }
                if cell.hasPrefix("=") {
                    let parts = cell.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
                    return "<c r=\"\(address)\"><f>\(parts[0])</f>" + (parts.count > 1 ? "<v>\(parts[1])</v>" : "")
                        + "</c>"
                }
                return "<c r=\"\(address)\"><v>\(cell)</v></c>"
            }.joined() + "</row>"
    }.joined()
}
