import DossierQuery
import ReviewModel
import Testing

@Suite("What the documents say")
struct DocumentTests {
    @Test("every promise of Docs/SECURITY.md is kept by a test of that name")
    func promises() throws {
        let names = read(repository + "/Docs/SECURITY.md").split(separator: "\n")
            .filter { $0.hasPrefix("|") && $0.hasSuffix("\" |") }
            .compactMap { $0.split(separator: "\"").dropLast().last.map(String.init) }
        #expect(names.count > 15)
        let tests = shell("cat Tests/*/*.swift").output
        for name in names { #expect(tests.contains("\"\(name)\""), "no test is called: \(name)") }
    }

    @Test("every query of Docs/QUERIES.md has an answer")
    func queries() throws {
        func table(_ name: String, _ columns: [(String, ColumnType)], _ rows: [[Value]]) -> Table {
            var table = Table(schema: TableSchema(name: name, columns: columns.map { Column(name: $0.0, type: $0.1) }))
            for row in rows { table.append(row: row) }
            return table
        }
        let dossier = Dossier(tables: [
            table(
                "lines",
                [("id", .text), ("category", .text), ("amount", .decimal), ("quantity", .integer), ("tags", .texts)],
                [["M1", "活动", "100.00", 1, []], ["M2", "活动", "210.00", 2, []], ["M3", "宣传", "5.00", 1, []]]
            ),
            table(
                "history",
                [("line", .text), ("year", .integer), ("paid", .decimal)],
                [["M1", 2023, "90.00"], ["M1", 2024, "95.00"], ["M2", 2024, "250.00"]]
            ),
        ])
        let answers = try fencedBlocks("sql", in: read(repository + "/Docs/QUERIES.md")).map { sql in
            let table = try DossierQuery(sql).run(on: dossier)
            return table.rows.map { row in table.columns.map { $0[row.index].scalarText ?? "" } }
        }
        #expect(
            answers == [
                [["活动", "2", "310.00"]], [["M1", "2"]], [["M3"]],
                [["M1", "100.00", "92.50", "8.11"], ["M2", "210.00", "250.00", "-16.00"]],
                [["M1", "2023", ""], ["M1", "2024", "5.00"], ["M2", "2024", ""]],
            ]
        )
    }
}
