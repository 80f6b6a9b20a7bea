internal import ReviewFile
internal import ReviewModel

extension PortfolioBuilder {
    /// What the sums count: the unit of most reviews, and of several that of the first.
    var unit: String {
        var (counts, order) = ([String: Int](), [String]())
        for unit in entries.compactMap(\.unit?.code) {
            if counts[unit] == nil { order.append(unit) }
            counts[unit, default: 0] += 1
        }
        let most = counts.values.max()
        return order.first { counts[$0] == most } ?? Amounts.standardUnit
    }
}

extension Portfolio {
    /// Whether a row is of a review whose amounts are not summed, being in another unit.
    func isApart(_ row: TableRow) -> Bool { entry(row.text("review")).map(isApart) ?? false }

    private func isApart(_ entry: Entry) -> Bool { entry.unit.map { $0.code != unit } ?? false }

    /// The reviews whose amounts are not summed, by what these count, in the order of the first of each.
    var apart: [(unit: String, reviews: [String])] {
        var groups: [(unit: String, reviews: [String])] = []
        for entry in entries where isApart(entry) {
            guard let unit = entry.unit?.code else { continue }
            if let position = groups.firstIndex(where: { $0.unit == unit }) {
                groups[position].reviews.append(entry.id)
            } else {
                groups.append((unit, [entry.id]))
            }
        }
        return groups
    }

    /// What the amounts count, and which are not summed; nothing where all are in 元 as they stand.
    var unitNotes: [String] {
        let standard = MoneyUnit(Amounts.standardUnit)
        guard entries.contains(where: { $0.unit.map { $0 != standard } ?? false }) else { return [] }
        let converted = entries.count { $0.unit.map { $0 != MoneyUnit($0.code) } ?? false }
        return [PortfolioWords.unit(unit, converted: converted)(locale)]
            + apart.map { PortfolioWords.notSummed($0.reviews, in: $0.unit)(locale) }
    }
}
