import ReviewModel

/// Finds which of a few values make a printed total.
enum SubsetSearch {
    /// More values than these are not searched: chance would find sums that nobody made.
    static let limit = 14

    /// The positions of the one subset of `values` that lies in `interval`, or `nil` when there is none, or more than one.
    /// Fewer than two values make no sum.
    static func only(_ values: [ExactDecimal], making interval: ProseInterval) throws(DecimalOverflow) -> [Int]? {
        guard values.count <= limit, !values.isEmpty else { return nil }
        var (sums, found): ([ExactDecimal], [Int]?) = ([.zero], nil)
        for value in values {
            for sum in sums { sums.append(try sum + value) }
        }
        for (mask, sum) in sums.enumerated() where mask.nonzeroBitCount > 1 && interval.contains(sum) {
            guard found == nil else { return nil }
            found = values.indices.filter { mask & (1 << $0) != 0 }
        }
        return found
    }
}
