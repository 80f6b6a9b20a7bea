internal import BudgetLines
public import ReviewModel

extension Rubric {
    /// Contradictions of the rubric itself, before anything is judged by it: points that do not add up, codes used
    /// twice, alternatives that nothing chooses between, verdicts that overlap or leave a gap.
    ///
    /// Pointers are those of the settings that the rubric was read from.
    public func lint() -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        lintCodes(log)
        for item in items { lint(item, parent: nil, log) }
        lintScales(log)
        lintUse(log)
        lintReferences(log)
        lintCaps(log)
        lintOverrides(log)
        // What the points come to is known when each is.
        let isTotalKnown = !log.diagnostics.contains { Self.spoilsTotal.contains($0.code) }
        lintBands(log, knowingTotal: isTotalKnown)
        if isTotalKnown { lintReach(log) }
        return log.diagnostics
    }

    /// Mistakes that change what the items come to together.
    private static let spoilsTotal = Set(
        [
            "negative-points", "no-points", "wrong-sum", "impossible-share", "mean-of-letters",
            "letters-and-points", "mean-of-nothing", "weakest-of-points", "unequal-alternative", "sum-of-letters",
            "minimum-above-maximum", "rating-missing", "worthless",
        ].map { "rubric/" + $0 }
    )

    /// What is the best that a verdict can be is one of the bands, and not the best of them.
    private func lintCaps(_ log: DiagnosticLog) {
        for override in overrides where override.isCap {
            guard let place = place(of: override.verdict) else {
                log.add(capOfNothing(override, known: bands.map(\.code)))
                continue
            }
            if place == 0 { log.add(capAtBest(override)) }
        }
    }

    /// Overrides that never hold because an earlier one has the same condition, and verdicts of two names.
    private func lintOverrides(_ log: DiagnosticLog) {
        var seen: [RubricTest: RubricOverride] = [:]
        for override in overrides {
            if let first = seen[override.when] { log.add(sameOverride(override, first)) }
            // What is a limit alone leaves a worse verdict to the next.
            if !override.isCap, seen[override.when] == nil { seen[override.when] = override }
            let others = bands.filter { $0.code == override.verdict.code }.map(\.name)
            if let name = others.first, name != override.verdict.name { log.add(otherName(override, name)) }
        }
    }

    private func lintCodes(_ log: DiagnosticLog) {
        var seen: [String: JSONPointer] = [:]
        for node in all {
            if let first = seen[node.code] {
                log.add(duplicateCode(node.code, first: first, at: node.pointer / "code"))
            } else {
                seen[node.code] = node.pointer
            }
        }
    }

    private func lint(_ node: RubricNode, parent: RubricNode?, _ log: DiagnosticLog) {
        let sharesPoints = parent?.kind == .pooled && node.kind != .criterion
        // Of letters under a mean it is told that there is none.
        let isOfLetters = node.aggregation == .mean && node.children.contains(where: \.isRating)
        if node.max == nil, !sharesPoints, !node.isHeading, !isOfLetters { log.add(noPoints(node)) }
        if let max = node.max, max.isNegative { log.add(negativePoints(node, max)) }
        if node.isWorthless, parent?.aggregation != .mean { log.add(worthless(node)) }
        if let max = node.max {
            switch node.kind {
            case .criterion: break
            case .alternatives: lintAlternatives(node, max, log)
            case .sum, .pooled: if node.aggregation == .sum, !node.isRating { lintSum(node, max, log) }
            }
        }
        if node.condition != nil, parent?.kind != .alternatives { log.add(strayCondition(node)) }
        for child in node.children { lint(child, parent: node, log) }
    }

    private func lintSum(_ node: RubricNode, _ max: ExactDecimal, _ log: DiagnosticLog) {
        let parts = node.scoredChildren.compactMap(\.max)
        // Of letters among them that is told.
        guard !parts.isEmpty, !node.scoredChildren.contains(where: \.isRating), let sum = try? ExactDecimal.sum(parts),
            sum != max
        else { return }
        log.add(wrongSum(node, sum: sum))
    }

    private func lintAlternatives(_ node: RubricNode, _ max: ExactDecimal, _ log: DiagnosticLog) {
        var conditions: [RubricCondition: RubricNode] = [:]
        for child in node.children {
            if let condition = child.condition {
                if let first = conditions[condition] { log.add(sameCondition(child, first)) }
                conditions[condition] = child
            } else {
                log.add(noCondition(child))
            }
            if let points = child.max, points != max { log.add(unequalAlternative(child, of: node)) }
        }
    }

    /// Bands must meet each other exactly and cover everything from 0 to the most points.
    private func lintBands(_ log: DiagnosticLog, knowingTotal isTotalKnown: Bool) {
        guard !bands.isEmpty else { return }
        guard aggregation != .none, let max = try? max(), let min = try? min() else {
            return log.add(bandsWithoutTotal(at: pointer / "bands"))
        }
        var codes = Set<String>()
        for band in bands where !codes.insert(band.code).inserted { log.add(duplicateBand(band)) }
        let ordered = bands.sorted { ($0.range.lower, $0.range.upper) < ($1.range.lower, $1.range.upper) }
        for (low, high) in zip(ordered, ordered.dropFirst()) {
            let (a, b) = (low.range, high.range)
            let isOverlap = a.upper > b.lower || (a.upper == b.lower && a.includesUpper && b.includesLower)
            let isGap = a.upper < b.lower || (a.upper == b.lower && !a.includesUpper && !b.includesLower)
            if isOverlap { log.add(overlap(low, high)) }
            if isGap { log.add(gap(low, high)) }
        }
        if isTotalKnown { lintEnds(ordered, min, max, log) }
    }

    /// The bands, in order, go from the fewest points to the most.
    private func lintEnds(_ ordered: [RubricBand], _ min: ExactDecimal, _ max: ExactDecimal, _ log: DiagnosticLog) {
        if let first = ordered.first, !(first.range.contains(min) || first.range.lower < min) {
            log.add(uncovered(min, near: first))
        }
        if let last = ordered.last, !last.range.contains(max), last.range.upper <= max {
            log.add(uncovered(max, near: last))
        }
        for band in bands where band.range.lower > max || (band.range.lower == max && !band.range.includesLower) {
            log.add(beyondTotal(band, max))
        }
        for band in bands where band.range.lower < min && band.range.contains(min) {
            log.add(partlyBeyond(band, zh: "低于最低总分", en: "below the fewest points", min))
        }
        for band in bands where band.range.upper > max && band.range.contains(max) {
            log.add(partlyBeyond(band, zh: "高于最高总分", en: "above the most points", max))
        }
        for band in bands where band.range.upper < min || (band.range.upper == min && !band.range.includesUpper) {
            log.add(belowTotal(band, min))
        }
    }
}

// MARK: - Messages

private func sameOverride(_ override: RubricOverride, _ first: RubricOverride) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "same-condition",
        "\"\(override.verdict.code)\"与前面的\"\(first.verdict.code)\"条件相同，先写的生效，这一条永远不起作用",
        "\"\(override.verdict.code)\" has the same condition as \"\(first.verdict.code)\" above, which wins: this one never counts",
        at: override.pointer / "when",
        severity: .warning,
        help: LocalizedText(zh: "请改正条件，或删去其中一条", en: "correct the condition, or remove one of them")
    )
}

private func otherName(_ override: RubricOverride, _ name: LocalizedText) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "other-name",
        "结论\"\(override.verdict.code)\"在 bands 中名为\"\(name.zh)\"，此处名为\"\(override.verdict.name.zh)\"",
        "the verdict \"\(override.verdict.code)\" is called \"\(name.en)\" among the bands, and \"\(override.verdict.name.en)\" here",
        at: override.pointer / "name",
        severity: .warning,
        help: LocalizedText(zh: "请用同一个名称，或换一个 code", en: "use one name, or another code")
    )
}

private func capOfNothing(_ override: RubricOverride, known: [String]) -> ConfigurationDiagnostic {
    let code = override.verdict.code
    return rubricDiagnostic(
        "unknown-verdict",
        "at_most 的结论\"\(code)\"不在 bands 中，无从比较高低",
        "the verdict \"\(code)\" of at_most is none of the bands: nothing is better or worse than it",
        at: override.pointer / "code",
        help: suggestion(for: code, among: known) ?? LocalizedText(zh: "请删去 at_most", en: "remove at_most")
    )
}

private func capAtBest(_ override: RubricOverride) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "idle-cap",
        "\"\(override.verdict.code)\"已是最好的结论，at_most 不起作用",
        "\"\(override.verdict.code)\" is the best verdict there is: at_most does nothing",
        at: override.pointer / "at_most",
        severity: .warning,
        help: LocalizedText(zh: "请写较低的结论，或删去这一条", en: "name a lower one, or remove the override")
    )
}

private func bandsWithoutTotal(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "bands-without-total",
        "没有总分（aggregate: none），结论区间不起作用",
        "without a total (aggregate: none) verdict bands do nothing",
        at: pointer,
        help: LocalizedText(zh: "请删去 bands，结论可写在 overrides", en: "remove them; overrides can give a verdict")
    )
}

private func beyondTotal(_ band: RubricBand, _ max: ExactDecimal) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "band-beyond-total",
        "结论\"\(band.name.zh)\" \(band.range) 高于最高总分 \(Money.points(max))，永远达不到",
        "the verdict \"\(band.name.en)\" \(band.range) lies beyond the most points, \(Money.points(max))",
        at: band.pointer
    )
}

private func belowTotal(_ band: RubricBand, _ min: ExactDecimal) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "band-beyond-total",
        "结论\"\(band.name.zh)\" \(band.range) 低于最低总分 \(Money.points(min))，永远达不到",
        "the verdict \"\(band.name.en)\" \(band.range) lies below the fewest points, \(Money.points(min))",
        at: band.pointer
    )
}

private func partlyBeyond(_ band: RubricBand, zh: String, en: String, _ end: ExactDecimal) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "band-partly-beyond",
        "结论\"\(band.name.zh)\" \(band.range) 有一部分\(zh) \(Money.points(end))",
        "the verdict \"\(band.name.en)\" \(band.range) is in part \(en), \(Money.points(end))",
        at: band.pointer,
        severity: .warning,
        help: LocalizedText(
            zh: "请核对分值，或把区间写到 \(Money.points(end))",
            en: "check the points, or end it at \(Money.points(end))"
        )
    )
}

private func duplicateCode(_ code: String, first: JSONPointer, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "duplicate-code",
        "指标代码\"\(code)\"重复，已用于 \(first.dotted)",
        "the code \"\(code)\" stands twice, first at \(first.dotted)",
        at: pointer,
        help: LocalizedText(zh: "每个指标的代码须不同", en: "give every item a code of its own")
    )
}

private func noPoints(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "no-points",
        "\"\(node.code)\"缺少分值",
        "\"\(node.code)\" has no points",
        at: node.pointer,
        help: LocalizedText(zh: "请补上 max: …", en: "add max: …")
    )
}

private func worthless(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "worthless",
        "\"\(node.code)\"的分值是 0：怎样评分都不计分",
        "\"\(node.code)\" is worth 0 points: whatever it is given counts for nothing",
        at: node.pointer / "max",
        severity: .warning,
        help: LocalizedText(zh: "请写分值，或删去这一项", en: "give it points, or remove it")
    )
}

private func negativePoints(_ node: RubricNode, _ max: ExactDecimal) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "negative-points",
        "\"\(node.code)\"的分值 \(max) 为负",
        "the points of \"\(node.code)\", \(max), are negative",
        at: node.pointer / "max"
    )
}

private func wrongSum(_ node: RubricNode, sum: ExactDecimal) -> ConfigurationDiagnostic {
    let (max, parts) = (Money.points(node.max ?? 0), Money.points(sum))
    return rubricDiagnostic(
        "wrong-sum",
        "\"\(node.code)\"的分值是 \(max)，各部分之和是 \(parts)",
        "\"\(node.code)\" is worth \(max) points, its parts add up to \(parts)",
        at: node.pointer / "max",
        help: node.kind == .pooled
            ? LocalizedText(zh: "请改正其中一处", en: "correct one of them")
            : LocalizedText(
                zh: "请改正其中一处，或标明 alternatives / pooled",
                en: "correct one of them, or mark it as alternatives or pooled"
            )
    )
}

private func noCondition(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "no-condition",
        "\"\(node.code)\"是二选一指标，但没有说明何时适用",
        "\"\(node.code)\" is an alternative without a condition",
        at: node.pointer,
        help: LocalizedText(
            zh: "请补上 when: {field: /project/…, equals: …}",
            en: "add when: {field: /project/…, equals: …}"
        )
    )
}

private func unequalAlternative(_ node: RubricNode, of parent: RubricNode) -> ConfigurationDiagnostic {
    let (own, max) = (Money.points(node.max ?? 0), Money.points(parent.max ?? 0))
    return rubricDiagnostic(
        "unequal-alternative",
        "\"\(node.code)\"的分值 \(own) 与\"\(parent.code)\"的 \(max) 不同",
        "\"\(node.code)\" is worth \(own) points, \"\(parent.code)\" whose alternative it is \(max)",
        at: node.pointer / "max"
    )
}

private func overlap(_ low: RubricBand, _ high: RubricBand) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "band-overlap",
        "结论区间重叠：\(low.name.zh) \(low.range) 与 \(high.name.zh) \(high.range)",
        "verdict bands overlap: \(low.name.en) \(low.range) and \(high.name.en) \(high.range)",
        at: high.pointer,
        help: LocalizedText(zh: "让其中一端为圆括号", en: "make one of the ends round")
    )
}

private func gap(_ low: RubricBand, _ high: RubricBand) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "band-gap",
        "结论区间之间有空隙：\(low.range) 与 \(high.range)",
        "there is a gap between the bands \(low.range) and \(high.range)",
        at: high.pointer,
        help: LocalizedText(zh: "让两端相接，其中一端为方括号", en: "let the ends meet, one of them square")
    )
}

private func uncovered(_ score: ExactDecimal, near band: RubricBand) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "band-gap",
        "没有结论适用于 \(Money.points(score)) 分",
        "no verdict band holds a score of \(Money.points(score))",
        at: band.pointer,
        help: LocalizedText(zh: "请扩大最近的区间", en: "widen the nearest band")
    )
}

private func strayCondition(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "stray-condition",
        "\"\(node.code)\"写了适用条件，但上级没有标明 alternatives，条件不起作用",
        "\"\(node.code)\" has a condition, but its parent is not marked as alternatives; the condition does nothing",
        at: node.pointer / "when",
        severity: .warning,
        help: LocalizedText(
            zh: "请在上级写 alternatives: true，或删去 when",
            en: "write alternatives: true above it, or remove when"
        )
    )
}

private func sameCondition(_ node: RubricNode, _ first: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "same-condition",
        "\"\(node.code)\"与\"\(first.code)\"的适用条件相同，只能有一个适用",
        "\"\(node.code)\" has the same condition as \"\(first.code)\", but only one of them can apply",
        at: node.pointer / "when",
        help: LocalizedText(zh: "请改正其中一个条件", en: "correct one of the conditions")
    )
}

private func duplicateBand(_ band: RubricBand) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "duplicate-band",
        "结论代码\"\(band.code)\"重复",
        "the verdict code \"\(band.code)\" stands twice",
        at: JSONPointer(band.pointer.tokens.dropLast() + ["code"])
    )
}
