import Glibc
import ReportDocument
import ReportNames
import ReportTemplate
import ReviewModel
import Synchronization
import Testing

@testable import report_writer

/// A host that has more tables than it sends.
private final class Shelf: RoleContext {
    let locale = Locale.zh
    let held: [Table]
    private let asked = Mutex<[String]>([])

    /// The tables that were read.
    var read: [String] { asked.withLock { $0 } }

    init(held: [Table]) { self.held = held }

    func log(_ level: LogLevel, _ message: String) {}
    func progress(done: Int, total: Int?, message: String) {}
    func query(_ sql: String, _ parameters: Record) async throws -> Table { throw NoDossier() }

    func tables() async throws -> [TableSummary] {
        held.map { TableSummary(schema: $0.schema, rowCount: $0.rowCount) }
    }

    func read(_ table: String, columns: [String]?, page: @Sendable (Table) async throws -> Void) async throws {
        asked.withLock { $0.append(table) }
        guard let table = held.first(where: { $0.name == table }) else { return }
        for row in 0..<table.rowCount {
            var part = Table(schema: table.schema)
            _ = part.append(page: table.page(row..<row + 1))
            try await page(part)
        }
    }
}

@Suite("Tables that only the form knows")
struct FurtherTableTests {
    private func shelf() -> Shelf {
        let columns = [
            Column(name: "day", title: LocalizedText(zh: "日期", en: "day"), type: .date),
            Column(name: "place", title: LocalizedText(zh: "地点", en: "place")),
            Column(name: "cost", title: LocalizedText(zh: "费用", en: "cost"), type: .decimal, unit: "CNY"),
            Column(name: "share", type: .decimal, unit: "percent"), Column(name: "people", type: .integer),
            Column(name: "done", type: .boolean), Column(name: "topics", type: .texts),
            Column(name: "单位", type: .decimal),
        ]
        var visits = Table(schema: TableSchema(name: "visits", columns: columns))
        visits.append(row: ["2026-03-05", "一村", "12345.6", "12.5", 1200, true, ["水", "电"], "1234.50"])
        visits.append(row: [nil, "二村 {{cost}}", "1", nil, nil, false, [], nil])
        return Shelf(held: [visits, Fixture.table("unused", ["a"], [["1"]])])
    }

    private func markdown(_ blocks: String, _ shelf: Shelf) async throws -> String {
        let directory = ScratchFolder()
        defer { directory.remove() }
        let settings: Value = ["template": ["id": "t", "title": "t", "blocks": Fixture.yaml(blocks)]]
        var request = try Fixture.request(settings, directory: directory.path)
        (request.context, request.formats) = (shelf, ["md"])
        _ = try await ReportWriter().render(request)
        return try Fixture.read(directory.path + "/report.md")
    }

    @Test("one prints in text and in blocks, each column in the form of its type and unit; no other is read")
    func printed() async throws {
        let shelf = shelf()
        let text = try await markdown(
            """
            - table: 走访
              columns: [一, 二, 三, 四, 五, 六, 七, 八]
              rows:
                - each: visits
                  rows: [["{{day}}", "{{place}}", "{{cost}}", "{{share}}", "{{people}}", "{{done}}", "{{topics}}", "{{单位}}"]]
            - text: "共 {{count(visits)}} 次：{{#visits}}{{place}}{{^last}}、{{/last}}{{/visits}}"
            - each: tables.visits
              as: visit
              blocks: [{text: "{{visit.index}}. {{visit.cost}}"}]
            """,
            shelf
        )
        #expect(
            text == """
                **走访**

                | 一 | 二 | 三 | 四 | 五 | 六 | 七 | 八 |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                | 2026 年 3 月 5 日 | 一村 | 12,345.60 | 12.50% | 1200 | 是 | 水、电 | 1,234.50 |
                |  | 二村 1.00 | 1.00 |  |  | 否 |  |  |

                共 2 次：一村、二村 1.00

                1\\. 12,345.60

                2\\. 1.00

                """
        )
        #expect(shelf.read == ["visits"])
    }

    @Test("a text of the dossier may name one, too, and a report that names none asks for none")
    func lazily() async throws {
        let shelf = shelf()
        #expect(try await markdown("- text: \"{{texts.plain}}\"", shelf) == "两段。\n\n第二段。\n")
        #expect(shelf.read.isEmpty)
    }
}

@Suite("Memory")
struct MemoryTests {
    @Test("nothing of a report is left when it is written")
    func released() throws {
        weak var model: ReportModel?
        weak var values: DossierValues?
        weak var scope: Scope?
        do {
            let report = ReportModel(try Fixture.request())
            let expander = Expander(report, language: .chinese)
            (model, values, scope) = (report, report.values, expander.root)
            let names = ["texts.slotted", "texts.circle", "amounts.requested", "#cuts}}{{reason}}{{opinion}}{{/cuts"]
            let roots = ReportModel.rootNames.map { "#\($0)}}{{/\($0)" }
            for name in names + roots {
                let wording = Wording("{{\(name)}}", at: JSONPointer(), log: DiagnosticLog())
                _ = expander.runs(wording, in: expander.root)
            }
            #expect(model != nil && values != nil && scope != nil)
        }
        #expect(model == nil && values == nil && scope == nil)
    }
}

/// A folder for one test.
private struct ScratchFolder {
    let path: String

    init() {
        var template = Array("/tmp/report-writer-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer {
            $0.baseAddress.flatMap(mkdtemp).map { String(cString: $0) } ?? ""
        }
    }

    func remove() {
        unlink(path + "/report.md")
        rmdir(path)
    }
}
