import ReviewFile
import ReviewModel
import Testing

@Suite("What a crafted review may cost")
struct SensitivityBoundsTests {
    private func item(_ code: String, of parent: String? = nil, max: ExactDecimal, points: ExactDecimal?) -> ScoreItem {
        ScoreItem(
            code: code,
            name: code,
            parent: parent,
            max: max,
            points: points,
            status: parent == nil ? .computed : .given
        )
    }

    private func sheet(_ items: [ScoreItem], total: ExactDecimal, max: ExactDecimal) -> ScoreSheet {
        var sheet = ScoreSheet(rater: "review", total: total, max: max, items: items)
        sheet.bands = [Verdict(code: "good", name: LocalizedText("good"), band: "[90, 100]")]
        return sheet
    }

    @Test("an item that is its own part is looked at once")
    func circle() throws {
        var looped = item("a", of: "a", max: 100, points: 50)
        looped.status = .computed
        let sheet = sheet([item("a", max: 100, points: 50), looped], total: 50, max: 100)
        #expect(try Sensitivity(sheet).distances.first?.points == 40)
    }

    @Test("parts are followed as deep as they lie, without a stack as high")
    func deep() throws {
        var items = [item("0", max: 100, points: 50)]
        for depth in 1...100_000 {
            var part = item("\(depth)", of: "\(depth - 1)", max: 100, points: 50)
            part.status = depth == 100_000 ? .given : .computed
            items.append(part)
        }
        let distance = try #require(try Sensitivity(sheet(items, total: 50, max: 100)).distances.first)
        #expect(distance.items.map(\.code) == ["100000"])
    }

    @Test(
        "a total that is rounded to any number of places has its distances",
        arguments: [Int.min, -1, 0, 17, 18, 19, Int.max]
    )
    func places(places: Int) throws {
        var sheet = sheet([item("a", max: 100, points: 50)], total: 50, max: 100)
        sheet.verdictPlaces = places
        let exact: ExactDecimal = places >= 18 ? 40 : try 40 - ExactDecimal(significand: 5, places: max(places, 0) + 1)
        #expect(try Sensitivity(sheet).distances.first?.points == exact)
    }

    @Test("of very many verdicts a hundred are compared")
    func verdicts() throws {
        var sheet = sheet([item("a", max: 100_000, points: 0)], total: 0, max: 100_000)
        sheet.bands = (1...10_000).map { Verdict(code: "v\($0)", name: LocalizedText("v"), band: "[\($0), \($0 + 1))") }
        #expect(try Sensitivity(sheet).distances.count == 100)
    }

    @Test("a long list of inputs that many figures share is looked through a bounded number of times")
    func sharedInputs() {
        // With figures that fork, the list would be looked through two thousand times.
        let missing = (0..<50_000).map { "missing-\($0)" }
        let facts = (0..<10).map { index -> Fact in
            var fact = Fact(id: "f\(index)", label: LocalizedText("f"), value: 1)
            fact.inputs = missing + ["f\(index + 1)"]
            return fact
        }
        let review = Review(id: "r", facts: facts)
        let explanation = review.explanation(of: "f0")
        var (depth, here) = (0, explanation)
        while let next = here?.inputs.first { (depth, here) = (depth + 1, next) }
        #expect(depth == 3, "four lists of fifty thousand are all that is looked at")
        #expect(here?.isCut == true)
    }
}
