import ReviewModel

/// Means, and prices by what is counted.
extension NumberClauses {
    /// `分别为 84 分、87 分、90 分，平均得分 87 分`.
    func mean(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isPlain(index, per: numbers[index].per),
            leads[index].says(["平均", "均值", "均分", "均价"], beside: meanFillers),
            !sentence(index).hasAny(["去掉", "剔除", "加权", "权重", "最高"]),
            // Rates of several things have a mean that is weighted, which the next sentence may say.
            numbers[index].unit != .percent
                || !text.words(text.paragraph(around: numbers[index].offset.lowerBound)).has("加权")
        else { return nil }
        var (parts, place) = ([Int](), index - 1)
        while place >= 0, sentences[place] == sentences[index], isPlain(place, per: numbers[index].per),
            numbers[place].unit == numbers[index].unit
        {
            parts.insert(place, at: 0)
            if leads[place].hasAny(["分别", "依次"]) { break }
            guard ["、", "，", ",", "和", "及"].contains(leads[place]) else { return nil }
            place -= 1
        }
        guard parts.count > 1, let first = parts.first, leads[first].hasAny(["分别", "依次"]),
            let value = try ExactDecimal.sum(parts.map { numbers[$0].value })
                .divided(by: ExactDecimal(parts.count), places: 10)
        else { return nil }
        let distance = try (numbers[index].value - value).magnitude
        let agrees = try distance <= numbers[index].interval.tolerance()
        return StatedArithmetic(number: index, parts: parts, value: value, agrees: agrees, making: .mean)
    }

    /// `400 册，每册 120 元，计 48,000 元`, and `192 万元（20 人，每人每年 9.6 万元）`.
    func product(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .yuan else { return nil }
        if leads[index].says(["共计", "合计", "总计", "计", "共"], beside: ["，", ",", "、", "为", "需"]), index > 1,
            isPriced(index - 1), !leads[index - 2].has("每")
        {
            let made = try reckoner.product(index, index - 2, index - 1)
            return made?.agrees == false && sumsMore(index, than: index - 2) ? nil : made
        }
        guard index + 2 < numbers.count, leads[index + 1] == "(", isPriced(index + 2),
            text[text.skippingBlanks(numbers[index + 2].offset.upperBound)] == ")"
        else { return try priced(index) }
        return try reckoner.product(index, index + 1, index + 2)
    }

    /// What something costs, told beside how many there are in the same sentence or the one before: `人均每天 400 元。共 640 人，每人 5 天，计
    /// 1,280,000 元`.
    func priced(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .yuan, numbers[index].per.isEmpty,
            leads[index].says(
                ["共计", "合计", "总计", "计", "共", "需", "需要", "共需", "约需"],
                beside: ["，", ",", "、", "为", "金额", "资金", "费用", "计算", "测算"]
            )
        else { return nil }
        return try reckonPriced(index)
    }

    /// `电脑 20 台，每台 5,000 元，打印机 10 台，每台 2,000 元，共 120,000 元`: a total behind other amounts of its sentence may have these in it, too.
    func sumsMore(_ index: Int, than first: Int) -> Bool {
        leads[index].hasAny(["共", "合计", "总计"])
            && numbers.indices.prefix(first).contains { sentences[$0] == sentences[index] && numbers[$0].unit == .yuan }
    }

    /// The same, whatever the words before the number say.
    func reckonPriced(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let paragraph = text.paragraph(around: numbers[index].offset.lowerBound)
        let before = numbers.indices.prefix(index).suffix(6).filter {
            paragraph.contains(numbers[$0].offset.lowerBound) && isNear(sentences[$0], sentences[index])
        }
        // One price, and nothing but counts beside it.
        let prices = before.filter { numbers[$0].unit == .yuan }
        guard let price = prices.last, numbers[price].upper == nil, numbers[price].qualifier == .exactly else {
            return nil
        }
        let units = self.units(of: price)
        let counts = before.filter { place in
            guard place > (prices.dropLast().last ?? -1), place != price else { return false }
            return sentences[place] == sentences[index] || sentences[place] == sentences[price]
        }
        guard !units.isEmpty,
            counts.allSatisfy({ place in
                if case .count = numbers[place].unit {
                    return numbers[place].upper == nil && numbers[place].qualifier == .exactly
                }
                return false
            })
        else { return nil }
        var factors: [Int] = []
        for unit in units {
            let fitting = counts.filter { place in
                guard case .count(let word) = numbers[place].unit else { return false }
                return unit.isSameMeasure(as: word)
            }
            guard fitting.count == 1, !factors.contains(fitting[0]) else { return nil }
            factors.append(fitting[0])
        }
        var (value, least, most) = (
            numbers[price].value, numbers[price].interval.lowest, numbers[price].interval.highest
        )
        // A mean is rounded, too.
        var isRounded = numbers[price].phrase.contains("万") || leads[price].has("均")
        for factor in factors {
            let count = numbers[factor]
            value = try value * count.value
            let isWan = count.phrase.contains("万")
            least = try least * (isWan ? count.interval.lowest : count.value)
            most = try most * (isWan ? count.interval.highest : count.value)
            isRounded = isRounded || isWan
        }
        let printed = numbers[index].interval
        let agrees = printed.contains(value) || isRounded && most >= printed.lowest && least <= printed.highest
        // What else is counted there may be a factor, too: 2 期.
        if !agrees, factors.count < counts.count || sumsMore(index, than: price) { return nil }
        // 每期 50 人: how many of them there are is a factor, too.
        if !agrees, factors.contains(where: { eachUnits(leads[$0]).contains { !units.contains($0) } }) { return nil }
        return StatedArithmetic(
            number: index,
            parts: factors.sorted() + [price],
            value: value,
            agrees: agrees,
            making: .product
        )
    }

    /// Whether two sentences are one, or the second follows the first.
    private func isNear(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        if one == other { return true }
        guard one.upperBound <= other.lowerBound else { return false }
        return !text.scalars[one.upperBound..<other.lowerBound].dropFirst().contains { $0.isOne(of: "。；;!?") }
    }

    /// What a price is for: 人 and 天 of 人均每天 400 元, 册 of 每册 30 元 and of 30 元/册.
    private func units(of price: Int) -> [String] {
        var units = numbers[price].per.isEmpty ? [] : [numbers[price].per]
        let lead = leads[price]
        let clause =
            lead.split(omittingEmptySubsequences: false) { "，,；;:：(（、".contains($0) }.last.map(String.init) ?? lead
        if let each = clause.ranges(of: "人均").last {
            units.append("人")
            return units + eachUnits(String(clause[each.upperBound...]))
        }
        return units + eachUnits(clause)
    }

    private func eachUnits(_ clause: String) -> [String] {
        clause.ranges(of: "每").compactMap { place in
            let rest = clause[place.upperBound...]
            return priceUnits.first(where: rest.hasPrefix)
        }
    }

    /// Whether a number is the price of one of what the number before it counts, and of nothing else.
    private func isPriced(_ index: Int) -> Bool {
        guard isPlain(index), isPlain(index - 1), numbers[index].unit == .yuan,
            sentences[index] == sentences[index - 1],
            case .count(let word) = numbers[index - 1].unit
        else { return false }
        let lead = leads[index].drop { "，,、".contains($0) }
        return ["每\(word)", "每\(word)每年", "按每\(word)", "按每\(word)每年"].contains(String(lead))
    }
}

private let meanFillers = [
    "两年", "三年", "四年", "五年", "支出", "，", ",", "、", "得分", "分数", "分", "值", "数", "为", "得", "即", "最终", "综合", "总",
]
/// Longer words before those that they begin with.
private let priceUnits = [
    "人次", "人天", "课时", "学时", "小时", "平方米", "公里", "个月", "人", "名", "天", "日", "年", "月", "次", "场", "节", "家", "个", "户", "份",
    "处",
    "套", "学生", "生", "位", "台", "辆", "件", "项", "座", "卷", "册", "本", "吨", "亩", "株", "盏", "只", "张", "间", "条", "支", "批", "期",
    "所", "米",
]
