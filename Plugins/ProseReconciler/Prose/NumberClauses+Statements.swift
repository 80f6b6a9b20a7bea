import PrintedReports
import ReviewModel

/// What is not done yet, what somebody has more of than another, and what a change is of that sentences before name.
extension NumberClauses {
    /// `6 座中 4 座已取得许可，2 座尚未取得`, `4 个问题，3 个已整改，1 个尚未整改`: the whole, what is done and what is not.
    func unfinished(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isCounted(index) else { return nil }
        let own = countsOfSentence(index)
        guard own.count == 3, own[2] == index, let done = following(own[1]).verb(behind: words["already"]),
            let open = following(index).verb(behind: words["not_yet"]), done == open,
            !sentence(index).hasAny(["其余", "另", "正在", "部分"])
        else { return nil }
        let between = text.words(numbers[own[0]].offset.upperBound..<numbers[own[1]].offset.lowerBound)
        guard between.count <= 16, !between.hasAny(["其中", "已", "完成", "比", "较"]) || between.hasPrefix("其中") else {
            return nil
        }
        return try reckoner.difference(index, own[0], own[1])
    }

    /// `终端 150 台，活跃 102 台，活跃率 68.00%，闲置 48 台`: the rate says which two are the whole and a part of it.
    func idle(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isCounted(index), index > 2, sentences[index - 3] == sentences[index],
            numbers[index - 1].unit == .percent, isPlain(index - 1), isPlain(index - 2), isPlain(index - 3),
            numbers[index - 2].unit == numbers[index].unit, numbers[index - 3].unit == numbers[index].unit,
            words["idle"].contains(String(leads[index].drop { "，,".contains($0) })),
            // 闲置 6 台，报废 3 台: what is left is of several kinds.
            index + 1 == numbers.count || sentences[index + 1] != sentences[index]
                || numbers[index + 1].unit != numbers[index].unit,
            let rate = try reckoner.share(index - 1, index - 2, index - 3), rate.agrees
        else { return nil }
        return try reckoner.difference(index, index - 3, index - 2)
    }

    /// `已支付 6,792,500 元，执行率 95.00%，尚未支付 357,500 元`: what was paid and its rate say what is left.
    func restOfRate(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .yuan, index > 1, sentences[index - 2] == sentences[index], isPlain(index),
            words["unpaid"].contains(String(leads[index].drop { "，,".contains($0) })),
            numbers[index - 1].unit == .percent, isPlain(index - 1), numbers[index - 2].unit == .yuan,
            isPlain(index - 2),
            ["执行率", "支付率", "支出率"].contains(where: leads[index - 1].hasSuffix), leads[index - 2].hasAny(["支付", "支出"]),
            index == 2 || sentences[index - 3] != sentences[index]
        else { return nil }
        let (paid, rate) = (numbers[index - 2].value, numbers[index - 1].interval)
        guard rate.lowest > 0, let least = try (paid * 100).divided(by: rate.highest, places: 4),
            let most = try (paid * 100).divided(by: rate.lowest, places: 4),
            let usual = try (paid * 100).divided(by: numbers[index - 1].value, places: 4)
        else { return nil }
        let (printed, highest, lowest) = (numbers[index].interval, try most - paid, try least - paid)
        return StatedArithmetic(
            number: index,
            parts: [index - 2, index - 1],
            value: try usual - paid,
            agrees: highest >= printed.lowest && lowest <= printed.highest,
            making: .remainder
        )
    }

    /// `X412 线每公里 38.97 万元，X415 线每公里 48.01 万元，X412 线比 X415 线低 9.04 万元`, `2027 年比 2026 年增加…`: of two that the sentence names.
    func apart(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isPlain(index), numbers[index].unit != .percent, let place = leads[index].ranges(of: "比").first,
            leads[index].ranges(of: "比").count == 1
        else { return nil }
        let before = leads[index][..<place.lowerBound].drop { "，,".contains($0) }
        var behind = leads[index][place.upperBound...]
        guard let verb = moreWords.first(where: { behind.hasSuffix($0.word) }) else { return nil }
        behind = behind.dropLast(verb.word.count)
        guard before.count >= 2, behind.count >= 2, !before.contains("，"), before != behind else { return nil }
        let own = numbers.indices.filter {
            $0 < index && sentences[$0] == sentences[index] && numbers[$0].unit == numbers[index].unit && isPlain($0)
        }
        let (one, two) = (own.filter { names($0, before) }, own.filter { names($0, behind) })
        guard one.count == 1, two.count == 1, one[0] != two[0] else { return nil }
        // What stands behind the names is the same of both: 每公里造价.
        guard let first = leads[one[0]].words(behind: before), let second = leads[two[0]].words(behind: behind),
            first == second
        else { return nil }
        return try verb.isMore
            ? reckoner.difference(index, one[0], two[0]) : reckoner.difference(index, two[0], one[0])
    }

    /// `三年累计支出 8,214 万元，年均 2,738 万元`.
    func yearly(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isPlain(index), index > 0, sentences[index] == sentences[index - 1], isPlain(index - 1),
            numbers[index - 1].unit == numbers[index].unit, numbers[index].unit != .percent,
            ["年均", "年均支出", "年均投入", "平均每年"].contains(
                String(leads[index].drop { "，,".contains($0) }.trimmedOf("为"))
            ),
            let years = yearCounts.first(where: { leads[index - 1].has($0.word) }),
            let value = try numbers[index - 1].value.divided(by: ExactDecimal(years.count), places: 8)
        else { return nil }
        let distance = try (numbers[index].value - value).magnitude
        let slack = try numbers[index].interval.tolerance() + numbers[index - 1].interval.tolerance()
        return StatedArithmetic(
            number: index,
            parts: [index - 1],
            value: value,
            agrees: distance <= slack,
            making: .part(of: years.count)
        )
    }

    /// `2025 年预算 715 万元，2026 年审定比 2025 年增加 112 万元，增长 15.66%`, and `预算比上年增加 3 万元，增长 7.14%` where two amounts of
    /// the paragraph are so far apart.
    func growthOfChange(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard index > 0, numbers[index].unit == .percent, !numbers[index].phrase.contains("百分点"),
            let isUp = direction(index), sentences[index] == sentences[index - 1], isPlain(index - 1), isPlain(index),
            numbers[index - 1].unit != .percent, numbers[index - 1].unit != .points
        else { return nil }
        let lead = leads[index - 1]
        guard
            let wasUp = upWords.contains(where: lead.hasSuffix)
                ? true : downWords.contains(where: lead.hasSuffix) ? false : nil,
            let place = lead.ranges(of: "比").last ?? lead.ranges(of: "较").last
        else { return nil }
        if wasUp != isUp {
            return StatedArithmetic(
                number: index,
                parts: [index - 1],
                value: numbers[index].value,
                agrees: false,
                making: .contrary,
                isOtherWay: true
            )
        }
        let base = lead[place.upperBound...].dropLast(2)
        let paragraph = text.paragraph(around: numbers[index].offset.lowerBound)
        let own = numbers.indices.filter {
            $0 < index - 1 && paragraph.contains(numbers[$0].offset.lowerBound) && isPlain($0)
                && numbers[$0].unit == numbers[index - 1].unit
        }
        if base.count == 5 || base.count == 6, base.hasSuffix("年") || base.hasSuffix("年度"),
            base.first?.isNumber ?? false
        {
            let year = base.prefix(5)
            let named = own.filter {
                sentences[$0] == sentences[index] && leads[$0].has(String(year)) && leads[$0].has("预算")
            }
            guard named.count == 1 else { return nil }
            return try reckoner.share(index, index - 1, named[0])
        }
        guard ["上年", "上年度", "上一年", "去年"].contains(String(base)) else { return nil }
        var found: [StatedArithmetic] = []
        for whole in own {
            for other in own where other != whole {
                let gap =
                    try wasUp
                    ? numbers[other].value - numbers[whole].value : numbers[whole].value - numbers[other].value
                guard gap == numbers[index - 1].value, leads[whole].has("预算"), leads[other].has("预算"),
                    let made = try reckoner.share(index, index - 1, whole)
                else { continue }
                if made.agrees { return made }
                found.append(made)
            }
        }
        return found.count == 1 ? found[0] : nil
    }

    // MARK: - Words

    private func isCounted(_ index: Int) -> Bool {
        if case .count = numbers[index].unit { return isPlain(index) }
        return false
    }

    private func countsOfSentence(_ index: Int) -> [Int] {
        numbers.indices.filter {
            sentences[$0] == sentences[index] && numbers[$0].unit == numbers[index].unit && clause($0) == clause(index)
        }
    }

    /// A sentence may tell several things one after the other: 一是……；二是…….
    private func clause(_ index: Int) -> Int { sentences[index].lowerBound }

    private func following(_ index: Int) -> String {
        let start = numbers[index].offset.upperBound
        return String(text.words(start..<min(sentences[index].upperBound, start + 16)))
    }

    private func names(_ index: Int, _ name: Substring) -> Bool { leads[index].has(String(name)) }

    private func direction(_ index: Int) -> Bool? {
        let lead = leads[index].drop { "，,".contains($0) }
        if ["增长", "增幅", "增幅为", "增长了"].contains(String(lead)) { return true }
        return ["下降", "降幅", "降幅为", "降低", "减少"].contains(String(lead)) ? false : nil
    }
}

extension String {
    /// The two letters behind one of the words that a text begins with: 取得 of 已取得施工许可.
    fileprivate func verb(behind words: [String]) -> String? {
        guard let word = words.first(where: hasPrefix) else { return nil }
        let verb = dropFirst(word.count).prefix(2)
        return verb.count == 2 ? String(verb) : nil
    }

    /// The words behind a name.
    fileprivate func words(behind name: Substring) -> String? {
        ranges(of: String(name)).last.map { String(self[$0.upperBound...]) }
    }
}

extension Substring {
    fileprivate func trimmedOf(_ end: String) -> Substring { hasSuffix(end) ? dropLast(end.count) : self }
}

private let moreWords: [(word: String, isMore: Bool)] = [
    ("增加", true), ("减少", false), ("高出", true), ("高", true), ("低", false), ("多", true), ("少", false),
]
private let upWords = ["增加", "增长"]
private let downWords = ["减少", "下降"]
private let yearCounts: [(word: String, count: Int)] = [
    ("两年累计", 2), ("三年累计", 3), ("四年累计", 4), ("五年累计", 5), ("两年共", 2), ("三年共", 3), ("四年共", 4), ("五年共", 5), ("两年合计", 2),
    ("三年合计", 3),
]
