import BudgetLines
import PrintedReports
import ReviewModel

/// Growth by the year over several.
extension ParagraphReckoning {
    /// `由 2021 年的 320 万元增加到 2025 年的 470 万元，年均增长 10.09%`: by the first and the last of the years, where each number of the kind in the sentence has its
    /// own. What grows alike every year is meant, or the plain mean of it.
    func yearlyGrowth(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let number = numbers[index]
        guard number.unit == .percent, !number.phrase.contains("百分点") else { return nil }
        let clause = self.clause(index).dropping(ends: ["为", "达", "达到", "约"])
        let isUp = words["yearly_growth"].contains(where: clause.hasSuffix)
        guard isUp || words["yearly_decline"].contains(where: clause.hasSuffix) else { return nil }
        let own = numbers.indices.filter { $0 < index && isSentence($0, index) && clauses.isPlain($0) }
        guard let first = own.first, let last = own.last, own.count > 1, numbers[first].unit != .percent,
            own.allSatisfy({ isAlike($0, first) }), numbers[first].interval.lowest > 0,
            numbers[last].interval.lowest > 0
        else { return nil }
        // Each has its year before it, or the first of a list has those of all.
        let named = own.map { leads[$0].yearsNamed }
        let isEach = named.allSatisfy { $0.count == 1 }
        let isList =
            named[0].count == own.count && leads[first].hasAny(words["sharing_out"]) && run(endingAt: last) == own
        guard isEach || isList, !own.contains(where: { leads[$0].hasAny(words["cumulative"] + words["sum_words"]) })
        else {
            return nil
        }
        let years = named.flatMap(\.self)
        guard years.count == own.count, let start = years.first, let end = years.last, years == years.sorted(),
            (2...15).contains(end - start)
        else { return nil }
        let span = end - start
        let (one, two) = (numbers[first], numbers[last])
        let sign: ExactDecimal = isUp ? 1 : -1
        let value = try ExactDecimal.yearly(from: one.value, to: two.value, over: span) * sign
        let reach = try one.rounding() + two.rounding()
        var least = value, most = value
        if !reach.isZero {
            let low =
                try ExactDecimal.yearly(from: one.value + one.rounding(), to: two.value - two.rounding(), over: span)
                * sign
            let high =
                try ExactDecimal.yearly(from: one.value - one.rounding(), to: two.value + two.rounding(), over: span)
                * sign
            (least, most) = (min(low, high), max(low, high))
        }
        let slack = try number.interval.tolerance()
        let (lowest, highest) = (try least - slack, try most + slack)
        var agrees = lowest <= number.value && number.value <= highest
        if !agrees, let growth = try ExactDecimal.percentage(two.value - one.value, of: one.value, places: 10),
            let mean = try growth.divided(by: ExactDecimal(span), places: 8)
        {
            agrees = try (mean * sign - number.value).magnitude <= slack * 2
        }
        return StatedArithmetic(
            number: index,
            parts: [last, first],
            value: value,
            agrees: agrees,
            making: .formula("(\(two.phrase) ÷ \(one.phrase))^(1/\(span)) − 1"),
            isOtherWay: value.isNegative
        )
    }
}

extension ExactDecimal {
    /// What grows alike in each of so many years, in percent, to six places.
    fileprivate static func yearly(from first: ExactDecimal, to last: ExactDecimal, over years: Int)
        throws(DecimalOverflow) -> ExactDecimal
    {
        guard let goal = try last.divided(by: first, places: 8) else { return .zero }
        func power(_ factor: ExactDecimal) throws(DecimalOverflow) -> ExactDecimal {
            var made: ExactDecimal = 1
            for _ in 0..<years {
                made = try (made * factor).rounded(to: 8)
                // Far beyond is far enough.
                if made > 1_000_000 { break }
            }
            return made
        }
        var (low, high): (ExactDecimal, ExactDecimal) = (.zero, goal > 1 ? goal : 1)
        for _ in 0..<32 {
            let middle = try ((low + high) * ExactDecimal(significand: 5, places: 1)).rounded(to: 8)
            if try power(middle) < goal { low = middle } else { high = middle }
        }
        return try ((high - 1) * 100).rounded(to: 6)
    }
}

extension String {
    /// The years of four digits with 年 behind them, in the order in which they stand.
    fileprivate var yearsNamed: [Int] {
        ranges(of: "年").compactMap { place in
            let digits = self[..<place.lowerBound].suffix(4)
            guard digits.count == 4, digits.allSatisfy(\.isNumber), let year = Int(digits), (1950...2100).contains(year)
            else { return nil }
            return year
        }
    }
}
