import ExcelBooks
import Glibc
import OfficeFiles
import PluginKit
import ReviewModel
import Testing

@testable import workbook_writer

/// A workbook that was written for a test, by its parts.
struct WrittenBook {
    let bytes: [UInt8]
    private let parts: ZipReader

    /// Writes the workbook of a review.
    ///
    /// - Parameter writer: who writes it; its first file is the workbook.
    init(
        _ review: Review,
        _ tables: [Table] = [],
        fields: Record = [:],
        settings: Value = .null,
        form: DossierOutline? = nil,
        by writer: some Renderer = WorkbookWriter()
    ) async throws {
        var template = Array("/tmp/pingshen-workbook-XXXXXX".utf8CString)
        let folder = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nowhere"
        }
        defer {
            unlink(folder + "/" + ProjectBookWriter.stepName)
            rmdir(folder)
        }
        let request = RenderingRequest(
            configuration: settings,
            review: review,
            dossier: Dossier(fields: fields, tables: tables),
            formats: ["xlsx"],
            scratchDirectory: folder,
            form: form
        )
        let rendering = try await writer.render(request)
        let path = folder + "/" + (rendering.artifacts.first?.path ?? "")
        defer { unlink(path) }
        try self.init(file: path)
    }

    /// A workbook that stands in a file.
    init(file path: String) throws {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        self.bytes = bytes
        parts = try ZipReader(bytes)
    }

    /// The names of all parts, in order.
    var partNames: [String] { parts.entries.map(\.name) }

    /// The text of a part; empty where there is none.
    func part(_ name: String) -> String {
        (try? parts.bytes(of: name)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The names of the sheets, in order.
    var sheets: [String] { attributes("name", of: "sheet", in: part("xl/workbook.xml")) }

    /// The XML of a sheet, by its name.
    func sheet(_ name: String) -> String {
        (sheets.firstIndex(of: name)).map { part("xl/worksheets/sheet\($0 + 1).xml") } ?? ""
    }

    /// What stands in a cell: `=` and the formula, and behind an arrow the cached value; or the text; or the number.
    func cell(_ sheet: String, _ address: String) -> String {
        let xml = self.sheet(sheet)
        guard let start = xml.firstRange(of: "<c r=\"\(address)\"") else { return "" }
        let rest = xml[start.lowerBound...]
        guard let close = rest.firstIndex(of: ">"), rest[..<close].last != "/" else { return "" }
        let head = rest[..<close]
        let body = rest[rest.index(after: close)...]
        let end = body.firstRange(of: "</c>")?.lowerBound ?? body.endIndex
        let value =
            between("<v>", "</v>", body[..<end]) ?? between("<t>", "</t>", body[..<end])
            ?? between("<t xml:space=\"preserve\">", "</t>", body[..<end]) ?? ""
        if let formula = between("<f>", "</f>", body[..<end]) { return plain("=\(formula) → \(value)") }
        return head.contains("t=\"s\"") ? plain(strings[Int(value) ?? 0]) : plain(value)
    }

    /// The texts of the book's one list.
    private var strings: [String] {
        part("xl/sharedStrings.xml").components(separatedBy: "<si>").dropFirst().map { item in
            guard let open = item.firstRange(of: "<t"), let close = item[open.upperBound...].firstIndex(of: ">") else {
                return ""
            }
            let rest = item[item.index(after: close)...]
            return String(rest[..<(rest.firstRange(of: "</t>")?.lowerBound ?? rest.endIndex)])
        }
    }

    private func between(_ open: String, _ close: String, _ text: Substring) -> String? {
        guard let start = text.firstRange(of: open), let end = text[start.upperBound...].firstRange(of: close) else {
            return nil
        }
        return String(text[start.upperBound..<end.lowerBound])
    }

    private func attributes(_ name: String, of element: String, in xml: String) -> [String] {
        xml.components(separatedBy: "<\(element) ").dropFirst().compactMap { part in
            between("\(name)=\"", "\"", part[...]).map(plain)
        }
    }

    private func plain(_ xml: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")].reduce(xml) { $0.replacing($1.0, with: $1.1) }
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        var (parts, rest) = ([String](), self[...])
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
