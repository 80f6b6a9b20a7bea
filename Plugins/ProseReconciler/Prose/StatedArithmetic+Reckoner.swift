import ReviewModel

extension StatedArithmetic {
    /// Reckons with numbers of a text, as exactly as they are printed.
    struct Reckoner: Sendable {
        let numbers: [ProseNumber]

        init(_ numbers: [ProseNumber]) { self.numbers = numbers }

        func difference(_ index: Int, _ more: Int, _ less: Int) throws(DecimalOverflow) -> StatedArithmetic? {
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

        func share(_ index: Int, _ part: Int, _ whole: Int) throws(DecimalOverflow) -> StatedArithmetic? {
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

        func growth(_ index: Int, _ more: Int, _ less: Int, of base: Int) throws(DecimalOverflow)
            -> StatedArithmetic?
        {
            let (one, two, whole) = (numbers[more], numbers[less], numbers[base])
            let change = try one.value - two.value
            guard whole.interval.lowest > 0,
                let value = try ExactDecimal.percentage(change, of: whole.value, places: 10)
            else { return nil }
            let reach = try one.rounding() + two.rounding()
            guard let around = try ExactDecimal.percentage(reach, of: whole.interval.lowest, places: 10) else {
                return nil
            }
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

        /// A change in percent of what was there before it: `A，比…增加 X，增长 Y%`.
        func changed(_ index: Int, by change: Int, to now: Int, isUp: Bool) throws(DecimalOverflow) -> StatedArithmetic?
        {
            let (moved, after) = (numbers[change], numbers[now])
            let before = try isUp ? after.value - moved.value : after.value + moved.value
            let reach = try moved.rounding() + after.rounding()
            guard before > reach, let value = try ExactDecimal.percentage(moved.value, of: before, places: 10),
                let around = try ExactDecimal.percentage(reach * 2, of: before - reach, places: 10)
            else { return nil }
            let distance = try (numbers[index].value - value).magnitude
            return StatedArithmetic(
                number: index,
                parts: [change, now],
                value: value,
                agrees: try distance <= numbers[index].interval.tolerance() + around,
                making: isUp ? .rise : .fall
            )
        }

        func product(_ index: Int, _ count: Int, _ price: Int) throws(DecimalOverflow) -> StatedArithmetic? {
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
    }
}

extension ProseNumber {
    /// How far it may be from what was rounded to it: 万元 and 亿元 are, yuan and what is counted are not.
    func rounding() throws(DecimalOverflow) -> ExactDecimal {
        phrase.contains("万") || phrase.contains("亿") ? try interval.tolerance() : .zero
    }
}
