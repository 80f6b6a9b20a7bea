import BudgetLines
import PrintedReports
import ReviewModel

/// What a text reckons in signs, with more of them than a product has: `1231.66×7.10÷176＝49.69人月`, `24万元×90%＝21.6万元`, and the sum in
/// brackets behind what it makes: `1,533,600元（60×1,320×12＋100×486×12）`.
struct WrittenExpression {
    var text: String
    /// What it makes, as the text would print it.
    var made: String

    /// The expressions of a folded text without the commas of thousands that do not hold.
    static func wrong(in text: String) -> [WrittenExpression] {
        let scalars = Array(text.unicodeScalars)
        var (found, position) = ([WrittenExpression](), 0)
        while position < scalars.count {
            guard scalars[position].isDigit, position == 0 || !isOfNumber(scalars[position - 1]),
                let sum = Sum(scalars, at: position)
            else {
                position += 1
                continue
            }
            if let wrong = sum.behindEquals(scalars) ?? sum.inBrackets(scalars) { found.append(wrong) }
            position = sum.end
        }
        return found
    }

    private static func isOfNumber(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isDigit || ".×*÷/+＋-－−%".unicodeScalars.contains(scalar)
            || scalar.isASCII && scalar.properties.isAlphabetic
    }
}

/// A number with its unit: 24万元, 90%, 176.
private struct Term {
    var value: ExactDecimal
    var isWan: Bool
    var unit: String
    var end: Int

    init?(_ text: [Unicode.Scalar], at start: Int) {
        var end = start
        while end < text.count, text[end].isDigit || text[end] == "." && end + 1 < text.count && text[end + 1].isDigit {
            end += 1
        }
        guard end > start, let number = ExactDecimal(text[start..<end].string) else { return nil }
        if end < text.count, text[end] == "%" {
            guard let share = try? number * ExactDecimal(significand: 1, places: 2) else { return nil }
            (value, isWan, unit, self.end) = (share, false, "%", end + 1)
            return
        }
        let first = end
        while end < text.count, end - first <= 8, !text[end].isDigit,
            !"×*÷=＝+＋-－−，。；、（）：%".unicodeScalars.contains(text[end])
        {
            end += 1
        }
        guard end - first <= 8 else { return nil }
        let unit = text[first..<end].string
        (value, isWan, self.unit, self.end) = (number, unit.hasPrefix("万"), unit, end)
    }
}

/// Products joined by plus and minus.
private struct Sum {
    var start: Int
    var end: Int
    var value: ExactDecimal
    /// Whether anything is counted in 万.
    var isWan = false
    var signs = ""

    init?(_ text: [Unicode.Scalar], at start: Int) {
        guard let first = Term(text, at: start) else { return nil }
        (self.start, isWan) = (start, first.isWan)
        var (total, product, isMinus, position) = (ExactDecimal.zero, first.value, false, first.end)
        while position < text.count {
            let sign = text[position]
            guard "×*÷+＋-－−".unicodeScalars.contains(sign), let term = Term(text, at: position + 1) else { break }
            isWan = isWan || term.isWan
            switch sign {
            case "×", "*":
                guard let next = try? product * term.value else { return nil }
                product = next
                signs += "×"
            case "÷":
                guard term.value > 0, let next = try? product.divided(by: term.value, places: 12) else { return nil }
                product = next
                signs += "÷"
            default:
                guard let next = try? isMinus ? total - product : total + product else { return nil }
                (total, product) = (next, term.value)
                isMinus = !["+", "＋"].contains(sign)
                signs += isMinus ? "−" : "+"
            }
            position = term.end
        }
        guard !signs.isEmpty, let whole = try? isMinus ? total - product : total + product else { return nil }
        (value, end) = (whole, position)
    }

    /// `…＝57.14人月`; what is a product of things with their units alone is told elsewhere.
    func behindEquals(_ text: [Unicode.Scalar]) -> WrittenExpression? {
        guard end < text.count, ["=", "＝"].contains(text[end]), let result = Term(text, at: end + 1),
            result.unit != "%",
            signs.contains(where: { $0 != "×" }) || text[start..<end].contains("%"),
            result.end >= text.count || !"×*÷+＋-－−%=＝".unicodeScalars.contains(text[result.end])
        else { return nil }
        return differs(result, text[start..<result.end].string)
    }

    /// `1,533,600元（60×1,320×12＋100×486×12）`.
    func inBrackets(_ text: [Unicode.Scalar]) -> WrittenExpression? {
        guard start > 1, text[start - 1] == "（", end < text.count, text[end] == "）",
            signs.contains("×") || signs.contains("÷")
        else { return nil }
        // The number right before the bracket, with its unit.
        var first = start - 2
        while first >= 0, start - first <= 6, !text[first].isDigit { first -= 1 }
        guard first >= 0, text[first].isDigit else { return nil }
        while first > 0, text[first - 1].isDigit || text[first - 1] == "." { first -= 1 }
        guard let result = Term(text, at: first), result.end == start - 1, ["元", "万元"].contains(result.unit),
            first == 0 || !"×*÷+＋-－−=＝".unicodeScalars.contains(text[first - 1])
        else { return nil }
        return differs(result, text[first...end].string)
    }

    private func differs(_ result: Term, _ printed: String) -> WrittenExpression? {
        let half = ExactDecimal(significand: 5, places: result.value.places + 1)
        let wan: ExactDecimal = 10_000
        let made =
            [value]
            + (result.isWan || isWan
                ? [try? value * wan, try? value.divided(by: wan, places: 8)].compactMap(\.self) : [])
        for one in made {
            guard let apart = try? (one - result.value).magnitude else { return nil }
            if apart <= half { return nil }
        }
        // People by the thousand times yuan are tens of thousands of yuan.
        var near = made[0]
        if result.isWan, !isWan, let scaled = try? value.divided(by: wan, places: 8) { near = scaled }
        return WrittenExpression(
            text: printed,
            made: near.rounded(to: max(2, result.value.places)).grouped + result.unit
        )
    }
}
