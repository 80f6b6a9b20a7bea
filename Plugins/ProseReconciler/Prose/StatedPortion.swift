import ReviewModel

/// A share of the whole with what it comes to: `拨付 60%即 581.40 万元`.
struct StatedPortion: Sendable {
    /// The positions of the share and of the amount among the numbers of the text.
    var share: Int
    var amount: Int

    static func all(in text: ProseText, _ numbers: [ProseNumber]) -> [StatedPortion] {
        numbers.indices.dropLast().compactMap { index in
            let (share, amount) = (numbers[index], numbers[index + 1])
            guard share.unit == .percent, share.upper == nil, share.qualifier == .exactly, amount.unit == .yuan,
                amount.upper == nil, amount.qualifier == .exactly, amount.per.isEmpty,
                text.sentence(around: share.offset.lowerBound).contains(amount.offset.lowerBound)
            else { return nil }
            let between = text.words(share.offset.upperBound..<amount.offset.lowerBound)
            guard ["即", ",即", "，即", "(即", "（即", "，共计", ",共计", "(", "（"].contains(between) else { return nil }
            return StatedPortion(share: index, amount: index + 1)
        }
    }

    /// The amounts of money that stand before the share in its sentence.
    func bases(in text: ProseText, _ numbers: [ProseNumber]) -> [Int] {
        let sentence = text.sentence(around: numbers[share].offset.lowerBound)
        return numbers.indices.prefix(share).filter { place in
            let number = numbers[place]
            return sentence.contains(number.offset.lowerBound) && number.unit == .yuan && number.upper == nil
                && number.per.isEmpty
        }
    }

    /// Whether it is the share of a whole, as exactly as it is printed.
    func agrees(with whole: ExactDecimal, _ numbers: [ProseNumber]) throws(DecimalOverflow) -> Bool {
        let hundredth = ExactDecimal(significand: 1, places: 2)
        let value = try whole * numbers[share].value * hundredth
        // Half a unit may be rounded down, so that the portions make the whole.
        return numbers[amount].interval.contains(value) || numbers[amount].interval.highest == value
    }
}

/// Sources of the money without their total: `经费由镇级财政安排 31.9 万元，企业赞助 10 万元。`
struct SourceList: Sendable {
    var parts: [Int]

    static func all(in text: ProseText, _ numbers: [ProseNumber]) -> [SourceList] {
        var (found, index) = ([SourceList](), 0)
        while index < numbers.count {
            let sentence = text.sentence(around: numbers[index].offset.lowerBound)
            let own = numbers.indices[index...].prefix { sentence.contains(numbers[$0].offset.lowerBound) }
            index += max(1, own.count)
            guard own.count > 1,
                own.allSatisfy({ place in
                    let number = numbers[place]
                    let last = place > own.startIndex ? numbers[place - 1].offset.upperBound : sentence.lowerBound
                    let lead = text.words(last..<number.offset.lowerBound)
                    return number.unit == .yuan && number.upper == nil && number.per.isEmpty
                        && number.qualifier == .exactly && sources.contains(where: lead.contains)
                        && !others.contains(where: lead.contains)
                })
            else { continue }
            found.append(SourceList(parts: Array(own)))
        }
        return found
    }
}

private let sources = ["财政", "自筹", "赞助", "补助资金", "自有资金", "捐赠", "债券", "贷款", "配套"]
private let others = [
    "其中", "核减", "审减", "较", "比", "占", "结余", "支出", "执行", "每", "增加", "减少", "以上", "合计", "共计", "总", "上年", "年度",
]

extension ExactDecimal {
    /// Whether two amounts are one another's slip of the pen: one digit is another, or two have changed places.
    func isSlip(of other: ExactDecimal) -> Bool {
        let places = Swift.max(places, other.places)
        let (one, two) = (
            Array(rounded(to: places).description.utf8.filter { $0 != UInt8(ascii: ".") }),
            Array(other.rounded(to: places).description.utf8.filter { $0 != UInt8(ascii: ".") })
        )
        guard one.count == two.count, one.count > 2, self > 0, other > 0 else { return false }
        let differing = one.indices.filter { one[$0] != two[$0] }
        if differing.count == 1 { return true }
        return differing.count == 2 && one[differing[0]] == two[differing[1]] && one[differing[1]] == two[differing[0]]
    }
}
