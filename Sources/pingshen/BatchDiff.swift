internal import LocalFiles
internal import ReviewFile
internal import ReviewModel
internal import ReviewPipeline

/// Two folders with the reviews of a batch each: of one batch before and after, or of two years.
struct BatchDiff {
    let before: Side
    let after: Side
    let pairing: ReviewPairing
    private let locale: Locale

    /// The reviews of one of the folders.
    struct Side {
        var folder: String
        /// The folders of the reviews in it, in the order of their names.
        var names: [String] = []
        var known: [ReviewPairing.Known] = []
        var states: [State] = []
        /// The sums of all reviews by their names, those of each currency or other measure on their own.
        var sums: [(name: String, unit: String, sum: ExactDecimal)] = []
    }

    /// What is told of a review that has no other to be held against.
    struct State {
        var name: String
        var verdict: Verdict?
        var amounts: Amounts?
    }

    /// What became of a review.
    struct Change {
        var before: String
        var after: String
        var comparison: ReviewComparison
    }

    /// Whether a path is the folder of many reviews, and no review.
    static func isBatch(_ path: String) -> Bool {
        FileSystem.isFolder(path) && !FileSystem.mayExist(path + "/review.json") && !names(in: path).isEmpty
    }

    private static func names(in folder: String) -> [String] {
        FileSystem.names(in: folder).sorted().filter { FileSystem.exists("\(folder)/\($0)/review.json") }
    }

    /// - Throws: ``ReviewFileError``, `DecimalOverflow`.
    init(_ a: String, _ b: String, _ locale: Locale) throws {
        (before, after, self.locale) = (try Side(a), try Side(b), locale)
        pairing = ReviewPairing(before.known, after.known)
    }

    /// Compares the reviews that belong together, one after another, so that no more than two of them are there at once.
    ///
    /// - Throws: ``ReviewFileError``, `DecimalOverflow`.
    func eachPair(_ body: (Change) -> Void) throws {
        for pair in pairing.pairs {
            let earlier = try readReview(before.path(pair.before), without: Side.unread).review
            let later = try readReview(after.path(pair.after), without: Side.unread).review
            let comparison = try ReviewComparison(earlier, later, naming: ReviewWords.carried.sum)
            body(Change(before: earlier.id, after: later.id, comparison: comparison))
        }
    }

    /// The sums of both sides, by name and by what they count: those that either has.
    var sums: [(name: String, unit: String, before: ExactDecimal?, after: ExactDecimal?)] {
        var sums: [(name: String, unit: String, before: ExactDecimal?, after: ExactDecimal?)] = after.sums.map {
            ($0.name, $0.unit, nil, $0.sum)
        }
        for (name, unit, sum) in before.sums {
            if let position = sums.firstIndex(where: { $0.name == name && $0.unit == unit }) {
                sums[position].before = sum
            } else {
                sums.append((name, unit, sum, nil))
            }
        }
        return sums
    }

    /// What the sums count that are told without a unit: 元 where there are any, else what the first of them count.
    private var unit: String {
        let units = sums.map(\.unit)
        return units.contains(Amounts.standardUnit) ? Amounts.standardUnit : units.first ?? Amounts.standardUnit
    }
}

extension BatchDiff.Side {
    /// Members of `review.json` that no comparison looks at.
    static let unread: Set<String> = ["facts", "places", "tables", "fields", "ruleCatalogue", "inputs", "plugins"]

    init(_ folder: String) throws {
        self.folder = folder
        names = BatchDiff.names(in: folder)
        for name in names {
            let unread = Self.unread.union(["findings", "scores", "fixed"])
            let review = try readReview("\(folder)/\(name)", without: unread).review
            known.append(ReviewPairing.Known(id: review.id, project: review.project))
            states.append(
                BatchDiff.State(
                    name: review.project["name"]?.text ?? "",
                    verdict: review.verdict,
                    amounts: review.amounts
                )
            )
            guard let amounts = review.amounts else { continue }
            let unit = MoneyUnit(amounts.unit)
            for (sum, written) in amounts.sums {
                guard let amount = unit.ones(written) else { throw DecimalOverflow() }
                if let position = sums.firstIndex(where: { $0.name == sum && $0.unit == unit.code }) {
                    sums[position].sum = try sums[position].sum + amount
                } else {
                    sums.append((sum, unit.code, amount))
                }
            }
        }
    }

    func path(_ position: Int) -> String { "\(folder)/\(names[position])" }
}

// MARK: - What is told

extension BatchDiff {
    /// Prints what is different, a line a thing, and counts it on standard error.
    func tell() throws {
        for position in pairing.removed { Terminal.result(line(removedWord, before, position)) }
        for position in pairing.added { Terminal.result(line(addedWord, after, position)) }
        var (changed, same) = (0, 0)
        try eachPair { change in
            if change.comparison.isEmpty { same += 1 } else { changed += 1 }
            for text in lines(of: change) { Terminal.result(text) }
        }
        let hasOthers = sums.contains { $0.unit != Amounts.standardUnit }
        for (name, unit, before, after) in sums where before != after {
            let (before, after) = (before?.grouped ?? "—", after?.grouped ?? "—")
            let counted = hasOthers ? " " + MoneyUnit.name(unit, locale) : ""
            let label = "\(inAll(locale)) \(ReviewWords.carried.sum(name)(locale))"
            Terminal.result("\(label): \(before) → \(after)\(counted)")
        }
        Terminal.say(counts(changed: changed, same: same)(locale))
    }

    private func line(_ word: LocalizedText, _ side: Side, _ position: Int) -> String {
        let state = side.states[position]
        let sums = state.amounts.map { ReviewWords.carried.summary(of: $0)(locale) }
        return [word(locale), side.known[position].id, state.name, state.verdict?.name(locale), sums]
            .compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "  ")
    }

    private func lines(of change: Change) -> [String] {
        let id = change.before == change.after ? change.after : "\(change.before) → \(change.after)"
        let comparison = change.comparison
        func lines(_ word: LocalizedText, _ findings: [LocatedFinding]) -> [String] {
            findings.map { located in
                let finding = located.finding
                let mark = "\(word(locale)) \(finding.severity.name(locale)) \(finding.rule)"
                return "\(id)  \(mark)  \(finding.message(locale))"
            }
        }
        return comparison.changes.map { change in
            let (before, after) = (change.before ?? "—", change.after ?? "—")
            return "\(id)  \(change.subject)  \(change.label(locale).prefix(40)): \(before) → \(after)"
        } + lines(newWord, comparison.new) + lines(fixedWord, comparison.fixed)
    }

    /// `{schema, removed, added, changed, unchanged, sums, unit, otherSums}`.
    func document() throws -> [UInt8] {
        var (changed, same) = ([Value](), 0)
        try eachPair { change in
            if change.comparison.isEmpty { return same += 1 }
            guard case .record(var record) = change.comparison.wire else { return }
            // Of thousands of reviews nobody reads what stayed.
            record["unchanged"] = .integer(change.comparison.unchanged.count)
            changed.append([
                "before": .text(change.before), "after": .text(change.after), "comparison": .record(record),
            ])
        }
        func list(_ side: Side, _ positions: [Int]) -> Value {
            .list(
                positions.map { position in
                    [
                        "id": .text(side.known[position].id), "project": side.known[position].project,
                        "verdict": side.states[position].verdict?.wire ?? .null,
                        "amounts": .record(
                            Record((side.states[position].amounts?.sums ?? []).map { ($0.name, .decimal($0.sum)) })
                        ),
                    ]
                }
            )
        }
        func wire(_ unit: String) -> Value {
            let sums = sums.filter { $0.unit == unit }.map { name, _, before, after -> (String, Value) in
                (name, ["before": Value(before), "after": Value(after)])
            }
            return .record(Record(sums))
        }
        let main = unit
        var others: [String] = []
        for sum in sums where sum.unit != main && !others.contains(sum.unit) { others.append(sum.unit) }
        return JSONWriter.document([
            "schema": "pingshen.batch-diff/1", "removed": list(before, pairing.removed),
            "added": list(after, pairing.added), "changed": .list(changed), "unchanged": .integer(same),
            "sums": wire(main), "unit": .text(main), "otherSums": .record(Record(others.map { ($0, wire($0)) })),
        ])
    }
}

// MARK: - Messages

private let removedWord = LocalizedText(zh: "减少", en: "removed")
private let addedWord = LocalizedText(zh: "增加", en: "added")
private let newWord = LocalizedText(zh: "新增", en: "new")
private let fixedWord = LocalizedText(zh: "已解决", en: "fixed")
private let inAll = LocalizedText(zh: "合计", en: "in all")

extension BatchDiff {
    private func counts(changed: Int, same: Int) -> LocalizedText {
        let (added, removed) = (pairing.added.count, pairing.removed.count)
        return LocalizedText(
            zh: "评审：增加 \(added)，减少 \(removed)，有变化 \(changed)，未变 \(same)",
            en: "reviews: \(added) added, \(removed) removed, \(changed) changed, \(same) unchanged"
        )
    }
}
