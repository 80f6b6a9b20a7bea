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

    @Test("lines of two reviews are held against each other by their names, those of one review by their ids")
    func lines() throws {
        func review(_ id: String, _ lines: [(String, String, ExactDecimal)]) -> Review {
            var review = Review(id: id)
            review.adjustments = lines.map { line, label, amount in
                Adjustment(subject: line, label: label, requested: amount, parts: [], pointer: nil)
            }
            return review
        }
        func changes(_ before: Review, _ after: Review) throws -> [String] {
            try ReviewComparison(before, after).changes.map {
                "\($0.subject) \($0.label.zh) \($0.before ?? "—") → \($0.after ?? "—")"
            }
        }
        let earlier = review("road-2025", [("L1", "石子", 10), ("L2", "路灯", 20), ("L3", "保洁", 30), ("L4", "绿化", 40)])
        let later = review("road-2026", [("L1", "石子（碎石）", 11), ("L2", "沥青", 21), ("L3", "路灯", 22), ("L4", "绿化", 40)])
        #expect(
            try changes(earlier, later) == [
                "lines.L1 石子（碎石） 10.00 → 11.00", "lines.L3 路灯 20.00 → 22.00", "lines.L3 保洁 30.00 → —",
                "lines.L2 沥青 — → 21.00",
            ]
        )
        #expect(
            try changes(review("a", [("L1", "路灯", 20)]), review("a", [("L1", "沥青", 21)])) == [
                "lines.L1 路灯 20.00 → 21.00"
            ]
        )
    }
}
