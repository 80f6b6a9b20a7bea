internal import ReviewModel

extension Rubric {
    /// The scales that criteria use, and the ways in which nodes follow from their parts.
    func lintScales(_ log: DiagnosticLog) {
        if !levels.isEmpty { lint(.levels(levels), named: id, at: pointer / "levels", log) }
        var seen: Set<RubricScale> = [.levels(levels)]
        // The levels of what follows from parts are levels, too.
        if aggregation.isByLevel, seen.insert(scale).inserted { lint(scale, named: id, at: pointer, log) }
        let scored = all.filter { $0.kind == .criterion || $0.aggregation.isByLevel }
        for node in scored where seen.insert(node.scale).inserted {
            lint(node.scale, named: node.code, at: node.pointer, log)
        }
        for node in all {
            if let computation = node.computation {
                if !node.children.isEmpty { log.add(computedWithParts(node)) }
                if computation.givesLevel, node.scale.levels.isEmpty { log.add(noLevels(node)) }
            }
            if node.aggregation == .sum, node.kind != .alternatives {
                let excluded = node.children.first(where: \.mayNotApply)
                if excluded != nil { log.add(notApplicableInSum(node)) }
            }
        }
        // What a weakest link lacks is told before a table that names it, too.
        let byLevel = all.filter(\.aggregation.isByLevel)
        for node in byLevel.filter(\.aggregation.isWeakest) + byLevel.filter({ !$0.aggregation.isWeakest }) {
            lintByLevel(node.aggregation, node, node.children, node.scale, log)
        }
        // A section of which nothing applies is rare; an item that may not apply is not.
        if aggregation == .sum, hasTotal, items.contains(where: { $0.kind == .criterion && $0.mayNotApply }) {
            log.add(notApplicableInTotal(at: pointer / "items"))
        }
        if aggregation.isByLevel, !items.isEmpty { lintByLevel(aggregation, nil, items, scale, log) }
    }

    private func lint(_ scale: RubricScale, named name: String, at pointer: JSONPointer, _ log: DiagnosticLog) {
        let answers = scale.order
        if !scale.levels.isEmpty, answers.isEmpty { log.add(noLevelApplies(name, at: pointer)) }
        var names = Set<String>()
        for level in scale.levels {
            if !names.insert(level.name).inserted { log.add(duplicateLevel(level, at: level.pointer)) }
            if let other = level.countsAs, !answers.contains(where: { $0.name == other }) {
                log.add(unknownLevel(other, answers.map(\.name), at: level.pointer / "counts_as"))
            }
            guard let share = level.share else { continue }
            if share.lower < 0 || share.upper > 100 {
                log.add(impossibleShare(level, share, at: level.pointer / "share"))
            }
        }
        let shared = answers.filter { $0.share != nil }
        if !shared.isEmpty, shared.count < answers.count { log.add(mixedLevels(name, at: pointer)) }
        let worths = shared.compactMap(\.share?.upper)
        if worths.count > 1, zip(worths, worths.dropFirst()).allSatisfy(<) {
            log.add(worstFirst(name, at: pointer))
        } else {
            for (higher, level) in zip(shared, shared.dropFirst()) {
                guard let above = higher.share?.upper, let own = level.share?.upper, own > above,
                    own <= 100, !higher.lacksSign, !level.lacksSign
                else { continue }
                log.add(outOfOrder(level, higher, at: level.pointer / "share"))
            }
        }
        if !shared.isEmpty, !shared.contains(where: { $0.share?.upper == 100 }) { log.add(noFullLevel(at: pointer)) }
    }

    /// Verdicts that no combination of levels can reach: the points that the criteria can have, added up in every way.
    func lintReach(_ log: DiagnosticLog) {
        guard !bands.isEmpty, aggregation == .sum, let totals = reachable(items) else { return }
        for band in bands {
            let isReached = totals.contains { total in
                verdict(for: ExactDecimal(significand: Int128(total), places: finestPlaces))?.code == band.code
            }
            if !isReached { log.add(unreachable(band)) }
        }
    }

    /// Every sum that `nodes` can have, ascending, in units of the finest place; `nil` when some points are free, too large
    /// or too fine to be counted so, or there are more than 20,000 sums.
    private func reachable(_ nodes: [RubricNode]) -> [Int]? {
        var totals = [0]
        for node in nodes {
            guard let own = points(of: node) else { return nil }
            let sums = own.flatMap { points in totals.map { $0 &+ points } }.sorted()
            totals = zip(sums, sums.dropFirst()).filter { $0 != $1 }.map(\.0) + sums.suffix(1)
            if totals.count > 20_000 || !totals.allSatisfy({ $0.magnitude < largestPoints }) { return nil }
        }
        return totals
    }

    private func points(of node: RubricNode) -> [Int]? {
        if node.kind == .criterion {
            guard node.computation == nil, let max = node.max, !node.scale.levels.isEmpty else { return nil }
            var points = Set<Int>()
            for level in node.scale.levels {
                guard let range = try? node.scale.points(of: level, max: max) else { continue }
                guard range.lowerBound == range.upperBound, let units = units(range.lowerBound) else { return nil }
                points.insert(units)
            }
            return points.sorted()
        }
        guard node.aggregation == .sum else { return nil }
        if node.kind == .alternatives {
            let choices = node.children.map(points)
            return choices.contains(nil) ? nil : Set(choices.compactMap { $0 }.flatMap { $0 }).sorted()
        }
        return reachable(node.scoredChildren)
    }
}

extension RubricNode {
    /// Whether a level may say that it is left out: its own, or those of all its parts where these are not added up.
    fileprivate var mayNotApply: Bool {
        (kind == .criterion || aggregation != .sum) && scale.levels.contains(where: \.isNotApplicable)
    }
}

/// Points have two places, shares of them seldom more than five together.
private let finestPlaces = 9
/// A hundred million points, far from where whole numbers end.
private let largestPoints: UInt = 100_000_000_000_000_000

/// Points in units of the finest place; `nil` for what is finer or far too large.
private func units(_ points: ExactDecimal) -> Int? {
    let plain = points.withoutTrailingZeros
    guard plain.places <= finestPlaces, plain.magnitude < 100_000_000 else { return nil }
    return Int(plain.rounded(to: finestPlaces).significand)
}

// MARK: - Messages

private func impossibleShare(
    _ level: RubricLevel,
    _ share: RubricLevel.Share,
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    let shown = share.lower == share.upper ? "\(share.lower)%" : "\(share.lower)%–\(share.upper)%"
    return rubricDiagnostic(
        "impossible-share",
        "档次\"\(level.name)\"的比例 \(shown) 不在 0% 与 100% 之间",
        "the share of the level \"\(level.name)\", \(shown), is not between 0% and 100%",
        at: pointer
    )
}

private func outOfOrder(_ level: RubricLevel, _ higher: RubricLevel, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    rubricDiagnostic(
        "levels-out-of-order",
        "档次\"\(level.name)\"的比例高于排在它前面的\"\(higher.name)\"",
        "the level \"\(level.name)\" is worth more than \"\(higher.name)\", which stands before it",
        at: pointer,
        severity: .warning,
        help: LocalizedText(zh: "请核对比例，或按从好到差排列", en: "check the shares, or let the best come first")
    )
}

private func worstFirst(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "worst-first",
        "\"\(name)\"的档次从差到好排列，应把最好的写在最前",
        "the levels of \"\(name)\" stand worst first: the best is to come first",
        at: pointer,
        severity: .warning,
        help: LocalizedText(zh: "请把次序倒过来", en: "turn their order round")
    )
}

private func noFullLevel(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "no-full-level",
        "没有 100% 的档次，任何评分点都得不到满分",
        "no level is worth 100%: no criterion can have all its points",
        at: pointer,
        severity: .warning
    )
}

private func duplicateLevel(_ level: RubricLevel, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "duplicate-level",
        "档次\"\(level.name)\"重复",
        "the level \"\(level.name)\" stands twice",
        at: pointer
    )
}

private func mixedLevels(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "mixed-levels",
        "\"\(name)\"的档次有的写了比例，有的没有",
        "some levels of \"\(name)\" have a share, others have none",
        at: pointer,
        help: LocalizedText(zh: "要么都写 share，要么都不写（按顺序）", en: "give all of them a share, or none (an order)")
    )
}

private func computedWithParts(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "computed-with-parts",
        "\"\(node.code)\"由查询计算，不能再有下级",
        "\"\(node.code)\" is computed and cannot have parts",
        at: node.pointer
    )
}

private func noLevels(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "no-levels",
        "\"\(node.code)\"用 compute_level，但没有档次",
        "\"\(node.code)\" has compute_level but no levels",
        at: node.pointer,
        help: LocalizedText(zh: "请写 scale: {levels: […]}", en: "give it scale: {levels: […]}")
    )
}

private func notApplicableInSum(_ node: RubricNode) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "not-applicable-in-sum",
        "\"\(node.code)\"的下级可以不适用，但各部分是相加的：不适用的分就丢了",
        "parts of \"\(node.code)\" may be not applicable, but they are added up: their points are lost then",
        at: node.pointer,
        severity: .warning,
        help: LocalizedText(
            zh: "请写 aggregate: mean，按其余部分重新分配权重",
            en: "write aggregate: mean, which shares their weight among the others"
        )
    )
}

private func notApplicableInTotal(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "not-applicable-in-sum",
        "有的项可以不适用，但总分是各项相加的：不适用的分就丢了",
        "some items may be not applicable, but the total is their sum: their points are lost then",
        at: pointer,
        severity: .warning,
        help: LocalizedText(
            zh: "请在最上面写 aggregate: mean，按其余各项重新分配权重",
            en: "write aggregate: mean at the top, which shares their weight among the others"
        )
    )
}

private func unreachable(_ band: RubricBand) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "unreachable-band",
        "按打分标准，任何得分组合都达不到\"\(band.name.zh)\" \(band.range)",
        "no combination of levels reaches \"\(band.name.en)\" \(band.range)",
        at: band.pointer,
        severity: .warning
    )
}

private func noLevelApplies(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "no-level-applies",
        "\"\(name)\"的档次全是不适用，无法打分",
        "every level of \"\(name)\" is \"not applicable\": nothing can be scored",
        at: pointer,
        help: LocalizedText(zh: "请至少写一个适用的档次", en: "give it a level that applies")
    )
}
