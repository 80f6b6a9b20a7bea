import ReviewModel

/// Figures, to be found by what they are about and by their value without looking at each.
struct FigureIndex: Sendable {
    let figures: [ProseFigure]
    private let bySubject: [String: [Int]]
    private let byValue: [Kind: ValueOrder]
    /// The same without means, which are nobody's figure to miss.
    private let stated: [Kind: ValueOrder]

    /// Units that can be held against each other: what is counted need not be named alike.
    private enum Kind { case yuan, percent, points, pieces }

    init(_ figures: [ProseFigure]) {
        self.figures = figures
        bySubject = Dictionary(grouping: figures.indices) { figures[$0].subject }
        let places = Dictionary(grouping: figures.indices) { Self.kind(figures[$0].unit) }
        let values = figures.map(\.value)
        let orders = places.mapValues { ValueOrder($0, of: values) }
        byValue = orders
        stated = orders.mapValues { $0.filter { figures[$0].making != .mean } }
    }

    private static func kind(_ unit: ProseUnit) -> Kind {
        switch unit {
        case .yuan: .yuan
        case .percent: .percent
        case .points: .points
        case .count, .none: .pieces
        }
    }

    /// The figures of these subjects in the unit of `unit`, in their order.
    func figures(of subjects: Set<String>, in unit: ProseUnit) -> [ProseFigure] {
        let places = subjects.flatMap { bySubject[$0] ?? [] }
        return (subjects.count > 1 ? places.sorted() : places).map { figures[$0] }
            .filter { Self.kind($0.unit) == Self.kind(unit) }
    }

    /// The first figure that prints as the number does.
    func first(printedAs number: ProseNumber) -> ProseFigure? {
        byValue[Self.kind(number.unit)]?.first(in: number.interval).map { figures[$0] }
    }

    /// The first figure that the number agrees with and that is as wanted.
    func first(
        agreeingWith number: ProseNumber,
        where isWanted: (ProseFigure) -> Bool
    ) throws(DecimalOverflow) -> ProseFigure? {
        guard let order = byValue[Self.kind(number.unit)] else { return nil }
        let (least, most) = try number.agreement()
        for place in order.places(from: least, to: most).sorted() where isWanted(figures[place]) {
            if try number.agrees(with: figures[place].value) { return figures[place] }
        }
        return nil
    }

    /// The figure with the nearest value that is as wanted, no farther away than `reach`; of several the first.
    func nearest(
        to number: ProseNumber,
        within reach: ExactDecimal,
        where isWanted: (ProseFigure) -> Bool
    ) throws(DecimalOverflow) -> ProseFigure? {
        guard let order = stated[Self.kind(number.unit)] else { return nil }
        var best: (place: Int, distance: ExactDecimal)?
        for place in order.places(from: try number.value - reach, to: try number.value + reach) {
            let distance = try (figures[place].value - number.value).magnitude
            if let known = best, known.distance < distance { continue }
            guard isWanted(figures[place]) else { continue }
            if let known = best, (known.distance, known.place) <= (distance, place) { continue }
            best = (place, distance)
        }
        return best.map { figures[$0.place] }
    }
}

/// Places of figures in the order of their values; figures of one value in their own order.
private struct ValueOrder: Sendable {
    private let values: [ExactDecimal]
    private let places: [Int]
    /// The lowest place below each node of a binary tree over `places`; its leaves are the second half.
    private let lowest: [Int]

    init(_ unordered: [Int], of values: [ExactDecimal]) {
        // As whole numbers of the finest place, which are compared in a fraction of the time; where one is too large for that, as
        // they are.
        let finest = unordered.map { values[$0].places }.max() ?? 0
        let keys = unordered.map { Key(values[$0].rounded(to: finest), at: $0) }
        let isExact = keys.allSatisfy { $0.places == finest }
        let places = isExact ? keys.sorted().map(\.place) : unordered.sorted { (values[$0], $0) < (values[$1], $1) }
        self.init(ordered: places, values: places.map { values[$0] })
    }

    /// A value in whole units, and then the place.
    private struct Key: Comparable {
        let units: Int128
        let places: Int
        let place: Int

        init(_ value: ExactDecimal, at place: Int) {
            (units, places, self.place) = (value.significand, value.places, place)
        }

        static func < (left: Key, right: Key) -> Bool {
            left.units == right.units ? left.place < right.place : left.units < right.units
        }
    }

    /// The same without some.
    func filter(_ isWanted: (Int) -> Bool) -> ValueOrder {
        let kept = places.indices.filter { isWanted(places[$0]) }
        return ValueOrder(ordered: kept.map { places[$0] }, values: kept.map { values[$0] })
    }

    private init(ordered places: [Int], values: [ExactDecimal]) {
        var lowest = Array(repeating: Int.max, count: places.count) + places
        for node in stride(from: places.count - 1, to: 0, by: -1) {
            lowest[node] = min(lowest[2 * node], lowest[2 * node + 1])
        }
        (self.places, self.lowest, self.values) = (places, lowest, values)
    }

    /// The lowest place of a value that the interval contains.
    func first(in interval: ProseInterval) -> Int? {
        var start = position { $0 >= interval.lowest }
        var end = position { $0 >= interval.highest }
        // Of the two ends the one nearer to zero belongs to the interval.
        if interval.lowest.isNegative { start = max(start, position { $0 > interval.lowest }) }
        if interval.highest.isNegative { end = position { $0 > interval.highest } }
        guard start < end else { return nil }
        var (best, left, right) = (Int.max, start + places.count, end + places.count)
        while left < right {
            if left & 1 == 1 {
                best = min(best, lowest[left])
                left += 1
            }
            if right & 1 == 1 {
                right -= 1
                best = min(best, lowest[right])
            }
            (left, right) = (left / 2, right / 2)
        }
        return best
    }

    /// The places of the values of a range, ends included; `nil` is no end.
    func places(from least: ExactDecimal?, to most: ExactDecimal?) -> ArraySlice<Int> {
        let start = least.map { least in position { $0 >= least } } ?? 0
        let end = most.map { most in position { $0 > most } } ?? places.count
        return places[start..<max(start, end)]
    }

    /// The first position whose value fulfils a condition that all later ones fulfil, too.
    private func position(where condition: (ExactDecimal) -> Bool) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if condition(values[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
