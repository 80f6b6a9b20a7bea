import BudgetLines
import ReviewModel

/// What a cell writes out with names of rows: 人员工资×26%, （小计+管理费）×6%, 6台×9600元.
struct CellFormula {
    /// In yuan; `nil` where it holds a word that is no name, or is no formula.
    let value: ExactDecimal?

    /// - Parameters:
    ///   - named: what each name stands for.
    ///   - numbered: what numbers stand for that are those of rows: （1+2）×5%.
    init(_ text: String, _ named: [String: ExactDecimal], numbered: [String: ExactDecimal] = [:]) {
        var reader = Reader(letters: Array(text), named: named, numbered: numbered)
        let value = reader.sum()
        self.value = reader.position == reader.letters.count && reader.factors > 1 ? value : nil
    }

    private struct Reader {
        let letters: [Character]
        let named: [String: ExactDecimal]
        let numbered: [String: ExactDecimal]
        var position = 0
        /// How many things are multiplied or added.
        var factors = 0

        var next: Character? { position < letters.count ? letters[position] : nil }

        mutating func sum() -> ExactDecimal? {
            guard var value = product() else { return nil }
            while let sign = next, "+＋-－−".contains(sign) {
                position += 1
                guard let other = product(), let made = try? "+＋".contains(sign) ? value + other : value - other else {
                    return nil
                }
                value = made
            }
            return value
        }

        mutating func product() -> ExactDecimal? {
            guard var value = factor() else { return nil }
            while let sign = next, "×*÷".contains(sign) {
                position += 1
                guard let other = factor(), sign != "÷" || other > 0,
                    let made = sign == "÷" ? try? value.divided(by: other, places: 8) : try? value * other
                else { return nil }
                value = made
            }
            return value
        }

        mutating func factor() -> ExactDecimal? {
            factors += 1
            if let first = next, first == "（" || first == "(" {
                position += 1
                guard let value = sum(), let last = next, last == "）" || last == ")" else { return nil }
                position += 1
                return value
            }
            let start = position
            while let letter = next, letter.isPlainDigit || letter == "." { position += 1 }
            guard position > start, let number = ExactDecimal(String(letters[start..<position])) else { return name() }
            let isMeasured = next.map { !"+＋-－−×*÷（）()".contains($0) } ?? false
            if !isMeasured, let row = numbered[String(letters[start..<position])] { return row }
            return measured(number)
        }

        /// A number with its unit, which may be of a price: 9600元/台.
        private mutating func measured(_ number: ExactDecimal) -> ExactDecimal? {
            let start = position
            while let letter = next, !"+＋-－−×*÷（）()".contains(letter), !letter.isPlainDigit { position += 1 }
            let unit = String(letters[start..<position])
            guard unit.count <= 8, !unit.contains("，"), !unit.contains("、") else { return nil }
            if unit == "%" { return try? number * ExactDecimal(significand: 1, places: 2) }
            return unit.hasPrefix("万元") ? try? number * 10_000 : number
        }

        private mutating func name() -> ExactDecimal? {
            let start = position
            while let letter = next, !"+＋-－−×*÷（）()".contains(letter) { position += 1 }
            return named[String(letters[start..<position])]
        }
    }
}
