import ReviewModel
import Rubrics

/// The combined scores of several raters, item by item.
///
/// Where many things are judged, each of them for itself.
func combine(_ entries: [ScoreEntry], _ rubric: Rubric, _ words: RaterWords) throws -> (
    entries: [ScoreEntry], remarks: [Remark]
) {
    var (combined, remarks, seen) = ([ScoreEntry](), [Remark](), Set<String?>())
    for subject in entries.map(\.of) where seen.insert(subject).inserted {
        let (found, remarked) = try combineOne(entries.filter { $0.of == subject }, rubric, words)
        combined += found
        remarks += remarked
    }
    return entries.isEmpty ? try combineOne([], rubric, words) : (combined, remarks)
}

extension RubricNode {
    /// Whether a rater is among those who score the item.
    func isScored(by rater: String) -> Bool { raters.isEmpty || raters.contains(rater) }
}

extension Rubric {
    /// Whether a rater is one whose scores of some items are not wanted: one of those who are combined, not the applicant nor who is agreed on.
    func hasOwnItems(_ rater: String, _ words: RaterWords) -> Bool {
        rater != combination?.into && rater != words.applicant
    }
}

private func combineOne(_ entries: [ScoreEntry], _ rubric: Rubric, _ words: RaterWords) throws -> (
    entries: [ScoreEntry], remarks: [Remark]
) {
    guard let combination = rubric.combination else { return ([], []) }
    let own = [words.applicant, combination.into]
    // Of a score that a rater gave twice the first counts.
    var seen: Set<[String]> = []
    let counted = entries.filter { entry in
        let isRater =
            combination.raters.isEmpty ? !own.contains(entry.rater) : combination.raters.contains(entry.rater)
        return isRater && seen.insert([entry.rater, entry.code]).inserted
    }
    let raters = counted.reduce(into: [String]()) { if !$0.contains($1.rater) { $0.append($1.rater) } }
    var combined: [ScoreEntry] = []
    var remarks = combination.raters.filter { !raters.contains($0) }.map {
        Remark.absentRater($0, of: entries.first?.of)
    }
    for node in rubric.all {
        let counted = counted.filter { node.isScored(by: $0.rater) }
        let scores = counted.filter { $0.code == node.code && !$0.isNotApplicable }
        // What was decided together counts as it is.
        if entries.contains(where: { $0.rater == combination.into && $0.code == node.code }) { continue }
        if scores.isEmpty {
            // What nobody has scored, and who looked at it says that it does not apply, does not apply to all of them.
            let apart = counted.filter { $0.code == node.code }
            if var entry = apart.first {
                (entry.rater, entry.parts) = (combination.into, apart)
                entry.reason = apart.map(\.reason).joinedAsClauses
                combined.append(entry)
            }
            continue
        }
        remarks.append(.combined(node, scores, raters: raters))
        guard let points = try combination.combine(scores.map(\.points), places: rubric.places) else { continue }
        var entry = ScoreEntry(
            rater: combination.into,
            of: scores[0].of,
            code: node.code,
            points: points.withoutTrailingZeros,
            reason: scores.map(\.reason).joinedAsClauses,
            pointer: scores[0].pointer
        )
        entry.parts = scores
        if node.isRating { entry.take(rank: points, of: node) }
        // Who is combined of levels has one where it is no mean of two.
        if scores.allSatisfy(\.isLevelAlone), let level = node.level(of: entry.points) {
            (entry.level, entry.isLevelAlone) = (level.name, true)
        }
        combined.append(entry)
    }
    return (combined, remarks)
}
