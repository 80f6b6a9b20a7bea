/// A figure of a review with what it was computed from, down to the cells.
public struct Explanation: Sendable, Hashable {
    public var fact: Fact
    /// What the figure was computed from. A fact that explains itself in a circle is not followed twice.
    public var inputs: [Explanation]
    public var cells: [CellPlace]
}

extension Fact {
    /// The value as people read it: `168,080.00 元`, `1.20%`, `88 分`.
    public func printed(_ locale: Locale) -> String {
        guard let number = value.decimal else { return value.scalarText ?? "…" }
        switch unit {
        case "CNY": return number.grouped + (locale == .zh ? " 元" : "")
        case "percent": return number.description + "%"
        case "points": return number.withoutTrailingZeros.description + (locale == .zh ? " 分" : " points")
        default: return number.grouped + (unit.isEmpty ? "" : " " + unit)
        }
    }
}

extension Review {
    /// The way from a fact back to the cells; `nil` for an unknown id.
    public func explanation(of id: String) -> Explanation? { explanation(of: id, above: []) }

    private func explanation(of id: String, above: Set<String>) -> Explanation? {
        guard !above.contains(id), let fact = facts.first(where: { $0.id == id }) else { return nil }
        return Explanation(
            fact: fact,
            inputs: fact.inputs.compactMap { explanation(of: $0, above: above.union([id])) },
            cells: fact.sources.compactMap { pointer in places.first { $0.pointer == pointer } }
        )
    }

    /// The facts that a printed figure may be: by id, or by value within the precision that is printed.
    ///
    /// `168,080.00`, `1,401.77 万元`, `61.03%`, `88 分`. Without a unit a number is anything of its value, in 元 or 万元.
    /// Zero is everywhere and is found by its id only.
    public func facts(for figure: String) -> [Fact] {
        if let fact = facts.first(where: { $0.id == figure }) { return [fact] }
        guard let printed = PrintedFigure(figure), !printed.number.isZero else { return [] }
        return facts.filter { fact in fact.value.decimal.map { printed.mayBe($0, unit: fact.unit) } ?? false }
    }

    /// The findings that speak of a printed figure.
    public func findings(about figure: String) -> [LocatedFinding] {
        let wanted = figure.filter { !$0.isWhitespace }
        guard wanted.count > 2 else { return [] }
        return findings.filter { located in
            let finding = located.finding
            return [finding.found, finding.expected, finding.message.zh].contains { text in
                text.filter { !$0.isWhitespace }.contains(wanted)
            }
        }
    }
}

/// A number with its unit, as a report prints it.
struct PrintedFigure {
    var number: ExactDecimal
    /// `CNY`, `wan`, `percent`, `points`; `nil` where nothing is printed.
    var unit: String?

    private static let units = [
        ("万元", "wan"), ("万", "wan"), ("元", "CNY"), ("%", "percent"), ("％", "percent"), ("分", "points"),
    ]

    init?(_ text: String) {
        var digits = String(text.filter { !$0.isWhitespace && $0 != "," && $0 != "，" })
        for (suffix, name) in Self.units where digits.hasSuffix(suffix) {
            digits.removeLast(suffix.count)
            unit = name
            break
        }
        guard let number = ExactDecimal(digits) else { return nil }
        self.number = number
    }

    /// Whether a figure prints as this one. Amounts and points are compared as they are, rates as printed, and 万元 within half
    /// of its last printed place.
    func mayBe(_ value: ExactDecimal, unit other: String) -> Bool {
        switch unit {
        case nil: value == number || other == "CNY" && isWan(value)
        case "wan": other == "CNY" && isWan(value)
        default: other == unit && value == number
        }
    }

    private func isWan(_ yuan: ExactDecimal) -> Bool {
        guard let wan = try? yuan.divided(by: 10000, places: number.places) else { return false }
        return wan == number
    }
}
