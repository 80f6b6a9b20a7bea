import ReviewModel
import Rubrics
import Testing

@Suite("Rubrics")
struct RubricTests {
    private func read(_ value: Value) -> (Rubric?, [ConfigurationDiagnostic]) {
        let log = DiagnosticLog()
        let rubric = Rubric(ValueReader(value, log: log))
        return (rubric, log.diagnostics)
    }

    private func band(_ code: Value, _ range: Value) -> Value { ["code": code, "name": code, "range": range] }

    @Test(
        "a band's ends belong to it or not, as its brackets say",
        arguments: [
            ("[70, 90)", "70", true), ("[70, 90)", "90", false), ("(70,90]", "70", false), ("[70,90]", "90", true),
        ]
    )
    func bandEnds(range: String, score: String, isInside: Bool) throws {
        #expect(try #require(ScoreRange(range)).contains(try #require(ExactDecimal(score))) == isInside)
    }

    @Test("what is no interval is refused", arguments: ["70-90", "[90, 70]", "[70]", "(70, 70)", "[a, b]", ""])
    func badRanges(text: String) {
        #expect(ScoreRange(text) == nil)
    }

    @Test("a rubric of any depth reads without complaint")
    func depth() throws {
        let (rubric, diagnostics) = read([
            "id": "r", "bands": [band("low", "[0, 5)"), band("high", "[5, 10]")],
            "items": [
                [
                    "code": "1", "name": "a", "max": 10,
                    "items": [
                        [
                            "code": "1.1", "name": "b", "max": 4, "pooled": true,
                            "criteria": [["code": "c", "max": 4, "text": "t"]],
                            "items": [["code": "1.1.1", "name": "s"], ["code": "1.1.2", "name": "s"]],
                        ],
                        [
                            "code": "1.2", "name": "b", "max": 6,
                            "items": [
                                [
                                    "code": "1.2.1", "name": "d", "max": 6,
                                    "items": [["code": "1.2.1.1", "name": "e", "max": 6]],
                                ]
                            ],
                        ],
                    ],
                ]
            ],
        ])
        #expect(diagnostics == [])
        #expect(try #require(rubric).all.count == 8)
        #expect(try #require(rubric).verdict(for: 5)?.code == "high")
    }

    @Test("contradictions are found, each at its place")
    func lint() {
        let (_, diagnostics) = read([
            "id": "r", "bands": [band("low", "[0, 60]"), band("high", "[60, 90)")],
            "items": [
                ["code": "A", "name": "a", "max": 60, "criteria": [["code": "A1", "max": 50, "text": "t"]]],
                [
                    "code": "A", "name": "b", "max": 40, "alternatives": true,
                    "items": [["code": "B1", "name": "c", "max": 40], ["code": "B2", "name": "d", "max": 30]],
                ],
                ["code": "C", "name": "e"],
            ],
        ])
        #expect(
            diagnostics.map { "\($0.code) \($0.pointer)" } == [
                "rubric/duplicate-code /items/1/code", "rubric/wrong-sum /items/0/max",
                "rubric/no-condition /items/1/items/0", "rubric/no-condition /items/1/items/1",
                "rubric/unequal-alternative /items/1/items/1/max", "rubric/no-points /items/2",
                "rubric/band-overlap /bands/1/range",
            ]
        )
    }

    @Test("unknown keys are reported with what was meant")
    func unknownKeys() {
        let (_, diagnostics) = read(["id": "r", "items": [["code": "A", "name": "a", "mx": 3, "max": 3]]])
        #expect(diagnostics.map(\.message.en) == ["unknown key \"mx\""])
        #expect(diagnostics.first?.help?.en == "did you mean \"max\"?")
    }
}
