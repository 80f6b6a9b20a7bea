import OfficeFiles
import ReviewModel

/// Figures of a paragraph of which one follows from two others, and figures that stand in several places.
struct TextRelations {
    /// Figures of a paragraph that are held against each other.
    private static let figures = 14

    private let comparison: DocumentComparison

    init(_ comparison: DocumentComparison) { self.comparison = comparison }

    // MARK: In a paragraph

    func brokenInParagraphs() -> [BrokenRelation] {
        var found: [BrokenRelation] = []
        for case .passage(let passage) in comparison.old.blocks {
            guard let (index, tokens) = comparison.passages[passage.index] else { continue }
            let new = comparison.new.passages[index]
            let figures = passage.tokens.indices.compactMap { RelatedFigure(passage, $0) }.prefix(Self.figures)
            let pairs = figures.compactMap { old -> (RelatedFigure, RelatedFigure)? in
                tokens[old.token].flatMap { RelatedFigure(new, $0) }.map { (old, $0) }
            }
            guard pairs.count > 2, pairs.contains(where: { $0.0.amount != $0.1.amount }) else { continue }
            found += broken(pairs.map(\.0), pairs.map(\.1), new)
        }
        return found
    }

    private func broken(_ old: [RelatedFigure], _ new: [RelatedFigure], _ passage: Passage) -> [BrokenRelation] {
        let changed = zip(old, new).map { $0.amount != $1.amount }
        // A paragraph may say the same figure twice: what holds with one of them is not told of the other, which is told as one figure
        // with two values.
        let triples = FigureTriple.all(old.map(\.isPercent)).filter { $0.holds(old) && $0.isTelling(old) }
        func key(_ triple: FigureTriple) -> [ExactDecimal] {
            [triple.result, triple.first, triple.second].map { old[$0].amount }
        }
        var faults: Set<Int> = []
        var (found, told) = ([BrokenRelation](), Set(triples.filter { $0.holds(new) }.map(key)))
        for triple in triples {
            let isTouched = changed[triple.result] || changed[triple.first] || changed[triple.second]
            guard isTouched, !triple.holds(new), let fault = triple.broken(new, changed: changed) else { continue }
            // Of a figure that is wrong by two others, and by two more, one is enough.
            guard told.insert(key(triple)).inserted, !faults.contains(fault.index) else { continue }
            faults.insert(fault.index)
            let figure = new[fault.index]
            var relation = BrokenRelation(
                kind: BrokenRelation.Kind(triple.kind),
                expected: printed(fault.expected, like: figure.amount) + (triple.kind == .rate ? "%" : ""),
                found: printed(figure.amount, like: figure.amount) + (figure.isPercent ? "%" : ""),
                place: passage.place
            )
            relation.others = [triple.result, triple.first, triple.second].filter { $0 != fault.index }.map {
                new[$0].text
            }
            found.append(relation)
        }
        return found
    }

    // MARK: In several places

    /// A figure of the original, and what it has become.
    private struct Occurrence {
        var figure: RelatedFigure
        var fact: String
        var factor: ExactDecimal
        var new: RelatedFigure?
        var place: Place?
        var context: Change.Context
    }

    private struct Key: Hashable {
        var amount: ExactDecimal
        var isPercent: Bool
    }

    func brokenElsewhere() -> [BrokenRelation] {
        let all = occurrences()
        var groups: [Key: [Int]] = [:]
        for (index, occurrence) in all.enumerated() {
            let figure = occurrence.figure
            groups[Key(amount: figure.amount, isPercent: figure.isPercent), default: []].append(index)
        }
        var found: [(first: Int, relation: BrokenRelation)] = []
        for (key, members) in groups {
            for part in parts(of: members.map { all[$0] }, key) {
                found += brokenElsewhere(part).map { (members[0], $0) }
            }
        }
        found += brokenRoundings(all, groups)
        // The order of a dictionary is not the same in every run.
        return found.sorted { ($0.first, $0.relation.place) < ($1.first, $1.relation.place) }.map(\.relation)
    }

    /// Figures of one amount that are one figure: those of one fact where facts are known, or else all of them if they are telling.
    private func parts(of members: [Occurrence], _ key: Key) -> [[Occurrence]] {
        let facts = Set(members.map(\.fact)).subtracting([""])
        if facts.count > 1 { return facts.sorted().map { fact in members.filter { $0.fact == fact } } }
        let digits = key.amount.tellingDigits
        if facts.isEmpty, digits < (key.isPercent ? 3 : 4) { return [] }
        // One fact, and figures without a bookmark: the same only if that can hardly be by chance.
        return [digits < 4 ? members.filter { $0.fact != "" } : members]
    }

    private func brokenElsewhere(_ members: [Occurrence]) -> [BrokenRelation] {
        let there = members.filter { $0.new != nil }
        var counts: [ExactDecimal: Int] = [:]
        for amount in there.compactMap(\.new?.amount) { counts[amount, default: 0] += 1 }
        guard counts.count > 1, let old = there.first?.figure.amount else { return [] }
        // What most of them say; the old one before others.
        let most = counts.values.max() ?? 0
        let usual = counts[old] == most ? old : there.compactMap(\.new?.amount).first { counts[$0] == most } ?? old
        guard let other = there.first(where: { $0.new?.amount == usual }) else { return [] }
        var told: Set<ExactDecimal> = [usual]
        return there.compactMap { occurrence in
            guard let new = occurrence.new, let place = occurrence.place, told.insert(new.amount).inserted else {
                return nil
            }
            var relation = BrokenRelation(
                kind: .elsewhere,
                expected: other.new.map { $0.text + $0.unit } ?? "",
                found: new.text + new.unit,
                place: place
            )
            (relation.context, relation.other, relation.count) = (occurrence.context, other.place, most)
            return relation
        }
    }

    /// Figures in a larger unit that are the rounded forms of others: 342.02 万元 of 3,420,162.30.
    private func brokenRoundings(
        _ all: [Occurrence],
        _ groups: [Key: [Int]]
    ) -> [(first: Int, relation: BrokenRelation)] {
        struct Form: Hashable {
            var factor: ExactDecimal
            var places: Int
        }
        var tables: [Form: [ExactDecimal: [Key]]] = [:]
        var found: [(first: Int, relation: BrokenRelation)] = []
        for (index, rounded) in all.enumerated() where rounded.factor > 1 && rounded.figure.value.tellingDigits > 2 {
            let form = Form(factor: rounded.factor, places: rounded.figure.value.places)
            if tables[form] == nil {
                var table: [ExactDecimal: [Key]] = [:]
                for key in groups.keys where !key.isPercent && key.amount.tellingDigits > 3 {
                    if let value = Self.rounded(key.amount, form.factor, form.places) {
                        table[value, default: []].append(key)
                    }
                }
                tables[form] = table
            }
            let keys = (tables[form]?[rounded.figure.value] ?? []).filter { $0.amount != rounded.figure.amount }
            guard keys.count == 1, let new = rounded.new, let place = rounded.place
            else { continue }
            let exact = (groups[keys[0]] ?? []).map { all[$0] }.filter { $0.factor == 1 }
            let amounts = exact.compactMap(\.new?.amount)
            let isChanged = new.value != rounded.figure.value || amounts.contains { $0 != keys[0].amount }
            guard isChanged, let first = amounts.first,
                !amounts.contains(where: { Self.rounded($0, form.factor, new.value.places) == new.value }),
                let right = Self.rounded(first, form.factor, new.value.places)
            else { continue }
            var relation = BrokenRelation(kind: .rounded, expected: right.grouped, found: new.text, place: place)
            relation.context = rounded.context
            relation.others = exact.first?.new.map { [$0.text] } ?? []
            relation.other = exact.first?.place
            found.append((index, relation))
        }
        return found
    }

    private static func rounded(_ amount: ExactDecimal, _ factor: ExactDecimal, _ places: Int) -> ExactDecimal? {
        (try? amount.divided(by: factor, places: places)) ?? nil
    }

    private func occurrences() -> [Occurrence] {
        var found: [Occurrence] = []
        func add(_ passage: Passage, _ context: Change.Context) {
            guard let (index, tokens) = comparison.passages[passage.index] else { return }
            let new = comparison.new.passages[index]
            for (position, token) in passage.tokens.enumerated() {
                guard let figure = RelatedFigure(passage, position) else { continue }
                found.append(
                    Occurrence(
                        figure: figure,
                        fact: token.bookmark.flatMap(FactBookmark.first) ?? "",
                        factor: token.unit?.factor ?? 1,
                        new: tokens[position].flatMap { RelatedFigure(new, $0) },
                        place: new.place,
                        context: context
                    )
                )
            }
        }
        for block in comparison.old.blocks {
            switch block {
            case .passage(let passage): add(passage, Change.Context())
            case .table(let table):
                for row in table.rows {
                    for cell in row.cells where !cell.passage.isEmpty {
                        add(cell.passage, Change.Context(row: row.label, column: table.head(ofColumn: cell.column)))
                    }
                }
            }
        }
        return found
    }
}
