import BudgetLines
import PrintedReports
import ReviewModel
import SpecLoading
import Testing

@testable import report_reader

/// The first town's report was typed into its spec by hand; what is read from the report itself must be the same.
@Suite("Reading the first town's report")
struct ReportReaderTests {
    private let read: [Table]
    private let typed: Dossier

    init() throws {
        let spec = try #require(loadSpec("Specs/hongqiao/party-service-2026-as-issued.yaml").spec)
        let step = try #require(spec.steps.first { $0.plugin == "report-reader" })
        read = try ReportReader().tables(SourceRequest(configuration: step.configuration))
        typed = try #require(loadSpec("Specs/hongqiao/party-service-2026.yaml").spec).dossier
    }

    /// The cells of some columns, folded, a text a row.
    private func cells(_ table: Table?, _ columns: [String]) -> [String] {
        table?.rows.map { row in columns.map { row.text($0).folded }.joined(separator: " | ") } ?? []
    }

    private func readTable(_ name: String) -> Table? { read.first { $0.name == name } }

    @Test(
        "the tables that were read are those that were typed",
        arguments: [
            ("budget_lines", ["id", "group", "detail", "quantity", "unit_price", "amount"]),
            ("printed_audit", ["line", "requested", "approved", "deducted", "rate"]),
            ("deductions", ["line", "kind", "amount", "reason"]),
            ("history", ["year", "item", "adjusted", "paid", "declared_rate"]),
            (
                "history_years",
                ["year", "declared_adjusted", "declared_paid", "declared_rate", "cut_off", "expected_rate"]
            ),
            ("targets", ["name", "value", "basis"]),
            ("declared_targets", ["level1", "level2", "name", "value"]),
            ("legal_bases", ["title", "number", "issuer", "issued"]),
        ]
    )
    func sameAsTyped(table: String, columns: [String]) {
        #expect(cells(readTable(table), columns) == cells(typed.table(table), columns))
        #expect(readTable(table)?.rowCount ?? 0 > 0)
    }

    @Test("scores are those of the sheet and of the text, evidence is that of the criterion tables")
    func scores() throws {
        let scores = try #require(readTable("scores"))
        let read = scores.rows.map { "\($0.text("rater")) \($0.text("code")) \($0.text("points"))" }
        #expect(read.suffix(3) == ["review A 44", "review B 27", "review C 17"])
        #expect(read.contains("self B2 10") && read.contains("self C2 4") && read.contains("self A24 4"))
        // As printed: the second row of B2 bears no name of its own, and what belongs to C32 stands in the cell of C31.
        let printed = typed.table("evidence")?.rows.map { $0.text("code") == "B22" ? "B21" : $0.text("code") } ?? []
        #expect(cells(readTable("evidence"), ["code"]) == printed.filter { $0 != "C32" })
        #expect(
            cells(readTable("evidence"), ["document", "attached"])
                == cells(typed.table("evidence"), ["document", "attached"]).dropLast()
        )
        let problems = ["problem", "finding", "suggestion", "advice"]
        #expect(cells(readTable("problems"), problems) == cells(typed.table("problems"), problems))
    }

    @Test("every row knows its line in the report")
    func lines() throws {
        let budget = try #require(readTable("budget_lines"))
        #expect(budget.spot(ofRow: 0) == .line(of: JSONPointer(["config", "report"]), line: 69, column: 1))
        for name in [
            "budget_lines", "history", "targets", "scores", "evidence", "problems", "legal_bases", "paragraphs",
        ] {
            let table = try #require(readTable(name))
            #expect(table.rows.indices.allSatisfy { table.spot(ofRow: $0) != nil }, "\(name)")
        }
    }
}
