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
}
