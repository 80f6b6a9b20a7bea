internal import ReviewFile
internal import ReviewModel

extension Portfolio {
    static let schemaName = "pingshen.summary/1"

    /// What was found across the reviews, and the sums, as one JSON document: `{schema, sums, unit, notSummed, unfinished, findings,
    /// unchecked}`.
    public var json: [UInt8] {
        let total = self.total
        let sums = columns.compactMap { column in total.figure(column).map { (column.name, Value.decimal($0)) } }
        let states = unfinished.map { entry -> Value in
            ["review": .text(entry.id), "state": .text(entry.state), "message": .text(entry.message)]
        }
        let unchecked = self.unchecked.map { rule -> Value in
            ["rule": .text(rule.id), "reason": rule.reason.wire]
        }
        let apart = self.apart.map { unit, reviews -> Value in
            ["unit": .text(unit), "reviews": .list(reviews.map(Value.text))]
        }
        return JSONWriter.document([
            "schema": .text(Self.schemaName), "reviews": .integer(total.count), "sums": .record(Record(sums)),
            "unit": .text(unit), "notSummed": .list(apart), "unfinished": .list(states),
            "findings": .list(findings.map(\.wire)), "unchecked": .list(unchecked),
        ])
    }
}

extension Portfolio.Found {
    fileprivate var wire: Value {
        let sides = sides.map { side -> Value in
            var record: Record = ["review": .text(side.review)]
            record.setIfPresent("place", .text(side.place))
            return .record(record)
        }
        return [
            "rule": .text(rule), "severity": .text(severity.rawValue), "message": message.wire,
            "weight": Value(weight), "sides": .list(sides),
        ]
    }
}
