internal import ReportDocument
internal import ReportTemplate
package import ReviewModel

/// The facts of a review, by their ids and by the cells that they were taken from.
final class FactIndex {
    private let facts: [String: Fact]
    /// Every beginning of an id: `history` and `history.2023` of `history.2023.rate`.
    private let beginnings: Set<String>
    /// Facts that are just the number of one cell.
    private let taken: [JSONPointer: Fact]

    init(_ facts: [Fact]) {
        self.facts = Dictionary(facts.map { ($0.id, $0) }) { first, _ in first }
        var beginnings = Set<String>()
        for fact in facts {
            for (position, byte) in fact.id.utf8.enumerated() where byte == UInt8(ascii: ".") {
                beginnings.insert(String(fact.id.utf8.prefix(position)) ?? "")
            }
        }
        self.beginnings = beginnings
        let single = facts.filter { $0.sources.count == 1 && $0.inputs.isEmpty }
        taken = Dictionary(single.map { ($0.sources[0], $0) }) { first, _ in first }
    }

    /// The id, when there is a fact of this id and value that can be followed to where it comes from.
    func fact(_ id: String, of value: ExactDecimal) -> String? {
        guard let fact = facts[id], fact.isFollowable, fact.value.decimal == value else { return nil }
        return id
    }

    /// The id of the fact that the number of a cell is.
    func fact(at cell: JSONPointer, of value: ExactDecimal) -> String? {
        guard !taken.isEmpty, let fact = taken[cell], fact.value.decimal == value else { return nil }
        return fact.id
    }

    /// Facts by their dotted ids: `{{facts.history.2023.rate}}`.
    func record(_ values: DossierValues) -> any TemplateRecord {
        FactsBelow(beginning: "", index: self, values: values)
    }

    private struct FactsBelow: TemplateRecord {
        let beginning: String
        let index: FactIndex
        let values: DossierValues

        func member(_ name: String) -> TemplateValue? {
            let id = beginning + name
            if index.beginnings.contains(id) {
                return .record(FactsBelow(beginning: id + ".", index: index, values: values))
            }
            guard let fact = index.facts[id] else { return nil }
            guard case .figure(var figure) = values.value(fact.value, unit: fact.unit) else {
                return values.value(fact.value, unit: fact.unit)
            }
            figure.fact = fact.isFollowable ? id : nil
            return .figure(figure)
        }

        var isEmpty: Bool { index.facts.isEmpty }
    }
}

extension Fact {
    /// Whether there is something to show for it: cells, or other facts.
    package var isFollowable: Bool { !sources.isEmpty || !inputs.isEmpty }
}
