import PrintedReports
import ReviewModel

/// Rates of an amount, prices of so many, means and costs of one.
extension ParagraphReckoning {
    /// `按软件开发费 1,017,092.00 元的 3% 计取，为 30,512.76 元`; `加工量 160.2 万页的 50%，即 80.1 万页`.
    func charge(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isAmount(index), index > 1, isSentence(index - 2, index), numbers[index - 1].unit == .percent,
            clauses.isPlain(index - 1), leads[index - 1] == "的", isAlike(index - 2, index)
        else { return nil }
        let lead = leads[index].filter { !"，,(".contains($0) }
        guard lead.count <= 6,
            ["为", "即", "计", "共计", "合计", "即为", "应为", "计为"].contains(lead.dropping(starts: words["charged_at"]))
        else {
            return nil
        }
        let hundredth = ExactDecimal(significand: 1, places: 2)
        let rate = try numbers[index - 1].value * hundredth
        let value = try numbers[index - 2].value * rate
        let slack = try self.slack([index - 2]) * rate
        return StatedArithmetic(
            number: index,
            parts: [index - 2, index - 1],
            value: value,
            agrees: try isRounded(numbers[index], from: value, slack: slack),
            making: .product,
            isOutright: true
        )
    }

    /// Whether a number is another one, rounded or cut to the place where its zeros begin.
    func isRounded(_ number: ProseNumber, from value: ExactDecimal, slack: ExactDecimal) throws(DecimalOverflow) -> Bool
    {
        let apart = try (number.value - value).magnitude
        if try apart <= slack + number.interval.tolerance() { return true }
        // 81.0 is no 80.1.
        if number.phrase.contains(".") { return false }
        var unit = try number.interval.tolerance() * 2
        for _ in 0..<4 {
            guard let times = try number.value.divided(by: unit * 10, places: 0), try times * unit * 10 == number.value
            else { break }
            unit = try unit * 10
            if try apart < unit + slack { return true }
        }
        return false
    }

    /// `配电箱 36 台，每台核减 210 元，共核减 7,560.00 元`.
    func countedPrice(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .yuan else { return nil }
        if index > 1, isSentence(index - 2, index), isAlike(index - 1, index),
            case .count(let unit) = numbers[index - 2].unit,
            clauses.isPlain(index - 2)
        {
            let each = clause(index - 1).dropping(starts: ["按", "平均"])
            let verb = each.dropping(starts: ["每\(unit)"])
            let total = leads[index].drop { "，,".contains($0) }
            if verb != each, verb.count <= 4, !verb.has("每"),
                ["共", "共计", "合计", "计"].contains(where: { total == $0 + verb }) || verb.isEmpty && isSum(String(total))
            {
                let made = try reckoner.product(index, index - 2, index - 1)
                return made?.agrees == false && clauses.sumsMore(index, than: index - 2) ? nil : made
            }
        }
        // 筹劳 2,010 个工日，按每个工日 80 元折算，折资 160,800.00 元
        let lead = leads[index].filter { !"，,".contains($0) }
        guard !lead.isEmpty, lead.count <= 8, lead[...].isMade(of: words["amounts_to"]) else { return nil }
        return try clauses.reckonPriced(index)
    }

    private func isSum(_ words: String) -> Bool { ["共", "共计", "合计", "计", "共需"].contains(words) }

    /// `四个季度分别发放 A、B、C、D，平均每季度发放 M`.
    func meanOfList(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let lead = leads[index].drop { "，,".contains($0) }
        guard isAmount(index) || numbers[index].unit == .points,
            ["平均", "季均", "月均", "年均"].contains(where: lead.hasPrefix), lead.count <= 12,
            !clauses.sentence(index).hasAny(["去掉", "剔除", "加权", "权重", "最高"])
        else { return nil }
        return try meanOfRun(index)
    }

    /// `升学率分别为 92.0%、88.0%、96.0%，简单平均为 92.0%`: rates have other means, too.
    func meanOfRates(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard !numbers[index].phrase.contains("百分点"),
            ["简单平均为", "简单平均", "算术平均为", "算术平均", "算术平均值为", "简单算术平均为"].contains(
                String(leads[index].drop { "，,".contains($0) })
            )
        else { return nil }
        return try meanOfRun(index)
    }

    /// The mean of a list that ends right before a number: 分别为 A、B、C, 三家报价为 A、B、C.
    private func meanOfRun(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let parts = run(endingAt: index - 1)
        guard parts.count > 2, isSentence(parts[0], index), isAlike(parts[0], index),
            leads[parts[0]].hasAny(["分别", "依次"])
                || leads[parts[0]].hasAny(["报价", "询价"]) && leads[parts[0]].hasSuffix("为"),
            !tail(index - 1).hasPrefix("等"),
            let value = try ExactDecimal.sum(parts.map { numbers[$0].value }).divided(
                by: ExactDecimal(parts.count),
                places: 10
            )
        else { return nil }
        let list = parts.map { numbers[$0].phrase }.joined(separator: " + ")
        return try reckoned(
            index,
            parts,
            value,
            within: numbers[index].interval.tolerance() + slack(parts),
            "(\(list)) ÷ \(parts.count)"
        )
    }

    /// Numbers of one kind that end with this one and that nothing but 、 and 和 parts.
    func run(endingAt last: Int) -> [Int] {
        guard last >= 0, numbers[last].upper == nil, numbers[last].qualifier == .exactly else { return [] }
        var run = [last]
        while let first = run.first, first > 0, isSentence(first - 1, last),
            numbers[first - 1].unit == numbers[last].unit,
            numbers[first - 1].upper == nil, numbers[first - 1].qualifier == .exactly,
            ["、", "和", "及", "以及", "与"].contains(leads[first])
        {
            run.insert(first - 1, at: 0)
        }
        return run
    }

    /// `按总建筑面积 3,680 平方米计算，审定造价 A，单方造价 967.67 元/平方米；按 270 名幼儿计算，生均造价 …`.
    func unitCost(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let number = numbers[index]
        guard number.unit == .yuan, number.upper == nil, number.qualifier == .exactly, index > 0,
            let name = words["unit_costs"].first(where: clause(index).hasSuffix)
        else { return nil }
        let noun = String(name.suffix(2))
        let isCounted = { (place: Int) -> Bool in
            if case .count = numbers[place].unit {
                return place >= 0 && isSentence(place, index) && clauses.isPlain(place) && clause(place).hasPrefix("按")
            }
            return false
        }
        guard let count = [index - 1, index - 2].first(where: { $0 >= 0 && isCounted($0) }),
            number.per.isEmpty || numbers[count].unit == .count(number.per),
            let whole = numbers.indices.prefix(index).last(where: {
                isParagraph($0, index) && numbers[$0].unit == .yuan && clauses.isPlain($0) && clause($0).hasSuffix(noun)
                    && !words["unit_costs"].contains(where: clause($0).hasSuffix)
            }), numbers[count].value > 0,
            let value = try numbers[whole].value.divided(by: numbers[count].value, places: 10)
        else { return nil }
        return try reckoned(
            index,
            [whole, count],
            value,
            within: number.interval.tolerance(),
            "\(numbers[whole].phrase) ÷ \(numbers[count].phrase)"
        )
    }

    // MARK: - How many there are

    /// `其余 4 项…，分别核减 A、B、C、D`, and `调减 3 个项目预算 T，其中甲 A、乙 B、丙 C` where these make T: as many as are listed.
    func countOfList(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard case .count = numbers[index].unit, clauses.isPlain(index), index + 2 < numbers.count,
            isSentence(index, index + 2),
            numbers[index].value <= 20
        else { return nil }
        var parts: [Int] = []
        if isAmount(index + 1), leads[index + 1].hasAny(["分别", "依次"]), !leads[index + 1].hasAny(["其中", "两", "和"]) {
            var last = index + 1
            while last + 1 < numbers.count, ["、", "和", "及", "以及", "与"].contains(leads[last + 1]),
                isAlike(last + 1, index + 1)
            { last += 1 }
            parts = Array(index + 1...last)
        } else if isAmount(index + 1), numbers[index + 1].unit == .yuan, leads[index + 1].count <= 6,
            !leads[index + 1].hasAny(["，", ",", "每", "共"]), leads[index + 2].hasPrefix("，其中")
        {
            var last = index + 2
            while last + 1 < numbers.count, leads[last + 1].hasPrefix("、"), isAlike(last + 1, index + 1),
                isSentence(last + 1, index)
            { last += 1 }
            let list = Array(index + 2...last)
            guard list.allSatisfy({ isAlike($0, index + 1) }),
                try .sum(list.map { numbers[$0].value }) == numbers[index + 1].value
            else { return nil }
            parts = list
        }
        guard parts.count > 1 else { return nil }
        return try reckoned(
            index,
            parts,
            ExactDecimal(parts.count),
            within: .zero,
            parts.map { numbers[$0].phrase }.joined(separator: "、")
        )
    }

    /// `最多的是甲，469,300 元；最少的是乙，196,057 元，前者是后者的 2.39 倍`.
    func multiple(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .none, numbers[index].upper == nil, numbers[index].qualifier == .exactly,
            tail(index).hasPrefix("倍"), clause(index) == "前者是后者的"
        else { return nil }
        let own = numbers.indices.prefix(index).filter { isParagraph($0, index) }.suffix(2)
        guard own.count == 2, let first = own.first, let second = own.last, isAlike(first, second), isAmount(first),
            numbers[second].value > 0,
            let value = try numbers[first].value.divided(by: numbers[second].value, places: 10)
        else { return nil }
        let half = ExactDecimal(significand: 5, places: numbers[index].value.places + 1)
        let distance = try (numbers[index].value - value).magnitude
        return StatedArithmetic(
            number: index,
            parts: [first, second],
            value: value.rounded(to: max(2, numbers[index].value.places)),
            agrees: distance <= half,
            making: .formula("\(numbers[first].phrase) ÷ \(numbers[second].phrase)")
        )
    }

    // MARK: - Shared out

    /// Amounts that are shared out by rates or by a ratio: `权重分别为 40%、40% 和 20%，对应资金额度为 144 万元、144 万元和 72 万元`,
    /// `按 6:3:1 承担，其中省级 A、市级 B、县级 C`.
    func distributions() throws(DecimalOverflow) -> [StatedArithmetic] {
        var (found, last) = ([StatedArithmetic](), -1)
        for index in numbers.indices where index > last && isAmount(index) {
            let amounts = named(from: index)
            guard amounts.count > 2, let end = amounts.last else { continue }
            last = end
            if let ratio = leads[index].ratio, ratio.count == amounts.count,
                leads[index].hasAny(["按", "比例", "分担", "承担"]), let odd = try odd(amounts, ratio, isRatio: true)
            {
                found.append(odd)
                continue
            }
            let isBare = amounts.dropFirst().allSatisfy { ["、", "和", "及", "以及", "与"].contains(leads[$0]) }
            let before = numbers.indices.prefix(index).suffix(amounts.count)
            guard isBare, before.count == amounts.count,
                before.allSatisfy({ numbers[$0].unit == .percent && isSentence($0, index) && clauses.isPlain($0) }),
                leads[index].hasAny(["分别", "依次", "对应"]), !leads[index].hasAny(["增", "减", "比", "较", "占"])
            else { continue }
            if let odd = try odd(amounts, before.map { numbers[$0].value }, isRatio: false, Array(before)) {
                found.append(odd)
            }
        }
        return found
    }

    /// Amounts one after the other, each with its name: 省级 A、市级 B 和县级 C.
    private func named(from start: Int) -> [Int] {
        var run = [start]
        while let last = run.last, last + 1 < numbers.count, isSentence(last, last + 1), isAlike(last, last + 1),
            ["、", "和", "及", "以及", "与", "，"].contains(where: leads[last + 1].hasPrefix), leads[last + 1].count <= 8,
            !leads[last + 1].hasAny(["合计", "共", "比", "较"])
        {
            run.append(last + 1)
        }
        return run
    }

    /// The amount that is out of proportion where all others are in it; the first where the ratio fits none of them.
    private func odd(_ amounts: [Int], _ rates: [ExactDecimal], isRatio: Bool, _ places: [Int] = [])
        throws(DecimalOverflow)
        -> StatedArithmetic?
    {
        let sum = try ExactDecimal.sum(amounts.map { numbers[$0].value })
        let all = try ExactDecimal.sum(rates)
        guard all > 0, sum > 0 else { return nil }
        var wrong: [Int] = []
        for (place, amount) in amounts.enumerated() {
            guard let value = try (sum * rates[place]).divided(by: all, places: 6) else { return nil }
            if try (value - numbers[amount].value).magnitude > numbers[amount].interval.tolerance() * 2 {
                wrong.append(place)
            }
        }
        if wrong.isEmpty { return nil }
        // One that is wrong changes the sum, and so the others: leave it out.
        for place in amounts.indices {
            let rest = try sum - numbers[amounts[place]].value
            let share = try all - rates[place]
            guard share > 0 else { continue }
            var isRight = true
            for (other, amount) in amounts.enumerated() where other != place {
                guard let value = try (rest * rates[other]).divided(by: share, places: 6) else { return nil }
                if try (value - numbers[amount].value).magnitude > numbers[amount].interval.tolerance() * 2 {
                    isRight = false
                }
            }
            guard isRight else { continue }
            // Rates that are no hundred are wrong themselves.
            if !isRatio, all != 100, let right = try (numbers[amounts[place]].value * 100).divided(by: sum, places: 4) {
                let list = amounts.map { numbers[$0].phrase }.joined(separator: " + ")
                return try reckoned(
                    places[place],
                    amounts,
                    right,
                    within: .zero,
                    "\(numbers[amounts[place]].phrase) ÷ (\(list))"
                )
            }
            guard let value = try (rest * rates[place]).divided(by: share, places: 6) else { return nil }
            let others = amounts.indices.filter { $0 != place }
            return try reckoned(
                amounts[place],
                amounts.filter { $0 != amounts[place] },
                value,
                within: .zero,
                "(\(others.map { numbers[amounts[$0]].phrase }.joined(separator: " + "))) × \(rates[place]) ÷ \(share)"
            )
        }
        guard isRatio else { return nil }
        let place = wrong[0]
        guard let value = try (sum * rates[place]).divided(by: all, places: 6) else { return nil }
        return try reckoned(
            amounts[place],
            amounts.filter { $0 != amounts[place] },
            value,
            within: .zero,
            "\(numbers[amounts[place]].printed(sum)) × \(rates[place]) ÷ \(all)"
        )
    }
}

extension String {
    /// The numbers of a ratio that it names: 6, 3 and 1 of 按6:3:1承担.
    fileprivate var ratio: [ExactDecimal]? {
        var (best, run) = ([ExactDecimal](), [ExactDecimal]())
        var (digits, isJoined) = ("", false)
        for letter in self + " " {
            if letter.isASCII, letter.isNumber || letter == "." && !digits.isEmpty {
                digits.append(letter)
                continue
            }
            if !digits.isEmpty, let number = ExactDecimal(digits) {
                run = isJoined ? run + [number] : [number]
                if run.count > best.count { best = run }
            }
            isJoined = !digits.isEmpty && [":", "∶", "："].contains(letter)
            digits = ""
        }
        return best.count > 1 ? best : nil
    }
}
