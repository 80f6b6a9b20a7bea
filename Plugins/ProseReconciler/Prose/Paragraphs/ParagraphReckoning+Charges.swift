import PrintedReports
import ReviewModel

/// What words of a sentence say outright: rates of a base, prices of so many, what is over a limit, and means of so many heads.
extension ParagraphReckoning {
    /// The first of the ways in which words say outright what a number comes to.
    func saidOutright(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        var made = try chargeOfBase(index)
        if made == nil { made = try priceOfUnits(index) }
        if made == nil { made = try excess(index) }
        if made == nil { made = try perHead(index) }
        if made == nil { made = try other(index) }
        made?.isOutright = true
        return made
    }

    /// `以审定建安费 1,287,140.00 元为基数，按 3.8% 计取，为 48,911.32 元`; the base may stand in a sentence before.
    private func chargeOfBase(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index), numbers[index].unit == .yuan, index > 1, isSentence(index - 1, index),
            numbers[index - 1].unit == .percent, clauses.isPlain(index - 1),
            !numbers[index - 1].phrase.contains("百分点"), leads[index - 1] != "的"
        else { return nil }
        let lead = leads[index].filter { !"，,(".contains($0) }.dropping(starts: words["charged_at"])
        guard lead.count <= 4, ["为", "即", "计", "即为", "应为", "计为", "税额", "税额为", "税金", "费用为", "金额为"].contains(lead)
        else { return nil }
        let base = numbers.indices.prefix(index - 1).last { place in
            isParagraph(place, index) && numbers[place].unit == .yuan && clauses.isPlain(place)
                && ["为基数", "为计", "为基础", "作为计", "作为基数"].contains(where: tail(place).hasPrefix)
        }
        // 其余 500,000 元按 2% 计取: an amount right before the rate is what it is of.
        guard let base,
            base == index - 2 || numbers[index - 2].unit != .yuan || !isSentence(index - 2, index)
        else { return nil }
        let hundredth = ExactDecimal(significand: 1, places: 2)
        let rate = try numbers[index - 1].value * hundredth
        let value = try numbers[base].value * rate
        return StatedArithmetic(
            number: index,
            parts: [base, index - 1],
            value: value,
            agrees: try isRounded(numbers[index], from: value, slack: slack([base]) * rate),
            making: .product
        )
    }

    /// `72 学时、每学时 1,500 元申报，共 108,000 元`; `1,440 人天，…按每人每天 450 元测算，共 648,000 元`; `每人 1.5 万元申报，人数 162 人，金额 243 万元`.
    private func priceOfUnits(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index), numbers[index].unit == .yuan, index > 1 else { return nil }
        let last = clause(index)
        let total = ["共", "共计", "合计", "计", "总计", "共需", "申报", "核定", "金额", "金额为", "共计为"]
        guard total.contains(last), leads[index].count <= 14, !leads[index].hasAny(["审减", "核减", "每", "其中"]) else {
            return nil
        }
        // The price stands right before it, or the count does and the price before that.
        for price in [index - 1, index - 2] where price >= 0 && isSentence(price, index) {
            guard numbers[price].unit == .yuan, numbers[price].upper == nil, numbers[price].qualifier == .exactly else {
                if price == index - 1, case .count = numbers[price].unit { continue }
                return nil
            }
            let units = pricedUnits(price)
            let before = numbers.indices.prefix(price).filter { isSentence($0, index) }
            // What else the sentence prices may be in the total, too.
            if units.isEmpty || before.contains(where: { numbers[$0].unit == .yuan }) { return nil }
            let ways = counts(of: units, among: price == index - 1 ? before : [index - 1])
            guard let nearest = ways.last else { return nil }
            var told: StatedArithmetic?
            for way in ways {
                var value = numbers[price].value
                for place in way { value = try value * numbers[place].value }
                let slack = try self.slack([price, index])
                let agrees = try (numbers[index].value - value).magnitude <= slack
                let formula = (way + [price]).map { numbers[$0].phrase }.joined(separator: " × ")
                let made = StatedArithmetic(
                    number: index,
                    parts: way + [price],
                    value: value,
                    agrees: agrees,
                    making: .formula(formula)
                )
                if agrees { return made }
                if way == nearest { told = made }
            }
            return told
        }
        return nil
    }

    /// The units that a price is of: 人 and 天 of 每人每天.
    private func pricedUnits(_ price: Int) -> [String] {
        var lead = clause(price)
        for end in ["均价", "单价", "平均", "按", "为", "标准"] where lead.hasSuffix(end) { lead.removeLast(end.count) }
        guard let start = lead.firstIndex(of: "每") else {
            return numbers[price].per.isEmpty ? [] : [numbers[price].per]
        }
        let units = lead[start...].split(separator: "每").map(String.init)
        return units.allSatisfy { (1...2).contains($0.count) } && units.count <= 2 ? units : []
    }

    /// The numbers that count these units, nearest last: 1,440 人天, or 240 人 with 6 天.
    private func counts(of units: [String], among places: [Int]) -> [[Int]] {
        func counted(_ unit: String) -> [Int] {
            places.filter { place in
                guard case .count(let own) = numbers[place].unit, clauses.isPlain(place), !clause(place).has("每") else {
                    return false
                }
                return own.isSameMeasure(as: unit)
            }
        }
        if units.count == 1 { return counted(units[0]).map { [$0] } }
        let joined = counted(units.joined()).map { [$0] }
        if !joined.isEmpty { return joined }
        return counted(units[0]).flatMap { one in counted(units[1]).map { [one, $0] } }
    }

    /// `单价 93.00 万元，高于询价均价 72.50 万元，高出 20.50 万元`; `4 台即可满足需要，申报 6 台，多报 2 台`.
    private func excess(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index), index > 1, isSentence(index - 2, index), isAlike(index - 1, index),
            isAlike(index - 2, index)
        else { return nil }
        let word = String(leads[index].drop { "，,".contains($0) })
        let isCompared = leads[index - 1].hasAny(["高于", "超过", "超出", "低于", "少于", "多于"])
        let isAsked = leads[index - 1].hasAny(["申报", "送审", "实有", "需要"]) || leads[index - 2].hasAny(["申报", "送审"])
        let isMore = ["高出", "超出", "多出", "超过"].contains(word) && isCompared
        let isLess = ["低", "少", "相差"].contains(word) && isCompared
        let isTooMany = ["多报", "多申报", "多计", "多列", "多配"].contains(word) && isAsked
        guard isMore || isLess || isTooMany else { return nil }
        let (one, two) = (numbers[index - 2].value, numbers[index - 1].value)
        let (more, less) = one > two ? (index - 2, index - 1) : (index - 1, index - 2)
        return try reckoner.difference(index, more, less)
    }

    /// `3 座冷链设施中有 2 座未办结，另 1 座已取得`: a part behind 中, and what is left of the whole.
    private func other(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index), index > 1, isSentence(index - 2, index), isAlike(index - 1, index),
            isAlike(index - 2, index), ["另", "其余", "剩余", "另有"].contains(clause(index)),
            leads[index - 1].hasSuffix("中有") || leads[index - 1].hasSuffix("中"),
            // 共 12 个，其中 8 个完成，另 2 个在建 leaves more of them open.
            !leads[index - 1].hasSuffix("其中") || !clause(index).hasPrefix("另"),
            numbers[index - 2].value > numbers[index - 1].value,
            index + 1 == numbers.count || !isSentence(index, index + 1) || !isAlike(index, index + 1)
        else { return nil }
        return try reckoner.difference(index, index - 2, index - 1)
    }

    /// `210 人，实际支出 79.80 万元，人均支出 3,800 元`; `教学班 48 个，学生 2,304 人，班均 48 人`.
    private func perHead(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index), index > 1 else { return nil }
        let lead = String(leads[index].drop { "，,".contains($0) })
        // 人均收入 is nobody's share of what the sentence names.
        guard let (head, units) = heads.first(where: { lead.hasPrefix($0.word) }),
            lead.dropFirst(head.count).isMade(of: ["支出", "成本", "费用", "经费", "投入", "培训", "为", "约", "达", "仅"])
        else { return nil }
        let own = numbers.indices.filter { $0 < index && isParagraph($0, index) && clauses.isPlain($0) }
        let counts = own.filter { place in
            guard case .count(let unit) = numbers[place].unit, isSentence(place, index), numbers[place].value > 0
            else { return false }
            return units.contains(unit) || unit == "个" && leads[place].hasSuffix(String(head.prefix(1)))
        }
        let wholes = own.filter { place in
            numbers[place].unit == numbers[index].unit && !heads.contains { leads[place].contains($0.word) }
        }
        guard let count = counts.last, let whole = wholes.last(where: { $0 != count }) else { return nil }
        var told: StatedArithmetic?
        for part in counts {
            for all in wholes where all != part {
                guard let value = try numbers[all].value.divided(by: numbers[part].value, places: 8) else { continue }
                let distance = try (numbers[index].value - value).magnitude
                var around = ExactDecimal.zero
                if let reach = try numbers[all].rounding().divided(by: numbers[part].value, places: 8) {
                    around = reach
                }
                let made = StatedArithmetic(
                    number: index,
                    parts: [all, part],
                    value: value,
                    agrees: try distance <= numbers[index].interval.tolerance() + around,
                    making: .formula("\(numbers[all].phrase) ÷ \(numbers[part].phrase)")
                )
                if made.agrees { return made }
                if part == count, all == whole { told = made }
            }
        }
        // Whole and count stand in the sentence itself, or nobody knows what was divided.
        return told.flatMap { isSentence($0.parts[0], index) ? $0 : nil }
    }

    private var heads: [(word: String, units: [String])] {
        [("人均", ["人", "名", "位"]), ("户均", ["户"]), ("班均", ["班"]), ("生均", ["名", "人", "生"]), ("村均", ["村", "个村"])]
    }
}
