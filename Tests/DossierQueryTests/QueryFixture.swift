import DossierQuery
import ReviewModel

/// A small dossier: budget lines, their history, and who pays.
let dossier: Dossier = {
    func table(_ name: String, _ columns: [(String, ColumnType)], _ rows: [[Value]]) -> Table {
        var table = Table(schema: TableSchema(name: name, columns: columns.map { Column(name: $0.0, type: $0.1) }))
        for row in rows { table.append(row: row) }
        return table
    }
    return Dossier(
        fields: ["project": ["name": "党建服务", "year": 2026, "budget": "14017700.00"]],
        tables: [
            table(
                "lines",
                [("id", .text), ("category", .text), ("amount", .decimal), ("quantity", .integer), ("tags", .texts)],
                [
                    ["M1", "活动", "100.10", 1, ["会议"]], ["M2", "活动", "200.20", 2, []],
                    ["M3", "宣传", .decimal(ExactDecimal(significand: 30030, places: 2)), 3, ["会议", "印刷"]],
                    ["M4", "宣传", nil, nil, nil],
                ]
            ),
            table(
                "history",
                [("line", .text), ("year", .integer), ("paid", .decimal)],
                [["M1", 2023, "90.00"], ["M1", 2024, "95.00"], ["M3", 2024, "250.00"], ["M9", 2024, "1.00"]]
            ),
        ]
    )
}()

/// The rows of the answer, cells as a person would type them.
func ask(_ sql: String, _ parameters: [String: Value] = [:], limits: QueryLimits = QueryLimits()) throws(QueryError)
    -> [[String]]
{
    let table = try DossierQuery(sql).run(on: dossier, parameters: parameters, limits: limits)
    return table.rows.map { row in table.columns.map { $0[row.index].scalarText ?? "\($0[row.index])" } }
}
