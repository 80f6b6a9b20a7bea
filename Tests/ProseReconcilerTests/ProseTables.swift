import PluginKit
import ReviewModel

@testable import prose_reconciler

/// A small town's dossier with the texts that a test is about.
struct ProseTables {
    /// Texts by name, as the fields hold them.
    var texts: [(String, String)] = []
    /// The reason for the cut of the courses.
    var reason = "参考历年执行情况"

    var dossier: Dossier {
        var dossier = Dossier(
            fields: [
                "project": ["name": "助餐", "town": "望舒镇", "year": 2026],
                "texts": .record(Record(texts.map { ($0.0, .text($0.1)) })),
            ]
        )
        dossier.set(
            table(
                "budget_lines",
                ["id", "group", "detail", "quantity", "unit", "unit_price", "amount", "history_key"],
                [
                    ["L1", "课程活动", "/", 100, "节", "3500.00", "350000.00", "courses"],
                    ["L2", "厨房改造", "灶具", 2, "套", "40000.00", "80000.00", nil],
                    ["L3", "厨房改造", "2024 年排烟尾款", 1, "项", "20000.00", "20000.00", nil],
                ]
            )
        )
        dossier.set(
            table("deductions", ["line", "kind", "amount", "reason"], [["L1", "cut", "50000.00", .text(reason)]])
        )
        dossier.set(
            table(
                "history",
                ["year", "item", "adjusted", "paid", "history_key"],
                [
                    [2024, "课程", "160000.00", "150000.00", "courses"],
                    [2025, "课程活动", "200000.00", "100000.00", "courses"],
                    [2025, "灯箱", "50000.00", "50000.00", nil],
                ]
            )
        )
        dossier.set(table("targets", ["name", "value"], [["课程满意度", "≥90%"], ["课程场次", "100 节"]]))
        dossier.set(table("scores", ["rater", "code", "points"], [["self", "A1", "8.5"]]))
        return dossier
    }

    private func table(_ name: String, _ columns: [String], _ rows: [[Value]]) -> Table {
        var table = Table(schema: TableSchema(name: name, columns: columns.map(column)))
        for row in rows { table.append(row: row) }
        return table
    }

    private func column(_ name: String) -> Column {
        let decimals = ["quantity", "unit_price", "amount", "adjusted", "paid", "points"]
        return Column(name: name, type: decimals.contains(name) ? .decimal : name == "year" ? .integer : .text)
    }

    func assess(_ settings: Value = .null, prior: [String: Assessment] = [:]) async throws -> Assessment {
        try await ProseReconciler().score(ScoringRequest(configuration: settings, dossier: dossier, prior: prior))
    }

    /// The findings as `rule pointer expected found`, first pointers only.
    func findings(_ settings: Value = .null) async throws -> [String] {
        try await assess(settings).findings.map {
            "\($0.rule) \($0.pointers.first?.description ?? "") \($0.expected) | \($0.found)"
        }
    }
}
