internal import ReportDocument
internal import ReportTemplate
internal import ReviewModel

/// Points by rater and by item.
final class ScoresModel {
    /// The raters that templates may always name, and after them those of the review.
    let raters: [String]
    private let review: Review
    private let values: DossierValues
    private let itemsByRater: [String: [String: ScoreItem]]
    private let names: [String: String]
    /// What the rubric calls items in several languages, in that of the report; other names are those of the review.
    private let titles: [String: String]

    /// The levels of the rubric that stand for a range of points, so that their names do not say which.
    private let ranges: Set<String>

    /// - Parameter rubric: the one that the report goes through.
    init(_ review: Review, _ values: DossierValues, rubric: Record? = nil) {
        titles = Self.titles(rubric?["items"]?.list ?? [], values)
        ranges = Self.ranges(in: .record(rubric ?? Record()))
        (self.review, self.values) = (review, values)
        let usual = [ScoreSheet.selfRater, ScoreSheet.reviewRater]
        raters = usual + review.scores.map(\.rater).filter { !usual.contains($0) }
        itemsByRater = Dictionary(
            review.scores.map { sheet in
                (sheet.rater, Dictionary(sheet.items.map { ($0.code, $0) }) { first, _ in first })
            }
        ) { first, _ in first }
        // `self` and `review` name those who play these parts, whatever the form calls them.
        names = Dictionary(
            usual.compactMap { part in review.sheet(of: part).map { (part, $0.rater) } }
        ) { first, _ in first }
    }

    private static func titles(_ nodes: [Value], _ values: DossierValues) -> [String: String] {
        var titles: [String: String] = [:]
        for node in nodes {
            let title = [node["name"], node["text"]].compactMap { $0 }.first
            if let code = node["code"]?.scalarText, let title, title.record != nil,
                case .text(let text) = values.value(title)
            {
                titles[code] = text
            }
            for parts in ["items", "criteria"] {
                titles.merge(Self.titles(node[parts]?.list ?? [], values)) { first, _ in first }
            }
        }
        return titles
    }

    private static func ranges(in value: Value) -> Set<String> {
        switch value {
        case .list(let items): return items.reduce(into: []) { $0.formUnion(ranges(in: $1)) }
        case .record(let record):
            var found: Set<String> = []
            if let name = record["name"]?.scalarText, record["share"]?.text?.contains("[") == true {
                found.insert(name)
            }
            for member in record.members { found.formUnion(ranges(in: member.value)) }
            return found
        default: return []
        }
    }

    private func name(of item: ScoreItem) -> String { titles[item.code] ?? item.name }

    func item(_ code: String, by rater: String) -> ScoreItem? { itemsByRater[names[rater] ?? rater]?[code] }

    /// The points of an item, with their fact.
    func points(_ code: String, by rater: String) -> TemplateValue {
        let item = item(code, by: rater)
        // What is rated has a name and no points.
        if let item, item.max == nil, item.points == nil, let level = item.level { return .text(level) }
        return values.figure(item?.points, .points, fact: "scores.\(names[rater] ?? rater).\(code)")
    }

    /// `scores`: the sheet of each rater.
    var scores: TemplateValue {
        var record: [String: TemplateValue] = [:]
        for rater in raters { record[rater] = .record(NamedValues()) }
        for rater in raters {
            guard let sheet = review.sheet(of: rater) else { continue }
            record[rater] = .record(
                NamedValues([
                    "total": values.figure(sheet.total, .points, fact: "scores.\(sheet.rater).total"),
                    "max": .figure(sheet.max, .points), "level": .text(sheet.level ?? ""),
                    "verdict": named(sheet.verdict),
                ])
            )
        }
        return .record(NamedValues(record))
    }

    /// The sheets of all raters; of many things that are judged, each rater's by rank.
    private var ranked: [ScoreSheet] {
        let raters = review.scores.map(\.baseRater)
        func place(_ position: Int) -> (Int, Int, Int) {
            let first = raters.firstIndex(of: raters[position]) ?? 0
            return (first, review.scores[position].subject.map { $0.rank ?? .max } ?? 0, position)
        }
        return review.scores.indices.sorted { place($0) < place($1) }.map { review.scores[$0] }
    }

    /// Which of many things a sheet is about, and its rank, empty where one thing is judged; and whose it is, for conditions.
    private func subject(of sheet: ScoreSheet) -> [String: TemplateValue] {
        [
            "subject": .text(sheet.subject?.name ?? ""), "key": .text(sheet.subject?.key ?? ""),
            "rank": sheet.subject?.rank.map(TemplateValue.integer) ?? .nothing, "who": .text(sheet.baseRater),
        ]
    }

    /// `score_sheets`: the sheets of all raters one after the other, whoever they are.
    var sheets: TemplateValue {
        .list(
            ranked.map { sheet in
                .record(
                    NamedValues(
                        [
                            "rater": .text(name(of: sheet)),
                            "total": values.figure(sheet.total, .points, fact: "scores.\(sheet.rater).total"),
                            "max": .figure(sheet.max, .points), "level": .text(sheet.level ?? ""),
                            "verdict": named(sheet.verdict),
                        ].merging(subject(of: sheet)) { first, _ in first }
                    )
                )
            }
        )
    }

    /// What each rater has given to an item: a level, or points.
    func answers(_ code: String) -> TemplateValue {
        .list(
            ranked.compactMap { sheet in
                guard let item = itemsByRater[sheet.rater]?[code] else { return nil }
                let score = item.level.map { .text(worth($0, item.points)) } ?? points(code, by: sheet.rater)
                return .record(
                    NamedValues(
                        [
                            "rater": .text(name(of: sheet)), "score": score, "reason": .text(item.reason),
                        ].merging(subject(of: sheet)) { first, _ in first }
                    )
                )
            }
        )
    }

    /// A level, with the points that it came to where it is a range of them.
    private func worth(_ level: String, _ points: ExactDecimal?) -> String {
        guard let points, ranges.contains(level) else { return level }
        let text = Figure(points, .points).text
        return review.locale == .zh ? "\(level)（\(text)）" : "\(level) (\(text))"
    }

    /// Who has scored, and of many things what.
    private func name(of sheet: ScoreSheet) -> String {
        let rater = name(of: sheet.baseRater)
        guard let subject = sheet.subject else { return rater }
        return (subject.rank.map { "\($0). " } ?? "") + "\(subject.name) · \(rater)"
    }

    /// Raters who play a part are called by it where neither the form nor they have names of their own.
    private func name(of rater: String) -> String {
        switch rater {
        case ScoreSheet.selfRater: selfWord(review.locale)
        case ScoreSheet.reviewRater: reviewWord(review.locale)
        default: values.name(of: rater, at: "scores.rater") ?? rater
        }
    }

    var verdict: TemplateValue { named(review.verdict) }

    private func named(_ verdict: Verdict?) -> TemplateValue {
        guard let verdict else { return .record(NamedValues()) }
        return .record(
            NamedValues([
                "code": .text(verdict.code), "name": .text(verdict.name(review.locale)), "band": .text(verdict.band),
            ])
        )
    }

    /// `score_items`: every item of the reviewer's sheet, or else of the first.
    func items() throws(DecimalOverflow) -> TemplateValue { .list(try listed().map { .record($0.record) }) }

    /// `item`: the same by their codes.
    func itemsByCode() throws(DecimalOverflow) -> TemplateValue {
        var byCode: [String: TemplateValue] = [:]
        for (code, record) in try listed() { byCode[code] = .record(record) }
        return .record(NamedValues(byCode))
    }

    private func listed() throws(DecimalOverflow) -> [(code: String, record: NamedValues)] {
        guard let leading = review.reviewSheet ?? review.scores.first else { return [] }
        var list: [(code: String, record: NamedValues)] = []
        for item in leading.items {
            var record: [String: TemplateValue] = [
                "code": .text(item.code), "name": .text(name(of: item)), "max": .figure(item.max, .points),
                "reason": .text(item.reason), "depth": .integer(depth(of: item, by: leading.rater)),
                "level": .text(item.level ?? ""), "applies": .flag(item.status != .notApplicable),
                "lost": .nothing,
            ]
            for rater in raters { record[rater] = points(item.code, by: rater) }
            if let points = item.points, let max = item.max { record["lost"] = .figure(try max - points, .points) }
            list.append((item.code, NamedValues(record)))
        }
        return list
    }

    private func depth(of item: ScoreItem, by rater: String) -> Int {
        var (depth, parent, seen) = (1, item.parent, Set<String>())
        while let code = parent, seen.insert(code).inserted {
            depth += 1
            parent = self.item(code, by: rater)?.parent
        }
        return depth
    }
}

// MARK: - From one total to the other

extension ScoresModel {
    /// The same as ``bridge()`` for a drawing: the totals at both ends, and between them the top items, each from where the
    /// one before has got to.
    func waterfall() throws(DecimalOverflow) -> TemplateValue {
        guard let own = review.selfSheet, let reviewed = review.reviewSheet, let first = own.total,
            let last = reviewed.total
        else { return .list([]) }
        func bar(_ name: String, from base: ExactDecimal, _ change: ExactDecimal) -> TemplateValue {
            .record(
                NamedValues([
                    "name": .text(name), "from": .figure(base, .points), "change": .figure(change, .points),
                ])
            )
        }
        var bars = [bar(selfName(review.locale), from: 0, first)]
        var running = first
        for item in reviewed.items where item.parent == nil {
            guard let after = item.points, let before = self.item(item.code, by: own.rater)?.points else { continue }
            let change = try after - before
            if change.isZero { continue }
            bars.append(bar("\(item.code) \(name(of: item))", from: running, change))
            running = try running + change
        }
        bars.append(bar(reviewName(review.locale), from: 0, last))
        return .list(bars)
    }

    /// From the self score to the review score, a step for every item that differs: the steps of the fact `scores.bridge`. The
    /// top items lead from one total to the other: `running` is where they have got to.
    func bridge() throws(DecimalOverflow) -> TemplateValue {
        let fact = review.facts.first { $0.id == "scores.bridge" }
        let tops = Set((review.reviewSheet?.items ?? []).filter { $0.parent == nil }.map(\.code))
        var running = review.selfSheet?.total ?? .zero
        var steps: [TemplateValue] = []
        for step in fact?.value.list ?? [] {
            let code = step["code"]?.text ?? ""
            let isTop = tops.contains(code)
            if isTop, let difference = step["difference"]?.decimal { running = try running + difference }
            steps.append(
                .record(
                    NamedValues([
                        "code": .text(code), "name": .text(titles[code] ?? step["name"]?.text ?? ""),
                        "is_top": .flag(isTop),
                        "self": .figure(step["self"]?.decimal, .points),
                        "review": .figure(step["review"]?.decimal, .points),
                        "difference": .figure(step["difference"]?.decimal, .points),
                        "running": isTop ? .figure(running, .points) : .nothing,
                        "unexplained": .figure(step["unexplained"]?.decimal, .points),
                    ])
                )
            )
        }
        return .list(steps)
    }
}

// MARK: - Messages

private let selfWord = LocalizedText(zh: "自评", en: "self-assessment")
private let reviewWord = LocalizedText(zh: "评审", en: "review")
private let selfName = LocalizedText(zh: "自评总分", en: "self score")
private let reviewName = LocalizedText(zh: "评审总分", en: "review score")
