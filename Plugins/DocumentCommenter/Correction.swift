import ReviewModel

extension Correction {
    /// What a finding expects in the place of what it found: only a single value for a single value of the same kind.
    ///
    /// Of figures with a unit the figure alone is put right, in the form that the wrong one has: `800.23 万元` and `632.23 万元` make
    /// `632.23`; a figure with commas gets commas.
    init?(_ finding: Finding) {
        let (found, expected) = (finding.found.unquoted, finding.expected.unquoted)
        guard found != expected, found.isSingle, expected.isSingle else { return nil }
        let (old, new) = (Measure(found), Measure(expected))
        switch (old, new) {
        case (nil, nil):
            // Dates, numbers of documents, sentences with figures: which of them is wrong is for a person to say.
            if found.hasSeveralFigures || expected.hasSeveralFigures { return nil }
            self.init(found: found, expected: expected)
        case (let old?, let new?):
            guard old.unit == new.unit, old.figure != new.figure else { return nil }
            self.init(found: old.figure, expected: old.hasCommas ? new.withCommas : new.figure)
        default: return nil
        }
    }
}

/// A figure and what stands behind it.
private struct Measure {
    let figure: String
    let unit: String

    /// nil for what does not begin with a figure.
    init?(_ text: String) {
        let sign = text.prefix { $0 == "-" || $0 == "+" || $0 == "−" }
        let digits = text.dropFirst(sign.count).prefix { $0.isDigit || $0 == "." || $0 == "," }
        guard digits.first?.isDigit == true, digits.last?.isDigit == true else { return nil }
        figure = String(sign + digits)
        unit = text.dropFirst(figure.count).filter { !$0.isWhitespace }
        // A second figure behind it is part of something else: a range, a date, a number of a document.
        if unit.contains(where: \.isDigit) { return nil }
    }

    var hasCommas: Bool { figure.contains(",") }

    /// The figure with a comma before each three digits of its whole part.
    var withCommas: String {
        if hasCommas { return figure }
        let whole = figure.prefix { $0 != "." }
        let sign = whole.prefix { !$0.isDigit }
        var groups = ""
        for (index, digit) in whole.dropFirst(sign.count).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { groups.append(",") }
            groups.append(digit)
        }
        return sign + String(groups.reversed()) + figure.dropFirst(whole.count)
    }
}

extension Character {
    /// `万` is a number, too, but no digit.
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}

extension String {
    /// Without quotation marks around all of it.
    fileprivate var unquoted: String {
        guard count > 2, let first, let last, ["\"\"", "“”", "「」"].contains(String([first, last])) else { return self }
        return String(dropFirst().dropLast())
    }

    fileprivate var hasSeveralFigures: Bool { split(whereSeparator: { !$0.isDigit }).count > 1 }

    /// Whether it is one value of one line: no list, no range, no choice, nothing that was cut.
    fileprivate var isSingle: Bool {
        if isEmpty || count > 60 || contains(where: \.isNewline) { return false }
        return !["/", "、", "；", ";", "~", "～", "…", "或", " - ", "≤", "≥", "<", ">", "＜", "＞", "="].contains {
            contains($0)
        }
    }
}
