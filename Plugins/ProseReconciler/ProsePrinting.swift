import BudgetLines
import ReviewModel

/// A number with the words before it, as a reader would look for it: from the last stop on, at most 24 characters.
func quotation(of number: ProseNumber, in text: ProseText) -> String {
    var start = number.offset.lowerBound
    let earliest = max(0, start - 24)
    while start > earliest, !text.original[start - 1].isOne(of: "。；;，,：:（(\n") { start -= 1 }
    // No word of Latin letters is cut in two.
    if start == earliest, text.isLetter(start - 1) {
        while start < number.offset.lowerBound, text.isLetter(start) { start += 1 }
    }
    return text.original[start..<number.offset.upperBound].trimmed.string
}

extension ProseNumber {
    /// Another value as this number is printed: in its unit, with its places.
    func printed(_ exact: ExactDecimal) -> String {
        if let ownWords, let printed = printed(exact, ownWords) { return printed }
        guard unit == .yuan else { return unit.exact(exact) }
        let isWan = phrase.contains("万")
        let amount = isWan ? Money.wan(exact) + " 万" : Money.yuan(exact) + " "
        // An amount of an English sentence has no unit, or its sign before it.
        if phrase.unicodeScalars.allSatisfy(\.isASCII) || ["£", "€"].contains(where: phrase.hasPrefix), per.isEmpty,
            !["RMB", "CNY", "yuan"].contains(where: phrase.contains)
        {
            return Money.yuan(exact)
        }
        return amount + (per.isEmpty ? "元" : "元/\(per)")
    }

    /// What stands behind its digits where that is no Chinese: `points`, `million yuan`, `m²`; `nil` otherwise.
    private var ownWords: String? {
        let scalars = phrase.unicodeScalars
        guard let last = scalars.lastIndex(where: { ("0"..."9").contains($0) }) else { return nil }
        let words = String(scalars[scalars.index(after: last)...])
        guard words.unicodeScalars.contains(where: \.properties.isAlphabetic),
            !words.unicodeScalars.contains(where: { $0.value >= 0x2E80 })
        else { return nil }
        return words
    }

    /// Another value with the words and the scale of this number; `nil` where its digits are no number.
    private func printed(_ exact: ExactDecimal, _ words: String) -> String? {
        // Of a range the lower end.
        let digits = phrase.unicodeScalars.drop { !("0"..."9").contains($0) }.prefix {
            ("0"..."9").contains($0) || [".", ",", " "].contains($0)
        }.filter { ("0"..."9").contains($0) || $0 == "." }
        guard let shown = ExactDecimal(String(String.UnicodeScalarView(digits))), !shown.isZero,
            let scale = try? value.magnitude.divided(by: shown, places: 3), scale >= 1,
            let scaled = try? exact.divided(by: scale, places: 10)
        else { return nil }
        let plain = scaled.withoutTrailingZeros
        return plain.rounded(to: max(plain.places, shown.places)).grouped + words
    }

    /// The parts of a figure, for a sentence in English: in the words of the text where these are no Chinese.
    func listed(_ parts: [ProseFigure.Part]) -> String {
        parts.map { part in
            let isAlike = ownWords != nil && part.unit == unit
            return "\(part.name) \(isAlike ? printed(part.value) : part.unit.exact(part.value))"
        }.joined(separator: ", ")
    }

    /// How far this number is from another value, without a sign.
    func difference(from exact: ExactDecimal) -> String {
        guard let difference = try? value - exact else { return "" }
        return printed(difference.magnitude)
    }
}

extension ProseUnit {
    /// A value in this unit, as tables print it.
    func exact(_ value: ExactDecimal) -> String {
        switch self {
        case .yuan: Money.yuan(value) + " 元"
        case .percent: Money.percent(value)
        case .points: Money.points(value) + " 分"
        case .count(let word):
            "\(FigureUnit(rawValue: word) == nil ? Money.points(value) : value.withoutTrailingZeros.grouped) \(word)"
        case .none: Money.points(value)
        }
    }
}

extension ArraySlice<Unicode.Scalar> {
    /// Without blanks at either end.
    fileprivate var trimmed: ArraySlice<Unicode.Scalar> {
        var rest = drop(while: \.isBlank)
        while rest.last?.isBlank == true { rest.removeLast() }
        return rest
    }
}
