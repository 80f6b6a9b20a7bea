public import ReviewModel

extension Review {
    /// Marks the findings that are new since `earlier`, and notes those that are gone.
    public mutating func compare(with earlier: Review) {
        let old = Set(earlier.findings.map(\.id))
        var current = Set(findings.map(\.id))
        // A rule that has another id now finds what it found before.
        let renamed = catalogue.filter { !$0.aliases.isEmpty }.map { ($0.id, $0.aliases) }
        let former = renamed.isEmpty ? [:] : findings.formerIDs(Dictionary(renamed) { first, _ in first })
        for index in findings.indices {
            let ids = [findings[index].id] + (former[index] ?? [])
            findings[index].baseline = ids.contains(where: old.contains) ? .unchanged : .new
            current.formUnion(ids)
        }
        fixed = earlier.findings.filter { !current.contains($0.id) }
        for index in fixed.indices { fixed[index].baseline = nil }
    }
}

/// What is different between two reviews: of one project before and after a correction, or judged in two ways.
public struct ReviewComparison: Sendable, Hashable {
    /// Something that has a value in one of them or both.
    public struct Change: Sendable, Hashable {
        /// `amounts.approved`, `scores.review.A11`, `verdict`, `lines.L03`: the id that the line has in the second, if it is there.
        public var subject: String
        public var label: LocalizedText
        public var before: String?
        public var after: String?
    }

    /// Amounts, line by line where both reviews have adjustments, scores and the verdict, only where they differ.
    public var changes: [Change]
    /// By id: findings of the second alone, of the first alone, and of both.
    public var new: [LocatedFinding]
    public var fixed: [LocatedFinding]
    public var unchanged: [LocatedFinding]

    /// - Parameter name: what people call a sum, by its name in `review.json`: `approved`. The words are the field's.
    public init(
        _ before: Review,
        _ after: Review,
        naming name: (String) -> LocalizedText = LocalizedText.init
    ) throws(DecimalOverflow) {
        let isMixed = Set(before.units + after.units).count > 1
        changes =
            Self.compare(Self.amounts(before, name, isMixed), Self.amounts(after, name, isMixed))
            + Self.compareLines(
                try Self.lines(before, isMixed),
                try Self.lines(after, isMixed),
                areOfOne: before.id == after.id
            )
            + Self.compare(Self.scores(before), Self.scores(after))
            + Self.compare(Self.verdict(before), Self.verdict(after))
        let (old, current) = (Set(before.findings.map(\.id)), Set(after.findings.map(\.id)))
        new = after.findings.filter { !old.contains($0.id) }
        fixed = before.findings.filter { !current.contains($0.id) }
        unchanged = after.findings.filter { old.contains($0.id) }
    }

    /// Whether the reviews say the same.
    public var isEmpty: Bool { changes.isEmpty && new.isEmpty && fixed.isEmpty }

    private typealias Entry = (subject: String, label: LocalizedText, value: String)

    private static func compare(_ before: [Entry], _ after: [Entry]) -> [Change] {
        let later = Dictionary(after.map { ($0.subject, $0) }) { first, _ in first }
        let earlier = Set(before.map(\.subject))
        let kept = before.compactMap { entry -> Change? in
            let found = later[entry.subject]?.value
            return found == entry.value
                ? nil : Change(subject: entry.subject, label: entry.label, before: entry.value, after: found)
        }
        let added = after.filter { !earlier.contains($0.subject) }.map {
            Change(subject: $0.subject, label: $0.label, before: nil, after: $0.value)
        }
        return kept + added
    }

    /// In one review an id means the same line whatever it is called by now. Two reviews, of two years or of two projects, number
    /// their lines each for itself: there a line is the one of its name.
    private static func compareLines(_ before: [Entry], _ after: [Entry], areOfOne: Bool) -> [Change] {
        if areOfOne { return compare(before, after) }
        let partners = partners(before, after)
        let taken = Set(partners.values)
        return before.enumerated().compactMap { index, entry -> Change? in
            guard let partner = partners[index] else {
                return Change(subject: entry.subject, label: entry.label, before: entry.value, after: nil)
            }
            let later = after[partner]
            return later.value == entry.value
                ? nil : Change(subject: later.subject, label: later.label, before: entry.value, after: later.value)
        }
            + after.enumerated().filter { !taken.contains($0.offset) }.map { _, entry in
                Change(subject: entry.subject, label: entry.label, before: nil, after: entry.value)
            }
    }

    /// Which lines of the second review are those of the first, by their positions: those of one id whose names are the same, or one
    /// within the other, then those whose name stands once on both sides.
    private static func partners(_ before: [Entry], _ after: [Entry]) -> [Int: Int] {
        let bySubject = Dictionary(after.enumerated().map { ($1.subject, $0) }) { first, _ in first }
        var partners: [Int: Int] = [:]
        for (index, entry) in before.enumerated() {
            guard let other = bySubject[entry.subject] else { continue }
            let (name, later) = (entry.label.zh, after[other].label.zh)
            if name == later || !name.isEmpty && !later.isEmpty && (name.contains(later) || later.contains(name)) {
                partners[index] = other
            }
        }
        let taken = Set(partners.values)
        func named(_ entries: [Entry], without isTaken: (Int) -> Bool) -> [String: [Int]] {
            Dictionary(grouping: entries.indices.filter { !isTaken($0) }) { entries[$0].label.zh }
        }
        let known = Set(partners.keys)
        let later = named(after, without: taken.contains)
        for (name, indices) in named(before, without: known.contains) where !name.isEmpty && indices.count == 1 {
            if let others = later[name], others.count == 1 { partners[indices[0]] = others[0] }
        }
        return partners
    }

    private static func amounts(_ review: Review, _ name: (String) -> LocalizedText, _ isMixed: Bool) -> [Entry] {
        guard let amounts = review.amounts else { return [] }
        let unit = isMixed ? amounts.unit : nil
        return amounts.sums.map { ("amounts.\($0.name)", name($0.name), printed($0.sum, in: unit)) }
    }

    private static func lines(_ review: Review, _ isMixed: Bool) throws(DecimalOverflow) -> [Entry] {
        var entries: [Entry] = []
        for adjustment in review.adjustments {
            let approved = try adjustment.amounts().approved
            let text = printed(approved, in: isMixed ? adjustment.unit : nil)
            entries.append(("lines.\(adjustment.subject)", LocalizedText(adjustment.label), text))
        }
        return entries
    }

    private static func scores(_ review: Review) -> [Entry] {
        review.scores.flatMap { sheet -> [Entry] in
            let label = LocalizedText(zh: "\(sheet.rater) 总分", en: "total of \(sheet.rater)")
            let total = (sheet.total.map(points) ?? sheet.level).map { ("scores.\(sheet.rater)", label, $0) }
            return [total].compactMap(\.self)
                + sheet.items.compactMap { item in
                    guard let value = item.level ?? item.points.map(points) else { return nil }
                    return ("scores.\(sheet.rater).\(item.code)", LocalizedText(item.name), value)
                }
        }
    }

    private static func verdict(_ review: Review) -> [Entry] {
        guard let verdict = review.verdict else { return [] }
        return [("verdict", LocalizedText(zh: "结论", en: "verdict"), verdict.code)]
    }

    /// - Parameter unit: what the amount counts, where not all of both reviews count the same: then it is told, and multiples of one
    ///   currency are ones of it, so that the same amount is the same text.
    private static func printed(_ amount: ExactDecimal, in unit: String?) -> String {
        guard let unit else { return amount.rounded(to: max(2, amount.places)).description }
        let money = MoneyUnit(unit)
        guard let ones = money.ones(amount)?.withoutTrailingZeros else { return "\(amount) \(unit)" }
        return "\(ones.rounded(to: max(2, ones.places))) \(money.code)"
    }

    private static func points(_ points: ExactDecimal) -> String { points.withoutTrailingZeros.description }
}

extension Review {
    /// What its amounts count.
    fileprivate var units: [String] { [amounts?.unit].compactMap(\.self) + adjustments.map(\.unit) }
}
