import ReviewFile
import ReviewModel
import Testing

@Suite("Comparing two reviews")
struct ReviewComparisonTests {
    @Test("a sum that differs is named as people call it, or else as review.json does")
    func sums() throws {
        var (before, after) = (Review(id: "a"), Review(id: "b"))
        before.amounts = try Amounts(requested: 100, deducted: 0, increased: 0, deferred: 0)
        after.amounts = try Amounts(requested: 100, deducted: 30, increased: 0, deferred: 0)
        let named = try ReviewComparison(before, after) { LocalizedText("the " + $0) }
        #expect(named.changes.map(\.label.en) == ["the approved", "the deducted"])
        #expect(named.changes.map(\.subject) == ["amounts.approved", "amounts.deducted"])
        #expect(named.changes.map(\.after) == ["70.00", "30.00"])
        #expect(try ReviewComparison(before, after).changes.map(\.label.zh) == ["approved", "deducted"])
    }
}
