import BudgetLines
import ReviewModel
import Rubrics

/// The points of every rater's sheet, each from those of its parts, and the verdict of the review's.
func scoreFacts(_ scoring: Scoring, _ queries: QuerySources) -> [Fact] {
    let sheets = scoring.raters.filter { $0.sheet != nil }
    let combined = Dictionary(
        scoring.entries.filter { !$0.parts.isEmpty }.map { ("\($0.sheet)/\($0.code)", $0) }
    ) { first, _ in first }
    let verdict = sheets.first { $0.sheet?.isReview ?? false }.flatMap(verdictFact)
    return (verdict.map { [$0] } ?? [])
        + sheets.flatMap { facts(of: $0, queries, combined, scoring) }
}

/// The verdict, from the total, or from what a rule of the rubric looks at.
private func verdictFact(_ result: Scoring.RaterResult) -> Fact? {
    guard let sheet = result.sheet, let verdict = sheet.verdict else { return nil }
    // Its value is the code, for whoever compares it; people read the name.
    let label = LocalizedText(zh: "评审结论（\(verdict.name.zh)）", en: "verdict (\(verdict.name.en))")
    var fact = Fact(id: "verdict", label: label, value: .text(verdict.code))
    if let override = result.override {
        fact.calculation = override.when.text
        fact.sources = override.when.conditions.map { JSONPointer(["fields"] + $0.field.tokens) }
        let scored = Set(sheet.items.filter(\.isScored).map(\.code))
        fact.inputs = override.when.codes.map(\.code).filter(scored.contains).map { "scores.\(sheet.rater).\($0)" }
        return fact
    }
    fact.inputs = ["scores.\(sheet.rater).total"]
    if let total = sheet.total { fact.calculation = "\(Money.points(total)) ∈ \(verdict.band)" }
    return fact
}

private func facts(
    of result: Scoring.RaterResult,
    _ queries: QuerySources,
    _ combined: [String: ScoreEntry],
    _ scoring: Scoring
) -> [Fact] {
    guard let sheet = result.sheet else { return [] }
    let parts = Dictionary(grouping: sheet.items.filter(\.isTold)) { $0.parent ?? "" }
    let items = sheet.items.compactMap { item -> Fact? in
        guard item.isTold else { return nil }
        var fact = fact(
            "scores.\(sheet.rater).\(item.code)",
            scoring.node[item.code]?.name ?? LocalizedText(item.name),
            points: item.points,
            level: item.level
        )
        fact.sources = item.pointer.map { [scoring.cell(of: $0)] } ?? []
        if let entry = combined["\(sheet.rater)/\(item.code)"], item.status == .given {
            fact.explain(entry, by: scoring.rubric.combination?.method, scoring.words, scoring.locale)
        }
        if item.status == .summed {
            fact.explain(item.points, by: parts[item.code] ?? [], of: sheet.rater, scoring.whole(of: item.code))
        }
        return queries.traced(fact, of: item, about: result.of)
    }
    guard sheet.total != nil || sheet.level != nil else { return items }
    let label =
        sheet.total == nil
        ? LocalizedText(zh: "总评", en: "overall level") : LocalizedText(zh: "总分", en: "total score")
    var total = fact("scores.\(sheet.rater).total", label, points: sheet.total, level: sheet.level)
    total.explain(sheet.total, by: parts[""] ?? [], of: sheet.rater, scoring.whole(of: nil))
    return [total] + items
}

extension ScoreItem {
    /// Whether something is to be said of it: a score, or that by the dossier it does not apply.
    fileprivate var isTold: Bool { isScored || isComputedAway }

    /// Whether a query has said that it does not apply.
    var isComputedAway: Bool { status == .notApplicable && pointer == nil && level != nil }
}

extension RubricTest {
    /// The condition as a line: `project.veto = true`, `A < 60% ∨ B = D`.
    fileprivate var text: String {
        switch self {
        case .field(let condition): "\(condition.field.dotted) = \(condition.value.scalarText ?? "")"
        case .level(let code, let names, _): "\(code) = \(names.joined(separator: " / "))"
        case .below(let code, let percent, _): "\(code) < \(percent)%"
        case .query(let query): query.sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        case .all(let tests): tests.map(\.text).joined(separator: " ∧ ")
        case .any(let tests): tests.map(\.text).joined(separator: " ∨ ")
        case .not(let test): "¬ (\(test.text))"
        }
    }
}

/// Points, or the level where there are none.
private func fact(_ id: String, _ label: LocalizedText, points: ExactDecimal?, level: String?) -> Fact {
    guard let points else { return Fact(id: id, label: label, value: Value(level)) }
    return Fact(id: id, label: label, value: .decimal(points), unit: "points")
}

/// What an item follows from.
private struct Whole {
    var aggregation: RubricAggregation
    var max: ExactDecimal?
    /// What the parts count for in a mean, by code.
    var weights: [String: ExactDecimal]

    init(_ aggregation: RubricAggregation, max: ExactDecimal?, _ weights: [String: ExactDecimal]) {
        (self.aggregation, self.max, self.weights) = (aggregation, max, weights)
    }
}

extension Scoring {
    /// How an item, or the total, comes from its parts, and the most that it can have.
    fileprivate func whole(of code: String?) -> Whole {
        let parts = code.map { node[$0]?.children ?? [] } ?? rubric.items
        let weights = Dictionary(parts.map { ($0.code, $0.weight) }) { first, _ in first }
        guard let code else { return Whole(rubric.aggregation, max: try? rubric.max(), weights) }
        return Whole(node[code]?.aggregation ?? .none, max: node[code]?.max, weights)
    }
}

extension Fact {
    /// A combined score rests on the cells of all who gave it.
    fileprivate mutating func explain(
        _ entry: ScoreEntry,
        by method: RaterCombination.Method?,
        _ words: RaterWords,
        _ locale: Locale
    ) {
        sources = entry.parts.map { $0.pointer / $0.key }
        let isChinese = locale == .zh
        let given = entry.parts.map { "\(words.name(of: $0.rater)(locale)) \($0.answer.text)" }
        let list = isChinese ? "（\(given.joined(separator: "、"))）" : " (\(given.joined(separator: ", ")))"
        // Of two nobody can be left out.
        let isPlain = method == .trimmedMean && entry.parts.count < 3
        let name = isPlain ? RaterCombination.Method.mean.name : method?.name
        calculation = "\(name?(locale) ?? "")\(list)\(isChinese ? "" : " ")= \(entry.answer.text)"
    }

    /// The arithmetic is written out where the parts are summed or averaged; a weakest link names its parts only.
    fileprivate mutating func explain(
        _ points: ExactDecimal?,
        by parts: [ScoreItem],
        of rater: String,
        _ whole: Whole
    ) {
        inputs = parts.map { "scores.\(rater).\($0.code)" }
        guard let points else { return }
        switch whole.aggregation {
        case .sum:
            let numbers = parts.compactMap(\.points)
            guard numbers.count > 1, (try? ExactDecimal.sum(numbers)) == points else { return }
            calculation = "\(numbers.map(Money.points).joined(separator: " + ")) = \(Money.points(points))"
        case .mean:
            guard let max = whole.max, let terms = Self.terms(of: parts, whole.weights) else { return }
            calculation = "\(Money.points(max)) × (\(terms.sum)) ÷ \(terms.weights) = \(Money.points(points))"
        case .weakest, .table, .matrix, .none: return
        }
    }

    /// The shares of the parts of a mean, each with its weight before it, and the weights together: `2 × 8/10 + 1 × 3/5`, `3`.
    private static func terms(of parts: [ScoreItem], _ weights: [String: ExactDecimal]) -> (
        sum: String, weights: String
    )? {
        let counted = parts.filter { $0.points != nil && $0.status != .notApplicable }
        let known = counted.compactMap { weights[$0.code] }
        guard counted.count > 1, known.count == counted.count, let all = try? ExactDecimal.sum(known) else {
            return nil
        }
        let terms = zip(counted, known).map { part, weight in
            "\(Money.points(weight)) × \(Money.points(part.points ?? 0))/\(Money.points(part.max ?? 0))"
        }
        return (terms.joined(separator: " + "), Money.points(all))
    }
}

extension RaterCombination.Method {
    fileprivate var name: LocalizedText {
        switch self {
        case .mean: LocalizedText(zh: "平均", en: "mean")
        case .median: LocalizedText(zh: "中位数", en: "median")
        case .trimmedMean: LocalizedText(zh: "去掉最高、最低后平均", en: "trimmed mean")
        }
    }
}
