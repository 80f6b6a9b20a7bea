import ReviewModel

/// Figures that went together in the original and no longer do.
struct BrokenRelation: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// A total is no longer the sum of its rows.
        case columnSum
        /// A figure is no longer the sum or the difference of two others of its row or paragraph.
        case sum
        case product
        case rate
        /// The same figure stands in several places, and not all were changed.
        case elsewhere
        /// A figure in a larger unit is no longer the rounded form of the one that it goes with.
        case rounded
    }

    var kind: Kind
    /// What would follow from the others, and what stands there.
    var expected: String
    var found: String
    var place: Place
    var context = Change.Context()
    /// The figures that it goes with, as they are printed.
    var others: [String] = []
    /// Another place where the figure stands.
    var other: Place?
    /// How many places still have the old one.
    var count = 0
}

/// A figure in a passage, as relations see it.
struct RelatedFigure: Sendable, Hashable {
    var amount: ExactDecimal
    /// As it is printed, before its unit.
    var value: ExactDecimal
    var text: String
    var unit: String
    var isPercent: Bool
    var passage: Int
    var token: Int

    /// `nil` for dates, and for figures in words.
    init?(_ passage: Passage, _ index: Int) {
        let token = passage.tokens[index]
        guard token.kind != .date, let amount = token.amount, let value = token.value else { return nil }
        (self.amount, self.value, text, unit) = (amount, value, token.text, token.unit?.name ?? "")
        (isPercent, self.passage, self.token) = (token.kind == .percent, passage.index, index)
    }
}

/// Three figures of which one follows from the two others.
struct FigureTriple: Hashable {
    enum Kind: Hashable { case sum, product, rate }

    var kind: Kind
    /// `result` is `first` + `second`, `first` × `second`, or `second` / `first` in percent.
    var result: Int
    var first: Int
    var second: Int

    /// Every triple of `count` figures; `isPercent` says which are rates.
    static func all(_ isPercent: [Bool]) -> [FigureTriple] {
        let indices = isPercent.indices
        let amounts = indices.filter { !isPercent[$0] }
        var triples: [FigureTriple] = []
        for result in indices {
            for first in amounts where first != result {
                for second in amounts where second != result && second != first {
                    if isPercent[result] {
                        triples.append(FigureTriple(kind: .rate, result: result, first: first, second: second))
                    } else if first < second {
                        triples.append(FigureTriple(kind: .sum, result: result, first: first, second: second))
                        triples.append(FigureTriple(kind: .product, result: result, first: first, second: second))
                    }
                }
            }
        }
        return triples
    }

    /// What the result should be, as many places as it is printed with; `nil` where that cannot be said.
    func expected(_ figures: [RelatedFigure]) -> ExactDecimal? {
        let (a, b, result) = (figures[first].amount, figures[second].amount, figures[result])
        switch kind {
        case .sum: return try? a + b
        case .product: return (try? a * b)?.rounded(to: result.amount.places)
        case .rate:
            guard !a.isZero, let hundredfold = try? b * 100 else { return nil }
            return (try? hundredfold.divided(by: a, places: result.value.places)) ?? nil
        }
    }

    func holds(_ figures: [RelatedFigure]) -> Bool { expected(figures) == figures[result].amount }

    /// Whether it can hardly be so by chance.
    func isTelling(_ figures: [RelatedFigure]) -> Bool {
        let all = [figures[result], figures[first], figures[second]]
        if all.contains(where: \.amount.isZero) { return false }
        // One times anything, and all of something, say nothing.
        if kind == .product, figures[first].amount == 1 || figures[second].amount == 1 { return false }
        if kind == .rate { return figures[result].value.places > 0 && figures[first].amount.tellingDigits > 1 }
        return all.count { $0.amount.tellingDigits >= 3 } >= 2
    }

    /// The relation as it is broken: told at the figure that was changed where only one was, or else at the result.
    func broken(_ figures: [RelatedFigure], changed: [Bool]) -> (index: Int, expected: ExactDecimal)? {
        guard let right = expected(figures) else { return nil }
        let places = figures[result].amount.places
        let alone = [result, first, second].filter { changed[$0] }
        if kind == .sum, alone.count == 1, alone[0] != result {
            let other = alone[0] == first ? second : first
            if let value = try? figures[result].amount - figures[other].amount { return (alone[0], value) }
        }
        return (result, kind == .rate ? right : right.rounded(to: max(places, right.places)))
    }
}

extension BrokenRelation.Kind {
    init(_ kind: FigureTriple.Kind) {
        self =
            switch kind {
            case .sum: .sum
            case .product: .product
            case .rate: .rate
            }
    }
}
