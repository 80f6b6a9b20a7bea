import ReviewModel

/// Points by rater and by node of the rubric.
struct ScoresModel {
    private(set) var scores: ModelNode = .nothing
    private(set) var items: ModelNode = .nothing
    private(set) var itemsByCode: ModelNode = .nothing
    private(set) var verdict: ModelNode = .nothing
    private(set) var rubric: ModelNode = .nothing
    /// From the self score to the review score, a step for every item that differs.
    private(set) var bridge: ModelNode = .nothing
    /// The same for a drawing: the totals at both ends, and between them the top items, each from where the one before
    /// has got to.
    private(set) var waterfall: ModelNode = .nothing

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
            record["level"] = .text(item.level ?? "")
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
        bridge = try bridge(review, nodes)
        waterfall = try waterfall(review, nodes)
    }

    private func waterfall(_ review: Review, _ nodes: NodeBuilder) throws(DecimalOverflow) -> ModelNode {
        guard let own = review.scoreSheet(ScoreSheet.selfRater),
            let reviewed = review.scoreSheet(ScoreSheet.reviewRater)
        else { return .list([]) }
        func bar(_ name: String, from base: ExactDecimal, _ change: ExactDecimal) -> ModelNode {
            nodes.record([
                "name": .text(name), "from": .figure(base, .points), "change": .figure(change, .points),
            ])
        }
        let (selfName, reviewName) = (
            LocalizedText(zh: "自评总分", en: "self score"), LocalizedText(zh: "评审总分", en: "review score")
        )
        var bars = [bar(selfName(review.locale), from: 0, own.total)]
        var running = own.total
        for item in reviewed.items where item.parent == nil {
            guard let after = item.points, let before = points(of: item.code, by: own.rater, in: review) else {
                continue
            }
            let change = try after - before
            if change.isZero { continue }
            bars.append(bar("\(item.code) \(item.name)", from: running, change))
            running = try running + change
        }
        bars.append(bar(reviewName(review.locale), from: 0, reviewed.total))
        return nodes.list(bars)
    }

    /// The steps of the fact `scores.bridge`. The top items lead from one total to the other: `running` is where they have
    /// got to.
    private func bridge(_ review: Review, _ nodes: NodeBuilder) throws(DecimalOverflow) -> ModelNode {
        let fact = review.facts.first { $0.id == "scores.bridge" }
        let tops = Set(items(of: review).filter { $0.parent == nil }.map(\.code))
        var running = review.scoreSheet(ScoreSheet.selfRater)?.total ?? .zero
        var steps: [ModelNode] = []
        for step in fact?.value.list ?? [] {
            let code = step["code"]?.text ?? ""
            let isTop = tops.contains(code)
            if isTop, let difference = step["difference"]?.decimal { running = try running + difference }
            steps.append(
                nodes.record([
                    "code": .text(code), "name": .text(step["name"]?.text ?? ""), "is_top": .flag(isTop),
                    "self": .figure(step["self"]?.decimal, .points),
                    "review": .figure(step["review"]?.decimal, .points),
                    "difference": .figure(step["difference"]?.decimal, .points),
                    "running": isTop ? .figure(running, .points) : .nothing,
                    "unexplained": .figure(step["unexplained"]?.decimal, .points),
                ])
            )
        }
        return nodes.list(steps)
    }

    private func items(of review: Review) -> [ScoreItem] {
        review.scoreSheet(ScoreSheet.reviewRater)?.items ?? []
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
