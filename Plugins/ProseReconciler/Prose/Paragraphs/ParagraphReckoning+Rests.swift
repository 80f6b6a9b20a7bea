import PrintedReports
import ReviewModel

/// What is left, what is missing, and what changes make.
extension ParagraphReckoning {
    /// `核查 100 人，其中信息准确 93 人，准确率 93.00%，不准确 7 人`: one denies what the number before it says.
    func denied(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index) else { return nil }
        let clause = self.clause(index)
        guard let denial = words["denials"].first(where: clause.hasPrefix) else { return nil }
        let verb = String(clause.dropFirst(denial.count))
        let pair = nearest(index, 3)
        // Three kinds of something need not be all there are: opinions have a middle.
        guard verb.count >= 2, !words["opinions"].contains(where: verb.has), pair.count == 2,
            self.clause(pair[0]).hasSuffix(verb),
            !words["denials"].contains(where: { self.clause(pair[0]).hasSuffix($0 + verb) }),
            numbers[pair[0]].value <= numbers[pair[1]].value,
            !isFollowedByKin(index)
        else { return nil }
        return try reckoner.difference(index, pair[1], pair[0])
    }

    private func isFollowedByKin(_ index: Int) -> Bool {
        index + 1 < numbers.count && isSentence(index, index + 1) && numbers[index + 1].unit == numbers[index].unit
    }

    /// `12 个接口中已取得 8 个，尚有 4 个未取得`; `馆藏 126,540 卷，已完成 58,462 卷，数字化率 46.20%；尚未数字化 68,078 卷`, where the rate says what the whole is.
    func openRest(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index), begins("not_done", clause(index)), clause(index).count <= 12, !isFollowedByKin(index)
        else {
            return nil
        }
        let pair = nearest(index, 2, inParagraph: true)
        guard pair.count == 2, has("done", in: leads[pair[0]]), numbers[pair[0]].value <= numbers[pair[1]].value else {
            return nil
        }
        var isWhole =
            isSentence(pair[0], pair[1]) && isSentence(pair[0], index) && leads[pair[0]].prefix(8).contains("中")
            && !leads[pair[0]].has("其中")
        for place in pair[0] + 1..<index where numbers[place].unit == .percent && clauses.isPlain(place) {
            if let rate = try reckoner.share(place, pair[0], pair[1]), rate.agrees { isWhole = true }
        }
        return isWhole ? try reckoner.difference(index, pair[1], pair[0]) : nil
    }

    /// `应到位 100.00 万元，实际到位 86.00 万元，缺口 14.00 万元`.
    func gap(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index), let word = words["gap"].filter(clause(index).hasPrefix).max(by: { $0.count < $1.count }),
            clause(index).count <= word.count + 2
        else { return nil }
        // 核减 of money may stand beside 核增.
        if ["核减", "核增", "审减"].contains(word),
            numbers[index].unit == .yuan || clauses.sentence(index).has("核增") && word != "核增"
        {
            return nil
        }
        let pair = nearest(index, 2)
        guard pair.count == 2, has("should_be", in: clause(pair[1])), has("in_fact", in: clause(pair[0])),
            !leads[pair[0]].has("其中"), !leads[index].has("其中")
        else { return nil }
        let isLess = numbers[pair[0]].value <= numbers[pair[1]].value
        return try isLess
            ? reckoner.difference(index, pair[1], pair[0]) : reckoner.difference(index, pair[0], pair[1])
    }

    /// `实际工期 445 日历天，比合同工期 450 日历天提前 5 天`.
    func period(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let lead = leads[index].drop { "，,".contains($0) }
        let (isEarly, isLate) = (words["early"].contains(String(lead)), words["late"].contains(String(lead)))
        guard isEarly || isLate, index > 1, isSentence(index - 2, index), clauses.isPlain(index - 1),
            clauses.isPlain(index - 2), [index, index - 1, index - 2].allSatisfy({ numbers[$0].unit.isOfDays }),
            ["比", "较"].contains(where: clause(index - 1).hasPrefix)
        else { return nil }
        return try isEarly
            ? reckoner.difference(index, index - 1, index - 2) : reckoner.difference(index, index - 2, index - 1)
    }

    // MARK: - Flows

    struct Flow {
        var made: StatedArithmetic
        var start: Int
        var isBudget: Bool
    }

    private static let flows: [(opening: String, closing: String, plus: [String], minus: [String])] = [
        ("opening_budget", "closing_budget", ["added"], ["taken"]),
        ("opening_balance", "closing_balance", ["inflow"], ["outflow"]),
        ("payable", "still_to_pay", [], ["paid_off"]),
    ]

    /// `年初预算 A，年中追加 B、调减 C，调整后预算 D`; `年初结转 A，收入 B，支出 C，年末结转 D`; `审定 A，扣除 B 和已支付 C，尚应支付 D`.
    func flow(_ index: Int) throws(DecimalOverflow) -> Flow? {
        guard isAmount(index), !leads[index].has("其中") else { return nil }
        for kind in Self.flows where begins(kind.closing, clause(index).dropping(starts: ["实际", "则", "应"])) {
            let own = numbers.indices.filter { $0 < index && isSentence($0, index) && isAlike($0, index) }
            guard let start = own.last(where: { has(kind.opening, in: clause($0)) }) else { continue }
            let between = own.filter { $0 > start }
            var (value, sign, formula) = (numbers[start].value, nil as Bool?, numbers[start].phrase)
            var isClear = !between.isEmpty
            for place in between {
                let lead = leads[place]
                if kind.minus.contains(where: { has($0, in: lead) }) {
                    sign = false
                } else if kind.plus.contains(where: { has($0, in: lead) }) {
                    sign = true
                } else if !["和", "及", "、", "以及", ")和", ")及", ")、"].contains(where: lead.hasPrefix) {
                    sign = nil
                }
                guard let sign,
                    !lead.hasAny(["其中", "比", "较", "上年", "同比"])
                        || kind.opening == "opening_balance" && !lead.hasAny(["其中", "比", "较"])
                else {
                    isClear = false
                    break
                }
                value = try sign ? value + numbers[place].value : value - numbers[place].value
                formula += (sign ? " + " : " − ") + numbers[place].phrase
            }
            guard isClear else { continue }
            let made = try reckoned(index, [start] + between, value, within: slack([index, start] + between), formula)
            return Flow(made: made, start: start, isBudget: kind.opening == "opening_budget")
        }
        return nil
    }

    // MARK: - Changes

    /// The last two numbers before one in its sentence between which something was changed: `由 A 调整为 B`.
    private func change(before index: Int) -> (from: Int, to: Int)? {
        for to in numbers.indices.prefix(index).reversed() where isSentence(to, index) {
            guard to > 0, isSentence(to - 1, to), isMoved(to) else { continue }
            return (to - 1, to)
        }
        return nil
    }

    /// Whether a number is what the one before it was changed to.
    private func isMoved(_ to: Int) -> Bool {
        let (one, two) = (numbers[to - 1], numbers[to])
        guard one.unit == two.unit, one.upper == nil, two.upper == nil, one.qualifier == .exactly,
            two.qualifier == .exactly
        else { return false }
        // 由每平方米128元调整为每平方米118元
        let lead = leads[to].dropping(ends: ["每平方米", "每台", "每人", "每套"])
        return words["changed_to"].contains(where: lead.hasSuffix) && leads[to - 1].hasAny(["由", "从"])
    }

    /// `由 A 更正为 B，增加 C`; `单价由 A 调整为 B，2 台核减 C`; `调减 C，其中…，由 A 调整为 B`.
    func changed(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard clauses.isPlain(index) else { return nil }
        let (isUp, isDown) = (
            words["rises"].contains(where: clause(index).hasSuffix),
            words["falls"].contains(where: clause(index).hasSuffix)
        )
        guard isUp != isDown else { return nil }
        let word = clause(index).dropping(ends: words["rises"] + words["falls"])
        if let (from, to) = change(before: index), numbers[from].unit == numbers[index].unit {
            let gap = try isUp ? numbers[to].value - numbers[from].value : numbers[from].value - numbers[to].value
            let (more, less) = isUp ? (to, from) : (from, to)
            if to == index - 1, word.isEmpty || ["共", "共计", "合计", "净"].contains(word) {
                // 单价由 68.40 元调整为 65.20 元，核减 6,848 元: so much for all of them.
                guard numbers[from].per.isEmpty, !leads[from].hasAny(["单价", "每", "均价", "标准", "价格"]) else { return nil }
                return try reckoner.difference(index, more, less)
            }
            // So many of them, each by so much.
            if to == index - 2, case .count(let unit) = numbers[index - 1].unit, clauses.isPlain(index - 1),
                word.isEmpty,
                leads[index - 1].count <= 3, numbers[index].unit == .yuan,
                leads[from].has("单价") || leads[to].has("每\(unit)") || numbers[to].per == unit
            {
                let value = try gap * numbers[index - 1].value
                return try reckoned(
                    index,
                    [index - 1, more, less],
                    value,
                    within: slack([index]),
                    "\(numbers[index - 1].phrase) × (\(numbers[more].phrase) − \(numbers[less].phrase))",
                    isOtherWay: value.isNegative
                )
            }
            return nil
        }
        return try fewerButMore(index)
    }

    /// `调减预算 25.30 万元，其中…，由 300.00 万元调整为 274.70 万元`: what it was, without what the sentence begins with.
    func changedByFirst(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index), index > 1, isMoved(index), isAmount(index - 1), ["由", "从"].contains(clause(index - 1)),
            let first = numbers.indices.first(where: { isSentence($0, index) && isAlike($0, index) }),
            first < index - 1,
            !leads[first].hasAny(["其中", "比", "较"])
        else { return nil }
        let lead = clause(first)
        let (isUp, isDown) = (lead.hasAny(["调增", "核增", "追加"]), lead.hasAny(["调减", "核减", "压减"]))
        guard isUp != isDown else { return nil }
        let value =
            try isUp ? numbers[index - 1].value + numbers[first].value : numbers[index - 1].value - numbers[first].value
        return try reckoned(
            index,
            [index - 1, first],
            value,
            within: slack([index, index - 1, first]),
            "\(numbers[index - 1].phrase) \(isUp ? "+" : "−") \(numbers[first].phrase)"
        )
    }

    /// `由 3 台调整为 4 台，核减 52,000 元`: more of them, and less for them.
    private func fewerButMore(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard index > 1, numbers[index].unit == .yuan, let (from, to) = change(before: index), to == index - 1,
            case .count = numbers[to].unit, numbers[to].value != numbers[from].value
        else { return nil }
        let lead = String(leads[index].drop { "，,".contains($0) })
        guard ["核减", "核增"].contains(lead), (lead == "核增") != (numbers[to].value > numbers[from].value) else {
            return nil
        }
        return try reckoned(
            index,
            [from, to],
            numbers[index].value,
            within: .zero,
            "\(numbers[from].phrase) → \(numbers[to].phrase)",
            isOtherWay: true
        )
    }

    /// `合计核减` of what was added, each: the word goes the other way.
    func contraryCut(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let lead = String(leads[index].drop { "，,".contains($0) })
        guard isAmount(index), ["核减", "核增"].contains(where: lead.hasSuffix),
            lead.hasAny(["两项", "三项", "四项", "合计", "共计"])
        else {
            return nil
        }
        let other = lead.hasSuffix("核减") ? "核增" : "核减"
        let own = numbers.indices.filter { $0 < index && isParagraph($0, index) && isAlike($0, index) }
        let parts = own.filter { clause($0).hasSuffix(other) }
        guard parts.count > 1, parts.count == own.count,
            try .sum(parts.map { numbers[$0].value }) == numbers[index].value
        else { return nil }
        return try reckoned(
            index,
            parts,
            numbers[index].value,
            within: .zero,
            parts.map { "\(other) \(numbers[$0].phrase)" }.joined(separator: " + "),
            isOtherWay: true
        )
    }

    /// `比上年减少 23.82 万元，下降 47.64%` where two amounts of the paragraph are so far apart; `较 2025 年的 312 万元增加 48 万元，增长 15.38%`.
    func growthOfPair(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard index > 0, isAmount(index - 1), isSentence(index - 1, index), !numbers[index].phrase.contains("百分点")
        else {
            return nil
        }
        let word = String(leads[index].drop { "，,".contains($0) }).dropping(ends: ["了", "为", "达"])
        guard let isUp = direction(word), let wasUp = direction(of: clause(index - 1)) else { return nil }
        let change = clause(index - 1).dropping(ends: words["rises"] + words["falls"]).dropping(ends: ["净", "了", "共"])
        // 较 2025 年的 312 万元增加 48 万元
        if change.isEmpty, index > 1, isSentence(index - 2, index), isAlike(index - 2, index - 1),
            leads[index - 1].count <= 3,
            isCompared(clause(index - 2))
        {
            if wasUp != isUp { return try contrary(index) }
            return try reckoner.share(index, index - 1, index - 2)
        }
        guard change.hasPrefix("同比") || isCompared(change) && words["year_before"].contains(where: change.hasSuffix)
        else { return nil }
        if wasUp != isUp { return try contrary(index) }
        let own = numbers.indices.filter { $0 < index - 1 && isParagraph($0, index) && isAlike($0, index - 1) }
        var found: [StatedArithmetic] = []
        for base in own {
            for other in own where other != base {
                let gap =
                    try wasUp ? numbers[other].value - numbers[base].value : numbers[base].value - numbers[other].value
                guard gap == numbers[index - 1].value, let made = try reckoner.share(index, index - 1, base) else {
                    continue
                }
                if made.agrees { return made }
                found.append(made)
            }
        }
        return found.count == 1 ? found[0] : nil
    }

    private func contrary(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic {
        StatedArithmetic(
            number: index,
            parts: [index - 1],
            value: numbers[index].value,
            agrees: false,
            making: .contrary,
            isOtherWay: true
        )
    }

    private func direction(_ word: String) -> Bool? {
        words["rises"].contains(word) ? true : words["falls"].contains(word) ? false : nil
    }

    private func direction(of clause: String) -> Bool? {
        words["rises"].contains(where: clause.hasSuffix)
            ? true : words["falls"].contains(where: clause.hasSuffix) ? false : nil
    }

    /// Whether words compare: 资金规模较 2025 年的, 2025 年比上年.
    private func isCompared(_ clause: String) -> Bool {
        guard let place = ["较", "比"].compactMap({ clause.ranges(of: $0).last?.lowerBound }).max() else { return false }
        let rest = clause[place...]
        return !["比例", "比重", "比率", "较大", "较高", "较多", "较好", "较满"].contains(where: rest.hasPrefix)
            && !clause[..<place].hasSuffix("占") && !clause[..<place].hasSuffix("对")
    }
}

extension ProseUnit {
    /// Whether it counts days.
    var isOfDays: Bool {
        if case .count(let word) = self { ["天", "日历天"].contains(word) } else { false }
    }
}
