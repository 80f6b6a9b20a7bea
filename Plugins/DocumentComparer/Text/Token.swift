import ReviewModel

/// The smallest thing that a comparison knows: a figure, a date, a word, a character.
struct Token: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case figure
        case percent
        /// A day, a month or a year.
        case date
        /// A word on which the meaning of its sentence hangs: "not", "at least", a verdict, a unit.
        case meaning
        case name
        case word
        /// A character of a script without spaces, or a mark.
        case character
    }

    var kind: Kind
    /// Without white space, in plain digits: what is compared.
    var text: String
    /// What a figure comes to in its unit; `nil` for words, and for figures written in words.
    var value: ExactDecimal?
    /// The unit that follows a figure, with what it multiplies by.
    var unit: Unit?
    /// The bookmark over it.
    var bookmark: String?
    /// Where it begins in its passage, counted in the passage's scalars, and how many of them it has.
    var range: Range<Int>

    struct Unit: Sendable, Hashable {
        var name: String
        var factor: ExactDecimal
    }

    var isFigure: Bool { kind == .figure || kind == .percent || kind == .date }

    /// What it comes to in the smallest unit: 1,401.77 万元 is 14,017,700.
    var amount: ExactDecimal? {
        guard let value else { return nil }
        guard let unit else { return value }
        return (try? value * unit.factor)?.withoutTrailingZeros
    }

    /// Whether both are figures of one kind that come to the same, however they are written.
    func comesToTheSame(as other: Token) -> Bool {
        guard kind == other.kind, isFigure, let amount, let its = other.amount else { return false }
        return amount == its
    }

    /// Whether both say the same; where they stand does not matter.
    func saysTheSame(as other: Token) -> Bool { text == other.text && isFigure == other.isFigure }
}

extension ExactDecimal {
    /// Its digits without zeros at either end: 14,017,700.00 has 6. Few mean that two equal figures may be so by chance.
    var tellingDigits: Int {
        var digits = significand.magnitude
        while digits != 0, digits % 10 == 0 { digits /= 10 }
        return digits == 0 ? 0 : String(digits).count
    }
}
