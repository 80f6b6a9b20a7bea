import BudgetReview
import ReviewModel

/// The answers of the rubric's queries, by their text; a query that has none is a finding.
func ask(
    _ queries: [(sql: String, node: RubricNode?)],
    _ context: any RoleContext
) async throws -> (answers: [String: Value], findings: [Finding]) {
    var (answers, findings) = ([String: Value](), [Finding]())
    for (sql, node) in queries where answers[sql] == nil {
        do {
            let answer = try await context.query(sql, ["max": Value(node?.max)])
            guard answer.rowCount == 1, answer.columns.count == 1 else {
                findings.append(notOneValue(node, rows: answer.rowCount, columns: answer.columns.count))
                continue
            }
            answers[sql] = answer.columns[0][0]
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            findings.append(unanswered(node, "\(error)"))
        }
    }
    return (answers, findings)
}

// MARK: - Messages

private func notOneValue(_ node: RubricNode?, rows: Int, columns: Int) -> Finding {
    Finding(
        rule: "rubric/not-one-value",
        severity: .error,
        message: LocalizedText(
            zh: "\(node?.code ?? "条件")的查询应得出一个值，实得 \(rows) 行 \(columns) 列",
            en:
                "the query of \(node?.code ?? "a condition") should give one value, it gives \(rows) row(s) of \(columns)"
        ),
        subject: node?.code ?? "",
        pointers: [JSONPointer(["config"] + (node?.pointer.tokens ?? ["rubric"]))],
        hint: LocalizedText(zh: "请用 sum、count 等汇总", en: "use sum, count or the like")
    )
}

private func unanswered(_ node: RubricNode?, _ reason: String) -> Finding {
    Finding(
        rule: "rubric/query-failed",
        severity: .error,
        message: LocalizedText(
            zh: "\(node?.code ?? "条件")的查询没有结果：\(reason)",
            en: "the query of \(node?.code ?? "a condition") has no answer: \(reason)"
        ),
        subject: node?.code ?? "",
        pointers: [JSONPointer(["config"] + (node?.pointer.tokens ?? ["rubric"]))],
        hint: LocalizedText(zh: "查询语言见 Docs/QUERIES.md", en: "Docs/QUERIES.md describes the language")
    )
}
