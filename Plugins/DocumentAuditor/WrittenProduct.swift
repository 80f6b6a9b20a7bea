import BudgetLines
import PrintedReports
import ReviewModel

/// A product as a text writes it out: `4台×2,100元=6,300.00元`, `66,600平方米×0.90元/平方米=59,940.00元`.
struct WrittenProduct {
    var text: String
    var value: ExactDecimal
    /// As it is printed, in the unit of the factors' money.
    var printed: ExactDecimal
    /// How far the product may be from what is printed.
    var slack: ExactDecimal
    /// The product as the text would print it.
    var made: String

    /// The products of a folded text without the commas of thousands that do not hold.
    static func wrong(in text: String) -> [WrittenProduct] {
        let scalars = Array(text.unicodeScalars)
        var (found, position) = ([WrittenProduct](), 0)
        while position < scalars.count {
            guard scalars[position].isDigit, position == 0 || !isOfNumber(scalars[position - 1]),
                let (product, end) = read(scalars, position)
            else {
                position += 1
                continue
            }
            if let product, !product.agrees, !goesOn(scalars, before: position) { found.append(product) }
            position = end
        }
        return found
    }

    /// Thousands of people times yuan are tens of thousands of yuan: a product that differs in 万 alone is right.
    private var agrees: Bool {
        let wan: ExactDecimal = 10_000
        func isNear(_ one: ExactDecimal?, _ other: ExactDecimal?) -> Bool {
            guard let one, let other else { return true }
            return (try? (one - other).magnitude <= slack) ?? true
        }
        return isNear(value, printed) || isNear(try? value * wan, printed) || isNear(value, try? printed * wan)
    }

    /// Whether what stands before a number is a factor of the product, too: `÷8×8`, `1,280平方米×每月6.50元`.
    private static func goesOn(_ text: [Unicode.Scalar], before place: Int) -> Bool {
        for scalar in text[max(0, place - 5)..<place].reversed() {
            if "×÷".unicodeScalars.contains(scalar) { return true }
            if scalar.isDigit || "，。；：（）()=＝+、".unicodeScalars.contains(scalar) { return false }
        }
        return false
    }

    private static func isOfNumber(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isDigit || scalar == "." || scalar == "×"
    }

    private static func read(_ text: [Unicode.Scalar], _ start: Int) -> (WrittenProduct?, Int)? {
        var (position, value, count) = (start, ExactDecimal(1), 0)
        var scale = ExactDecimal(1)
        while true {
            guard let (number, unit, end) = measured(text, position) else { return nil }
            guard let product = try? value * number.value else { return nil }
            (value, position, count) = (product, end, count + 1)
            if unit.hasPrefix("万元") { scale = 10_000 }
            guard position < text.count else { return nil }
            if text[position] == "×" {
                position += 1
                continue
            }
            guard count > 1, text[position] == "=" || text[position] == "＝" else { return nil }
            position += 1
            break
        }
        guard let (number, unit, end) = measured(text, position) else { return nil }
        // A product that goes on, or a share, is left alone.
        if end < text.count, "×+-=/%".unicodeScalars.contains(text[end]) || unit.hasPrefix("%") { return (nil, end) }
        let own: ExactDecimal = unit.hasPrefix("万元") ? 10_000 : 1
        guard let printed = try? number.value * own, let whole = try? value * scale,
            let half = try? ExactDecimal(significand: 5, places: number.value.places + 1) * own,
            let shown = try? whole.divided(by: own, places: max(2, number.value.places))
        else { return nil }
        return (
            WrittenProduct(
                text: text[start..<end].string,
                value: whole,
                printed: printed,
                slack: half,
                made: shown.grouped + unit
            ), end
        )
    }

    private static func measured(_ text: [Unicode.Scalar], _ start: Int) -> (
        number: (value: ExactDecimal, places: Int), unit: String, end: Int
    )? {
        var end = start
        while end < text.count, text[end].isDigit || text[end] == "." { end += 1 }
        guard end > start, let value = ExactDecimal(text[start..<end].string) else { return nil }
        let unitStart = end
        while end < text.count, end - unitStart <= 8, !text[end].isDigit,
            !"×=＝+-，。；、（）：".unicodeScalars.contains(text[end])
        {
            end += 1
        }
        guard end - unitStart <= 8 else { return nil }
        let unit = text[unitStart..<end].string
        // 16% of something is a hundredth of that.
        if unit.hasPrefix("%") { return nil }
        return (number: (value: value, places: value.places), unit: unit, end: end)
    }
}
