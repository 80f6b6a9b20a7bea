internal import BudgetLines
internal import ReviewModel

/// How much of a norm's unit a line asks for: 80 people × 2 days.
private struct Measure {
    var factors: [(value: ExactDecimal, units: [String])]
    /// What is counted, by the factors and by the units that a price is said to be for.
    var have: Set<String>
    /// Whether the quantity alone gives the norm's unit, so that nothing that the text says multiplies it.
    var isDirect = false
}

extension NormReader {
    func capped(
        _ line: NormLine,
        _ match: NormMatch,
        _ norm: Norm,
        _ cap: PriceCap,
        _ text: CountedText
    ) throws -> Allowance {
        var measure = try measure(line, cap, text)
        let isPriced = cap.instead.first { substitute in
            measure.have.contains(substitute.unit) && !measure.have.contains(substitute.counted)
        }
        if let isPriced {
            measure.factors.append((isPriced.counts, []))
            measure.have.insert(isPriced.counted)
        }
        measure.isDirect = measure.have.isSuperset(of: cap.per)
        try complete(&measure, cap, text)
        let (amounts, mayBeBeforeTax) = taxed(cap, text)
        guard let (price, assumed) = NormBook.amount(amounts, of: match.classes) else { throw Unjudged.noNorm }
        let counted = try count(measure, cap, text)
        let allowed = try (counted.value * price).rounded(to: 2)
        let written = counted.written + [Money.yuan(price)]
        return Allowance(
            norm: norm,
            allowed: allowed,
            amount: line.approved,
            calculation: LocalizedText("\(written.joined(separator: " × ")) = \(Money.yuan(allowed))"),
            assumed: match.item.grade(assumed),
            mayBeBeforeTax: mayBeBeforeTax
        )
    }

    /// The amounts that a line's price is held against, and whether that may be wrong since nobody says if tax is in it.
    private func taxed(_ cap: PriceCap, _ text: CountedText) -> (amounts: [ClassAmount], mayBeBeforeTax: Bool) {
        guard cap.isAfterTax, !text.text.hasAny(of: book.afterTaxWords) else { return (cap.amounts, false) }
        return cap.beforeTax.isEmpty ? (cap.amounts, true) : (cap.beforeTax, false)
    }

    /// What the line counts: the product of its text where that is the line's amount or price, else its quantity.
    private func measure(_ line: NormLine, _ cap: PriceCap, _ text: CountedText) throws -> Measure {
        guard line.line.quantity > 0 else { throw Unjudged.noQuantity }
        if let product = wholeProduct(text) {
            let (total, amount) = (try product.total().rounded(to: 2), line.line.amount.rounded(to: 2))
            if total == amount || total == line.line.unitPrice.rounded(to: 2) {
                var factors = product.factors
                if total != amount { factors.append((line.line.quantity, [])) }
                let have = Set(product.factors.flatMap(\.units)).union(product.pricedUnits)
                return Measure(factors: factors, have: have)
            }
        }
        if line.unit.isEmpty { throw Unjudged.noUnit }
        guard let measured = units.units(of: line.unit) else { throw Unjudged.unknownUnit(line.unit) }
        let have = Set(measured)
        if !text.products.isEmpty, !have.isSuperset(of: cap.per) { throw Unjudged.unclearProduct }
        let times = line.line.factors.map { ($0, [String]()) }
        return Measure(factors: [(line.line.quantity, measured)] + times, have: have)
    }

    /// Adds what the text says of units that are not counted yet: those of the norm, and how often it all is done.
    private func complete(_ measure: inout Measure, _ cap: PriceCap, _ text: CountedText) throws {
        if measure.isDirect { return }
        var missing: [LocalizedText] = []
        for unit in cap.per where !measure.have.contains(unit) {
            if let count = text.count(of: unit) {
                measure.factors.append((count, [unit]))
            } else if text.names(unit) {
                throw Unjudged.unclear(title(of: unit))
            } else {
                missing.append(title(of: unit))
            }
        }
        if !missing.isEmpty { throw Unjudged.missing(missing) }
        for unit in book.units.map(\.code) where text.names(unit) && !measure.have.contains(unit) {
            if cap.per.contains(unit) { continue }
            guard units.repeating.contains(unit), let count = text.count(of: unit) else {
                throw Unjudged.unclear(title(of: unit))
            }
            measure.factors.append((count, [unit]))
        }
    }

    /// How many of the norm's unit count, with the later days of a long meeting at their share.
    private func count(
        _ measure: Measure,
        _ cap: PriceCap,
        _ text: CountedText
    ) throws -> (value: ExactDecimal, written: [String]) {
        var factors = measure.factors
        if let stepped = cap.steps.first?.unit {
            let position = factors.firstIndex { $0.units == [stepped] }
            if let position {
                let weighed = try cap.weighed(factors[position].value)
                var written = factors.map(written)
                if weighed != factors[position].value {
                    written[position] += "（→ \(weighed.withoutTrailingZeros)）"
                    factors[position].value = weighed
                }
                return (try product(factors), written)
            }
            // 160 人·天 of 2 days each.
            if factors.contains(where: { $0.units.contains(stepped) }), let days = text.count(of: stepped), days > 0 {
                let (all, weighed) = (try product(factors), try cap.weighed(days))
                if weighed != days, let value = try (all * weighed).divided(by: days, places: 6) {
                    let share = "\(weighed.withoutTrailingZeros)/\(days.withoutTrailingZeros)"
                    return (value, factors.map(written) + [share])
                }
            }
        }
        return (try product(factors), factors.map(written))
    }

    private func product(_ factors: [(value: ExactDecimal, units: [String])]) throws(DecimalOverflow) -> ExactDecimal {
        var product: ExactDecimal = 1
        for factor in factors { product = try product * factor.value }
        return product
    }

    private func written(_ factor: (value: ExactDecimal, units: [String])) -> String {
        let units = factor.units.map { title(of: $0).zh }.joined(separator: "·")
        let value = factor.value.withoutTrailingZeros.grouped
        return units.isEmpty ? value : "\(value) \(units)"
    }
}

extension PriceCap {
    /// So many days, the later ones at their share.
    func weighed(_ count: ExactDecimal) throws(DecimalOverflow) -> ExactDecimal {
        var (sum, below) = (ExactDecimal.zero, ExactDecimal.zero)
        var share: ExactDecimal = 100
        for step in steps {
            let end = ExactDecimal(step.from - 1)
            if count <= end { break }
            sum = try sum + (end - below) * share
            (below, share) = (end, step.share)
        }
        sum = try sum + (count - below) * share
        return (try sum.divided(by: 100, places: 12) ?? 0).withoutTrailingZeros
    }
}
