import ReviewModel

/// A number that others of its sentence make: `送审 534 元，审定 510 元，核减 24 元`, `比上年的 46 人增加 4 人，增长 8.70%`,
/// `分别为 84 分、87 分、90 分，平均 87 分`, `印制 400 册，每册 120 元，计 48,000 元`.
struct StatedArithmetic: Sendable {
    /// The positions of the number and of what makes it among the numbers of the text.
    var number: Int
    var parts: [Int]
    /// What they make, as exactly as they are printed.
    var value: ExactDecimal
    var agrees: Bool
    var making: Making
    /// Whether the words say that it rose where it fell, or the other way round.
    var isOtherWay = false

    enum Making: Sendable {
        /// The first without the second.
        case difference
        /// The first in percent of the second, or the change from the second to the first.
        case share, growth
        case mean, product
    }

    /// What the numbers of a text say of each other, as a scan of `text` found them.
    static func all(in text: ProseText, _ numbers: [ProseNumber]) throws(DecimalOverflow) -> [StatedArithmetic] {
        guard numbers.count > 1 else { return [] }
        let clauses = NumberClauses(text, numbers)
        var found: [StatedArithmetic] = []
        for index in numbers.indices {
            guard clauses.isPlain(index) else {
                // 平均 16.5 元/卷
                if !numbers[index].per.isEmpty, let made = try clauses.mean(index) { found.append(made) }
                continue
            }
            // Who says what a change comes to, says it of the same two numbers.
            let known = found.last { $0.number == index - 1 }
            if let made = try clauses.made(index, after: known) { found.append(made) }
        }
        return found
    }
}

/// The numbers of a text with the words before each, as far as its sentence has them.
private struct NumberClauses {
    let numbers: [ProseNumber]
    /// The words between each number and the one before it, or the beginning of its sentence, without blanks.
    let leads: [String]
    private let sentences: [Range<Int>]
    private let text: ProseText

    init(_ text: ProseText, _ numbers: [ProseNumber]) {
        (self.text, self.numbers) = (text, numbers)
        let sentences = numbers.map { text.sentence(around: $0.offset.lowerBound) }
        leads = numbers.indices.map { index in
            let last = index > 0 ? numbers[index - 1].offset.upperBound : 0
            return text.words(max(sentences[index].lowerBound, last)..<numbers[index].offset.lowerBound)
        }
        self.sentences = sentences
    }

    /// A figure by itself: no range, no 约, nothing that it is counted for.
    func isPlain(_ index: Int) -> Bool {
        let number = numbers[index]
        return number.upper == nil && number.per.isEmpty && number.qualifier == .exactly && number.unit != .none
    }

    /// The same of what is counted for something, 元/卷.
    private func isPlain(_ index: Int, per: String) -> Bool {
        let number = numbers[index]
        return number.upper == nil && number.per == per && number.qualifier == .exactly && number.unit != .none
    }

    /// What makes a number, the first of the ways that its words say; `known` is the change right before it.
    func made(_ index: Int, after known: StatedArithmetic?) throws(DecimalOverflow) -> StatedArithmetic? {
        if let made = try cut(index) { return made }
        if let made = try rest(index) { return made }
        if let made = try mean(index) { return made }
        if let made = try product(index) { return made }
        if let made = try change(index) { return made }
        if let made = try pointsApart(index) { return made }
        if let made = try portion(index) { return made }
        if let made = try remainder(index) { return made }
        return try growth(index, after: known)
    }

    // MARK: Differences

    /// `送审 A，审定 B，核减 C`, in any order of the first two.
    func cut(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .yuan, leads[index].says(cutWords, beside: cutFillers) else { return nil }
        let before = amounts(before: index, atMost: 2)
        guard before.count == 2, !leads[before[1] + 1...index].contains(where: { $0.has("其中") }),
            !sentence(index).hasAny(elseCounted)
        else { return nil }
        let isAsked = before.map { place -> Bool? in
            let (asked, given) = (leads[place].last(of: askedWords), leads[place].last(of: givenWords))
            return asked == nil && given == nil ? nil : asked ?? -1 > given ?? -1
        }
        guard let asked = isAsked.firstIndex(of: true), let given = isAsked.firstIndex(of: false) else { return nil }
        return try difference(index, before[asked], before[given])
    }

    /// `预算 A，支出 B，结余 C`.
    func rest(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .yuan, leads[index].says(restWords, beside: cutFillers) else { return nil }
        var before = amounts(before: index, atMost: 2)
        if before.count == 1, let fund = fundOfSentence(before: before[0]) { before.append(fund) }
        guard before.count == 2, leads[before[0]].hasAny(spentWords), !leads[before[1]].hasAny(spentWords),
            leads[before[1]].hasAny(fundWords),
            // What the budget of the sentence before is made of may be told there.
            !leads[(sentences[before[1]] == sentences[index] ? before[1] + 1 : before[0])...index].contains(where: {
                $0.has("其中")
            }),
            !sentence(index).hasAny(elseCounted + ["上年结", "年初结", "累计", "历年", "结转结余"])
        else { return nil }
        return try difference(index, before[1], before[0])
    }

    /// `预算 A，其中…。` in the sentence before one that says what was spent: its only amount before 其中; of a budget that was adjusted nobody
    /// knows which is meant.
    private func fundOfSentence(before index: Int) -> Int? {
        guard let last = numbers.indices.last(where: { sentences[$0].upperBound <= sentences[index].lowerBound }),
            // Nothing but the stop and blanks between the two sentences.
            text.bare(sentences[last].upperBound..<sentences[index].lowerBound).count <= 1
        else { return nil }
        let whole = numbers.indices.filter { sentences[$0] == sentences[last] }.prefix { !leads[$0].has("其中") }
        guard whole.count == 1, let fund = whole.first, numbers[fund].unit == .yuan, isPlain(fund) else { return nil }
        return fund
    }

    /// `B，比 A 增加 C`, `与 A 相比，B 减少 C`, `由 A 调整为 B，减少 C`.
    func change(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit != .percent, let isUp = rise(index), let base = base(before: index) else {
            return nil
        }
        guard !base.others.isEmpty else { return nil }
        var told: StatedArithmetic?
        for other in base.others {
            let made = try isUp ? difference(index, other, base.place) : difference(index, base.place, other)
            guard let made else { continue }
            if made.agrees { return made }
            if told == nil { told = made }
        }
        // Of several numbers nobody says which is compared.
        return base.others.count == 1 ? told : nil
    }

    /// `94.2%，比上年的 93.0% 提高 1.2 个百分点`.
    func pointsApart(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .percent, numbers[index].phrase.contains("百分点"), let isUp = rise(index),
            let base = base(before: index), base.others.count == 1, let other = base.others.first,
            !numbers[other].phrase.contains("百分点"), !numbers[base.place].phrase.contains("百分点")
        else { return nil }
        guard var made = try isUp ? difference(index, other, base.place) : difference(index, base.place, other) else {
            return nil
        }
        // Rates are rounded.
        let slack = try numbers[other].interval.tolerance() + numbers[base.place].interval.tolerance()
        let distance = try (numbers[index].value - made.value).magnitude
        made.agrees = try distance <= slack + numbers[index].interval.tolerance()
        return made
    }

    /// `比 A 增加 C，增长 D%`, and `B，比 A 增长 D%`.
    func growth(_ index: Int, after change: StatedArithmetic?) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .percent, !numbers[index].phrase.contains("百分点"), let isUp = rise(index) else {
            return nil
        }
        // The amount of the change, where it stands between.
        if index > 0, sentences[index] == sentences[index - 1], numbers[index - 1].unit != .percent, isPlain(index - 1),
            let wasUp = rise(index - 1), let base = base(before: index - 1)
        {
            guard var made = try share(index, index - 1, base.place) else { return nil }
            if wasUp != isUp { (made.agrees, made.isOtherWay) = (false, true) }
            if !made.isOtherWay, !made.agrees, let change, !change.agrees { return nil }
            return made
        }
        // The difference of two rates is told in percent, too.
        guard let base = base(before: index), base.others.count == 1, numbers[base.place].unit != .percent else {
            return nil
        }
        let other = base.others[0]
        return try growth(index, isUp ? other : base.place, isUp ? base.place : other, of: base.place)
    }

    /// What is compared with, and the numbers of its kind that may be compared with it.
    private func base(before index: Int) -> (place: Int, others: [Int])? {
        guard index > 0, sentences[index - 1] == sentences[index] else { return nil }
        let start = numbers.indices.first { sentences[$0] == sentences[index] } ?? index
        let unit = { (place: Int) in numbers[place].unit == numbers[index - 1].unit && isPlain(place) }
        guard unit(index - 1),
            numbers[index].unit == .percent || numbers[index].unit == numbers[index - 1].unit
        else { return nil }
        if leads[index - 1].hasPrefix("相比") || leads[index].hasPrefix("相比") && index - 1 == start {
            // 与 A 相比，B 减少 C
            guard leads[index - 1].hasPrefix("相比"), index - 2 >= start, unit(index - 2),
                leads[index - 2].hasAny(comparing)
            else { return leads[index].hasPrefix("相比") ? (index - 1, []) : nil }
            return (index - 2, [index - 1])
        }
        if index - 2 >= start, unit(index - 2), leads[index - 2].hasAny(["由", "从"]),
            ["调整为", "调整到", "调整至", "变更为", "降至", "降为", "降到", "增至", "增加到", "减至", "减为", "压减至", "压缩至"]
                .contains(where: leads[index - 1].hasSuffix)
        {
            return (index - 2, [index - 1])
        }
        let lead = leads[index - 1].drop { "，,(".contains($0) }
        guard ["比", "较", "相比", "与", "同"].contains(where: lead.hasPrefix), !lead.hasPrefix("比例") else { return nil }
        let isWhole = leads[index].hasPrefix("相比") || !lead.hasPrefix("与") && !lead.hasPrefix("同")
        guard isWhole else { return nil }
        return (index - 1, (start..<index - 1).reversed().filter(unit))
    }

    /// Whether the words right before a number say that it is a rise, or a fall; `nil` where they say more, or neither.
    private func rise(_ index: Int) -> Bool? {
        if leads[index].says(riseWords, beside: changeFillers) { return true }
        return leads[index].says(fallWords, beside: changeFillers) ? false : nil
    }

    // MARK: Means and products

    /// `分别为 84 分、87 分、90 分，平均得分 87 分`.
    func mean(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isPlain(index, per: numbers[index].per), leads[index].says(["平均", "均值", "均分"], beside: meanFillers),
            !sentence(index).hasAny(["去掉", "剔除", "加权", "权重", "最高"])
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
            return try product(index, index - 2, index - 1)
        }
        guard index + 2 < numbers.count, leads[index + 1] == "(", isPriced(index + 2),
            text[text.skippingBlanks(numbers[index + 2].offset.upperBound)] == ")"
        else { return try priced(index) }
        return try product(index, index + 1, index + 2)
    }

    /// `发放 200 份，收回 192 份，回收率 96%`, `41 台，其中超过年限的 17 台，占 41.46%`.
    func portion(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .percent, !numbers[index].phrase.contains("百分点"), index > 1,
            isPart(index - 1, of: index)
        else { return nil }
        var lead = leads[index].drop { "，,（(".contains($0) }
        for link in ["为", "达到", "达", "是", ":"] where lead.hasSuffix(link) { lead = lead.dropLast(link.count) }
        if ["占", "占比", "比例", "占总数的", "占总量的"].contains(String(lead)) {
            // The whole is what 其中 stands behind.
            guard let whole = wholeBehind(index - 1) else { return nil }
            return try share(index, index - 1, whole)
        }
        guard lead.count <= 8, lead.hasSuffix("率"), !notOfCounts.contains(where: lead.contains),
            isPart(index - 2, of: index), numbers[index - 2].unit == numbers[index - 1].unit,
            numbers[index - 1].value <= numbers[index - 2].value
        else { return nil }
        // The part is called what the rate is a rate of: 合格 1006 批，合格率; 收回 192 份，回收率.
        let stem = lead.dropLast().suffix(2)
        guard stem.count == 2, stem.allSatisfy({ leads[index - 1].contains($0) }) else { return nil }
        return try share(index, index - 1, index - 2)
    }

    private func isPart(_ place: Int, of index: Int) -> Bool {
        guard place >= 0, sentences[place] == sentences[index], isPlain(place) else { return false }
        return numbers[place].unit != .percent && numbers[place].unit != .points
    }

    /// The number of the sentence that those behind 其中 are parts of, of the kind of `part`; shares stand between them.
    private func wholeBehind(_ part: Int) -> Int? {
        var place = part
        while place > 0, sentences[place - 1] == sentences[part] {
            if leads[place].has("其中") {
                return isPart(place - 1, of: part) && numbers[place - 1].unit == numbers[part].unit ? place - 1 : nil
            }
            place -= 1
        }
        return nil
    }

    /// `共 36.8 万卷，已完成 14.3 万卷；尚未完成 22.5 万卷`.
    func remainder(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard case .count = numbers[index].unit, openWords.contains(where: leads[index].hasPrefix) else { return nil }
        let paragraph = text.paragraph(around: numbers[index].offset.lowerBound)
        var parts: [Int] = []
        for place in numbers.indices.prefix(index).suffix(4).reversed()
        where paragraph.contains(numbers[place].offset.lowerBound) && numbers[place].unit != .percent {
            guard isPlain(place), numbers[place].unit == numbers[index].unit else { break }
            parts.append(place)
            // The whole says so, and the one before this is all that is done.
            if ["共", "总", "合计"].contains(where: leads[place].has) { break }
        }
        guard parts.count == 2, ["共", "总", "合计"].contains(where: leads[parts[1]].has), leads[parts[0]].has("已") else {
            return nil
        }
        return try difference(index, parts[1], parts[0])
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
        if !agrees, factors.count < counts.count { return nil }
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

    private func product(_ index: Int, _ count: Int, _ price: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let value = try numbers[count].value * numbers[price].value
        let (least, most) = (
            try numbers[count].value * numbers[price].interval.lowest,
            try numbers[count].value * numbers[price].interval.highest
        )
        // A price to the yuan is that price, not one that it may be rounded from.
        let printed = numbers[index].interval
        let isRounded = numbers[price].phrase.contains("万")
        let agrees =
            printed.contains(value) || isRounded && most >= printed.lowest && least <= printed.highest
        return StatedArithmetic(
            number: index,
            parts: [count, price],
            value: value,
            agrees: agrees,
            making: .product
        )
    }

    // MARK: What they make

    private func difference(_ index: Int, _ more: Int, _ less: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let value = try numbers[more].value - numbers[less].value
        let tolerance = try ExactDecimal.sum([
            numbers[index].rounding(), numbers[more].rounding(), numbers[less].rounding(),
        ])
        let distance = try (numbers[index].value - value).magnitude
        return StatedArithmetic(
            number: index,
            parts: [more, less],
            value: value,
            agrees: distance <= tolerance,
            making: .difference,
            isOtherWay: value.isNegative
        )
    }

    private func share(_ index: Int, _ part: Int, _ whole: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let (partly, wholly) = (numbers[part], numbers[whole])
        let (less, more) = (try partly.value - partly.rounding(), try partly.value + partly.rounding())
        let (small, large) = (try wholly.value - wholly.rounding(), try wholly.value + wholly.rounding())
        guard small > 0, !less.isNegative,
            let value = try ExactDecimal.percentage(partly.value, of: wholly.value, places: 10),
            let least = try ExactDecimal.percentage(less, of: large, places: 10),
            let most = try ExactDecimal.percentage(more, of: small, places: 10)
        else { return nil }
        let printed = numbers[index].interval
        let agrees = most >= printed.lowest && least <= printed.highest
        return StatedArithmetic(
            number: index,
            parts: [part, whole],
            value: value,
            agrees: agrees,
            making: .share
        )
    }

    private func growth(_ index: Int, _ more: Int, _ less: Int, of base: Int) throws(DecimalOverflow)
        -> StatedArithmetic?
    {
        let (one, two, whole) = (numbers[more], numbers[less], numbers[base])
        let change = try one.value - two.value
        guard whole.interval.lowest > 0, let value = try ExactDecimal.percentage(change, of: whole.value, places: 10)
        else { return nil }
        let reach = try one.rounding() + two.rounding()
        guard let around = try ExactDecimal.percentage(reach, of: whole.interval.lowest, places: 10) else { return nil }
        let distance = try (numbers[index].value - value).magnitude
        let tolerance = try numbers[index].interval.tolerance() + around
        return StatedArithmetic(
            number: index,
            parts: [more, less],
            value: value,
            agrees: distance <= tolerance,
            making: .growth,
            isOtherWay: value.isNegative
        )
    }

    // MARK: Numbers before

    /// The amounts before a number in its sentence, nearest first; those in words repeat the ones before them, and rates are none.
    private func amounts(before index: Int, atMost count: Int) -> [Int] {
        var (found, place) = ([Int](), index - 1)
        while place >= 0, found.count < count, sentences[place] == sentences[index] {
            if numbers[place].unit != .percent, !leads[place].has("大写") {
                guard numbers[place].unit == .yuan, isPlain(place) else { return [] }
                found.append(place)
            }
            place -= 1
        }
        return found
    }

    private func sentence(_ index: Int) -> String { text.words(sentences[index]) }
}

private let cutWords = ["净核减", "净审减", "核减", "审减", "调减"]
private let openWords = ["尚未", "仍未", "还未", "剩余", "其余", "还有", "仍有", "尚有", "未"]
/// Rates that are not one part of a count: those of money, and changes.
private let notOfCounts = ["增长", "增幅", "下降", "降低", "提高", "上升", "执行", "支出", "支付", "核减", "审减", "调减", "费", "税", "利"]
/// Longer words before those that they begin with.
private let priceUnits = [
    "人次", "人天", "课时", "学时", "小时", "平方米", "公里", "个月", "人", "名", "天", "日", "年", "月", "次", "场", "节", "家", "个", "户", "份",
    "处",
    "套", "学生", "生", "位", "台", "辆", "件", "项", "座", "卷", "册", "本", "吨", "亩", "株", "盏", "只", "张", "间", "条", "支", "批", "期",
    "所", "米",
]
private let restWords = ["结余", "节余", "剩余", "尚未支付", "未支付", "未付", "待支付", "尚欠"]
private let spentWords = ["支出", "执行", "支付", "使用"]
private let fundWords = ["预算", "合同", "到位", "资金", "批复", "下达", "安排"]
private let askedWords = ["送审", "申报", "报审", "申请", "上报"]
private let givenWords = ["审定", "审核", "核定", "核准", "定案", "评估", "评审", "建议", "复核"]
/// Words of a sentence that count in something else.
private let elseCounted = ["核增", "审增", "调增", "增加", "剔除", "扣除", "若", "如果", "另", "暂列", "质保"]
private let cutFillers = [
    "，", ",", ")", "、", ":", "共计", "合计", "累计", "共", "总", "金额", "额", "数", "资金", "预算", "为", "达", "即", "经评审", "评审", "项目",
    "本项目", "了",
]
private let comparing = ["比", "较", "与", "同"]
private let riseWords = ["增加", "增长", "上升", "提高", "上涨", "增幅"]
private let fallWords = ["减少", "下降", "降低", "降幅", "下调", "压减"]
private let changeFillers = [
    "，", ",", ")", "、", "相比", "同比", "净", "共", "合计", "总", "了", "额", "幅度", "为", "达", "即", "金额", "资金", "预算", "年均",
]
private let meanFillers = ["，", ",", "、", "得分", "分数", "分", "值", "数", "为", "得", "即", "最终", "综合", "总"]

extension ProseNumber {
    /// How far it may be from what was rounded to it: 万元 and 亿元 are, yuan and what is counted are not.
    fileprivate func rounding() throws(DecimalOverflow) -> ExactDecimal {
        phrase.contains("万") || phrase.contains("亿") ? try interval.tolerance() : .zero
    }
}

extension String {
    /// Whether what is counted is what a price is for: 640 人 and 每名, 5 天 and 每日, 12 个月 and 每月.
    fileprivate func isSameMeasure(as word: String) -> Bool {
        func canonical(_ unit: String) -> String {
            switch unit {
            case "名", "生", "位", "学生": "人"
            case "日": "天"
            case "个月": "月"
            case "学时": "课时"
            default: unit
            }
        }
        return canonical(self) == canonical(word)
    }

    fileprivate func has(_ word: String) -> Bool { contains(word) }

    fileprivate func hasAny(_ words: [String]) -> Bool { words.contains { contains($0) } }

    /// Where one of the words stands last, counted from the beginning.
    fileprivate func last(of words: [String]) -> Int? {
        words.compactMap { word in ranges(of: word).last.map { distance(from: startIndex, to: $0.lowerBound) } }.max()
    }

    /// Whether the text is one of the words and nothing else but fillers before and behind it.
    fileprivate func says(_ words: [String], beside fillers: [String]) -> Bool {
        guard count <= 16 else { return false }
        return words.contains { word in
            ranges(of: word).contains { place in
                self[..<place.lowerBound].isMade(of: fillers) && self[place.upperBound...].isMade(of: fillers)
            }
        }
    }
}

extension Substring {
    fileprivate func isMade(of words: [String]) -> Bool {
        if isEmpty { return true }
        return words.contains { hasPrefix($0) && dropFirst($0.count).isMade(of: words) }
    }
}
