import BudgetReview
import ReviewModel

/// Scores of codes that the rubric has not, above the points to be had, below zero, or given twice.
func checkEntries(_ entries: [ScoreEntry], _ rubric: Rubric) -> [Finding] {
    var (findings, seen) = (checkRaters(entries, rubric), [String: ScoreEntry]())
    for entry in entries {
        guard let node = rubric.node(entry.code) else {
            findings.append(scoreOfUnknownCode(entry, known: rubric.all.map(\.code)))
            continue
        }
        if let first = seen["\(entry.rater) \(entry.code)"] {
            findings.append(scoredAgain(entry, first))
        } else {
            seen["\(entry.rater) \(entry.code)"] = entry
        }
        if let max = node.max, entry.points > max { findings.append(tooManyPoints(entry, node, max)) }
        if entry.points.isNegative { findings.append(belowZero(entry, node)) }
        if node.max == nil { findings.append(notScoredByItself(entry, node)) }
    }
    return findings
}
