import ReviewFile
import ReviewModel
import Testing

@Suite("Following a figure")
struct ExplanationTests {
    private var review: Review {
        let cell = JSONPointer(["tables", "lines", "0", "amount"])
        var review = Review(id: "r")
        var total = Fact(id: "total", label: LocalizedText("total"), value: "3828400.00", unit: "CNY")
        total.inputs = ["part", "gone"]
        let part = Fact(id: "part", label: LocalizedText("part"), value: "3828400.00", unit: "CNY", sources: [cell])
        var rate = Fact(id: "rate", label: LocalizedText("rate"), value: "61.03", unit: "percent")
        rate.inputs = ["rate"]
        let points = Fact(id: "points", label: LocalizedText("points"), value: "88", unit: "points")
        let none = Fact(id: "none", label: LocalizedText("none"), value: "0.00", unit: "CNY")
        review.facts = [total, part, rate, points, none]
        let location = Location(.text(file: "spec.yaml", line: 3, column: 7), path: "tables.lines[0].amount")
        review.places = CellPlaces([CellPlace(pointer: cell, value: "3828400.00", location: location)])
        review.findings = [
            LocatedFinding(
                finding: Finding(rule: "a/b", severity: .error, message: LocalizedText("共计 800. 23 万元不符")),
                step: "s",
                locations: []
            )
        ]
        return review
    }

    @Test("a figure is walked back to its cells; what is not there, or leads in a circle, is left out")
    func walk() throws {
        let total = try #require(review.explanation(of: "total"))
        #expect(total.inputs.map(\.fact.id) == ["part"])
        #expect(total.inputs[0].cells.map(\.location.line) == [3])
        #expect(try #require(review.explanation(of: "rate")).inputs == [])
        #expect(review.explanation(of: "gone") == nil)
    }

    @Test("of facts that share their inputs, or hang in a long chain, as much is shown as anybody reads")
    func bounds() throws {
        func fact(_ id: String, _ inputs: [String]) -> Fact {
            var fact = Fact(id: id, label: LocalizedText(id), value: 1)
            fact.inputs = inputs
            return fact
        }
        var diamonds = Review(id: "d")
        diamonds.facts = (0..<60).flatMap { i in
            [fact("f\(i)", ["f\(i + 1)", "g\(i + 1)"]), fact("g\(i)", ["f\(i + 1)"])]
        }
        func count(_ explanation: Explanation) -> Int { explanation.inputs.reduce(1) { $0 + count($1) } }
        #expect(count(try #require(diamonds.explanation(of: "f0"))) == Explanation.count)
        var chain = Review(id: "c")
        chain.facts = (0..<100_000).map { fact("f\($0)", ["f\($0 + 1)"]) }
        var (end, depth) = (try #require(chain.explanation(of: "f0")), 1)
        while let next = end.inputs.first { (end, depth) = (next, depth + 1) }
        #expect(depth == Explanation.depth)
        #expect(end.isCut)
    }

    @Test(
        "a printed figure is found by its value and unit",
        arguments: [
            ("3,828,400.00", ["total", "part"]), ("3828400 元", ["total", "part"]), ("382.84 万元", ["total", "part"]),
            ("382.84", ["total", "part"]), ("382.8万", ["total", "part"]), ("382.85 万元", []), ("382.84 元", []),
            ("61.03%", ["rate"]), ("61.03 ％", ["rate"]), ("61.0%", []), ("88 分", ["points"]), ("88.0", ["points"]),
            ("88%", []), ("0.00", []), ("none", ["none"]), ("eighty", []),
        ]
    )
    func printed(figure: String, ids: [String]) {
        #expect(review.facts(for: figure).map(\.id) == ids)
    }

    @Test("findings that speak of a number are found however it is spaced")
    func findings() {
        #expect(review.findings(about: "800.23 万元").map(\.finding.rule) == ["a/b"])
        #expect(review.findings(about: "800.24").isEmpty)
        #expect(review.findings(about: "80").isEmpty)
    }

    @Test("a value reads as a report prints it")
    func reading() {
        #expect(
            review.facts.map { $0.printed(.zh) } == ["3,828,400.00 元", "3,828,400.00 元", "61.03%", "88 分", "0.00 元"]
        )
        #expect(review.facts[3].printed(.en) == "88 points")
    }
}
