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
                findings.append(otherThanOneValue(node, rows: answer.rowCount, columns: answer.columns.count))
                continue
            }
            answers[sql] = answer.columns[0][0]
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            findings.append(withoutAnswer(node, "\(error)"))
        }
    }
    return (answers, findings)
}
