internal import ReviewModel

extension Rubric {
    /// Parts that are compared by their levels must have levels that can be compared, and what follows must be one of the
    /// whole's.
    func lintByLevel(
        _ aggregation: RubricAggregation,
        _ node: RubricNode?,
        _ parts: [RubricNode],
        _ scale: RubricScale,
        _ log: DiagnosticLog
    ) {
        let place = node?.pointer ?? pointer / "aggregate"
        if parts.isEmpty { return log.add(nothingToFollow(from: node?.code ?? id, at: place)) }
        let order = scale.order.map(\.name)
        switch aggregation {
        case .weakest(let plus):
            if parts.allSatisfy(\.scale.order.isEmpty) {
                return log.add(weakestOfNoLevels(node?.code ?? id, at: place))
            }
            // A part whose own levels are not known has been told of.
            let unrated = log.diagnostics.filter { $0.code == "rubric/rating-missing" }.map(\.pointer.description)
            for part in parts where !part.isComparable(in: order) {
                if unrated.contains(where: { $0.hasPrefix(part.pointer.description + "/aggregate") }) { continue }
                log.add(otherScale(part))
            }
            // The points of the whole would be those of whichever item stands first.
            let maxima = Set(parts.compactMap { $0.max?.withoutTrailingZeros })
            if node == nil, !scale.isOrdinal, maxima.count > 1 { log.add(weakestOfPoints(at: place)) }
            // The best letter is never the worst of two different ones; one that has a plus already gets no second.
            let letters = order.filter { name in parts.contains { $0.scale.level(name) != nil } }
            let missing = letters.dropFirst().first { !$0.hasSuffix("+") && scale.level($0 + "+") == nil }
            let isTold = log.diagnostics.contains {
                $0.code == "rubric/no-plus" && $0.message == missing.map(withoutPlus)
            }
            if plus, let missing, !isTold { log.add(noPlus(missing, at: place)) }
        case .table(let table), .matrix(let table):
            for part in parts where part.scale.order.isEmpty { log.add(otherScale(part)) }
            let isTable = aggregation == .table(table)
            let place = (node?.pointer ?? pointer) / "aggregate" / (isTable ? "table" : "matrix")
            let written = node?.writtenKeys ?? writtenKeys
            let entry = { (key: String) in written[key].map { place / $0 } ?? place }
            // What a table gives that its scale has not is mostly of another scale, which nobody has named.
            if !(node?.hasRating ?? hasRating), !table.isEmpty, !table.values.contains(where: order.contains) {
                return log.add(ratingMissing(node?.code ?? id, table.values.sorted(), scales, at: place))
            }
            // A name that is misspelt leaves a gap where it was meant, and that is told of the name.
            if lint(table, parts, gives: order, at: entry, log) { return }
            let gap = isTable ? firstGap(table, parts, scale) : firstGap(matrix: table, parts)
            if let gap {
                let names = RubricAggregation.names(in: gap).sorted()
                let known = isTable ? [] : combinations(of: parts)
                // The same names in another order, which nothing looks up.
                let turned = table.keys.sorted().map(RubricAggregation.names(in:)).first {
                    $0.sorted() == names && !known.contains($0)
                }
                let written = turned?.joined(separator: isTable ? " " : " | ")
                log.add(tableGap(gap, written: written, isTable: isTable, at: place))
            } else {
                // Many of them are one mistake: a matrix that is called a table.
                let idle = unused(table, parts, scale, isTable: isTable)
                for key in idle.prefix(isTable ? 1 : idle.count) {
                    let written = RubricAggregation.names(in: key).joined(separator: isTable ? " " : " | ")
                    log.add(unusedEntry(written, more: isTable ? idle.count - 1 : 0, isTable: isTable, at: entry(key)))
                }
                if let (part, rest) = firstGapOfRest(table, parts, scale, isTable: isTable) {
                    log.add(gapOfRest(part, rest, at: place))
                }
            }
        case .sum, .mean, .none: break
        }
    }

    /// The names in a table: those of the parts on its left, those of the whole on its right. Whether one on its left is none.
    private func lint(
        _ table: [String: String],
        _ parts: [RubricNode],
        gives order: [String],
        at place: (String) -> JSONPointer,
        _ log: DiagnosticLog
    ) -> Bool {
        let known = parts.flatMap { $0.scale.order.map(\.name) }
        var isMisspelt = false
        for (key, level) in table.sorted(by: { $0.key < $1.key }) {
            for name in RubricAggregation.names(in: key) where !known.contains(name) && !isMissingPlus(name, log) {
                log.add(tellOfSign(name, parts, at: place(key)) ?? unknownLevel(name, known.unique, at: place(key)))
                isMisspelt = true
            }
            if !order.contains(level), !isMissingPlus(level, log) {
                log.add(unknownLevel(level, order, at: place(key)))
            }
        }
        return isMisspelt
    }

    /// The first combination of letters, best first, that the table does not know; tables of more than 5,000 combinations
    /// are not gone through.
    private func firstGap(_ table: [String: String], _ parts: [RubricNode], _ scale: RubricScale) -> String? {
        let names = parts.flatMap { $0.scale.order.map(\.name) }.unique
        let order = RubricAggregation.order([scale] + parts.map(\.scale), of: names)
        if order.isEmpty { return names.first }
        let letters = order.filter(names.contains)
        guard Set(parts.map(\.scale)).count == 1 else {
            return combinations(of: parts).map { names in
                letters.flatMap { letter in names.filter { $0 == letter } }
            }.first { table[RubricAggregation.key($0)] == nil }?.joined(separator: " ")
        }
        var combinations: [[Int]] = [[]]
        for _ in parts {
            combinations = combinations.flatMap { prefix in
                ((prefix.last ?? 0)..<letters.count).map { prefix + [$0] }
            }
            if combinations.count > 5000 { return nil }
        }
        return combinations.lazy.map { $0.map { letters[$0] } }.first { table[RubricAggregation.key($0)] == nil }?
            .joined(separator: " ")
    }

    private func firstGap(matrix: [String: String], _ parts: [RubricNode]) -> String? {
        combinations(of: parts).first { matrix[RubricAggregation.key($0)] == nil }.map(RubricAggregation.key)
    }

    /// The first combination of letters that is left where a part does not apply, and that the table or matrix does not know.
    private func firstGapOfRest(
        _ table: [String: String],
        _ parts: [RubricNode],
        _ scale: RubricScale,
        isTable: Bool
    ) -> (part: String, rest: String)? {
        for part in parts where part.scale.levels.contains(where: \.isNotApplicable) {
            let others = parts.filter { $0.code != part.code }
            if others.isEmpty { continue }
            // Whoever has written none for them holds that they are all there; of some the others are forgotten.
            if isTable, !table.keys.contains(where: { RubricAggregation.names(in: $0).count < parts.count }) {
                continue
            }
            if isTable, let gap = firstGap(table, others, scale) { return (part.code, gap) }
            let gap = isTable ? nil : firstGap(matrix: table, others)
            if let gap { return (part.code, gap) }
        }
        return nil
    }

    /// The entries that nothing looks up: of a table those whose letters do not stand best first, of a matrix those that no parts come to.
    /// A table may have some for the letters that are left where a part does not apply.
    private func unused(_ table: [String: String], _ parts: [RubricNode], _ scale: RubricScale, isTable: Bool)
        -> [String]
    {
        let all = combinations(of: parts)
        if all.isEmpty { return [] }
        guard isTable else {
            // Where a part may not apply, a matrix may have some for the others.
            let rests = parts.filter { $0.scale.levels.contains(where: \.isNotApplicable) }.flatMap { part in
                combinations(of: parts.filter { $0.code != part.code })
            }
            return table.keys.filter { !(all + rests).contains(RubricAggregation.names(in: $0)) }.sorted()
        }
        let names = parts.flatMap { $0.scale.order.map(\.name) }.unique
        let order = RubricAggregation.order([scale] + parts.map(\.scale), of: names)
        return table.keys.filter { key in
            let places = RubricAggregation.names(in: key).compactMap(order.firstIndex)
            return places.count > parts.count || places != places.sorted()
        }.sorted()
    }

    /// Every combination of the parts' letters, in the order of the parts; none where there are more than 5,000.
    private func combinations(of parts: [RubricNode]) -> [[String]] {
        var combinations: [[String]] = [[]]
        for part in parts {
            combinations = combinations.flatMap { prefix in part.scale.order.map { prefix + [$0.name] } }
            if combinations.count > 5000 { return [] }
        }
        return combinations
    }

    /// Whether it has been told that the level, one with a plus, is missing.
    private func isMissingPlus(_ name: String, _ log: DiagnosticLog) -> Bool {
        guard name.hasSuffix("+") else { return false }
        let told = withoutPlus(String(name.dropLast()))
        return log.diagnostics.contains { $0.code == "rubric/no-plus" && $0.message == told }
    }

    /// Codes and levels that rules and overrides name, and shares that no score can be below.
    func lintReferences(_ log: DiagnosticLog) {
        // Of a code or a level that stands twice one was to be another, which has been told.
        let isCodeDoubled = log.diagnostics.contains { $0.code == "rubric/duplicate-code" }
        let isLevelDoubled = log.diagnostics.contains { $0.code == "rubric/duplicate-level" }
        // So has a table that gives the levels of another scale.
        let unrated = log.diagnostics.filter { $0.code == "rubric/rating-missing" }.map(\.pointer.description)
        for (index, code) in (subjects?.ties ?? []).enumerated() {
            let place = (subjects?.pointer ?? pointer) / "ties" / index
            guard let node = node(code) else {
                log.add(unknownCode(code, known: all.map(\.code), at: place))
                continue
            }
            if node.isRating || node.max == nil { log.add(tieOfLetters(code, at: place)) }
        }
        for test in overrides.map(\.when) + rules.flatMap({ [$0.when, $0.then] }) {
            for (code, names, place) in test.codes {
                guard let node = node(code) else {
                    if isCodeDoubled { continue }
                    log.add(unknownCode(code, known: all.map(\.code), at: place.item))
                    continue
                }
                if isLevelDoubled || unrated.contains(where: { $0.hasPrefix(node.pointer.description + "/aggregate") })
                {
                    continue
                }
                let known = node.scale.levels.map(\.name)
                for name in names where !known.contains(name) && !isMissingPlus(name, log) {
                    log.add(unknownLevel(name, known, at: place.answer))
                }
            }
            for (code, percent, place) in test.shares {
                if node(code)?.isRating == true { log.add(shareOfLetter(code, at: place.answer)) }
                let least = (node(code)?.scale.minimum ?? 0) < 0 ? ExactDecimal(-100) : 0
                if percent <= least || percent > 100 { log.add(impossibleLimit(code, percent, at: place.answer)) }
            }
            for (code, place) in test.contradictions { log.add(neverBoth(code, at: place.answer)) }
        }
    }
}

extension RubricTest {
    /// Items of which several levels are asked together that no one level is among, each where the last is asked.
    fileprivate var contradictions: [(code: String, place: Place)] {
        switch self {
        case .all(let tests):
            var allowed: [String: Set<String>] = [:]
            var found = tests.flatMap(\.contradictions)
            for case .level(let code, let names, let place) in tests {
                let both = allowed[code].map { $0.intersection(names) } ?? Set(names)
                if both.isEmpty, !names.isEmpty, allowed[code]?.isEmpty == false { found.append((code, place)) }
                allowed[code] = both
            }
            return found
        case .any(let tests): return tests.flatMap(\.contradictions)
        case .not(let test): return test.contradictions
        case .field, .level, .below, .query: return []
        }
    }
}

extension RubricNode {
    /// Whether its letters, in their order, are letters of another.
    fileprivate func isComparable(in order: [String]) -> Bool {
        let own = scale.order.map(\.name)
        return !own.isEmpty && order.filter(own.contains) == own
    }
}

extension [String] {
    /// Each once, where it first stands.
    fileprivate var unique: [String] {
        var seen = Set<String>()
        return filter { seen.insert($0).inserted }
    }
}
