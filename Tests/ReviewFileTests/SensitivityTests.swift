import ReviewFile
import ReviewModel
import Testing

@Suite("How far a verdict is from the others")
struct SensitivityTests {
    private func distances(_ total: ExactDecimal?, _ bands: [String], places: Int? = nil) throws -> [String] {
        let verdicts = bands.map { Verdict(code: $0, name: LocalizedText($0), band: $0) }
        var sheet = ScoreSheet(rater: "review", total: total, max: 100, items: [], verdict: verdicts[0])
        (sheet.bands, sheet.verdictPlaces) = (verdicts, places)
        return try Sensitivity(sheet).distances.map { distance in
            "\(distance.isBetter ? "better" : "worse") \(distance.isBeyond ? ">" : "")\(distance.points) \(distance.verdict.code)"
        }
    }

    @Test("an end that is open is left by any point, one that is closed by the next")
    func ends() throws {
        #expect(
            try distances(70, ["[70, 90)", "[0, 70)", "[90, 100]"]) == ["better 20 [90, 100]", "worse >0 [0, 70)"]
        )
        #expect(try distances(90, ["[70, 90]", "(90, 100]"]) == ["better >0 (90, 100]"])
        #expect(try distances(71, ["(70, 90]", "[0, 70]"]) == ["worse -1 [0, 70]"])
    }

    @Test("a total that is rounded before its verdict has half a unit on its side, or against it")
    func rounding() throws {
        #expect(
            try distances(80, ["[70, 85)", "[85, 100]", "[0, 70)"], places: 0)
                == ["better 4.5 [85, 100]", "worse >-10.5 [0, 70)"]
        )
        #expect(
            try distances(80, ["(70, 85]", "(85, 100]", "[0, 70]"], places: 0)
                == ["better 5.5 (85, 100]", "worse >-9.5 [0, 70]"]
        )
    }

    @Test("what no better letter leads to is said")
    func lettersOutOfReach() throws {
        var sheet = ScoreSheet(rater: "review", total: nil, max: nil, items: [])
        sheet.bands = ["high", "low"].map { Verdict(code: $0, name: LocalizedText($0), band: "") }
        sheet.verdict = sheet.bands[1]
        var never = ScoreSheet.Change(verdict: "high", items: [])
        never.isOutOfReach = true
        sheet.changes = [never]
        let found = try Sensitivity(sheet).distances
        #expect(found.map(\.verdict.code) == ["high"] && found.map(\.isOutOfReach) == [true])
    }

    @Test("no points lead anywhere without a total")
    func noTotal() throws { #expect(try distances(nil, ["A", "B"]) == []) }

    @Test("a verdict that a rule has given stands in the way of the total's own")
    func overridden() throws {
        var sheet = ScoreSheet(rater: "review", total: 80, max: 100, items: [])
        sheet.verdict = Verdict(code: "vetoed", name: LocalizedText("vetoed"), band: "")
        sheet.bands = ["[70, 100]", "[0, 70)"].map { Verdict(code: $0, name: LocalizedText($0), band: $0) }
        sheet.changes = [ScoreSheet.Change(verdict: "[70, 100]", items: [.init(code: "A", gain: ExactDecimal("0.5"))])]
        let found = try Sensitivity(sheet).distances
        // What is worse by points alone is not said: the rule goes before it.
        #expect(found.map(\.isBetter) == [true] && found.first?.points == 0)
        #expect(found.first?.items.map(\.code) == ["A"])
    }

    @Test(
        "a verdict that the total has passed is told by the scores alone, and what is no better than what a rule has given is not"
    )
    func passed() throws {
        var sheet = ScoreSheet(rater: "review", total: 80, max: 100, items: [])
        sheet.verdict = Verdict(code: "low", name: LocalizedText("low"), band: "")
        sheet.bands = [
            ("high", "[90, 100]"), ("good", "[75, 90)"), ("mid", "[50, 75)"), ("low", "[20, 50)"), ("none", "[0, 20)"),
        ]
        .map { Verdict(code: $0, name: LocalizedText($0), band: $1) }
        sheet.changes = [
            ScoreSheet.Change(verdict: "mid", items: [.init(code: "A", gain: 1)]),
            ScoreSheet.Change(verdict: "good", items: [.init(code: "B", gain: 2)]),
            ScoreSheet.Change(verdict: "high", items: [.init(code: "B", gain: 12)]),
        ]
        let found = try Sensitivity(sheet).distances
        #expect(found.map(\.verdict.code) == ["mid", "good", "high"])
        #expect(found.map(\.isOfItems) == [true, false, false] && found.map(\.points) == [1, 0, 10])
        // A rule that lifts the verdict of a low total leaves that of the total no better.
        sheet.total = 10
        sheet.changes = []
        #expect(try Sensitivity(sheet).distances.map(\.verdict.code) == ["mid", "good", "high"])
    }

    @Test("a verdict that a rule gives for one worse score is told by that score, as are those of letters")
    func losses() throws {
        var sheet = ScoreSheet(rater: "review", total: 80, max: 100, items: [])
        sheet.bands = ["[70, 100]", "[0, 70)"].map { Verdict(code: $0, name: LocalizedText($0), band: $0) }
        sheet.verdict = sheet.bands[0]
        var veto = ScoreSheet.Change(verdict: "vetoed", items: [.init(code: "A", gain: ExactDecimal("-0.5"))])
        (veto.isLoss, veto.name) = (true, LocalizedText("vetoed"))
        sheet.changes = [veto]
        let found = try Sensitivity(sheet).distances
        #expect(found.map(\.verdict.code) == ["[0, 70)", "vetoed"] && found.map(\.isOfItems) == [false, true])
        #expect(found.last?.points.description == "-0.5" && found.last?.isBetter == false)
        sheet.total = nil
        sheet.changes = [ScoreSheet.Change(verdict: "[0, 70)", items: [.init(code: "A", gain: nil, level: "C")])]
        #expect(try Sensitivity(sheet).distances.flatMap(\.items).map { "\($0.code) \($0.level ?? "")" } == ["A C"])
    }
}
