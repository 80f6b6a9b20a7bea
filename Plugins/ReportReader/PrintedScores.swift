import BudgetLines
import PrintedReports
import ReviewModel

/// Points of an indicator as a score sheet or a criterion table prints them.
struct PrintedScore: Sendable {
    var line: Int
    /// `A11`; empty where the table names none.
    var code: String
    var name: String
    var points: ExactDecimal
    var maximum: ExactDecimal?
}

extension PrintedTable {
    /// The scores of a score sheet (评分表): points and self score, the last two numbers of a row.
    ///
    /// Indicators below that have a name and no numbers share a merged cell: the points are then those of the indicator above
    /// them all, `C2` for `C21`, `C22` and `C23`.
    var sheetScores: [PrintedScore] {
        var scores: [PrintedScore] = []
        for row in rows where !row.isTotal {
            guard let (start, numbers) = row.numbers(2) else {
                if let last = scores.indices.last, let shared = row.cells.lazy.compactMap(CodedName.init).last {
                    let common = zip(scores[last].code, shared.code).prefix { $0 == $1 }.map(\.0)
                    if !common.isEmpty { scores[last].code = String(common) }
                }
                continue
            }
            guard let name = row.cells[..<start].last(where: { !$0.isEmpty }) else { continue }
            let coded = CodedName(name)
            scores.append(
                PrintedScore(
                    line: row.line.number,
                    code: coded?.code ?? "",
                    name: coded?.name ?? name.folded,
                    points: numbers[1].value,
                    maximum: numbers[0].value
                )
            )
        }
        return scores
    }
}
