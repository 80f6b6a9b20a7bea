import BudgetLines
import PrintedReports
import ReviewModel

/// Prices, how many of them, and what they come to: `5040人×190天×5元/天`, `每所核减1.30万元，12所共核减15.60万元`, `96人次，每人次600元`.
struct Products {
    let reckoning: Reckoning
    let said: SaidNumbers
    /// Which paragraph of the report it is.
    let place: Int

    private var words: ReckoningWords { reckoning.words }

    /// Products that no amount is, and that would be one if one of their factors were another short number.
    func wrong() -> [Reckoning.Wrong] {
        said.numbers.indices.compactMap { index in
            if let chain = chain(index) { return wrong(chain) }
            return price(index) ?? change(index)
        }
    }

    // MARK: - Written out

    /// The numbers that × joins to a first one.
    private func chain(_ index: Int) -> Range<Int>? {
        func isTimes(_ place: Int) -> Bool {
            guard said.numbers.indices.contains(place) else { return false }
            let lead = said.numbers[place].lead
            return ["×", "*", "＊", "X", "x"].contains { lead == $0 }
        }
        guard isTimes(index + 1), !isTimes(index) else { return nil }
        var end = index + 1
        while isTimes(end) { end += 1 }
        return index..<end
    }

    private func wrong(_ chain: Range<Int>) -> Reckoning.Wrong? {
        let (first, last) = (said.numbers[chain.lowerBound], said.numbers[chain.upperBound - 1])
        // A product that is written out with its result is held to that already.
        let behind = said.letters[last.range.upperBound...].first
        let units = said.numbers[chain].filter { !$0.measure.isRate }
        guard behind != "=", behind != "＝", behind != "×", behind != "÷", behind != "+", behind != "＋",
            units.contains(where: \.measure.isMoney), let made = Made.product(said.numbers[chain].map(\.factor))
        else { return nil }
        if amounts.contains(where: { made.isNear($0) }) { return nil }
        // 审定478.80万元，即…; …，计189.00万元
        let next = chain.upperBound < said.numbers.count ? said.numbers[chain.upperBound] : nil
        let before = chain.lowerBound > 0 ? said.numbers[chain.lowerBound - 1] : nil
        var said: SaidNumber?
        if let next, next.sentence == last.sentence, next.measure == Measure(unit: "元"),
            next.lead.hasPrefix("，") || next.lead.hasPrefix("计"),
            words["amounts_to"].contains(where: next.clause.hasSuffix)
        {
            said = next
        } else if let before, before.sentence == first.sentence, before.measure == Measure(unit: "元"),
            ["，即", "（", "，按", "（即"].contains(first.lead)
        {
            said = before
        }
        guard let said, let shown = said.printing(made.value), made.value.isComparable(with: said.amount) else {
            return nil
        }
        return Reckoning.Wrong(
            quote: String(self.said.letters[first.range.lowerBound..<last.range.upperBound]),
            found: said.text,
            expected: shown.grouped + said.unit,
            formula: made.formula,
            row: nil
        )
    }

    // MARK: - In words

    /// A price whose count and amount stand beside it, where one of them as short would make the amount.
    private func price(_ index: Int) -> Reckoning.Wrong? {
        let price = said.numbers[index]
        guard price.measure.isMoney, !price.measure.per.isEmpty, !price.isLoose, price.measure.per.count < 4,
            !["平均", "均", "折合", "提高", "增加", "降低", "减少", "下浮", "由", "从", "调整为", "降为"].contains(
                where: price.clause.hasBytes
            )
        else { return nil }
        // Counts of its own sentence come first.
        let own = price.measure.per.map { counts($0, in: price.sentence) }
        let factors = own.allSatisfy { !$0.isEmpty } ? own : price.measure.per.map { counts($0, in: nil) }
        guard factors.allSatisfy({ !$0.isEmpty && $0.count < 6 }) else { return nil }
        var products: [[Operand]] = [[]]
        for factor in factors { products = products.flatMap { start in factor.map { start + [$0] } } }
        // Right where any of the counts, or several of them together, makes any of the amounts, or one that stands anywhere.
        let more = factors.enumerated().flatMap { place, factor in
            sums(factor).flatMap { sum in
                products.map { counts in counts.indices.map { $0 == place ? sum : counts[$0] } }
            }
        }
        for counts in products + more.prefix(200) {
            guard let made = Made.product([price.operand] + counts) else { return nil }
            if amounts.contains(where: { made.isNear($0) }) { return nil }
        }
        guard products.count <= 4 else { return nil }
        for (total, unit) in totals(index) {
            for counts in products where isMeant(price, counts, total) {
                guard let made = Made.product([price.operand] + counts) else { continue }
                guard let shown = try? made.value.divided(by: unit == "万元" ? 10_000 : 1, places: 2) else { continue }
                return Reckoning.Wrong(
                    quote: said.quote(index),
                    found: price.text,
                    expected: shown.grouped + unit,
                    formula: made.formula,
                    row: total.line
                )
            }
        }
        return nil
    }

    /// What two of some counts make, and all of them.
    private func sums(_ counts: [Operand]) -> [Operand] {
        let pairs = counts.indices.flatMap { one in
            counts[(one + 1)...].compactMap { Made.sum([counts[one], $0])?.operand }
        }
        return pairs + (counts.count > 2 ? [Made.sum(counts)?.operand].compactMap(\.self) : [])
    }

    /// Whether another price, or another count, no longer than what is printed, makes an amount.
    private func isMeant(_ price: SaidNumber, _ counts: [Operand], _ total: Operand) -> Bool {
        guard let count = counts.count == 1 ? counts[0].amount : Made.product(counts)?.value, count > 0,
            let meant = try? total.amount.divided(by: count, places: 8), !total.amount.isZero
        else { return false }
        if price.isAsShort(as: meant), meant.isComparable(with: price.amount) { return true }
        if meant.isUnitSlip(of: price.amount) { return true }
        return counts.contains { one in
            guard let rest = try? count.divided(by: one.amount, places: 8), let each = try? rest * price.amount,
                let meant = try? total.amount.divided(by: each, places: 8)
            else { return false }
            return counts.count > 1 && meant.withoutTrailingZeros.places == 0 && meant.isComparable(with: one.amount)
        }
    }

    /// The amounts that a price may make: the one behind it, with a word of a sum or of a part before it; else those of the row that the
    /// paragraph is about, of the side that the sentence speaks of.
    private func totals(_ index: Int) -> [(Operand, String)] {
        let leads =
            words["amounts_to"] + words["sum_leads"] + words["cut_verbs"] + words["given_leads"] + words["asked_leads"]
        for next in said.numbers[(index + 1)...].prefix(3) where next.sentence == said.numbers[index].sentence {
            guard next.measure.isMoney else { continue }
            // Another price or amount between them is what it is about.
            // An amount of many digits that the count goes into is none by chance.
            let isExact =
                said.numbers[index].measure.per.count == 1 && next.telling > 4
                && counts(said.numbers[index].measure.per[0], in: said.numbers[index].sentence).contains { count in
                    guard count.amount >= 1000, let each = try? next.amount.divided(by: count.amount, places: 4) else {
                        return false
                    }
                    return each.withoutTrailingZeros.places <= said.numbers[index].printed.places
                }
            guard next.measure.per.isEmpty, !next.isLoose,
                isExact || leads.contains(where: next.clause.dropping(["金额", "额"]).hasSuffix)
            else {
                return []
            }
            return [(next.operand, next.unit)]
        }
        let asked = Asked(reckoning, said, index, place)
        return reckoning.tables.flatMap { table -> [(Operand, String)] in
            guard let row = asked.headRow(of: table) else { return [] }
            let columns = asked.columns(of: table)
            guard columns.count < 3 else { return [] }
            return columns.flatMap { row.cells[$0]?.operands(for: Measure(unit: "元"), row.line) ?? [] }.map {
                ($0, "元")
            }
        }
    }

    // MARK: - Prices that change

    /// `单价由42元/㎡降为39.5元/㎡，面积9,600㎡不变，审减24,000元`.
    private func change(_ index: Int) -> Reckoning.Wrong? {
        guard index + 1 < said.numbers.count else { return nil }
        let (from, to) = (said.numbers[index], said.numbers[index + 1])
        guard from.measure.isMoney, from.measure.per.count == 1,
            to.measure.isAlike(from.measure) || to.measure == Measure(unit: "元"),
            from.sentence == to.sentence,
            ["由", "从"].contains(where: { from.lead.suffix(6).contains($0) }), !to.lead.contains("，"),
            let gap = Made.difference(from.operand, to.operand)
        else { return nil }
        let counts = said.numbers.filter { $0.measure == Measure(unit: from.measure.per[0]) }
        let cuts = said.numbers[(index + 2)...].filter {
            $0.sentence == to.sentence && $0.measure == Measure(unit: "元")
                && words["cut_verbs"].contains(where: $0.clause.hasSuffix)
        }
        guard let cut = cuts.first, cuts.count == 1, !counts.isEmpty, counts.count < 6 else { return nil }
        var made = counts.compactMap { Made.product([gap.operand, $0.operand]) }
        for one in counts {
            for two in counts where one.range != two.range {
                guard let before = Made.product([from.operand, one.operand]),
                    let after = Made.product([to.operand, two.operand])
                else { continue }
                made += [Made.difference(before.operand, after.operand)].compactMap(\.self)
            }
        }
        if made.contains(where: { $0.isNear(cut.operand) }) { return nil }
        // Another price or count, no longer than what is printed, makes it.
        let own = counts.filter { $0.sentence == to.sentence }
        guard own.count == 1, let value = try? cut.amount.divided(by: gap.value, places: 6),
            value.withoutTrailingZeros.places == 0,
            value.isComparable(with: own[0].amount), let one = Made.product([gap.operand, own[0].operand]),
            let shown = cut.printing(one.value)
        else { return nil }
        return Reckoning.Wrong(
            quote: own[0].clause + own[0].text,
            found: cut.text,
            expected: shown.grouped + cut.unit,
            formula: "(\(gap.formula)) × \(own[0].text)",
            row: nil
        )
    }

    /// How many of a unit the paragraph counts: 12 of 12所, 4 of 四个季度.
    private func counts(_ unit: String, in sentence: Int?) -> [Operand] {
        var found: [Operand] = []
        for number in said.numbers
        where number.measure == Measure(unit: unit) && (sentence == nil || number.sentence == sentence) {
            if !found.contains(where: { $0.amount == number.amount }) { found.append(number.operand) }
        }
        if found.isEmpty, sentence == nil {
            for (place, letter) in said.letters.enumerated() {
                guard let value = Array("零一二三四五六七八九十").firstIndex(of: letter == "两" ? "二" : letter), value > 1,
                    let word = words.measures.unit(at: said.letters[(place + 1)...]), word.name == unit
                else { continue }
                found.append(Operand(amount: ExactDecimal(value), slack: .zero, text: String(letter) + unit))
            }
        }
        return found
    }

    /// The amounts of the paragraph, and those of all rows.
    private var amounts: [Operand] {
        said.numbers.filter { $0.measure == Measure(unit: "元") }.map(\.operand) + reckoning.amounts
    }
}

extension SaidNumber {
    /// As a factor it is what it says.
    fileprivate var factor: Operand {
        var operand = operand
        if measure.isRate { operand.amount = (try? amount.divided(by: 100, places: 8)) ?? amount }
        return operand
    }

    /// Whether a value has no more digits behind the point than this number is printed with, but for one.
    fileprivate func isAsShort(as value: ExactDecimal) -> Bool {
        guard let own = try? value.divided(by: scale, places: 8) else { return false }
        return own.withoutTrailingZeros.places <= printed.places
    }
}

extension Made {
    fileprivate func isNear(_ amount: Operand) -> Bool {
        guard let apart = try? (value - amount.amount).magnitude, let allowed = try? slack + amount.slack else {
            return true
        }
        return apart <= allowed
    }
}

extension ExactDecimal {
    /// 450万元 for 450元.
    fileprivate func isUnitSlip(of other: ExactDecimal) -> Bool {
        (try? self * 10_000) == other || (try? other * 10_000) == self
    }

    /// Whether two are of one size, and none is a multiple of the other.
    fileprivate func isComparable(with other: ExactDecimal) -> Bool {
        guard !isZero, !other.isZero, let times = try? other.divided(by: self, places: 6),
            let back = try? divided(by: other, places: 6)
        else { return false }
        return times > ExactDecimal(significand: 4, places: 1) && times < ExactDecimal(significand: 25, places: 1)
            && times.withoutTrailingZeros.places > 0 && back.withoutTrailingZeros.places > 0
    }
}
