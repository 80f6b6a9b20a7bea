public import ReviewModel

/// A figure of a review with what it was computed from, down to the cells.
public struct Explanation: Sendable, Hashable {
    public var fact: Fact
    /// What the figure was computed from. A fact that explains itself in a circle is not followed twice.
    public var inputs: [Explanation]
    public var cells: [CellPlace]
    /// Whether there are inputs that are not shown, because the way to the cells is too long for anybody.
    public var isCut = false
}

extension Explanation {
    /// How deep a figure is followed.
    public static let depth = 50
    /// How many figures one answer holds: facts that share their inputs would else be more than there are atoms.
    public static let count = 2000
    /// How many inputs are looked at for one answer, known ones or not: figures that share a long list of them would each have
    /// it looked through.
    static let looks = 200_000
}

extension Review {
    /// The way from a fact back to the cells; `nil` for an unknown id.
    public func explanation(of id: String) -> Explanation? { explanations(of: [id]).first }

    /// The ways from facts back to the cells; unknown ids are left out.
    public func explanations(of ids: [String]) -> [Explanation] {
        var trail = Trail(self)
        return ids.compactMap { trail.explanation(of: $0, above: []) }
    }

    /// The facts and cells of a review by their names, and how many figures may still be shown.
    private struct Trail {
        let facts: [String: Fact]
        let cells: CellPlaces
        let positions: [JSONPointer: Int]
        var room = Explanation.count
        var looks = Explanation.looks

        init(_ review: Review) {
            facts = Dictionary(review.facts.map { ($0.id, $0) }) { first, _ in first }
            cells = review.places
            positions = Dictionary(zip(cells.pointers, cells.indices)) { first, _ in first }
        }

        mutating func explanation(of id: String, above: Set<String>) -> Explanation? {
            guard !above.contains(id), let fact = facts[id] else { return nil }
            room -= 1
            var explanation = Explanation(
                fact: fact,
                inputs: [],
                cells: fact.sources.compactMap { positions[$0].map { cells[$0] } }
            )
            let path = above.union([id])
            for input in fact.inputs {
                looks -= 1
                guard looks < 0 || facts[input] != nil && !path.contains(input) else { continue }
                guard looks >= 0, room > 0, path.count < Explanation.depth else {
                    explanation.isCut = true
                    break
                }
                if let found = self.explanation(of: input, above: path) { explanation.inputs.append(found) }
            }
            return explanation
        }
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
