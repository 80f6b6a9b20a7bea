internal import ReviewModel

/// Where and when a project is, for the norms that hold there and then.
public struct NormScope: Sendable {
    /// The town's name, as short as the project writes it.
    public var town: String
    /// City, district and town in full; empty where nobody says it.
    public var jurisdiction: String
    /// 0 where nobody says it.
    public var year: Int

    public init(town: String, jurisdiction: String = "", year: Int) {
        (self.town, self.jurisdiction, self.year) = (town, jurisdiction, year)
    }

    /// How near a rule's place is: -1 for the whole country, more the nearer it is, `nil` where it is somewhere else.
    func nearness(of place: String?) -> Int? {
        guard let place else { return -1 }
        if town.isPlace(in: place) || place.isPlace(in: town) { return .max }
        // In a full name the nearer place stands behind the farther one.
        let found = jurisdiction.ranges(of: place).last { jurisdiction.isBorder($0.lowerBound) }
        return found.map { jurisdiction.utf8.distance(from: jurisdiction.startIndex, to: $0.upperBound) }
    }
}

extension String {
    /// Whether a longer name of a place ends with this one: 甲镇 of 乙市甲镇, and not of 丙甲镇.
    fileprivate func isPlace(in longer: String) -> Bool {
        guard !isEmpty, longer.hasSuffix(self) else { return false }
        return longer.isBorder(longer.index(longer.endIndex, offsetBy: -count))
    }

    /// Whether the name of a place may begin here: at the start, or behind the name of a larger one.
    fileprivate func isBorder(_ index: Index) -> Bool {
        index == startIndex || "省市区县州旗盟".contains(self[self.index(before: index)])
    }
}

extension NormBook {
    /// Why there is no norm where one was looked for.
    public enum Absence: Error, Sendable, Equatable {
        /// The book has none for the item.
        case none
        /// It has some, but none that holds there or then.
        case elsewhere
        /// Nobody says which year it is.
        case noYear
    }

    /// The norm for an item: the nearest to the town, and of one place that which is in force on the first day of the year, the
    /// latest of several; where none is, the first that comes into force during the year.
    public func norm(
        for item: String,
        in scope: NormScope,
        where isWanted: (Norm.Limit) -> Bool
    ) throws(Absence) -> Norm {
        let all = norms.filter { $0.item == item && isWanted($0.limit) }
        if all.isEmpty { throw .none }
        guard CalendarDate.years.contains(scope.year) else { throw .noYear }
        let near = all.compactMap { norm in scope.nearness(of: norm.place).map { (norm: norm, nearness: $0) } }
        for nearness in Set(near.map(\.nearness)).sorted(by: >) {
            if let norm = Self.inForce(near.filter { $0.nearness == nearness }.map(\.norm), scope.year) { return norm }
        }
        throw .elsewhere
    }

    private static func inForce(_ norms: [Norm], _ year: Int) -> Norm? {
        guard let first = CalendarDate(year: year, month: 1, day: 1),
            let last = CalendarDate(year: year, month: 12, day: 31)
        else { return nil }
        let holding = norms.filter { $0.from <= first && ($0.until ?? last) >= first }
        if let latest = holding.max(by: { $0.from < $1.from }) { return latest }
        return norms.filter { $0.from > first && $0.from <= last }.min { $0.from < $1.from }
    }

    /// The amount of the class that a text names, or the largest of all where it names none: then `assumed` is its class.
    static func amount(_ amounts: [ClassAmount], of classes: Set<String>) -> (amount: ExactDecimal, assumed: String?)? {
        let named = amounts.filter { classes.contains($0.code) }
        if let widest = named.max(by: { $0.amount < $1.amount }) { return (widest.amount, nil) }
        guard let widest = amounts.max(by: { $0.amount < $1.amount }) else { return nil }
        return (widest.amount, amounts.count > 1 ? widest.code : nil)
    }
}
