import ReviewModel
import TemporarySpec
import Testing

@testable import SpecLoading

@Suite("Tables of a data source, held against the form")
struct SourceTableTests {
    private static let form = """
        form:
          form: test
          fields: {}
          tables:
            years: {key: year, columns: {year: {type: integer, required: true}}}
            lines:
              key: id
              title: {zh: 明细, en: lines}
              columns:
                id: {type: text, required: true}
                year: {type: integer, references: years}
                amount: {type: decimal, unit: CNY, required: true, title: {zh: 金额, en: amount}}
                kind: {type: text, values: [cut, deferral]}
                on: {type: date}
        """

    private func mistakes(_ columns: [String], _ rows: [[Value]], name: String = "lines") throws -> [String] {
        let spec = TemporarySpec("pingshen: 1\nid: t\n\(Self.form)\ntables: {years: [{year: 2025}]}\npipeline: {}\n")
        let loaded = try #require(loadSpec(spec.path).spec)
        let form = try #require(loaded.form)
        var table = Table(schema: TableSchema(name: name, columns: columns.map { Column(name: $0) }))
        for row in rows { table.append(row: row) }
        let log = DiagnosticLog()
        var dossier = loaded.dossier
        dossier.set(form.adopt(table, log: log))
        form.checkReferences(in: dossier, of: [name], log: log)
        return log.diagnostics.map { "\($0.code) \($0.pointer)" }
    }

    @Test("what fits the form is typed as the form says, and nothing is said")
    func fits() throws {
        let rows: [[Value]] = [["a", "2025", "10.00", "cut", "2025-02-28"], ["b", .null, "3", .null, .null]]
        #expect(try mistakes(["id", "year", "amount", "kind", "on"], rows) == [])
    }

    @Test("an unknown table, an unknown column and a missing one are named")
    func shape() throws {
        #expect(try mistakes(["id"], [], name: "lnes") == ["form/unknown-table /tables/lnes"])
        #expect(
            try mistakes(["id", "amuont"], [["a", "1.00"]]) == [
                "form/unknown-column /tables/lines", "value/missing-key /tables/lines",
            ]
        )
    }

    @Test("cells of another type, empty cells, other words, ids given twice and rows that are not there are named")
    func cells() throws {
        let rows: [[Value]] = [
            ["a", "2025年", "10.00", .null, "2025-02-31"], ["a", "2024", .null, "gift", .null],
            ["c", .null, .null, .null, .null],
        ]
        #expect(
            try mistakes(["id", "year", "amount", "kind", "on"], rows).sorted() == [
                "form/duplicate-id /tables/lines/1/id", "form/unknown-reference /tables/lines/1/year",
                "value/missing-key /tables/lines/1/amount", "value/not-allowed /tables/lines/1/kind",
                "value/wrong-type /tables/lines/0/on", "value/wrong-type /tables/lines/0/year",
            ]
        )
    }
}
