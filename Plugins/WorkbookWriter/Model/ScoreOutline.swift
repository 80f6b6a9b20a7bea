import ExcelBooks
import ReviewModel
import Rubrics

/// The items of all raters' sheets as one tree, in the order of the first sheet that has them.
struct ScoreOutline {
    struct Row {
        var code: String
        var name: String
        /// `nil` for what is rated by letters alone.
        var max: ExactDecimal?
        var depth: Int
        /// Positions of its parts.
        var parts: [Int] = []
        /// What the rubric says of it, where the rubric is known.
        var node: RubricNode?
        /// The one that it is a part of, where the rubric is known.
        var parent: Int?
    }

    let rows: [Row]
    let tops: [Int]
    let sheets: [ScoreSheet]
    private let items: [[String: ScoreItem]]
    private let positions: [String: Int]
    let rubric: Rubric?

    /// - Parameter rubric: the one of the settings; with other codes than the sheets' it says nothing.
    init?(_ review: Review, _ rubric: Rubric?) {
        guard !review.scores.isEmpty else { return nil }
        (sheets, self.rubric) = (review.scores, rubric)
        var (rows, tops) = ([Row](), [Int]())
        items = review.scores.map { Dictionary($0.items.map { ($0.code, $0) }) { first, _ in first } }
        var positions: [String: Int] = [:]
        for sheet in [review.reviewSheet].compactMap({ $0 }) + review.scores {
            for item in sheet.items where positions[item.code] == nil {
                let parent = item.parent.flatMap { positions[$0] }
                positions[item.code] = rows.count
                if let parent { rows[parent].parts.append(rows.count) } else { tops.append(rows.count) }
                rows.append(
                    Row(
                        code: item.code,
                        name: item.name,
                        max: item.max,
                        depth: parent.map { rows[$0].depth + 1 } ?? 0,
                        node: rubric?.node(item.code),
                        parent: parent
                    )
                )
            }
        }
        (self.rows, self.tops, self.positions) = (rows, tops, positions)
    }

    func item(_ row: Int, _ rater: Int) -> ScoreItem? { items[rater][rows[row].code] }

    func position(_ code: String) -> Int? { positions[code] }

    /// The rater whose reasons and losses are shown: the reviewer, else the first.
    var leading: Int { sheets.firstIndex(where: \.isReview) ?? 0 }

    var hasLevels: Bool {
        sheets.contains { $0.level != nil || $0.items.contains { $0.level != nil } }
    }

    var hasWeights: Bool {
        if case .mean = rubric?.aggregation { return true }
        return rows.contains { if case .mean = $0.node?.aggregation { true } else { false } }
    }

    /// Whether levels are compared with each other anywhere.
    var hasRanks: Bool {
        rubric?.aggregation.isByLevel == true || rows.contains { $0.node?.aggregation.isByLevel == true }
    }

    /// How the points of a row, or of the whole (`nil`), come from those of the parts.
    func aggregation(_ row: Int?) -> RubricAggregation {
        guard let row else { return rubric?.aggregation ?? .sum }
        return rows[row].node?.aggregation ?? .sum
    }

    /// The scale of a row, or of the whole.
    func scale(_ row: Int?) -> RubricScale {
        guard let row else { return rubric?.scale ?? .free() }
        return rows[row].node?.scale ?? .free()
    }

    /// The levels that those of a row's parts are compared by, best first: of the row's own scale, or of the first part's
    /// that has them all. Empty where some level counts as another, which no cell can say.
    func order(_ row: Int?) -> [String] {
        let scales = [scale(row)] + parts(row).map { scale($0) }
        if scales.contains(where: { $0.levels.contains { $0.countsAs != nil } }) { return [] }
        let names = parts(row).flatMap { part in sheets.indices.compactMap { item(part, $0)?.level } }
        let answers = names.filter { name in !scales.contains { $0.level(name)?.isNotApplicable == true } }
        return scales.lazy.map { $0.order.map(\.name) }.first { order in answers.allSatisfy(order.contains) } ?? []
    }

    func parts(_ row: Int?) -> [Int] { row.map { rows[$0].parts } ?? tops }

    /// The bands of verdicts, with the places that a total is rounded to before.
    var bands: [(verdict: Verdict, range: ScoreRange)] {
        if let rubric, !rubric.bands.isEmpty { return rubric.bands.map { ($0.verdict, $0.range) } }
        return (sheets.first { !$0.bands.isEmpty }?.bands ?? []).compactMap { verdict in
            ScoreRange(verdict.band).map { (verdict, $0) }
        }
    }
}
