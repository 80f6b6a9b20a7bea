internal import ReviewModel

/// One run of a query: the rows being looked at, and how much work is left.
final class Execution {
    let dossier: Dossier
    let parameters: [String: Value]
    private let limits: QueryLimits
    private var steps = 0
    /// The current row of every query that is being evaluated, outermost first.
    var rows: [[Value]] = []
    /// The rows of the group that aggregates look at, a list a grouped query, outermost first.
    var groups: [[[Value]]] = []

    init(dossier: Dossier, parameters: [String: Value], limits: QueryLimits) {
        (self.dossier, self.parameters, self.limits) = (dossier, parameters, limits)
    }

    /// Counts one row looked at.
    func step() throws(QueryError) {
        steps += 1
        if steps > limits.steps {
            throw QueryError(
                0,
                zh: "查询工作量过大（超过 \(limits.steps) 步）",
                en: "the query takes too much work (more than \(limits.steps) rows looked at)",
                help: LocalizedText(zh: "请加上连接条件或 WHERE", en: "join on a condition, or narrow it with WHERE")
            )
        }
        if steps & 0xFFF == 0, Task.isCancelled { throw QueryError(0, zh: "已取消", en: "cancelled") }
    }

    func check(rowCount: Int) throws(QueryError) {
        if rowCount > limits.rows {
            throw QueryError(
                0,
                zh: "查询结果过大（超过 \(limits.rows) 行）",
                en: "the query makes too many rows (more than \(limits.rows))",
                help: LocalizedText(zh: "请加上 LIMIT、GROUP BY 或 WHERE", en: "use LIMIT, GROUP BY or WHERE")
            )
        }
    }

    func with<Result>(row: [Value], _ body: () throws(QueryError) -> Result) throws(QueryError) -> Result {
        rows.append(row)
        defer { rows.removeLast() }
        return try body()
    }

    func with<Result>(group: [[Value]], _ body: () throws(QueryError) -> Result) throws(QueryError) -> Result {
        groups.append(group)
        defer { groups.removeLast() }
        return try body()
    }
}

/// A compiled expression.
typealias Evaluation = (Execution) throws(QueryError) -> Value
