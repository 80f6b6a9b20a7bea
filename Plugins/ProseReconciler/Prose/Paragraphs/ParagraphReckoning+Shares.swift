import BudgetLines
import PrintedReports
import ReviewModel

/// Shares beside their amounts.
extension ParagraphReckoning {
    /// `合同 24 份，其中 7 份…，占合同总数的 29.17%`: what the whole is called stands in the words of one number of the paragraph.
    func shareOfNamed(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard let name = shareName(index), index > 0, isSentence(index - 1, index), isAmount(index - 1) else {
            return nil
        }
        let part = index - 1
        var whole: Int?
        if name.isEmpty {
            let own = numbers.indices.filter { $0 < part && isSentence($0, part) && isAlike($0, part) }
            if own.count == 1, numbers[own[0]].value >= numbers[part].value { whole = own[0] }
        } else {
            whole = named(name, beside: part)
        }
        // 应到位 A，实际到位 B，缺口 C，占应配套资金的: of what C is missing.
        // 送审 A，审定 B，审减 C，占审减总额的: it is of all that was cut, and no part of what was asked for.
        let short = name.dropping(ends: words["whole_ends"])
        let isOfItsKind = short != name && short.count >= 2 && clause(part).has(short)
        if whole == nil, !name.isEmpty, !isOfItsKind {
            let pair = nearest(part, 2)
            if pair.count == 2, try numbers[pair[1]].value - numbers[pair[0]].value == numbers[part].value {
                whole = pair[1]
            }
        }
        guard let whole, let made = try reckoner.share(index, part, whole) else { return nil }
        if !made.agrees, try isShare(index, of: part) { return nil }
        return made
    }

    /// What a percent is said to be a share of: 合同总数 of 占合同总数的; empty where it says no more than that; `nil` where it is no share.
    private func shareName(_ index: Int) -> String? {
        let clause = self.clause(index).dropping(starts: ["仅", "约", "共", "合计"])
        guard clause.hasPrefix("占") else { return nil }
        return String(clause.dropFirst()).dropping(ends: ["的", "比重", "比例", "比", "为", "约", "达"])
    }

    /// The one number of the paragraph that is called `name`.
    private func named(_ name: String, beside part: Int) -> Int? {
        var names = [name]
        let short = name.dropping(ends: words["whole_ends"])
        if short.count >= 2 { names.append(short) }
        if words["contract_sums"].contains(name) { names += words["contract_sums"] }
        for name in names where name.count >= 2 {
            let found = numbers.indices.filter {
                $0 < part && isParagraph($0, part) && isAlike($0, part) && clause($0).has(name)
                    && !clause($0).hasAny(["占", "比", "较"])
                    // 展位搭建审减 is one of the cuts, and 审减总额 none.
                    && (name != short || name == names[0] || saysWhole(clause($0), name))
            }
            if found.count == 1 { return found[0] }
            if found.count > 1 { return nil }
        }
        return nil
    }

    /// Whether nothing but the name of a whole, without its end, stands in a clause: 审减, 共审减, 合计审减.
    private func saysWhole(_ clause: String, _ name: String) -> Bool {
        guard let place = clause.firstRange(of: name) else { return false }
        let before = clause[..<place.lowerBound]
        return before.count < 3 || ["共", "合计", "总"].contains(where: before.contains)
    }

    /// `补充耕地 1,286 亩，为年度任务 1,200 亩的 107.17%`: the whole stands between.
    func shareRightBefore(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard leads[index] == "的", index > 0, isSentence(index - 1, index), isAmount(index - 1) else { return nil }
        let whole = index - 1
        let clause = leads[whole]
        guard clause.hasPrefix("，"),
            ["仅为", "为", "是", "仅占", "占", "约占", "相当于"].contains(where: clause.dropFirst().hasPrefix),
            // 占两包预算 350 万元的 93.43%，占全部预算 400 万元的 81.75%: both are of what stands before them.
            let part = nearest(whole, 4).first(where: {
                !["占", "仅占", "约占", "相当于"].contains(where: leads[$0].dropping(starts: ["，"]).hasPrefix)
            })
        else { return nil }
        // Nothing but rates of the same part stands between.
        guard part == whole - 1 || leads[whole].hasPrefix("，占") else { return nil }
        guard let made = try reckoner.share(index, part, whole) else { return nil }
        // 人工费 60 万元，其中工资 48 万元、社保 12 万元，占总成本 100 万元的 60%: what the list is of.
        if !made.agrees, leads[whole].hasPrefix("，占"), let all = wholeOfList(endingAt: part) {
            return try reckoner.share(index, all, whole)
        }
        return made
    }

    /// The number that those from behind 其中 up to one are parts of.
    private func wholeOfList(endingAt last: Int) -> Int? {
        var place = last
        while place > 0, isSentence(place - 1, last), isAlike(place - 1, last) {
            if leads[place].hasAny(["其中", "包括", "包含"]) { return place - 1 }
            guard leads[place].first.map({ "、，,和及与以".contains($0) }) ?? false else { return nil }
            place -= 1
        }
        return nil
    }

    /// `预算 A，决算 B，节约 C，控制率 D%`, and the rate of what a flow makes: `调整后预算 …，预算调整率 7.21%`.
    func rateOfDifference(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let clause = self.clause(index).dropping(ends: ["为", "达"])
        guard index > 0, isSentence(index - 1, index), isAmount(index - 1) else { return nil }
        if words["change_rate"].contains(where: clause.hasSuffix), let flow = try flow(index - 1), flow.isBudget {
            return try reckoner.growth(index, index - 1, flow.start, of: flow.start)
        }
        let pair = nearest(index - 1, 2)
        guard pair.count == 2,
            try (numbers[pair[1]].value - numbers[pair[0]].value).magnitude == numbers[index - 1].value,
            numbers[pair[1]].value > 0
        else { return nil }
        // Of the one or of the other: 节约率 is of what was planned, whichever stands first.
        let ways =
            words["done_rate"].contains(where: clause.hasSuffix)
            ? [(pair[0], pair[1]), (pair[1], pair[0])]
            : words["gap_rate"].contains(where: clause.hasSuffix) ? [(index - 1, pair[1]), (index - 1, pair[0])] : []
        var first: StatedArithmetic?
        for (part, whole) in ways {
            guard let made = try reckoner.share(index, part, whole) else { continue }
            if made.agrees { return made }
            first = first ?? made
        }
        // 编制 118 人，实有 112 人，其中行政 23 人、事业 89 人，编制使用率 94.92%: of two others, for what is listed is no difference.
        if leads[index - 1].hasPrefix("、") { return nil }
        if first != nil, try isRatioOfOthers(index, pair[0]) { return nil }
        return first
    }

    /// Whether two numbers of its paragraph of the kind of one make a percent.
    private func isRatioOfOthers(_ index: Int, _ one: Int) throws(DecimalOverflow) -> Bool {
        let own = [one] + others(of: one)
        for part in own {
            for whole in own where whole != part && numbers[whole].value > 0 {
                if let made = try reckoner.share(index, part, whole), made.agrees { return true }
            }
        }
        return false
    }

    /// `106,830.59 元（按审定结算值的 3% 预留）`: a rate in brackets behind what it comes to.
    func rateOfCharge(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard index > 0, isAmount(index - 1), isSentence(index - 1, index), leads[index].hasPrefix("(按"),
            leads[index].hasSuffix("的"), words["charged_at"].contains(where: tail(index).hasPrefix)
        else { return nil }
        let name = String(leads[index].dropFirst(2).dropLast())
        guard name.count >= 2, let whole = named(name, beside: index - 1) else { return nil }
        let hundredth = ExactDecimal(significand: 1, places: 2)
        let value = try numbers[whole].value * numbers[index].value * hundredth
        if try isRounded(numbers[index - 1], from: value, slack: slack([whole])) { return nil }
        return try reckoner.share(index, index - 1, whole).map { made in
            var made = made
            made.agrees = false
            return made
        }
    }

    /// `执行率 61.71%，低于序时进度（66.67%）4.96 个百分点`.
    func pointsFrom(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].phrase.contains("百分点"), index > 1, isSentence(index - 2, index), leads[index].count <= 1,
            [index - 1, index - 2].allSatisfy({
                numbers[$0].unit == .percent && !numbers[$0].phrase.contains("百分点") && numbers[$0].upper == nil
            })
        else { return nil }
        let lead = String(leads[index - 1].drop { $0 == "，" })
        let (isMore, isLess) = (begins("more_than", lead), begins("less_than", lead))
        guard isMore || isLess else { return nil }
        let gap = try numbers[index - 2].value - numbers[index - 1].value
        let tolerance = try ExactDecimal.sum(
            [index, index - 1, index - 2].map { place throws(DecimalOverflow) in try numbers[place].interval.tolerance()
            }
        )
        let value = isMore ? gap : -gap
        return try reckoned(
            index,
            [index - 2, index - 1],
            value,
            within: tolerance,
            isMore
                ? "\(numbers[index - 2].phrase) − \(numbers[index - 1].plainPhrase)"
                : "\(numbers[index - 1].plainPhrase) − \(numbers[index - 2].phrase)",
            isOtherWay: value.isNegative
        )
    }

    func isAmount(_ index: Int) -> Bool {
        clauses.isPlain(index) && numbers[index].unit != .percent && numbers[index].unit != .points
    }

    // MARK: - Runs

    /// `甲 3173.75 万元，占 84.99%；乙 382.71 万元，占 10.25%`: amounts with their shares one after the other. The whole is what 其中 stands behind, what
    /// the sentence sums them up to, or their sum where their shares are a hundred or all but one are theirs.
    func shareRuns() throws(DecimalOverflow) -> [StatedArithmetic] {
        var (found, pairs) = ([StatedArithmetic](), [(amount: Int, share: Int)]())
        for index in numbers.indices.dropFirst() {
            guard isPair(index) else { continue }
            if let last = pairs.last,
                last.share != index - 2 || !isParagraph(last.share, index) || !isAlike(last.amount, index - 1)
            {
                found += try odd(of: pairs)
                pairs = []
            }
            pairs.append((index - 1, index))
        }
        return found + (try odd(of: pairs))
    }

    private func isPair(_ index: Int) -> Bool {
        guard numbers[index].unit == .percent, clauses.isPlain(index), isAmount(index - 1),
            isSentence(index - 1, index),
            !numbers[index].phrase.contains("百分点")
        else { return false }
        let lead = leads[index].drop { "，,(".contains($0) }
        return ["占", "占比", "占比为", "占总数的", "占总额的", "占总量的"].contains(String(lead))
            || lead.isEmpty && leads[index] == "(" && tail(index).hasPrefix(")")
    }

    private func odd(of pairs: [(amount: Int, share: Int)]) throws(DecimalOverflow) -> [StatedArithmetic] {
        guard pairs.count > 1, let first = pairs.first, let last = pairs.last else { return [] }
        let sum = try ExactDecimal.sum(pairs.map { numbers[$0.amount].value })
        let shares = try ExactDecimal.sum(pairs.map { numbers[$0.share].value })
        let step = try ExactDecimal.sum(
            pairs.map { pair throws(DecimalOverflow) in try numbers[pair.share].interval.tolerance() }
        )
        let isHundred = try (shares - 100).magnitude <= step
        var whole =
            first.amount > 0 && leads[first.amount].hasAny(["其中", "包括", "包含"])
                && isParagraph(first.amount - 1, first.amount)
                && isAlike(first.amount - 1, first.amount) ? first.amount - 1 : nil
        if whole == nil, last.share + 1 < numbers.count, isSentence(last.share, last.share + 1),
            isAlike(last.share + 1, last.amount),
            ["合计", "共计", "总计", "共"].contains(String(leads[last.share + 1].drop { "，,;".contains($0) }))
        {
            whole = last.share + 1
        }
        // A part of more than the whole belongs to another one.
        if let place = whole, pairs.contains(where: { numbers[$0.amount].value > numbers[place].value }) { whole = nil }
        var (wrong, right) = ([StatedArithmetic](), 0)
        for (amount, share) in pairs {
            var made: StatedArithmetic?
            if let whole {
                made = try reckoner.share(share, amount, whole)
            } else if let value = try ExactDecimal.percentage(numbers[amount].value, of: sum, places: 10) {
                let names = pairs.map { numbers[$0.amount].phrase }.joined(separator: " + ")
                made = try reckoned(
                    share,
                    [amount] + pairs.map(\.amount).filter { $0 != amount },
                    value,
                    within: numbers[share].interval.tolerance() * 2,
                    "\(numbers[amount].phrase) ÷ (\(names))"
                )
            }
            guard let made else { return [] }
            if made.agrees { right += 1 } else { wrong.append(made) }
        }
        if wrong.isEmpty { return [] }
        if whole != nil {
            // Where no share is that of the number before them, they are shares of something else.
            if right == 0, !isHundred { return [] }
            if wrong.count > 1, right == 0 { return Array(wrong.prefix(1)) }
            return wrong.count < pairs.count || isHundred ? Array(wrong.prefix(1)) : []
        }
        // Their sum is the whole where the shares are a hundred, or where all but one are theirs.
        if isHundred { return Array(wrong.prefix(1)) }
        guard right == pairs.count - 1 else { return [] }
        // Of two one that fits to the hundredth is no chance.
        let isFine = pairs.contains { pair in
            pair.share != wrong[0].number && numbers[pair.share].phrase.contains(".")
                && !numbers[pair.share].phrase.contains(".0%")
        }
        return pairs.count > 2 || isFine || isWholeHundredBut(wrong[0], pairs) ? wrong : []
    }

    /// Whether the right value of the odd share makes a hundred with the others, of which one is a plain part: 60.00% and 40.00%.
    private func isWholeHundredBut(_ odd: StatedArithmetic, _ pairs: [(amount: Int, share: Int)]) -> Bool {
        let others = pairs.filter { $0.share != odd.number }.map { numbers[$0.share].value }
        guard let sum = try? ExactDecimal.sum(others + [odd.value]), let gap = try? (sum - 100).magnitude else {
            return false
        }
        return gap < ExactDecimal(significand: 2, places: 2)
    }
}

extension ProseNumber {
    /// As it is printed, without the words before its digits that say how it compares: 66.67% of 低于 66.67%.
    var plainPhrase: String { String(String.UnicodeScalarView(phrase.unicodeScalars.drop { !$0.isDigit })) }
}
