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

    @Test("amounts of another unit are told with it, and multiples of one currency are held against each other as ones")
    func units() throws {
        func review(_ written: String, _ unit: String) throws -> Review {
            var review = Review(id: "a")
            let requested = try #require(ExactDecimal(written))
            review.amounts = try Amounts(requested: requested, deducted: 0, increased: 0, deferred: 0, unit: unit)
            return review
        }
        func changes(_ before: Review, _ after: Review) throws -> [String] {
            try ReviewComparison(before, after).changes.filter { $0.subject == "amounts.requested" }
                .map { "\($0.before ?? "") → \($0.after ?? "")" }
        }
        let yuan = try review("100000.00", "CNY")
        #expect(try changes(yuan, review("7.00", "CNY-wan")) == ["100000.00 CNY → 70000.00 CNY"])
        #expect(try changes(yuan, review("10.00", "CNY-wan")) == [])
        #expect(try changes(yuan, review("7.00", "USD")) == ["100000.00 CNY → 7.00 USD"])
        #expect(try changes(yuan, review("7.00", "CNY")) == ["100000.00 → 7.00"])
    }
}
