internal import ReviewFile
public import ReviewModel

extension Assessment: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            scores: record.optional("scores")?.list(of: ScoreSheet.self) ?? [],
            adjustments: record.optional("adjustments")?.list(of: Adjustment.self) ?? [],
            findings: record.optional("findings")?.list(of: Finding.self) ?? [],
            facts: record.optional("facts")?.list(of: Fact.self) ?? []
        )
        rules = record.optional("rules")?.list(of: Rule.self) ?? []
    }

    public var wire: Value { long.whole }

    public var long: LongValue {
        var members: [(key: String, value: LongValue)] = [
            ("scores", .list(LongList(wire: scores))), ("adjustments", .list(LongList(wire: adjustments))),
            ("findings", .list(LongList(wire: findings))), ("facts", .list(LongList(wire: facts))),
        ]
        members.addIfPresent("rules", rules)
        return .record(members)
    }
}
