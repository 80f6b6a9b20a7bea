internal import BudgetLines
internal import ReviewModel

extension Rubric {
    /// What can never be scored, or counts for nothing: weights, pools, alternatives, means, combined raters.
    func lintUse(_ log: DiagnosticLog) {
        if aggregation == .mean { lintMean(of: items, named: id, at: pointer / "aggregate", log) }
        lintWeights(of: items, under: aggregation, log)
        for node in all where node.aggregation != .mean { lintWeights(of: node.children, under: node.aggregation, log) }
        var (told, uneven) = (Set<RubricScale>(), Set<[RubricScale: ExactDecimal]>())
        for node in all {
            if node.aggregation == .mean { lintMean(of: node.children, named: node.code, at: node.pointer, log) }
            // Of negative points that is told.
            if node.weight.isNegative, node.weight != node.max { log.add(negativeWeight(node)) }
            // One scale of many items of as many points is one mistake.
            if let max = node.max, let last = node.lastStep, last != max,
                uneven.insert([node.scale: max]).inserted
            {
                log.add(maximumBetweenSteps(node, max, last))
            }
            // One scale of many items is one mistake.
            if let max = node.max, max <= node.scale.minimum, node.kind == .criterion, !node.scale.minimum.isZero,
                told.insert(node.scale).inserted
            {
                log.add(minimumAboveMaximum(node, max))
            }
            if node.max != nil, !node.isRating, node.kind == .criterion, node.scale.isOrdinal {
                log.add(pointsOfLetters(node))
            }
            switch node.kind {
            case .pooled: lintPool(node, log)
            case .alternatives: if node.children.count == 1 { log.add(oneAlternative(node)) }
            case .sum, .criterion: break
            }
        }
        for node in all where node.aggregation == .sum && node.kind != .pooled && !node.isRating && node.max != nil {
            if node.children.contains(where: \.isRating) { log.add(lettersAndPoints(at: node.pointer / "max")) }
        }
        if addsLetters { log.add(sumOfLetters(id, at: pointer / "aggregate")) }
        for node in all where node.addsLetters { log.add(sumOfLetters(node.code, at: node.pointer / "aggregate")) }
        let isMixed = items.contains { $0.isRating } && items.contains { !$0.isRating && !$0.isHeading }
        if aggregation == .sum, isMixed { log.add(lettersAndPoints(at: pointer / "items")) }
        if let combination { lint(combination, log) }
        lintRaters(log)
    }

    /// Who scores an item is somebody who scores.
    private func lintRaters(_ log: DiagnosticLog) {
        let known = raters.isEmpty ? combination?.raters ?? [] : raters
        guard !known.isEmpty else { return }
        for node in all {
            guard let place = node.ratersPointer else { continue }
            for (index, rater) in node.raters.enumerated() where !known.contains(rater) {
                log.add(strangeRater(rater, node, known, at: place / index))
            }
        }
    }

    /// Only a mean weighs its parts.
    private func lintWeights(of parts: [RubricNode], under aggregation: RubricAggregation, _ log: DiagnosticLog) {
        guard aggregation != .mean else { return }
        for part in parts where !part.weight.isNegative {
            if let place = part.weightPointer { log.add(idleWeight(part, at: place)) }
        }
    }

    private func lintMean(of parts: [RubricNode], named name: String, at place: JSONPointer, _ log: DiagnosticLog) {
        if parts.allSatisfy(\.isHeading) { return log.add(meanOfNothing(name, at: place)) }
        if parts.allSatisfy(\.weight.isZero) { log.add(noWeights(name, at: place)) }
        if let letter = parts.first(where: \.isRating) { log.add(meanOfLetters(name, letter, at: place)) }
    }

    private func lintPool(_ node: RubricNode, _ log: DiagnosticLog) {
        if node.isAlternativeToo { log.add(pooledAlternatives(node)) }
        if node.scoredChildren.isEmpty { log.add(pooledWithoutCriteria(node)) }
    }

    private func lint(_ combination: RaterCombination, _ log: DiagnosticLog) {
        let place = combination.pointer
        var seen = Set<String>()
        for (index, rater) in combination.raters.enumerated() {
            if !seen.insert(rater).inserted { log.add(raterTwice(rater, at: place / "raters" / index)) }
            if rater == combination.into { log.add(intoItself(rater, at: place / "into")) }
            if !raters.isEmpty, !raters.contains(rater) {
                log.add(foreignRater(rater, raters, at: place / "raters" / index))
            }
        }
        // What is made of them may have any name; one that is nearly a rater's is a slip.
        let others = raters.filter { !combination.raters.contains($0) }
        if !raters.isEmpty, !raters.contains(combination.into), let meant = slip(in: combination.into, among: others) {
            log.add(misspeltInto(combination.into, meant, at: place / "into"))
        }
        if combination.raters.count == 1, raters.isEmpty || raters.contains(combination.raters[0]) {
            log.add(oneRater(combination.raters[0], at: place / "raters"))
        }
        if combination.namesNobody { log.add(nobodyToCombine(at: place / "raters")) }
        if combination.method == .trimmedMean, (1...2).contains(combination.raters.count) {
            log.add(trimmedMean(of: combination.raters.count, at: place / "method"))
        }
        if let spread = combination.maximumSpread, spread.isNegative || spread >= 100 {
            log.add(impossibleSpread(spread, at: place / "max_spread"))
        }
        let ends = all.filter { $0.kind == .criterion && $0.computation == nil }
        let letters = ends.filter(\.isRating)
        guard let letter = letters.first else { return }
        if combination.method != .median { log.add(meanOfRanks(combination.method, letter, at: place / "method")) }
        // Where nothing has points, no two raters are a share of them apart.
        if combination.maximumSpread != nil, letters.count == ends.count {
            log.add(spreadOfLetters(at: place / "max_spread"))
        }
    }
}

extension RubricNode {
    /// The most points that its steps lead to; `nil` where it does not go by steps.
    fileprivate var lastStep: ExactDecimal? {
        guard let max, max > scale.minimum, kind == .criterion, case .steps(let step, let least) = scale else {
            return nil
        }
        return scale.last(below: max, step: step, from: least)
    }

    /// Whether nothing that it is given counts.
    public var isWorthless: Bool {
        kind == .criterion && max == 0 && scale.minimum >= 0 && !isRating && computation == nil
    }

    /// Whether its steps lead past its points, so that the steps are probably not those that are meant.
    public var missesItsPoints: Bool { lastStep.map { $0 != max } ?? false }
}

extension RubricScale {
    /// The most points that steps from the least lead to without going beyond `max`.
    fileprivate func last(below max: ExactDecimal, step: ExactDecimal, from least: ExactDecimal) -> ExactDecimal? {
        guard step > 0, max > least, let steps = try? (max - least).divided(by: step, places: 6),
            steps.magnitude < 1_000_000
        else { return nil }
        let whole = steps.rounded(to: 0)
        let count = whole > steps ? try? whole - 1 : whole
        return count.flatMap { try? least + $0 * step }
    }
}

// MARK: - Messages

private func idleWeight(_ node: RubricNode, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "idle-weight",
        "\"\(node.code)\"的 weight 不起作用：只有 aggregate: mean 才按权重计算",
        "the weight of \"\(node.code)\" does nothing: only `aggregate: mean` weighs its parts",
        at: pointer,
        severity: .warning,
        help: LocalizedText(
            zh: "请写进 max（分值），或在上级写 aggregate: mean",
            en: "give it more points (`max`), or write `aggregate: mean` above"
        )
    )
}

private func maximumBetweenSteps(_ node: RubricNode, _ max: ExactDecimal, _ last: ExactDecimal)
    -> ConfigurationDiagnostic
{
    rubricDiagnostic(
        "maximum-between-steps",
        "\"\(node.code)\"按打分间隔最多只能得 \(Money.points(last)) 分，得不到满分 \(Money.points(max))",
        "in its steps \"\(node.code)\" can have \(Money.points(last)) points and never all of its \(Money.points(max))",
        at: node.pointer,
        severity: .warning,
        help: LocalizedText(zh: "请改 max、min 或 step", en: "change max, min or step")
    )
}

private func pointsOfLetters(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "points-of-letters",
        "\"\(node.code)\"的档次只有次序，没有分值，max 不起作用",
        "the levels of \"\(node.code)\" are an order and no points: max does nothing",
        at: node.pointer / "max",
        severity: .warning,
        help: LocalizedText(zh: "请删去 max，或给各档次写 share", en: "remove max, or give every level a share")
    )
}

private func meanOfRanks(_ method: RaterCombination.Method, _ letter: RubricNode, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    rubricDiagnostic(
        "combined-letters",
        "\"\(letter.code)\"只有等级：\(method.rawValue) 取各等级位次的平均，落在两级之间取较差的一级",
        "\"\(letter.code)\" has levels alone: \(method.rawValue) takes the mean of their places, and between two the worse",
        at: pointer,
        severity: .warning,
        help: LocalizedText(zh: "等级宜用 median（取中间的等级）", en: "for levels write median, the one in the middle")
    )
}

private func spreadOfLetters(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "spread-of-letters",
        "各项只有等级，没有分值，max_spread 不起作用",
        "the items have levels and no points: max_spread does nothing",
        at: pointer,
        severity: .warning,
        help: LocalizedText(zh: "请删去 max_spread，或给档次写 share", en: "remove it, or give the levels a share")
    )
}

private func oneRater(_ rater: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "one-rater",
        "combine 只有一位评分人\"\(rater)\"，没有可以合成的",
        "combine has one rater, \"\(rater)\": there is nothing to combine",
        at: pointer,
        severity: .warning,
        help: LocalizedText(zh: "请列出其他评分人，或删去 combine", en: "name the others, or remove combine")
    )
}

private func negativeWeight(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "negative-weight",
        "\"\(node.code)\"的权重 \(node.weight) 为负",
        "the weight of \"\(node.code)\", \(node.weight), is negative",
        at: node.pointer / "weight"
    )
}

private func noWeights(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "no-weights",
        "\"\(name)\"各部分的权重都是 0，求不出平均",
        "the weights of all parts of \"\(name)\" are 0: there is no mean of them",
        at: pointer,
        help: LocalizedText(zh: "请至少给一个部分写大于 0 的 weight", en: "give one of them a weight above 0")
    )
}

private func meanOfNothing(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "mean-of-nothing",
        "\"\(name)\"没有可以平均的部分",
        "\"\(name)\" has no parts to take the mean of",
        at: pointer,
        help: LocalizedText(zh: "请补上 items 或 criteria，或删去 aggregate", en: "add items or criteria, or remove aggregate")
    )
}

private func meanOfLetters(_ name: String, _ letter: RubricNode, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "mean-of-letters",
        "\"\(letter.code)\"只有等级，没有分值，\"\(name)\"不能求平均",
        "\"\(letter.code)\" has a level and no points: there is no mean in \"\(name)\"",
        at: pointer,
        help: LocalizedText(
            zh: "请给档次写 share，或用 weakest、table、none",
            en: "give the levels a share, or use weakest, a table or none"
        )
    )
}

private func sumOfLetters(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "sum-of-letters",
        "\"\(name)\"的各部分只有等级，没有分值，不能相加",
        "the parts of \"\(name)\" have levels and no points: they cannot be added up",
        at: pointer,
        help: LocalizedText(
            zh: "请用 weakest、table、none，或给档次写 share、给各部分写 max",
            en: "use weakest, a table or none, or give the levels a share and every part a max"
        )
    )
}

private func lettersAndPoints(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "letters-and-points",
        "有的项只有等级，有的项有分值，不能相加",
        "some items have levels alone and others points: they cannot be added up",
        at: pointer,
        help: LocalizedText(
            zh: "请写 aggregate: none（没有总分），或给档次写 share、给各项写 max",
            en: "write aggregate: none (there is no total), or give the levels a share and every item a max"
        )
    )
}

private func minimumAboveMaximum(_ node: RubricNode, _ max: ExactDecimal) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "minimum-above-maximum",
        "\"\(node.code)\"的下限 \(node.scale.minimum) 不小于分值 \(max)",
        "the minimum of \"\(node.code)\", \(node.scale.minimum), is not below its points \(max)",
        at: node.pointer / "max"
    )
}

private func pooledWithoutCriteria(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "pooled-without-criteria",
        "\"\(node.code)\"的下级共用分值，但没有评分点（criteria）可以打分",
        "the parts of \"\(node.code)\" share its points, but there are no criteria to give them by",
        at: node.pointer / "pooled",
        help: LocalizedText(zh: "请补上 criteria，或删去 pooled", en: "add criteria, or remove pooled")
    )
}

private func pooledAlternatives(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "pooled-alternatives",
        "\"\(node.code)\"同时标明 pooled 和 alternatives，只能取其一",
        "\"\(node.code)\" is marked as pooled and as alternatives; it can be only one of them",
        at: node.pointer / "alternatives",
        help: LocalizedText(zh: "请删去其中一个", en: "remove one of them")
    )
}

private func oneAlternative(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "one-alternative",
        "\"\(node.code)\"标明 alternatives，但只有一个下级，没有可选的",
        "\"\(node.code)\" is marked as alternatives but has one part: there is nothing to choose from",
        at: node.pointer / "items",
        help: LocalizedText(zh: "请补上另一个，或删去 alternatives 和 when", en: "add the other, or remove alternatives and when")
    )
}

private func raterTwice(_ rater: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "rater-twice",
        "combine 的评分人\"\(rater)\"列了两次",
        "the rater \"\(rater)\" stands twice in combine",
        at: pointer,
        help: LocalizedText(zh: "请删去其中一个", en: "remove one of them")
    )
}

private func intoItself(_ rater: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "combine-into-itself",
        "\"\(rater)\"既是汇总结果又是被汇总的评分人",
        "\"\(rater)\" is what the raters are combined into and one of them",
        at: pointer,
        help: LocalizedText(zh: "请换一个名称，或从 raters 中删去", en: "choose another name, or take it from raters")
    )
}

private func foreignRater(_ rater: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "unknown-rater",
        "combine 的评分人\"\(rater)\"不在评分标准的 raters 中",
        "the rater \"\(rater)\" of combine is not among the rubric's raters",
        at: pointer,
        help: suggestion(for: rater, among: known)
    )
}

private func strangeRater(_ rater: String, _ node: RubricNode, _ known: [String], at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    rubricDiagnostic(
        "unknown-rater",
        "\"\(node.code)\"的评分人\"\(rater)\"不在评分人之列",
        "the rater \"\(rater)\" of \"\(node.code)\" is none of those who score",
        at: pointer,
        help: suggestion(for: rater, among: known)
    )
}

private func misspeltInto(_ rater: String, _ help: LocalizedText, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "unknown-rater",
        "汇总结果\"\(rater)\"不在评分标准的 raters 中",
        "\"\(rater)\", which the raters are combined into, is not among the rubric's raters",
        at: pointer,
        severity: .warning,
        help: help
    )
}

private func nobodyToCombine(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "no-raters",
        "combine 没有列出任何评分人",
        "combine names no raters",
        at: pointer,
        help: LocalizedText(zh: "请列出评分人，或删去 raters（所有评分人）", en: "name them, or remove raters for all of them")
    )
}

private func trimmedMean(of count: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "trimmed-mean",
        "去掉最高和最低后没有剩余：trimmed-mean 至少要三位评分人，现有 \(count) 位",
        "without the highest and the lowest nobody is left: a trimmed mean needs three raters, there are \(count)",
        at: pointer,
        help: LocalizedText(zh: "请用 mean 或 median", en: "use mean or median")
    )
}

private func impossibleSpread(_ spread: ExactDecimal, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "impossible-spread",
        "max_spread \(spread)% 应不小于 0%、小于 100%，否则总是或从不提示",
        "max_spread \(spread)% must be from 0% to below 100%, or it is always or never told",
        at: pointer
    )
}
