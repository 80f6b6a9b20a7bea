internal import ReviewModel

extension [LocatedFinding] {
    /// Heaviest first, then by the money that is at stake, the most first, then by place, rule and subject.
    func inOrder() -> [LocatedFinding] {
        // Of a hundred thousand findings each is read once, not at every comparison.
        map { OrderedFinding(finding: $0, money: $0.finding.moneyAtStake ?? .zero) }.sorted(by: <).map(\.finding)
    }

    /// With their ids, and each with the finding that it follows from.
    func settled() -> [LocatedFinding] { identified().withCauses() }

    /// One wrong cell makes sums, rates and sentences wrong that rest on it. A finding follows from another, of no less weight, whose
    /// place is among its own and with which it shares a figure: what should stand there, what does, or by how much they differ.
    ///
    /// What follows from one that itself follows is told of the first of them.
    private func withCauses() -> [LocatedFinding] {
        var holders: [PlaceOfRow: [Int]] = [:]
        for index in indices {
            guard let row = self[index].locations.first.flatMap(PlaceOfRow.init), self[index].mayBeCause else {
                continue
            }
            holders[row, default: []].append(index)
        }
        if holders.isEmpty { return self }
        let figures = map { $0.finding.figures }
        var causes = [Int?](repeating: nil, count: count)
        for index in indices where !figures[index].isEmpty {
            for location in self[index].locations.prefix(Self.mostPlaces) {
                guard causes[index] == nil, let row = PlaceOfRow(location) else { continue }
                causes[index] = holders[row]?.prefix(Self.mostHolders).first { other in
                    other != index && self[other].finding.severity >= self[index].finding.severity
                        && !figures[other].isDisjoint(with: figures[index])
                        && self[other].outranks(self[index], isEarlier: other < index)
                }
            }
        }
        var found = self
        for index in indices {
            guard var cause = causes[index] else { continue }
            // A chain is as long as there are findings, at most.
            for _ in 0..<Self.longestChain {
                if let further = causes[cause], further != index { cause = further } else { break }
            }
            found[index].cause = self[cause].id
        }
        return found
    }

    /// Further places and findings of one place are not looked at: a sum of a thousand lines follows from none of them.
    private static let mostPlaces = 60
    private static let mostHolders = 20
    private static let longestChain = 8
}

private struct OrderedFinding: Comparable {
    var finding: LocatedFinding
    var money: ExactDecimal

    static func == (left: OrderedFinding, right: OrderedFinding) -> Bool { !(left < right) && !(right < left) }

    static func < (left: OrderedFinding, right: OrderedFinding) -> Bool {
        let (one, other) = (left.finding, right.finding)
        if one.finding.severity != other.finding.severity { return one.finding.severity > other.finding.severity }
        if left.money != right.money { return left.money > right.money }
        let (a, b) = (one.locations.first, other.locations.first)
        if let a = a?.place, let b = b?.place, a != b { return a < b }
        if (a == nil) != (b == nil) { return a == nil }
        return (one.finding.rule, one.finding.subject) < (other.finding.rule, other.finding.subject)
    }
}

extension LocatedFinding {
    /// Whether it says of a figure in its first place that it is wrong.
    fileprivate var mayBeCause: Bool { finding.severity >= .warning && !finding.figures.isEmpty }

    /// Whether this is the cause where both rest on the same figure: the other names this one's place, and not the other way round. Of two
    /// that name each other's it is the earlier one.
    fileprivate func outranks(_ other: LocatedFinding, isEarlier: Bool) -> Bool {
        guard let place = other.locations.first.flatMap(PlaceOfRow.init) else { return isEarlier }
        return isEarlier || !locations.contains { PlaceOfRow($0) == place }
    }
}

extension Finding {
    /// The figures that it is about, in one unit, not in ten thousands of it. What is nothing, 0, says nothing.
    fileprivate var figures: Set<ExactDecimal> {
        var figures: Set<ExactDecimal> = []
        for text in [expected, found, difference] {
            if let number = Self.number(text), !number.isZero { figures.insert(number.magnitude.withoutTrailingZeros) }
        }
        if let expected = Self.number(expected), let found = Self.number(found), let change = try? found - expected,
            !change.isZero
        {
            figures.insert(change.magnitude.withoutTrailingZeros)
        }
        return figures
    }

    private static func number(_ text: String) -> ExactDecimal? {
        // A bound is a figure, too: ≤ 15.
        let bare = text.drop { "≤≥<> ".contains($0) }
        guard bare.utf8.count <= 60, let figure = PrintedFigure(String(bare)) else { return nil }
        return figure.isWan ? try? figure.number * 10_000 : figure.number
    }
}

/// A row of a table, a line of a text, a paragraph: what a person looks at as one.
private struct PlaceOfRow: Hashable {
    private var place: Place

    init?(_ location: Location) {
        switch location.place {
        case .text(let file, let line, _): place = .text(file: file, line: line, column: 1)
        case .cell(let file, let sheet, let address):
            guard let first = CellAddress(column: 1, row: address.row) else { return nil }
            place = .cell(file: file, sheet: sheet, address: first)
        case .tableCell(let file, let table, let row, _):
            place = .tableCell(file: file, table: table, row: row, column: 1)
        case .paragraph, .page: place = location.place
        }
    }
}
