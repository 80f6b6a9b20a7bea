import BudgetLines
import PrintedReports
import ReviewModel

/// A column of few words that stand in it again and again, 优 良 中 or 同意 部分同意 不同意: of what kind its rows are.
struct KindColumn {
    let grid: NumberGrid
    let column: Int
    /// The rows that are no totals.
    let rows: [NumberGrid.Row]
    let counts: [String: Int]
    /// The words, longer ones before those that they end with.
    let kinds: [String]
    /// Whether its head says that it judges: 等级, 评审结论.
    let isJudged: Bool

    init?(_ grid: NumberGrid, _ column: Int) {
        let rows = grid.rows.filter { !$0.isTotal }
        guard (3...200).contains(rows.count), !grid.numeric.contains(column) else { return nil }
        let values = rows.map { $0.texts[column].folded }
        guard
            values.allSatisfy({
                (1...8).contains($0.count) && !$0.contains(where: \.isPlainDigit) && NumberGrid.Cell($0) == nil
            })
        else { return nil }
        let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
        let isJudged = grid.words["kind_heads"].contains(where: grid.heads[column].hasSuffix)
        guard (2...8).contains(counts.count), isJudged || counts.count < rows.count else { return nil }
        (self.grid, self.column, self.rows, self.counts, self.isJudged) = (grid, column, rows, counts, isJudged)
        kinds = counts.keys.sorted { ($1.count, $0) < ($0.count, $1) }
    }

    func kind(_ row: NumberGrid.Row) -> String { row.texts[column].folded }

    /// The columns of kinds that a report has.
    static func all(_ grids: [NumberGrid]) -> [KindColumn] {
        grids.flatMap { grid in grid.heads.indices.compactMap { KindColumn(grid, $0) } }
    }
}

/// How many rows of a kind a sentence counts: `优的3项`, `部分同意4项`, `3项为优`.
struct KindMention {
    var kind: String
    var count: Int
    /// Where its number stands in the sentence.
    var range: Range<Int>
    var unit: Character

    static func all(in sentence: String, _ kinds: [String], _ words: ReportWords) -> [KindMention] {
        let letters = Array(sentence)
        return StatedFigure.all(in: sentence).compactMap { figure in
            guard figure.value.places == 0, let count = Int(figure.digits), count < 1_000,
                let unit = figure.behind.first, words["kind_counters"].contains(String(unit))
            else { return nil }
            let clause = letters[..<figure.range.lowerBound].split { "，；：、（。".contains($0) }.last ?? []
            let isSeparated = figure.range.lowerBound == 0 || "，；：、（。".contains(letters[figure.range.lowerBound - 1])
            let lead = isSeparated ? "" : String(clause).strippedEnds(words["kind_tails"])
            let kind =
                kinds.first { lead.isNamed($0, words["kind_leads"]) }
                ?? kinds.first { kind in
                    guard lead.isEmpty || lead.count <= 2 && isSeparated else { return false }
                    let rest = figure.behind.dropFirst()
                    // 4项合格，1项不合格
                    return (words["kind_links"] + (kind.count > 1 ? [""] : [])).contains { link in
                        guard rest.hasPrefix(link + kind) else { return false }
                        return rest.dropFirst(link.count + kind.count).first.map { "，；、。）".contains($0) } ?? true
                    }
                }
            return kind.map { KindMention(kind: $0, count: count, range: figure.range, unit: unit) }
        }
    }
}

extension String {
    /// Without the words that stand at its end, several of them one behind the other.
    func strippedEnds(_ ends: [String]) -> String {
        var text = self
        for _ in 0..<4 {
            guard let end = ends.filter(text.hasSuffix).max(by: { $0.count < $1.count }), end.count < text.count else {
                return text
            }
            text.removeLast(end.count)
        }
        return text
    }

    /// Whether it ends with the name of a kind and nothing before it makes another word of it: 优 of 评为优, not of 择优; 同意 of 同意, not of 不同意.
    fileprivate func isNamed(_ kind: String, _ leads: [String]) -> Bool {
        guard hasSuffix(kind) else { return false }
        let rest = dropLast(kind.count)
        if rest.isEmpty { return true }
        if kind.count < 3 { return leads.contains(where: rest.hasSuffix) }
        return !(rest.last.map { "不未非无部".contains($0) } ?? false)
    }
}
