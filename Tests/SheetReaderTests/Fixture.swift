import Glibc
import ReviewModel
import WorkbookFixture

@testable import sheet_reader

/// A folder for one test, which goes with it.
final class Folder {
    let path: String

    init() {
        var template = Array("/tmp/pingshen-sheets-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    }

    deinit {
        for name in names { unlink(path + "/" + name) }
        rmdir(path)
    }

    private var names: [String] = []

    /// Writes a file and returns its path.
    func write(_ name: String, _ bytes: [UInt8]) -> String {
        let place = path + "/" + name
        if let file = fopen(place, "w") {
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
        names.append(name)
        return place
    }

    func write(_ name: String, _ book: WorkbookText) throws -> String { write(name, try book.bytes) }
}

/// The form of budget lines, as small as tests need it.
let form = DossierOutline(
    tables: [
        TableSchema(
            name: "budget_lines",
            title: LocalizedText(zh: "预算明细", en: "budget lines"),
            columns: [
                Column(name: "id"), Column(name: "group", title: LocalizedText(zh: "项目内容", en: "item")),
                Column(name: "detail", title: LocalizedText(zh: "项目明细", en: "detail")),
                Column(name: "quantity", title: LocalizedText(zh: "数量", en: "quantity"), type: .decimal),
                Column(name: "price", title: LocalizedText(zh: "单价", en: "unit price"), type: .decimal, unit: "CNY"),
                Column(name: "amount", title: LocalizedText(zh: "金额", en: "amount"), type: .decimal, unit: "CNY"),
                Column(name: "rate", title: LocalizedText(zh: "执行率", en: "rate"), type: .decimal, unit: "percent"),
                Column(name: "day", title: LocalizedText(zh: "日期", en: "day"), type: .date),
                Column(name: "new", title: LocalizedText(zh: "是否新增", en: "new"), type: .boolean),
                Column(name: "tags", title: LocalizedText(zh: "标签", en: "tags"), type: .texts),
            ]
        )
    ],
    synonyms: ["budget_lines.amount": ["合价", "申报金额"], "budget_lines": ["明细表"]]
)

let head: [String?] = ["'项目内容", "'项目明细", "'数量", "'单价（元）", "'金 额\n（元）"]

/// What the source makes of a file with these settings.
func reading(_ path: String, _ table: Value = .null, _ more: Record = [:]) async throws -> SourceReading {
    var configuration: Record = ["book": .text(path), "tables": ["budget_lines": table]]
    for (key, value) in more.members { configuration[key] = value }
    return try await SheetReader().read(SourceRequest(configuration: .record(configuration), form: form))
}

extension SourceReading {
    /// The rows, cells parted by bars.
    var rows: [String] {
        guard let table = tables.first else { return [] }
        return (0..<table.rowCount).map { row in
            table.schema.columns.indices.map { column in
                let cell = table.cell(row: row, column: column)
                return cell.scalarText ?? cell.list.map { $0.compactMap(\.text).joined(separator: "+") } ?? ""
            }.joined(separator: "|")
        }
    }

    var columns: [String] { tables.first?.schema.columns.map(\.name) ?? [] }

    var rules: [String] { findings.map { String($0.rule.dropFirst("sheet/".count)) } }

    /// Where findings stand, without their file.
    var places: [String] {
        findings.map { finding in
            if case .place(.cell(_, let sheet, let address))? = finding.spots.first {
                "\(sheet)!\(address)"
            } else {
                ""
            }
        }
    }
}
