import ReviewModel
import Rubrics
import Testing

@testable import rubric_scorer

/// The least change is found with few looks at whole sheets: each of them is the whole rubric once more.
@Suite("Looking for the least change")
struct LeastChangeTests {
    /// Ten items of ten points, each scored 5.05, and how a total follows from points.
    private func looks(
        _ total: @escaping ([ScoreEntry]) throws -> ExactDecimal
    ) throws -> (change: [ScoreSheet.Change], looks: Int) {
        let codes = (0..<10).map { "I\($0)" }
        let document: Value = [
            "id": "r", "items": .list(codes.map { ScoreTables.node($0, 10, []) }),
            "bands": [
                ["code": "low", "name": "l", "range": "[0, 52.34)"],
                ["code": "high", "name": "h", "range": "[52.34, 100]"],
            ],
        ]
        let rubric = try #require(Rubric(ValueReader(document, log: DiagnosticLog())))
        let entries = codes.map { code in
            ScoreEntry(
                rater: "review",
                code: code,
                points: ExactDecimal(significand: 505, places: 2),
                reason: "",
                pointer: JSONPointer()
            )
        }
        var count = 0
        let search = LeastChange(rubric: rubric, entries: entries) { changed in
            count += 1
            let total = try total(changed)
            return (rubric.verdict(for: total), total)
        }
        let high = try #require(rubric.bands.map(\.verdict).first { $0.code == "high" })
        return (try search.changes(to: [high]), count)
    }

    @Test("where a total rises by as much with each step, it is looked at beside the goal alone")
    func straight() throws {
        let found = try looks { try ExactDecimal.sum($0.map(\.points)) }
        #expect(found.change.first?.items.map(\.gain) == [ExactDecimal(significand: 184, places: 2)])
        // The sheet as it is; of ten scores the best, two around the goal, what it costs, and the verdict that it leads to; the change.
        #expect(found.looks <= 1 + 10 * 5 + 2)
    }

    @Test("where it does not, the same is found by halving")
    func bent() throws {
        let found = try looks { entries in
            // The first score counts for nothing until it has eight points, and then for five.
            let rest = try ExactDecimal.sum(entries.dropFirst().map(\.points))
            return try rest + (entries[0].points < 8 ? ExactDecimal(significand: 505, places: 2) : 10)
        }
        let least = found.change.first?.items.first
        #expect(least?.code != "I0" && least?.gain == ExactDecimal(significand: 184, places: 2))
    }

    /// Three items of ten points, none of which has any, and a verdict that their points decide as they like.
    private func changes(_ isHigh: @escaping ([ExactDecimal]) throws -> Bool) throws -> [ScoreSheet.Change] {
        let codes = ["I0", "I1", "I2"]
        let document: Value = [
            "id": "r", "scale": ["step": 1], "items": .list(codes.map { ScoreTables.node($0, 10, []) }),
            "bands": [
                ["code": "low", "name": "l", "range": "[0, 12)"], ["code": "high", "name": "h", "range": "[12, 30]"],
            ],
        ]
        let rubric = try #require(Rubric(ValueReader(document, log: DiagnosticLog())))
        let entries = codes.map {
            ScoreEntry(rater: "review", code: $0, points: 0, reason: "", pointer: JSONPointer())
        }
        let bands = rubric.bands.map(\.verdict)
        let search = LeastChange(rubric: rubric, entries: entries) { changed in
            let points = changed.map(\.points)
            let code = try isHigh(points) ? "high" : "low"
            return (bands.first { $0.code == code }, try ExactDecimal.sum(points))
        }
        return try search.changes(to: bands.filter { $0.code == "high" })
    }

    @Test("where a rule asks for a certain score, it is two that change and not the two weightiest and that one")
    func fewest() throws {
        let found = try changes { points in try ExactDecimal.sum(points) >= 12 && points[2] >= 1 }
        #expect(found.first?.items.count == 2)
        #expect(found.first?.isOutOfReach == false)
    }

    @Test("what no change leads to is said to be out of reach")
    func never() throws {
        let found = try changes { _ in false }
        #expect(found.map(\.isOutOfReach) == [true])
        #expect(found.first?.items == [])
    }

    /// The changes of a sheet: `I0 → B: mid`, losses with a stroke before them.
    private func told(_ rubric: Record, _ scores: [[Value]]) async throws -> [String] {
        let tables = ScoreTables(rubric: .record(rubric), scores: scores)
        let changes = try await tables.assess().scores.first?.changes ?? []
        return changes.map { change in
            let items = change.items.map { item in
                item.level.map { "\(item.code) → \($0)" }
                    ?? "\(item.code) \((item.ownGain ?? item.gain).map { "\($0)" } ?? "")"
            }
            let way = items.isEmpty ? (change.isOutOfReach ? "never" : "none") : items.joined(separator: ", ")
            return "\(change.isLoss ? "− " : "")\(way): \(change.verdict)"
        }
    }

    private static let bands: Value = [
        ["code": "good", "name": "good", "range": "[9, 12]"], ["code": "mid", "name": "mid", "range": "[5, 9)"],
        ["code": "bad", "name": "bad", "range": "[0, 5)"],
    ]

    private static func override(_ code: String, _ item: String, below share: String, isCap: Bool = false) -> Value {
        let when: Value = ["item": .text(item), "below": .text(share)]
        return isCap
            ? ["code": .text(code), "name": .text(code), "at_most": true, "when": when]
            : ["code": .text(code), "name": .text(code), "when": when]
    }

    private static func points(_ overrides: Value, _ scores: [Int]) -> (Record, [[Value]]) {
        let rubric: Record = [
            "id": "r", "scale": ["step": 1], "bands": bands, "overrides": overrides,
            "items": [ScoreTables.node("I0", 6, []), ScoreTables.node("I1", 6, [])],
        ]
        return (
            rubric,
            scores.enumerated().map { ["review", .text("I\($0.offset)"), .integer($0.element), "r", .null] }
        )
    }

    @Test("what a rule has given is not named as what a better score leads to")
    func sameVerdict() async throws {
        // 4 of 12 is bad by its points as well.
        let (rubric, scores) = Self.points([Self.override("bad", "I0", below: "50%")], [1, 3])
        #expect(try await told(rubric, scores) == ["I0 2: mid", "I0 5: good"])
    }

    @Test("once a veto falls another rule may give a verdict that the total has passed")
    func passed() async throws {
        let overrides: Value = [
            Self.override("veto", "I0", below: "50%"), Self.override("bad", "I1", below: "90%", isCap: true),
        ]
        // 2 + 5 is mid by points: 3 + 5 is bad by the second rule, and 3 + 6, where none holds, good.
        let (rubric, scores) = Self.points(overrides, [2, 5])
        #expect(try await told(rubric, scores) == ["I0 1: bad", "none: mid", "I0 1, I1 1: good"])
    }

    @Test("letters cost their steps, whatever they make of the whole")
    func letters() async throws {
        let rubric: Record = [
            "id": "r", "scale": ["levels": ["A", "B", "C", "D"]],
            "scales": ["whole": ["levels": ["A", "B+", "B", "C+", "C", "D+", "D"]]], "rating": "whole",
            "aggregate": "weakest-plus",
            "bands": [
                ["code": "good", "name": "good", "range": "[4, 6]"], ["code": "mid", "name": "mid", "range": "[2, 4)"],
                ["code": "bad", "name": "bad", "range": "[0, 2)"],
            ],
            "overrides": [
                ["code": "bad", "name": "bad", "at_most": true, "when": ["item": "I1", "level": ["C", "D"]]]
            ],
            "items": [["code": "I0", "name": "0"], ["code": "I1", "name": "1"]],
        ]
        let scores: [[Value]] = [["review", "I0", .null, "r", "C"], ["review", "I1", .null, "r", "A"]]
        // One step down of I0 and not two of I1.
        #expect(try await told(rubric, scores) == ["I0 → B: good", "− I0 → D: bad"])
    }

    @Test(
        "where nothing but rules gives verdicts, what lies beyond one that has fallen is found, and that there is none then"
    )
    func withoutVerdict() async throws {
        let rubric: Record = [
            "id": "r", "scale": ["step": 1], "aggregate": "none",
            "overrides": [Self.override("fail", "I0", below: "50%"), Self.override("doubt", "I0", below: "90%")],
            "items": [ScoreTables.node("I0", 6, [])],
        ]
        #expect(try await told(rubric, [["review", "I0", 1, "r", .null]]) == ["I0 2: doubt", "I0 5: "])
        #expect(try await told(rubric, [["review", "I0", 6, "r", .null]]) == ["− I0 -1: doubt", "− I0 -4: fail"])
    }
}
