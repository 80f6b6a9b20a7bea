public import ReviewModel

/// How the scores of several raters become one sheet.
public struct RaterCombination: Sendable {
    public enum Method: String, Sendable, CaseIterable {
        case mean
        case median
        /// The mean without the highest and the lowest; of three raters and more.
        case trimmedMean = "trimmed-mean"
    }

    /// The rater that the combined sheet is called after: `review`.
    public var into: String
    /// Whose scores count; empty for all but `self` and ``into``.
    public var raters: [String]
    public var method: Method
    /// Two raters further apart than this, in percent of an item's points, are a finding; `nil` for no such rule.
    public var maximumSpread: ExactDecimal?
    public var pointer: JSONPointer
    /// Whether a list of raters is written, and empty.
    var namesNobody = false

    /// The combined points, rounded half up to `places`.
    public func combine(_ points: [ExactDecimal], places: Int) throws(DecimalOverflow) -> ExactDecimal? {
        let sorted = points.sorted()
        let counted: ArraySlice<ExactDecimal>
        switch method {
        case .mean: counted = sorted[...]
        case .trimmedMean: counted = sorted.count >= 3 ? sorted.dropFirst().dropLast() : sorted[...]
        case .median:
            let middle = sorted.count / 2
            counted =
                sorted.isEmpty ? [] : sorted.count % 2 == 1 ? sorted[middle...middle] : sorted[(middle - 1)...middle]
        }
        return try ExactDecimal.sum(counted).divided(by: ExactDecimal(counted.count), places: places)
    }
}

extension RaterCombination {
    init?(_ reader: ValueReader) {
        guard let record = reader.record(), let into = record.required("into")?.text() else { return nil }
        let method = record.optional("method")?.oneOf(Method.allCases.map(\.rawValue)).flatMap(Method.init) ?? .mean
        let raters = record.optional("raters").map { list in
            list.list().compactMap { $0.text() }.filter { !list.tellsOfJoined($0) }
        }
        self.init(
            into: into,
            raters: raters ?? [],
            method: method,
            maximumSpread: record.optional("max_spread").flatMap { reader in
                reader.percent().map { percent in
                    reader.tellOfMissingSign(percent, upTo: 100)
                    return percent
                }
            },
            pointer: reader.pointer
        )
        namesNobody = record.record["raters"]?.list?.isEmpty == true
        record.finish()
    }
}
