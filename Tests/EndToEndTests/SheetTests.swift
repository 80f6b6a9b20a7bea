import ReviewModel
import Testing
import WorkbookFixture

@Suite("A review whose budget lines stand in a workbook", .serialized)
struct SheetTests {
    private let folder = TemporaryFolder()

    private func review(_ rows: [(Int, [String?])], sandbox: String = "") throws -> CommandResult {
        try WorkbookText(rows: sheetRows(rows)).write(to: folder.path + "/book.xlsx")
        write(
            """
            pingshen: 1
            id: from-a-workbook
            form: !include form.yaml
            fields:
              project: {name: 社区厨房, town: 望舒镇, year: 2026}
              organisations: {applicant: 望舒镇社区服务中心}
            pipeline:
              lines: {use: sheet-reader, with: {book: !file ./book.xlsx, tables: {budget_lines: {sheet: 明细, count: {id: L00}}}}}
              audit: {use: deduction-auditor}
              findings: {use: findings-writer}
            """,
            to: folder.path + "/spec.yaml"
        )
        write(read(repository + "/Specs/forms/town-budget-request.yaml"), to: folder.path + "/form.yaml")
        return shell("pingshen run '\(folder.path)/spec.yaml' --json \(sandbox)")
    }

    private let head: [String?] = ["'序号", "'项目内容", "'项目明细", "'数量", "'单价（元）", "'金额（元）"]

    @Test("has its findings at the cells, in words for people", arguments: ["", "--sandbox"])
    func findings(_ sandbox: String) throws {
        let result = try review(
            [
                (1, ["'预算明细表"]), (5, head), (6, ["1", "'厨房", "'灶台", "2", "100.10", "200.20"]),
                (7, ["2", "'厨房", "'水槽", "3", "100", "305"]),
            ],
            sandbox: sandbox
        )
        #expect(result.status == 0 || result.status == 1, "\(result.errors)")
        let findings = result.json?["findings"]?.list ?? []
        let product = try #require(findings.first { $0["rule"]?.text == "arithmetic/line-product" })
        let place = try #require(product["locations"]?.list?.first)
        #expect(place["sheet"]?.text == "明细" && place["cell"]?.text == "F7")
        #expect(place["file"]?.text?.hasSuffix("/book.xlsx") == true)
        #expect(result.json?["amounts"]?["requested"]?.text == "505.20")
        let extra = try #require(findings.first { $0["rule"]?.text == "sheet/unknown-columns" })
        // Not the copy, which lies in another folder in every run.
        #expect(extra["spots"]?.list?.first?["file"]?.text == place["file"]?.text)
        #expect(result.json?["inputs"]?.list?.contains { $0["path"]?.text?.hasSuffix("/book.xlsx") == true } == true)
    }

    @Test("shows a mistake at its cell: a text where an amount belongs")
    func mistake() throws {
        let result = try review([(1, head), (2, ["1", "'厨房", "'灶台", "2", "100", "'待定"])])
        #expect(result.status == 2)
        #expect(result.errors.contains("book.xlsx, 明细!F2"), "\(result.errors)")
    }

    @Test("cannot begin where the workbook has no such sheet or has a password; the setting is shown")
    func refused() throws {
        _ = try review([(1, head)])
        write("not a workbook", to: folder.path + "/book.xlsx")
        let result = shell("pingshen validate '\(folder.path)/spec.yaml'")
        #expect(result.status == 2)
        #expect(result.errors.contains("spec.yaml:"), "\(result.errors)")
    }
}
