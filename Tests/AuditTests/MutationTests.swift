import ReviewModel
import Testing

/// What the audit is worth: a clean review has no finding, and of the changes made to it, one at a time, each kind is noticed
/// as often as `Docs/AUDIT.md` says.
@Suite("Changes that the audit must notice")
struct MutationTests {
    @Test("nothing is invented: a clean review has no finding at all")
    func clean() async throws {
        #expect(try await CleanReview().findings().map(\.rule) == [])
    }

    @Test("the table of Docs/AUDIT.md is what the audit does")
    func table() async throws {
        let clean = try CleanReview()
        let mutations = Mutations(of: clean).all
        let before = try await clean.judgements()
        var noticed: [Bool] = []
        for mutation in mutations {
            var review = clean
            mutation.change(&review)
            // Who reads the report alone needs no new judgement of the rest.
            let after = review.dossier == clean.dossier ? before : try await review.judgements()
            let isTold = after.values.contains { !$0.findings.isEmpty }
            let inReport = try await review.documentFindings(after)
            noticed.append(isTold || !inReport.isEmpty)
            await Task.yield()
        }
        var (order, counts) = ([String](), [String: (all: Int, noticed: Int)]())
        for (mutation, isNoticed) in zip(mutations, noticed) {
            if counts[mutation.kind] == nil { order.append(mutation.kind) }
            counts[mutation.kind, default: (0, 0)].all += 1
            if isNoticed { counts[mutation.kind]?.noticed += 1 }
        }
        let missed = zip(mutations, noticed).filter { !$0.1 }.map { "\($0.0.kind): \($0.0.place)" }
        let rows = order.map { "| \($0) | \(counts[$0]?.all ?? 0) | \(counts[$0]?.noticed ?? 0) |" }
        let total = counts.values.reduce((0, 0)) { ($0.0 + $1.all, $0.1 + $1.noticed) }
        #expect(total.0 >= 300)
        let table = (rows + ["| **all** | \(total.0) | \(total.1) |"]).joined(separator: "\n")
        let documented = contents(of: "Docs/AUDIT.md")
        #expect(documented.contains(table), "\(table)\nnobody noticed:\n\(missed.joined(separator: "\n"))")
    }
}
