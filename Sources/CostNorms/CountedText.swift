internal import ReviewModel

/// What a line's text says in figures: how many of each unit, products with a price, amounts of money and percentages.
struct CountedText: Sendable {
    let text: PlainText
    /// The different counts of each unit that the text names outside of products.
    private(set) var counts: [String: Set<ExactDecimal>] = [:]
    /// Units with counts that are a range, which says no count.
    private(set) var vague: Set<String> = []
    private(set) var products: [PricedProduct] = []
    private(set) var money: [Amount] = []
    private(set) var percents: [ExactDecimal] = []

    /// An amount in 元, and where it stands.
    struct Amount: Sendable {
        var value: ExactDecimal
        var range: Range<Int>
    }

    /// `80人×2天×550元`: counts and one price, multiplied.
    struct PricedProduct: Sendable {
        var factors: [(value: ExactDecimal, units: [String])]
        var price: ExactDecimal
        /// What the price is said to be for, `550元/人·天`; empty where nothing is said.
        var pricedUnits: [String]
        var range: Range<Int>
        /// Whether more is added to it, so that it is a part of a sum.
        var isSummand: Bool
    }

    init(_ text: PlainText, _ units: UnitWords) {
        self.text = text
        var position = 0
        while position < text.scalars.count {
            if let product = Self.product(text, units, at: position) {
                products.append(product)
                position = product.range.upperBound
            } else if text.isDigit(at: position) {
                position = readNumber(at: position, units)
            } else {
                readNumeral(at: position, units)
                position += 1
            }
        }
    }

    /// The one count of a unit, where the text names just one.
    func count(of unit: String) -> ExactDecimal? {
        guard !vague.contains(unit), let values = counts[unit], values.count == 1 else { return nil }
        return values.first
    }

    func names(_ unit: String) -> Bool { counts[unit] != nil || vague.contains(unit) }

    private mutating func readNumber(at start: Int, _ units: UnitWords) -> Int {
        guard let (value, end) = text.number(at: start) else {
            // More digits than any number has.
            var end = start
            while text.isDigit(at: end) { end += 1 }
            return end
        }
        if text.has(["%"], at: end) {
            percents.append(value)
            return end + 1
        }
        if let (amount, next) = text.amount(value, end) {
            money.append(Amount(value: amount, range: start..<next))
            return next
        }
        let before = start > 0 ? text.scalars[start - 1] : " "
        let next = units.units(in: text, at: end)
        // 第 2 天, 3 月 5 日 and 2026 年 are no counts.
        guard let code = next.codes.first, next.codes.count == 1, before != "第", !isCalendar(before, value, end) else {
            return end
        }
        let isRange = rangeSigns.contains(before) || text.has(["多"], at: end) || text.has(["余"], at: end)
        add(value, code, next.end, isVague: isRange, units)
        return next.end
    }

    /// 两天, 三名: one numeral before a unit of size. 二期 is rather a name than a count.
    private mutating func readNumeral(at position: Int, _ units: UnitWords) {
        guard let value = numerals[text.scalars[position]],
            let (code, end) = units.unit(in: text, at: position + 1), !units.repeating.contains(code)
        else { return }
        let before = position > 0 ? text.scalars[position - 1] : " "
        if before == "第" || isCalendar(before, value, position + 1) { return }
        // 二十三天 is read by nobody here, 三十人 neither: that there is a count has to be known.
        let isCompound = numerals[before] != nil || text.isDigit(at: position - 1) || text.isDigit(at: end)
        add(value, code, end, isVague: isCompound || rangeSigns.contains(before), units)
    }

    private mutating func add(_ value: ExactDecimal, _ code: String, _ end: Int, isVague: Bool, _ units: UnitWords) {
        // 1天半 is one and a half, 80人半天 is not.
        let hasHalf = text.has(["半"], at: end) && units.unit(in: text, at: end) == nil
        guard !isVague, let count = hasHalf ? try? value + ExactDecimal(significand: 5, places: 1) : value else {
            vague.insert(code)
            return
        }
        counts[code, default: []].insert(count)
    }

    private func isCalendar(_ before: Unicode.Scalar, _ value: ExactDecimal, _ end: Int) -> Bool {
        if text.has(["日"], at: end) || text.has(["月"], at: end) { return ["月", "年", "/", "."].contains(before) }
        return text.has(["年"], at: end) && value >= 1900
    }

    /// The product that begins here.
    private static func product(_ text: PlainText, _ units: UnitWords, at start: Int) -> PricedProduct? {
        guard text.isDigit(at: start), start == 0 || !text.isDigit(at: start - 1) && text.scalars[start - 1] != "."
        else { return nil }
        var factors: [(value: ExactDecimal, units: [String])] = []
        var (price, pricedUnits, end) = (ExactDecimal?.none, [String](), start)
        while factors.count < maximumFactors, let (value, next) = text.number(at: end) {
            if let (amount, behind) = text.amount(value, next) {
                // Two prices are no product.
                if price != nil { return nil }
                (price, end) = (amount, behind)
                if text.has(["/"], at: end) || text.has(["每"], at: end) {
                    let priced = units.units(in: text, at: end + 1)
                    if !priced.codes.isEmpty { (pricedUnits, end) = priced }
                    while text.has(["/"], at: end), case let more = units.units(in: text, at: end + 1),
                        !more.codes.isEmpty
                    { (pricedUnits, end) = (pricedUnits + more.codes, more.end) }
                }
            } else {
                let counted = units.units(in: text, at: next)
                factors.append((value, counted.codes))
                // 100条×50元: a measure that the book does not know is one all the same.
                end = counted.codes.isEmpty ? text.endOfMeasure(at: next) : counted.end
            }
            guard text.scalars.indices.contains(end), timesSigns.contains(text.scalars[end]) else { break }
            end += 1
        }
        guard let price, !factors.isEmpty else { return nil }
        let before = start > 0 ? text.scalars[start - 1] : " "
        let isSummand = text.has(["+"], at: end) || before == "+"
        return PricedProduct(
            factors: factors,
            price: price,
            pricedUnits: pricedUnits,
            range: start..<end,
            isSummand: isSummand
        )
    }
}

extension CountedText.PricedProduct {
    /// The product of all counts.
    func count() throws(DecimalOverflow) -> ExactDecimal {
        var count: ExactDecimal = 1
        for factor in factors { count = try count * factor.value }
        return count
    }
}

extension PlainText {
    /// How many signs of multiplication it has.
    var times: Int { scalars.count(where: timesSigns.contains) }

    /// Behind a measure of up to three signs with something multiplied behind it; the start where there is none.
    fileprivate func endOfMeasure(at start: Int) -> Int {
        for end in start..<min(start + 4, scalars.count) {
            if timesSigns.contains(scalars[end]) { return end }
            if isDigit(at: end) || !scalars[end].properties.isAlphabetic { break }
        }
        return start
    }

    /// The amount of money that a number is by what follows it: 元 or 万元.
    func amount(_ value: ExactDecimal, _ end: Int) -> (amount: ExactDecimal, end: Int)? {
        if has(["元"], at: end) { return (value, end + 1) }
        guard has(["万", "元"], at: end), let amount = try? value * 10000 else { return nil }
        return (amount, end + 2)
    }
}

private let numerals: [Unicode.Scalar: ExactDecimal] = [
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "百": 100, "千": 1000,
]
/// More than anybody multiplies in a line; a text of nothing but factors is not read again from each of them.
private let maximumFactors = 12
private let timesSigns: Set<Unicode.Scalar> = ["×", "x", "X", "*", "✕", "╳"]
private let rangeSigns: Set<Unicode.Scalar> = ["-", "~", "—", "–", "至", "约", "近"]
