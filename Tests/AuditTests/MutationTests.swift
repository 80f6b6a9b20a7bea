import ReviewModel
import Testing

/// What the audit is worth: a clean review has no finding, and of the changes made to it, one at a time, each kind is told
/// as `Docs/AUDIT.md` says.
@Suite("Changes that the audit must notice")
struct MutationTests {
    /// Of each kind; more would only take longer.
    private static let mostOfAKind = 5

    @Test("nothing is invented: a clean review has no finding at all")
    func clean() async throws {
        let found = try await CleanReview().findings()
        #expect(found.map { "\($0.rule): \($0.message.zh)" } == [])
    }

    @Test("what is written otherwise and means the same is no finding")
    func same() async throws {
        let clean = try CleanReview()
        let before = try await clean.judgements()
        for (index, line) in clean.report.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            // Numbers in full width, one line in thirteen.
            guard index % 13 == 4, line.contains(where: \.isNumber) else { continue }
            var review = clean
            var lines = clean.report.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            lines[index] = String(
                lines[index].unicodeScalars.map(wide).reduce(into: "") { $0.unicodeScalars.append($1) }
            )
            review.report = lines.joined(separator: "\n")
            let found = try await review.documentFindings(before)
            #expect(found.map { "\($0.rule): \($0.message.zh)" } == [], "\(lines[index])")
        }
    }

    private func wide(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("0"..."9").contains(scalar) ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar
    }

    @Test("the table of Docs/AUDIT.md is what the audit does")
    func table() async throws {
        let clean = try CleanReview()
        let mutations = Mutations(of: clean)
        #expect(mutations.all.count >= 600)
        let before = try await clean.judgements()
        var (order, outcomes) = ([String](), [String: Outcomes]())
        var missed: [String] = []
        for mutation in mutations.sample(Self.mostOfAKind) {
            var review = clean
            mutation.change(&review)
            // Who reads the report alone needs no new judgement of the rest.
            let after = review.dossier == clean.dossier ? before : try await review.judgements()
            let found = try await after.values.flatMap(\.findings) + review.documentFindings(after)
            if outcomes[mutation.kind] == nil { order.append(mutation.kind) }
            outcomes[mutation.kind, default: Outcomes()].add(found.map(\.severity).max())
            if found.isEmpty { missed.append("\(mutation.kind): \(mutation.place)") }
            await Task.yield()
        }
        let rows = order.map { "| \($0) | \(outcomes[$0]?.cells ?? "") |" }
        let total = outcomes.values.reduce(into: Outcomes()) { $0.add($1) }
        let table = (rows + ["| **all** | \(total.cells) |"]).joined(separator: "\n")
        let documented = contents(of: "Docs/AUDIT.md")
        #expect(documented.contains(table), "\(table)\nnobody noticed:\n\(missed.joined(separator: "\n"))")
    }
}

/// The same on reports of other houses, which are held against themselves.
@Suite("Changes of reports of other houses")
struct HouseMutationTests {
    @Test("the second table of Docs/AUDIT.md is what the audit does")
    func table() async throws {
        var clean: [String: (report: String, found: [Said: Int])] = [:]
        for house in Set(HouseMutations.all.map(\.house)) {
            let report = HouseReview(house).report
            clean[house] = (report, Said.counts(try await HouseReview.findings(in: report)))
        }
        var (order, outcomes) = ([String](), [String: Outcomes]())
        var missed: [String] = []
        for change in HouseMutations.all {
            let known = try #require(clean[change.house])
            let place = try #require(known.report.firstRange(of: change.old), "\(change.house): \(change.old)")
            let report = known.report[..<place.lowerBound] + change.new + known.report[place.upperBound...]
            let found = try await HouseReview.findings(in: String(report))
            // What is said of the right report, too, is nobody's finding.
            var rest = known.found
            let new = found.filter { finding in
                let said = Said(finding)
                guard let count = rest[said], count > 0 else { return true }
                rest[said] = count - 1
                return false
            }
            if outcomes[change.kind] == nil { order.append(change.kind) }
            outcomes[change.kind, default: Outcomes()].add(new.map(\.severity).max())
            if new.isEmpty { missed.append("\(change.kind): \(change.house) \(change.new)") }
            await Task.yield()
        }
        let rows = order.map { "| \($0) | \(outcomes[$0]?.cells ?? "") |" }
        let total = outcomes.values.reduce(into: Outcomes()) { $0.add($1) }
        let table = (rows + ["| **all** | \(total.cells) |"]).joined(separator: "\n")
        let documented = contents(of: "Docs/AUDIT.md")
        #expect(documented.contains(table), "\(table)\nnobody noticed:\n\(missed.joined(separator: "\n"))")
    }

    /// A finding but for where it stands. Lists of numbers that nothing bears out change with every number, and are left out.
    private struct Said: Hashable {
        var rule: String
        var subject: String
        var message: String

        init(_ finding: Finding) {
            (rule, subject) = (finding.rule, finding.subject)
            message = finding.rule == "prose/unbound" ? "" : finding.message.en
        }

        static func counts(_ findings: [Finding]) -> [Said: Int] {
            Dictionary(findings.map { (Said($0), 1) }, uniquingKeysWith: +)
        }
    }
}

/// How often changes of a kind were told, by the gravest finding.
private struct Outcomes {
    var all = 0
    var counts: [Severity: Int] = [:]

    mutating func add(_ severity: Severity?) {
        all += 1
        // A blocker is an error and more.
        if let severity { counts[min(severity, .error), default: 0] += 1 }
    }

    mutating func add(_ other: Outcomes) {
        all += other.all
        counts.merge(other.counts) { $0 + $1 }
    }

    /// Changes, told as error, as warning, as hint, not told.
    var cells: String {
        let told = [Severity.error, .warning, .info].map { counts[$0] ?? 0 }
        return ([all] + told + [all - told.reduce(0, +)]).map(String.init).joined(separator: " | ")
    }
}
