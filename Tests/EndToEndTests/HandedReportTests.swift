import BudgetLines
import PrintedReports
import ReviewModel
import SpecLoading
import Testing

@testable import report_reader

@Suite("Reports as Word, PDF, HTML and Markdown files")
struct HandedReportTests {
    private static let spec = "Specs/hongqiao/party-service-2026.yaml"
    private static let compared: [(table: String, columns: [String])] = [
        ("budget_lines", ["id", "group", "detail", "quantity", "unit_price", "amount"]),
        ("printed_audit", ["line", "requested", "approved", "deducted", "rate"]),
        ("deductions", ["line", "kind", "amount", "reason"]),
        ("history", ["year", "item", "adjusted", "paid", "declared_rate"]),
        ("targets", ["level1", "level2", "name", "value", "basis"]),
        ("declared_targets", ["level1", "level2", "name", "value"]),
        ("legal_bases", ["title", "number", "issuer", "issued"]),
    ]

    /// How many cells of each table are those that were typed, and what is not.
    private func equalCells(_ path: String) throws -> (equal: Int, other: [String]) {
        let typed = try #require(loadSpec(Self.spec).spec).dossier
        let configuration: Value = ["document": .text(path), "ends_before": "附件3"]
        let read = try ReportReader().tables(SourceRequest(configuration: configuration))
        var (equal, other) = (0, [String]())
        for (name, columns) in Self.compared {
            let wanted = typed.table(name)?.rows.map { row in columns.map { row.text($0).folded } } ?? []
            let found = read.first { $0.name == name }?.rows.map { row in columns.map { row.text($0).folded } } ?? []
            if wanted.count != found.count { other.append("\(name): \(found.count) rows for \(wanted.count)") }
            for (row, (one, two)) in zip(wanted, found).enumerated() {
                for (column, (a, b)) in zip(one, two).enumerated() {
                    if a == b { equal += 1 } else { other.append("\(name) \(row + 1) \(columns[column]): \(a) | \(b)") }
                }
            }
        }
        return (equal, other)
    }

    @Test(
        "the tables that are read from the first town's own Word, HTML and Markdown files are the typed ones, cell by cell"
    )
    func sameAsTyped() throws {
        let folder = TemporaryFolder()
        let result = shell("pingshen run \(Self.spec) --format docx,md,html --out '\(folder.path)'")
        #expect(result.status == 0, "\(result.errors)")
        for ending in ["docx", "md", "html"] {
            let (equal, other) = try equalCells(folder.path + "/hongqiao-party-service-2026/report.\(ending)")
            print("\(ending): \(equal) cells equal, \(other.count) not")
            #expect(other.isEmpty, "\(ending): \(other.prefix(20))")
            #expect(equal == 631, "\(ending)")
        }
    }

    @Test(
        "and so are those of its PDF file, as LibreOffice makes it",
        .enabled(if: shell("command -v soffice").status == 0)
    )
    func pdf() throws {
        let folder = TemporaryFolder()
        let result = shell("pingshen run \(Self.spec) --format pdf --out '\(folder.path)'")
        #expect(result.status == 0, "\(result.errors)")
        let (equal, other) = try equalCells(folder.path + "/hongqiao-party-service-2026/report.pdf")
        print("pdf: \(equal) cells equal, \(other.count) not")
        #expect(other.isEmpty, "\(other.prefix(20))")
        #expect(equal == 631)
    }
}
