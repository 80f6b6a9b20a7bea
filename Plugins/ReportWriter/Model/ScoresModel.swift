import ReviewModel

/// Points by rater and by node of the rubric.
struct ScoresModel {
    private(set) var scores: ModelNode = .nothing
    private(set) var items: ModelNode = .nothing
    private(set) var itemsByCode: ModelNode = .nothing
    private(set) var verdict: ModelNode = .nothing
    private(set) var rubric: ModelNode = .nothing

    init(_ request: RenderingRequest, _ nodes: NodeBuilder) throws(DecimalOverflow) {
        let review = request.review
        scores = sheets(review, nodes)
        verdict = verdictNode(review.verdict, review.locale, nodes)
        let sheets = review.scores
        let leading = review.scoreSheet(ScoreSheet.reviewRater) ?? sheets.first
        var (list, byCode) = ([ModelNode](), [String: ModelNode]())
        for item in leading?.items ?? [] {
            let record = ModelRecord(names: nodes.names)
            record["code"] = .text(item.code)
            record["name"] = .text(item.name)
            record["max"] = .figure(item.max, .points)
            record["reason"] = .text(item.reason)
            record["depth"] = .integer(depth(of: item, in: leading))
            record["applies"] = .flag(item.status != .notApplicable)
            for rater in [ScoreSheet.selfRater, ScoreSheet.reviewRater] + sheets.map(\.rater) {
                record[rater] = .figure(points(of: item.code, by: rater, in: review), .points)
            }
            record["lost"] = .figure(
                try item.points.map { points throws(DecimalOverflow) in try item.max - points },
                .points
            )
            list.append(.record(record))
            byCode[item.code] = .record(ModelRecord(record.members, names: nodes.names))
        }
        items = nodes.list(list)
        itemsByCode = nodes.record(byCode)
        rubric = try RubricOutline(request, nodes).root
    }

    private func sheets(_ review: Review, _ nodes: NodeBuilder) -> ModelNode {
        let record = ModelRecord(names: nodes.names)
        for rater in [ScoreSheet.selfRater, ScoreSheet.reviewRater] {
            record[rater] = .record(ModelRecord(names: nodes.names))
        }
        for sheet in review.scores {
            record[sheet.rater] = nodes.record([
                "total": .figure(sheet.total, .points),
                "max": .figure(sheet.max, .points),
                "verdict": verdictNode(sheet.verdict, review.locale, nodes),
            ])
        }
        return .record(record)
    }

    private func depth(of item: ScoreItem, in sheet: ScoreSheet?) -> Int {
        var (depth, parent, seen) = (1, item.parent, Set<String>())
        while let code = parent, seen.insert(code).inserted {
            depth += 1
            parent = sheet?.items.first { $0.code == code }?.parent
        }
        return depth
    }
}

func points(of code: String, by rater: String, in review: Review) -> ExactDecimal? {
    review.scoreSheet(rater)?.items.first { $0.code == code }?.points
}

private func verdictNode(_ verdict: Verdict?, _ locale: Locale, _ nodes: NodeBuilder) -> ModelNode {
    guard let verdict else { return .record(ModelRecord(names: nodes.names)) }
    return nodes.record([
        "code": .text(verdict.code), "name": .text(verdict.name(locale)), "band": .text(verdict.band),
    ])
}
