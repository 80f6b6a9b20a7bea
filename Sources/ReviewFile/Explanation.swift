public import ReviewModel

/// A figure of a review with what it was computed from, down to the cells.
public struct Explanation: Sendable, Hashable {
    public var fact: Fact
    /// What the figure was computed from. A fact that explains itself in a circle is not followed twice.
    public var inputs: [Explanation]
    public var cells: [CellPlace]
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

    /// The facts that a printed figure may be: by id, or by value as ``PrintedFigure`` reads it. Zero is everywhere and is found by
    /// its id only.
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
