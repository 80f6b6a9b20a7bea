internal import BudgetLines
public import ReviewModel

/// Prices that earlier reviews approved, by name, unit and year: what `pingshen summarize` writes. Evidence of what things cost,
/// never a rule.
public struct PriceLibrary: Sendable {
    /// The approved prices of one name, unit and year, in 元.
    public struct Entry: Sendable {
        public var name: String
        public var unit: String
        public var year: Int
        public var count: Int
        public var quartile1: ExactDecimal
        public var median: ExactDecimal
        public var quartile3: ExactDecimal
        public var sources: String
    }

    private var entries: [String: [Entry]] = [:]

    /// - Parameter reader: the list that stands in the file.
    public init(_ reader: ValueReader) {
        reader.forEachElement { item in
            guard let entry = Entry(item) else { return }
            entries[Self.key(entry.name, entry.unit), default: []].append(entry)
        }
    }

    private static func key(_ name: String, _ unit: String) -> String { "\(name.folded)\t\(unit.folded)" }

    /// The entry for a line of this name and unit: that of the year, or else of the last year before it.
    public func entry(for line: NormLine, in year: Int) -> Entry? {
        let found = entries[Self.key(line.line.label, line.unit)] ?? []
        return found.filter { $0.year <= year }.max { $0.year < $1.year }
    }
}

extension PriceLibrary.Entry {
    fileprivate init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        let (name, unit) = (record.required("name")?.text(), record.optional("unit")?.text() ?? "")
        // A summary writes years as texts.
        let year = record.required("year").flatMap { year in year.value.text.flatMap { Int($0) } ?? year.integer() }
        let count = record.required("count")?.integer()
        let prices = ["quartile1", "median", "quartile3"].map { record.required($0)?.decimal() }
        let sources = record.optional("sources")?.text() ?? ""
        for key in ["reviews", "lowest", "highest"] { _ = record.optional(key) }
        record.finish()
        guard let name, let year, let count, let low = prices[0], let median = prices[1], let high = prices[2] else {
            return nil
        }
        self.init(
            name: name,
            unit: unit,
            year: year,
            count: count,
            quartile1: low,
            median: median,
            quartile3: high,
            sources: sources
        )
    }
}

extension PriceLibrary {
    /// JSON Schema 2020-12 of the file, for editors.
    public static var schema: Record {
        let number: Value = ["type": ["number", "string"]]
        return [
            "title": "审定单价库 · prices as approved, as a summary of reviews writes them", "type": "array",
            "items": [
                "type": "object", "additionalProperties": false,
                "required": ["name", "year", "count", "quartile1", "median", "quartile3"],
                "properties": [
                    "name": ["type": ["string", "number"]], "unit": ["type": ["string", "number"]],
                    "year": ["type": ["integer", "string"]], "count": ["type": "integer"],
                    "reviews": ["type": "integer"],
                    "lowest": number, "quartile1": number, "median": number, "quartile3": number, "highest": number,
                    "sources": ["type": ["string", "number"]],
                ],
            ],
        ]
    }
}
