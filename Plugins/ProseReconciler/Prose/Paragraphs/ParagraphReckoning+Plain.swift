import PrintedReports
import ReviewModel

/// What needs no more than the words beside two or three numbers: points between two rates, taxes, what is shared out, points that are left.
extension ParagraphReckoning {
    /// `执行率由 87.50% 提高到 94.20%，提高 6.70 个百分点`.
    func pointsBetween(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].phrase.contains("百分点"), index > 1, isSentence(index - 2, index),
            [index - 1, index - 2].allSatisfy({
                numbers[$0].unit == .percent && clauses.isPlain($0) && !numbers[$0].phrase.contains("百分点")
            }), ["由", "从"].contains(where: clause(index - 2).has), isChange(leads[index - 1])
        else { return nil }
        let word = String(leads[index].drop { "，,".contains($0) }).dropping(ends: ["了", "约"])
        let (isUp, isDown) = (words["rises"].contains(word) || word == "提升", words["falls"].contains(word))
        guard isUp != isDown else { return nil }
        let gap = try numbers[index - 1].value - numbers[index - 2].value
        let tolerance = try ExactDecimal.sum(
            [index, index - 1, index - 2].map { place throws(DecimalOverflow) in
                try numbers[place].interval.tolerance()
            }
        )
        let value = isUp ? gap : -gap
        return try reckoned(
            index,
            [index - 1, index - 2],
            value,
            within: tolerance,
            isUp
                ? "\(numbers[index - 1].plainPhrase) − \(numbers[index - 2].plainPhrase)"
                : "\(numbers[index - 2].plainPhrase) − \(numbers[index - 1].plainPhrase)",
            isOtherWay: value.isNegative
        )
    }

    /// Whether nothing but words of a change and its time stand between what was and what is: 提高到, 提高到 2024 年的.
    private func isChange(_ lead: String) -> Bool {
        let ways = words["moved_up"] + words["moved_down"] + words["changed_to"] + words["revised_to"]
        return ways.contains { way in
            guard lead.hasPrefix(way) else { return false }
            let rest = lead.dropFirst(way.count)
            return rest.isEmpty || rest.count <= 6 && rest.hasSuffix("年的")
        }
    }

    /// `不含税价 250,000 元，税率 6%，税额 15,000 元，含税价 265,000 元`: without the tax, and with it.
    func taxed(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index), numbers[index].unit == .yuan, index > 1 else { return nil }
        func place(_ name: (String) -> Bool) -> Int? {
            let own = numbers.indices.filter {
                $0 <= index && isSentence($0, index) && isAlike($0, index) && name(clause($0))
            }
            return own.count == 1 ? own[0] : nil
        }
        let isNet = { (clause: String) in clause.has("不含税") }
        let isGross = { (clause: String) in clause.has("含税") && !clause.has("不含税") || clause.hasPrefix("价税合计") }
        let isTax = { (clause: String) in ["税额", "税金", "增值税", "增值税额"].contains(clause.dropping(ends: ["为", "计"])) }
        // What else the sentence gives may be in it, too.
        guard numbers.indices.count(where: { $0 <= index && isSentence($0, index) && isAlike($0, index) }) == 3,
            let net = place(isNet), let gross = place(isGross), let tax = place(isTax),
            Set([net, gross, tax]).count == 3,
            index == max(net, gross, tax)
        else { return nil }
        if index == gross {
            let value = try numbers[net].value + numbers[tax].value
            return try reckoned(
                index,
                [net, tax],
                value,
                within: slack([net, tax, index]),
                "\(numbers[net].phrase) + \(numbers[tax].phrase)"
            )
        }
        return try reckoner.difference(index, gross, index == net ? tax : net)
    }

    /// `补助 450 万元由市、县按 6∶4 分担，市级 270 万元，县级 180 万元`: the levels behind the word bear all of it.
    func sharedOut(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index), numbers[index].unit == .yuan, index > 1,
            index + 1 == numbers.count || !isSentence(index, index + 1) || !isAlike(index, index + 1)
        else { return nil }
        let own = numbers.indices.filter { $0 <= index && isSentence($0, index) && isAlike($0, index) }
        guard own.count > 2, let start = own.first(where: { leads[$0].hasAny(["分担", "分摊", "共同承担", "共同负担"]) }),
            let place = own.firstIndex(of: start), place == 1, own.count - place > 1
        else { return nil }
        let (whole, parts) = (own[0], Array(own[place...]))
        let isLevel = { (name: String) in
            let name = name.dropping(starts: ["，", "、", ",", "其中", "由"]).dropping(ends: [
                "财政", "承担", "负担", "分担", "为", "资金",
            ])
            return (1...4).contains(name.count)
                && ["中央", "省", "市", "县", "区", "镇", "乡", "村", "街道"].contains { name.hasPrefix($0) }
        }
        // 由市、县、镇分担: each of those that are named has its part.
        let bearers = leads[start].split(separator: "由").last.map { $0.prefix { !"按分共，".contains($0) } } ?? ""
        guard parts.allSatisfy({ isLevel(clause($0)) }), !leads[start].has("其中"),
            bearers.count(where: { $0 == "、" || $0 == "和" || $0 == "与" }) + 1 == parts.count
        else { return nil }
        let others = parts.dropLast()
        let value = try numbers[whole].value - .sum(others.map { numbers[$0].value })
        return try reckoned(
            index,
            [whole] + others,
            value,
            within: slack([whole] + parts),
            ([whole] + others).map { numbers[$0].phrase }.joined(separator: " − ")
        )
    }

    /// `满分 25 分，目标不明确扣 2 分，资料不全扣 1.5 分，得 21.5 分`: what is left of the full points where all between them was taken off.
    func pointsLeft(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .points, clauses.isPlain(index), index > 1 else { return nil }
        let lead = leads[index].drop { "，,；;".contains($0) || $0 == ")" }
        guard ["得", "得分", "实得", "得分为", "实际得分", "评审得分"].contains(String(lead)) else { return nil }
        let own = numbers.indices.filter { $0 < index && isSentence($0, index) && numbers[$0].unit == .points }
        guard let first = own.first, own.allSatisfy(clauses.isPlain), first == index - own.count,
            leads[first].hasSuffix("满分") || own.dropFirst().allSatisfy({ isTaken($0) }), !leads[first].has("扣")
        else { return nil }
        let taken = own.dropFirst().filter { !isInBrackets($0) }
        guard !taken.isEmpty, taken.allSatisfy(isTaken) else { return nil }
        let value = try numbers[first].value - .sum(taken.map { numbers[$0].value })
        return try reckoned(
            index,
            [first] + taken,
            value,
            within: .zero,
            ([first] + taken).map { numbers[$0].phrase }.joined(separator: " − ")
        )
    }

    private func isTaken(_ index: Int) -> Bool {
        words["points_taken"].contains(where: leads[index].hasSuffix)
    }

    private func isInBrackets(_ index: Int) -> Bool {
        let start = clauses.sentences[index].lowerBound
        let before = clauses.text.words(start..<numbers[index].offset.lowerBound)
        return before.count { "(（".contains($0) } > before.count { ")）".contains($0) }
    }
}
