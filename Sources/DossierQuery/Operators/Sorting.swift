internal import ReviewModel

/// What rows are sorted by: a column of theirs.
struct SortKey {
    var slot: Int
    var isDescending: Bool
}

/// Sorted rows, of which the first `keptWidth` columns are handed on. Equal rows keep their order.
final class Sorting: Operator {
    private let input: Operator
    private let keys: [SortKey]
    private var rows: RowStore?
    private var position = 0
    private var heldBytes = 0

    init(_ input: Operator, _ keys: [SortKey], keptWidth: Int) {
        (self.input, self.keys) = (input, keys)
        super.init(width: keptWidth)
    }

    override func open(_ run: Run) throws(QueryError) {
        run.release(heldBytes)
        (rows, position, heldBytes) = (nil, 0, 0)
        let store = try input.collect(run)
        let order = try sortedRows(store.count, keys.map { (store.columns[$0.slot], $0.isDescending) }, run)
        let sorted = RowStore(count: store.count, columns: store.columns.prefix(width).map { $0.gather(order) })
        heldBytes = sorted.byteCount
        try run.hold(heldBytes)
        rows = sorted
    }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        guard let batch = rows?.batch(from: position) else { return nil }
        position += batch.count
        return batch
    }
}

/// The rows in the order of `keys`; equal ones in their own order.
func sortedRows(
    _ count: Int,
    _ keys: [(vector: Vector, isDescending: Bool)],
    _ run: Run
) throws(QueryError) -> [Int32] {
    // Each row is compared about as often as the count has binary digits.
    try run.spend(count * max(1, Int.bitWidth - count.leadingZeroBitCount))
    var failure: QueryError?
    let rows = (0..<Int32(clamping: count)).sorted { one, other in
        for key in keys where failure == nil {
            do throws(QueryError) {
                try run.spend(onTextBytes: key.vector.comparedBytes(Int(one), Int(other)))
            } catch {
                failure = error
            }
            let order = key.vector.order(Int(one), Int(other))
            if order != 0 { return key.isDescending ? order > 0 : order < 0 }
        }
        return one < other
    }
    if let failure { throw failure }
    return rows
}

extension Vector {
    /// How many bytes of texts a comparison of two rows may look at.
    fileprivate func comparedBytes(_ one: Int, _ other: Int) -> Int {
        switch self {
        case .texts(let texts): Int(min(texts.lengths[one], texts.lengths[other]))
        case .values(let values): min(values[one].text?.utf8.count ?? 0, values[other].text?.utf8.count ?? 0)
        case .constant, .numbers, .flags: 0
        }
    }

    /// Which of two rows comes first: negative, zero or positive. Missing values come before all others.
    func order(_ one: Int, _ other: Int) -> Int {
        switch self {
        case .constant: return 0
        case .numbers(let numbers):
            let (a, b) = (numbers.significands[one], numbers.significands[other])
            if a == Numbers.absent || b == Numbers.absent { return a == b ? 0 : a == Numbers.absent ? -1 : 1 }
            return Numbers.compare(a, numbers.places(one), b, numbers.places(other))
        case .flags(let flags):
            func rank(_ row: Int) -> Int { flags[row] == Vector.unknown ? -1 : Int(flags[row]) }
            return rank(one) - rank(other)
        case .texts(let texts):
            switch (texts.isMissing(one), texts.isMissing(other)) {
            case (true, true): return 0
            case (true, false): return -1
            case (false, true): return 1
            case (false, false): return texts.compare(one, with: texts, other)
            }
        case .values(let values): return sortsBefore(values[one], values[other])
        }
    }
}
