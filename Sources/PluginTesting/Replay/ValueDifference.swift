internal import ReviewModel

/// Where two values first differ.
struct ValueDifference: Equatable {
    var pointer: JSONPointer
    /// `nil` where there should be nothing.
    var expected: Value?
    var found: Value?

    /// The first difference, members in order; `nil` when the values are the same. The order of members means nothing.
    static func between(_ expected: Value, _ found: Value, at pointer: JSONPointer = JSONPointer()) -> ValueDifference?
    {
        switch (expected, found) {
        case (.record(let left), .record(let right)):
            for (key, value) in left.members {
                guard let other = right[key] else {
                    return ValueDifference(pointer: pointer / key, expected: value, found: nil)
                }
                if let difference = between(value, other, at: pointer / key) { return difference }
            }
            let surplus = right.members.first { left[$0.key] == nil }
            return surplus.map { ValueDifference(pointer: pointer / $0.key, expected: nil, found: $0.value) }
        case (.list(let left), .list(let right)):
            for (index, value) in left.enumerated() {
                guard index < right.count else {
                    return ValueDifference(pointer: pointer / index, expected: value, found: nil)
                }
                if let difference = between(value, right[index], at: pointer / index) { return difference }
            }
            guard right.count > left.count else { return nil }
            return ValueDifference(pointer: pointer / left.count, expected: nil, found: right[left.count])
        default:
            return expected == found ? nil : ValueDifference(pointer: pointer, expected: expected, found: found)
        }
    }
}
