import ReviewModel
import Rubrics

/// The answers of the rubric's queries, by their text and, for the points of an item, its maximum, which the text may ask for
/// as `:max`.
func ask(
    _ queries: [(sql: String, node: RubricNode?)],
    _ context: any RoleContext
) async throws -> (answers: [String: Value], remarks: [Remark]) {
    var (answers, remarks) = ([String: Value](), [Remark]())
    var asked: Set<String> = []
    for (sql, node) in queries where asked.insert(answerKey(sql, node?.max)).inserted {
        do {
            let answer = try await context.query(sql, ["max": Value(node?.max)])
            guard answer.rowCount == 1, answer.schema.columns.count == 1 else {
                remarks.append(.notOneValue(node, rows: answer.rowCount, columns: answer.schema.columns.count))
                continue
            }
            answers[answerKey(sql, node?.max)] = answer.cell(row: 0, column: 0)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            remarks.append(.queryFailed(node, reason: "\(error)"))
        }
    }
    return (answers, remarks)
}

/// What an answer is known by: two items may ask the same of different maxima.
func answerKey(_ sql: String, _ max: ExactDecimal?) -> String {
    max.map { "\(sql)\u{1F}\($0.withoutTrailingZeros)" } ?? sql
}
