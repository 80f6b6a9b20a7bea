internal import BudgetLines
internal import ReviewModel

extension NormReader {
    /// A share of a base: 质保金 of the settled price.
    func shared(
        _ line: NormLine,
        _ match: NormMatch,
        _ norm: Norm,
        _ share: ExactDecimal,
        _ text: CountedText,
        _ given: ExactDecimal?
    ) throws -> Allowance {
        if let base = given ?? statedBase(text, match.item) {
            let allowed = try (base * share).divided(by: 100, places: 2) ?? 0
            let calculation = "\(Money.yuan(base)) × \(Money.percent(share)) = \(Money.yuan(allowed))"
            return Allowance(
                norm: norm,
                allowed: allowed,
                amount: line.approved,
                calculation: LocalizedText(calculation)
            )
        }
        // The share alone: what it is of need not be known to say that it is too large.
        guard text.percents.count == 1, let stated = text.percents.first, stated > 0 else { throw Unjudged.noBase }
        let largest = try (line.line.amount * share).divided(by: stated, places: 2) ?? 0
        let calculation =
            "\(Money.yuan(line.line.amount)) ÷ \(Money.percent(stated)) × \(Money.percent(share)) = \(Money.yuan(largest))"
        return Allowance(
            norm: norm,
            allowed: largest,
            amount: line.approved,
            calculation: LocalizedText(calculation)
        )
    }

    /// A fee by a table: design and supervision of works.
    func charged(
        _ line: NormLine,
        _ match: NormMatch,
        _ norm: Norm,
        _ points: [FeePoint],
        _ margin: ExactDecimal,
        _ text: CountedText,
        _ given: ExactDecimal?
    ) throws -> Allowance {
        guard let base = given ?? statedBase(text, match.item) else { throw Unjudged.noBase }
        guard let first = points.first, let last = points.last, base <= last.base else {
            throw Unjudged.baseOutside(base)
        }
        // A smaller base has a smaller fee, which the table does not tell.
        let isBelow = base < first.base
        let (fee, calculation) = isBelow ? (first.fee, "≤ \(Money.yuan(first.fee))") : try interpolated(points, base)
        let allowed = try (fee * (100 + margin)).divided(by: 100, places: 2) ?? 0
        let more = margin.isZero ? "" : " × \(Money.percent(try 100 + margin))"
        return Allowance(
            norm: norm,
            allowed: allowed,
            amount: line.approved,
            calculation: LocalizedText("\(calculation)\(more) = \(Money.yuan(allowed))"),
            note: isBelow ? belowTable(first.base) : nil
        )
    }

    private func interpolated(
        _ points: [FeePoint],
        _ base: ExactDecimal
    ) throws -> (fee: ExactDecimal, calculation: String) {
        if let point = points.first(where: { $0.base == base }) { return (point.fee, Money.yuan(point.fee)) }
        guard let upper = points.firstIndex(where: { $0.base > base }), upper > 0 else {
            throw Unjudged.baseOutside(base)
        }
        let (low, high) = (points[upper - 1], points[upper])
        let (rise, run) = (try high.fee - low.fee, try high.base - low.base)
        let part = try (rise * (base - low.base)).divided(by: run, places: 8) ?? 0
        let calculation =
            "\(Money.yuan(low.fee)) + (\(Money.yuan(base)) − \(Money.yuan(low.base))) × \(Money.yuan(rise)) ÷ \(Money.yuan(run))"
        return (try low.fee + part, calculation)
    }

    /// The amount that the text names as the base: the first within a few words behind one that says so.
    private func statedBase(_ text: CountedText, _ item: NormItem) -> ExactDecimal? {
        let plain = text.text
        let ends = item.baseWords.flatMap { word in
            let word = PlainText(word).scalars
            return plain.scalars.indices.filter { plain.has(word, at: $0) }.map { $0 + word.count }
        }
        let bases = ends.prefix(100).compactMap { end in
            text.money.first { $0.range.lowerBound >= end && $0.range.lowerBound - end <= 6 }?.value
        }
        return Set(bases).count == 1 ? bases.first : nil
    }
}

// MARK: - Messages

private func belowTable(_ base: ExactDecimal) -> LocalizedText {
    LocalizedText(
        zh: "计费额低于收费表的起点 \(Money.yuan(base)) 元，按起点计，实际应更低",
        en: "the base is below the table's first, \(Money.yuan(base)), by which it was reckoned: the fee is less"
    )
}
