import PluginKit
import ReviewModel

@testable import target_checker

/// Tables of targets as tests write them: level 1, level 2, name, value, basis, lines.
struct TargetTables {
    var declared: [[Value]] = []
    var reviewed: [[Value]] = []
    /// Ids of budget lines.
    var lines: [String] = []

    var dossier: Dossier {
        var dossier = Dossier()
        dossier.set(table("declared_targets", declared))
        dossier.set(table("targets", reviewed))
        var budget = Table(
            schema: TableSchema(
                name: "budget_lines",
                columns: ["id", "group", "quantity", "unit_price", "amount"].map { Column(name: $0) }
            )
        )
        for id in lines { budget.append(row: [.text(id), "works", 1, "1000.00", "1000.00"]) }
        dossier.set(budget)
        return dossier
    }

    private func table(_ name: String, _ rows: [[Value]]) -> Table {
        let columns = ["level1", "level2", "name", "value", "basis", "lines"].map { Column(name: $0) }
        var table = Table(schema: TableSchema(name: name, columns: columns))
        for row in rows { table.append(row: row) }
        return table
    }

    func assess(_ settings: Value = [:]) async throws -> Assessment {
        try await TargetChecker().score(ScoringRequest(configuration: settings, dossier: dossier))
    }

    /// The findings as `rule subject pointer`, first pointers only.
    func findings(_ settings: Value = [:]) async throws -> [String] {
        try await assess(settings).findings.map { "\($0.rule) \($0.subject) \($0.pointers.first?.description ?? "")" }
    }
}

/// One measurable target of every kind, with a basis: nothing to be found.
let soundTargets: [[Value]] = [
    ["成本指标", "经济成本指标", "单份成本", "≤9 元", "合同"],
    ["产出指标", "数量指标", "课程开展数", "200 节", "计划"],
    ["产出指标", "质量指标", "验收合格率", "100%", "计划"],
    ["产出指标", "时效指标", "完成时间", "12 月底前", "计划"],
    ["效益指标", "社会效益指标", "覆盖率", "100%", "计划"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "同类项目"],
]
