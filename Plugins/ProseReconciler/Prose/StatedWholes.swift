import BudgetLines
import ReviewModel

/// What the paragraphs of a report say of the whole where it prints no table of lines: what was asked for, what was approved and cut, item by
/// item and in all, budgets of years, and changes from them.
struct StatedWholes: Sendable {
    struct Amount: Sendable {
        var number: ProseNumber
        var quote: String
        var pointer: JSONPointer
        /// The year that its words name.
        var year: Int?

        var value: ExactDecimal { number.value }
    }

    /// What was approved and what was cut, side by side.
    struct Pair: Sendable {
        var approved: Amount
        var cut: Amount
    }

    /// 比 2025 年预算增加 168 万元，增长 6.77%.
    struct Change: Sendable {
        var amount: Amount
        var share: Amount?
        var base: Int
        var isUp: Bool
    }

    private(set) var requests: [Amount] = []
    private(set) var pairs: [Pair] = []
    private(set) var budgets: [Amount] = []
    private(set) var changes: [Change] = []
    /// What English sentences say was recommended and cut in all.
    private var recommended: [Amount] = []
    private var reductions: [Amount] = []
    /// Amounts that an English sentence says the request is made of, or paid from.
    private var parts: [[Amount]] = []

    mutating func add(parts: [ProseNumber], in text: DossierText) {
        self.parts.append(
            parts.map { Amount(number: $0, quote: quotation(of: $0, in: text.prose), pointer: text.pointer) }
        )
    }

    /// Takes in what an English sentence says of the whole.
    mutating func add(_ role: EnglishSentences.Role, _ number: ProseNumber, in text: DossierText) {
        let amount = Amount(number: number, quote: quotation(of: number, in: text.prose), pointer: text.pointer)
        switch role {
        case .requested: requests.append(amount)
        case .approved: recommended.append(amount)
        case .cut: reductions.append(amount)
        case .cutRate: break
        }
    }

    mutating func read(_ text: DossierText, _ numbers: [ProseNumber]) {
        for (index, number) in numbers.enumerated()
        where number.unit == .yuan && number.upper == nil && number.per.isEmpty && number.qualifier == .exactly {
            let sentence = text.prose.sentence(around: number.offset.lowerBound)
            let last = index > 0 ? numbers[index - 1].offset.upperBound : 0
            let lead = text.prose.words(max(sentence.lowerBound, last)..<number.offset.lowerBound)
            let year = lead.yearNamed
            let amount = Amount(
                number: number,
                quote: quotation(of: number, in: text.prose),
                pointer: text.pointer,
                year: year
            )
            if lead.isRequest {
                requests.append(amount)
            } else if let base = lead.baseOfChange {
                let share = index + 1 < numbers.count && numbers[index + 1].unit == .percent ? index + 1 : nil
                let words = share.map { text.prose.words(number.offset.upperBound..<numbers[$0].offset.lowerBound) }
                let isShare =
                    words.map { ["增长", "增幅", "下降", "降幅", "降低"].contains($0.filter { !"，,为达".contains($0) }) } ?? false
                changes.append(
                    Change(
                        amount: amount,
                        share: isShare
                            ? share.map {
                                Amount(
                                    number: numbers[$0],
                                    quote: quotation(of: numbers[$0], in: text.prose),
                                    pointer: text.pointer
                                )
                            } : nil,
                        base: base,
                        isUp: !lead.hasSuffix("减少")
                    )
                )
            } else if lead.isBudgetOfYear, year != nil {
                budgets.append(amount)
            } else if ["核减", "审减", "调减", "评减"].contains(where: lead.hasSuffix), index > 0,
                sentence.contains(numbers[index - 1].offset.lowerBound), numbers[index - 1].unit == .yuan,
                numbers[index - 1].per.isEmpty, numbers[index - 1].upper == nil
            {
                let start = index > 1 ? numbers[index - 2].offset.upperBound : 0
                let before = text.prose.words(max(sentence.lowerBound, start)..<numbers[index - 1].offset.lowerBound)
                guard ["核定", "审定", "安排", "核准", "认定"].contains(where: before.contains),
                    !["其中"].contains(where: (before + lead).contains)
                else { continue }
                let approved = Amount(
                    number: numbers[index - 1],
                    quote: quotation(of: numbers[index - 1], in: text.prose),
                    pointer: text.pointer,
                    year: before.yearNamed
                )
                pairs.append(Pair(approved: approved, cut: amount))
            }
        }
    }

    func findings() throws(DecimalOverflow) -> [Finding] {
        var found: [Finding] = []
        let total = try self.total
        let whole: ExactDecimal? = if let total { try total.approved.value + total.cut.value } else { nil }
        if let whole, let other = requests.first(where: { !$0.mayBe(whole) }), requests.isOfOneYear {
            found.append(otherRequest(other, whole, total))
        } else if let first = requests.first, requests.isOfOneYear,
            let other = requests.dropFirst().first(where: { !$0.mayBe(first.value) })
        {
            let odd = requests.oddOne ?? (other, first)
            found.append(otherRequest(odd.amount, odd.meant.value, nil, elsewhere: odd.meant))
        }
        if let slip = try slipOfPairs() { found.append(slip) }
        for odd in [recommended.oddOne, reductions.oddOne].compactMap(\.self) {
            found.append(otherRequest(odd.amount, odd.meant.value, nil, elsewhere: odd.meant))
        }
        for list in parts where found.isEmpty {
            guard let asked = requests.first, let first = list.first else { continue }
            let sum = try ExactDecimal.sum(list.map(\.value))
            if !asked.mayBe(sum) { found.append(otherParts(first, list, sum, asked)) }
        }
        // requests A, recommends B, a reduction of C
        if found.isEmpty, let asked = requests.first, let given = recommended.first, let cut = reductions.first {
            let made = try asked.value - given.value
            if !cut.mayBe(made) { found.append(otherCut(cut, made, asked, given)) }
        }
        guard found.isEmpty, let asked = whole ?? requests.first?.value else { return found }
        for change in changes {
            guard let base = budgets.first(where: { $0.year == change.base }) else { continue }
            let made = try change.isUp ? asked - base.value : base.value - asked
            if !change.amount.mayBe(made) {
                found.append(otherChange(change.amount, asked, base, made))
            } else if let share = change.share,
                let value = try ExactDecimal.percentage(made, of: base.value, places: 10),
                !share.number.interval.contains(value)
            {
                found.append(otherShare(share, asked, base, share.number.printed(value)))
            }
        }
        return found
    }

    /// The pair that is the sum of all the others.
    private var total: Pair? {
        get throws(DecimalOverflow) {
            guard pairs.count > 2 else { return nil }
            for (index, pair) in pairs.enumerated().reversed() {
                let others = pairs.indices.filter { $0 != index }.map { pairs[$0] }
                if pair.approved.mayBe(try .sum(others.map(\.approved.value))),
                    pair.cut.mayBe(try .sum(others.map(\.cut.value)))
                {
                    return pair
                }
            }
            return nil
        }
    }

    /// One of the two columns makes its total, the other does not.
    private func slipOfPairs() throws(DecimalOverflow) -> Finding? {
        guard pairs.count > 2 else { return nil }
        for (index, pair) in pairs.enumerated().reversed() {
            let others = pairs.indices.filter { $0 != index }.map { pairs[$0] }
            let approved = try ExactDecimal.sum(others.map(\.approved.value))
            let cut = try ExactDecimal.sum(others.map(\.cut.value))
            let (fits, alsoFits) = (pair.approved.mayBe(approved), pair.cut.mayBe(cut))
            if fits && alsoFits { return nil }
            if fits { return otherSum(pair.cut, cut, others.map(\.cut), LocalizedText(zh: "核减", en: "cuts")) }
            if alsoFits {
                return otherSum(
                    pair.approved,
                    approved,
                    others.map(\.approved),
                    LocalizedText(zh: "核定", en: "approved amounts")
                )
            }
        }
        return nil
    }
}

extension StatedWholes.Amount {
    fileprivate func mayBe(_ other: ExactDecimal) -> Bool {
        number.interval.contains(other) || value == other
            || (try? (value - other).magnitude <= number.interval.tolerance() * 3) ?? false
    }
}

extension [StatedWholes.Amount] {
    /// One that differs from the first, or the first where the others have one value more than once, with what it should be.
    fileprivate var oddOne: (amount: StatedWholes.Amount, meant: StatedWholes.Amount)? {
        guard let first, let other = dropFirst().first(where: { !$0.mayBe(first.value) }) else { return nil }
        // Two of three are right.
        let counts = Dictionary(grouping: self, by: \.value).mapValues(\.count)
        let usual = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? first.value
        return usual == other.value && counts[usual] ?? 0 > 1 ? (first, other) : (other, first)
    }

    /// Whether no two of them name years that differ.
    fileprivate var isOfOneYear: Bool { Set(compactMap(\.year)).count <= 1 }
}

extension String {
    /// The last year of four digits with 年 behind it.
    fileprivate var yearNamed: Int? {
        guard let place = ranges(of: "年").last else { return nil }
        let digits = self[..<place.lowerBound].suffix(4)
        guard digits.count == 4, let year = Int(digits), (1990...2100).contains(year) else { return nil }
        return year
    }

    private static let kinds = ["资金", "预算", "金额", "经费", "补助"]
    private static let generic: Set<String> = [
        "资金", "预算", "金额", "经费", "补助", "预算资金", "预算金额", "财政资金", "专项资金", "补助资金", "项目资金", "项目预算", "资金总额", "总金额", "预算总金额",
    ]

    /// 申请 2026 年营养改善计划资金, 申请资金: what was asked for in all.
    fileprivate var isRequest: Bool {
        guard !["比", "较", "占", "其中", "每"].contains(where: contains) else { return false }
        for word in ["申请", "申报", "送审"] {
            guard let place = ranges(of: word).last else { continue }
            let rest = String(self[place.upperBound...].filter { !"为是共计合".contains($0) })
            guard rest.count <= 24, !rest.contains(where: { "，,；、：:。".contains($0) }),
                Self.kinds.contains(where: rest.hasSuffix)
            else { continue }
            return Self.generic.contains(rest) || rest.yearNamed != nil
        }
        return false
    }

    /// 2025年预算, 2025年度预算安排.
    fileprivate var isBudgetOfYear: Bool {
        ["年预算", "年度预算", "年预算金额", "年度预算金额", "年预算安排"].contains(where: hasSuffix) && !contains("比") && !contains("较")
            && !contains("其中") && count <= 12
    }

    /// 2025 of …比2025年预算增加.
    fileprivate var baseOfChange: Int? {
        guard hasSuffix("增加") || hasSuffix("减少"), let place = ["比", "较"].compactMap({ ranges(of: $0).last }).first
        else {
            return nil
        }
        let rest = String(self[place.upperBound...].dropLast(2))
        guard let year = rest.yearNamed, ["年预算", "年度预算"].contains(where: rest.hasSuffix) else { return nil }
        return year
    }
}
