import PluginKit
import ReviewModel

@testable import deduction_auditor

/// Tables of a dossier by name, columns and rows.
struct AuditTables {
    var tables: [Table] = []

    static let lineColumns = ["id", "group", "detail", "quantity", "unit_price", "amount", "history_key"]
    static let historyColumns = ["year", "item", "adjusted", "paid", "declared_rate", "history_key"]

    func with(_ name: String, _ columns: [String], _ rows: [[Value]]) -> AuditTables {
        var table = Table(schema: TableSchema(name: name, columns: columns.map { Column(name: $0) }))
        for row in rows { table.append(row: row) }
        return AuditTables(tables: tables + [table])
    }

    func lines(_ rows: [[Value]]) -> AuditTables { with("budget_lines", Self.lineColumns, rows) }
    func deductions(_ rows: [[Value]]) -> AuditTables {
        with("deductions", ["line", "kind", "amount", "reason"], rows)
    }
    func history(_ rows: [[Value]]) -> AuditTables { with("history", Self.historyColumns, rows) }
    func years(_ rows: [[Value]]) -> AuditTables { with("history_years", ["year", "cut_off"], rows) }
    func printed(_ rows: [[Value]]) -> AuditTables {
        with("printed_audit", ["line", "requested", "approved", "deducted", "rate"], rows)
    }
    func declared(_ rows: [[Value]]) -> AuditTables {
        with("declared_figures", ["figure", "value", "unit", "source"], rows)
    }

    func assess() async throws -> Assessment {
        try await DeductionAuditor().score(ScoringRequest(dossier: Dossier(tables: tables)))
    }

    /// The findings as `severity rule subject`.
    func findings() async throws -> [String] {
        try await assess().findings.map { "\($0.severity) \($0.rule) \($0.subject)" }
    }
}
